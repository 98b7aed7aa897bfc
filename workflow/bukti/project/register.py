"""The register of sources, `data/sources.yaml`, and what in it does not hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.language import is_language
from bukti.base.span import Span
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import Document, read_yaml

REGISTER = "data/sources.yaml"
NOT_OPEN = ("restricted", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The entries of the register as they are written: sources by id, raw files by name.

    `places` says where each source stands, `raw_places` where each raw file.
    """

    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    raw: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
    raw_places: Mapping[str, Span] = field(default_factory=dict)

    def inherited(self, name: str, key: str) -> Any:
        """What the entry of a raw file says under a key, else what its source says; else None."""
        entry = self.raw.get(name, {})
        source = self.sources.get(entry.get("source", ""), {})
        return entry.get(key, source.get(key))

    def access(self, name: str) -> str:
        """Who can get a raw file: `open`, `restricted` or `closed`; open where nothing says so."""
        return str(self.inherited(name, "access") or "open")

    def may_be_absent(self, name: str) -> bool:
        """Whether the register lets a raw file be missing, since others may not have it."""
        return self.access(name) in NOT_OPEN


def register_of(document: Document) -> Register:
    """The register of a file that is as its schema says."""
    sources, raw = document.data["sources"], document.data.get("raw", {})
    return Register(
        sources=sources,
        raw=raw,
        places={name: document.span(("sources", name)) for name in sources},
        raw_places={name: document.span(("raw", name)) for name in raw},
    )


def read_register(root: Path) -> Register:
    """The register of a compendium; an empty one where it has none.

    Raises Problem with every fault of the file.
    """
    if not (root / REGISTER).is_file():
        return Register()
    document = read_yaml(root / REGISTER, shown_as=REGISTER)
    faults = check_document(document, "sources")
    if faults:
        raise Problem(*faults)
    return register_of(document)


def register_findings(document: Document, accepted: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What is wrong in a register; `accepted` are the digests of raw files on record."""
    register = register_of(document)
    found: list[Diagnostic] = []
    for name, source in register.sources.items():
        found += _source(document, name, source)
    for name in register.raw:
        found += _raw(document, register, name, accepted.get(name))
    return tuple(found)


def _source(document: Document, name: str, source: Mapping[str, Any]) -> Iterator[Diagnostic]:
    path = ("sources", name)
    try:
        date.fromisoformat(source.get("accessed", "1980-01-01"))
    except ValueError as error:
        where = document.span((*path, "accessed"))
        key, value = f"sources.{name}.accessed", source["accessed"]
        yield diagnose("CFG107", where, key=key, value=value, rule=error)
    language = source.get("language", "en")
    if not is_language(language):
        yield diagnose("CFG110", document.span((*path, "language")), language=language)
    if source.get("access") in NOT_OPEN and "obtain" not in source:
        yield diagnose("SRC114", document.span(path), name=name, access=source["access"])


def _raw(
    document: Document, register: Register, name: str, accepted: str | None
) -> Iterator[Diagnostic]:
    entry, path = register.raw[name], ("raw", name)
    if not {"source", "sources"} & entry.keys():
        yield diagnose("SRC113", document.span(path), path=name)
    if entry.get("source", "") not in {"", *register.sources}:
        where = document.span((*path, "source"))
        yield diagnose("SRC111", where, path=name, source=entry["source"])
    if entry.get("access") in NOT_OPEN and register.inherited(name, "obtain") is None:
        yield diagnose("SRC114", document.span(path), name=name, access=entry["access"])
    stated = entry.get("fetch", {}).get("sha256")
    if stated and accepted and stated != accepted:
        where = document.span((*path, "fetch", "sha256"))
        yield diagnose("SRC116", where, path=name, stated=stated[:12], accepted=accepted[:12])
