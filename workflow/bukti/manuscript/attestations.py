"""Attestations: who compared a quotation with a source that may not be shared, and what came of it.

A record stands in for the source where that is absent. It is never taken for a comparison: the
quotation must be as it was, and the source that of the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.digest import canonical_json, digest_bytes
from bukti.base.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What was found when a quotation was compared with its source.

    `digest` is the SHA-256 of the raw file, `quotation` that of the words and their locator;
    `page` is empty where the file has no pages, `date` where none was given.
    """

    source: str
    file: str
    digest: str
    quotation: str
    tier: str
    page: str
    engine: str
    name: str
    date: str = ""

    def to_json(self) -> dict[str, str]:
        """The record as it is stored, without what is empty."""
        return {key: value for key, value in asdict(self).items() if value}


def attestation_of(data: Mapping[str, str]) -> Attestation:
    """The record from how it is stored."""
    return Attestation(**{"page": "", **data})


def digest_of_quotation(quotation: Mapping[str, Any]) -> str:
    """The SHA-256 of the words of a quotation and of the place that it states."""
    said = {"text": quotation["text"], "locator": quotation.get("locator")}
    return digest_bytes(canonical_json(said).encode())


def fault_of(
    name: str,
    quotation: Mapping[str, Any],
    record: Attestation,
    files: Sequence[str],
    accepted: Mapping[str, str],
    place: Mapping[str, Span],
) -> Diagnostic | None:
    """Why a record does not stand for a quotation: QUA351 for other words, QUA352 for another file.

    `files` are the raw files of the quotation, `accepted` the digests on record; `place` has the
    lines of `text` and `source`.
    """
    if record.quotation != digest_of_quotation(quotation):
        return diagnose("QUA351", place["text"], id=name, name=record.name)
    known = accepted.get(record.file, record.digest)
    if record.file in files and record.source == quotation["source"] and known == record.digest:
        return None
    return diagnose("QUA352", place["source"], id=name, name=record.name, file=record.file)
