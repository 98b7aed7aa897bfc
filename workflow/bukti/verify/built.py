"""The records of a finished build: those that an archive holds, and those of the rebuild."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bukti.project.products import LEDGER

RESULTS = "outputs/results/"
MANUSCRIPT = "outputs/manuscript/"
PAPERS = "outputs/papers/"
FINDINGS = "outputs/findings.json"
CLEAN = "data/clean/"
NOT_COMPARED = ("outputs/logs/", "outputs/verification/", "outputs/archive/")
DATA_PACKAGE = "datapackage.json"
Read = Callable[[str], bytes]
Record = Callable[[str, str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made. `digests` maps each generated file to its SHA-256; `read` gives its bytes.

    `results` are those of the notebooks by name, `cleaning` the cleaning ledgers by table.
    """

    ledger: Mapping[str, Any] | None
    findings: Mapping[str, Any] | None
    results: Mapping[str, Mapping[str, Any]]
    cleaning: Mapping[str, Mapping[str, Any]]
    digests: Mapping[str, str]
    read: Read

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers there are, by path."""
        return tuple(sorted(name for name in self.digests if name.startswith(PAPERS)))

    def entries(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        """The claims by scheme and id: as the ledger has them, else as the notebooks have."""
        if self.ledger is not None:
            return {(entry["scheme"], entry["id"]): entry for entry in self.ledger["claims"]}
        return {
            ("claim", name): claim
            for result in self.results.values()
            for name, claim in result["claims"].items()
        }


def is_compared(name: str) -> bool:
    """Whether a file is generated and must come out the same in every build."""
    inside = name.startswith(("outputs/", CLEAN))
    return inside and not name.startswith(NOT_COMPARED)


def built_of(digests: Mapping[str, str], read: Read, record: Record) -> Built:
    """The records among the files of a build; `record` reads one by its path and its schema."""
    generated = {name: digest for name, digest in sorted(digests.items()) if is_compared(name)}

    def one(name: str, schema: str) -> Mapping[str, Any] | None:
        return record(name, schema) if name in generated else None

    def each(folder: str, schema: str) -> dict[str, Mapping[str, Any]]:
        names = [name.removeprefix(folder) for name in generated if name.startswith(folder)]
        stems = [
            name.removesuffix(".json")
            for name in names
            if name.endswith(".json") and "/" not in name and name != DATA_PACKAGE
        ]
        return {stem: record(f"{folder}{stem}.json", schema) for stem in stems}

    return Built(
        ledger=one(LEDGER, "ledger"),
        findings=one(FINDINGS, "findings"),
        results=each(RESULTS, "results"),
        cleaning=each(CLEAN, "cleaning"),
        digests=generated,
        read=read,
    )
