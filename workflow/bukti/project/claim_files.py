"""The files that `manuscript/claims.yaml` rests on: those of quoted sources, tables of segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Problem
from bukti.base.digest import digest_bytes
from bukti.project.register import Register
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import read_yaml

SEGMENTS = "segments"


def read_claims(path: Path, shown_as: str) -> Mapping[str, Any]:
    """What a file of claims says; nothing where it cannot be read, which its stage will tell."""
    try:
        document = read_yaml(path, shown_as=shown_as)
    except Problem:
        return {}
    data: Mapping[str, Any] = {} if check_document(document, "claims") else document.data
    return data


def files_of_quotation(quotation: Mapping[str, Any], register: Register) -> tuple[str, ...]:
    """The raw files, below `data/raw`, in which the words of a quotation are looked up."""
    if "file" in quotation:
        return (quotation["file"],)
    source = quotation["source"]
    return tuple(name for name, entry in register.raw.items() if entry.get("source") == source)


def quoted_files(claims: Mapping[str, Any], register: Register) -> frozenset[str]:
    """The raw files of all quotations."""
    quotations = claims.get("quotations", {}).values()
    return frozenset(name for each in quotations for name in files_of_quotation(each, register))


def segment_tables(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """The clean tables in which documentary claims look for segments, sorted."""
    return tuple(sorted({str(item.get("table", SEGMENTS)) for item in _coded(claims)}))


def _coded(claims: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    statements: Iterable[Mapping[str, Any]] = claims.get("documentary", {}).values()
    for claim in statements:
        yield from (each for each in claim["evidence"] if {"segment", "query"} & each.keys())


def digests_of(root: Path, names: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files below a folder; those that are not there are left out."""
    return {
        name: digest_bytes((root / name).read_bytes()) for name in names if (root / name).is_file()
    }


def table_rows(data: bytes | None) -> list[dict[str, Any]] | None:
    """The rows of a clean table's Parquet file; None where there is none."""
    import polars

    return None if data is None else polars.read_parquet(BytesIO(data)).to_dicts()
