"""Counts of a coded corpus as claims, without a notebook: `code.capacity.n`, `corpus.documents`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bukti.base.claims import Claim, Count, Evidence, Kind, Value
from bukti.base.code_keys import CodeKeys, code_keys

Row = Mapping[str, Any]
CODE, CORPUS = "code", "corpus"
_SHOWN = ("segment", "document", "document_name", "code_path")
_MEASURES = {
    "n": ("segments", False),
    "n_with_below": ("segments", True),
    "documents": ("documents", False),
    "documents_with_below": ("documents", True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusTables:
    """The rows of a corpus's clean tables, and the names of these; `documents` may be None."""

    segments: Sequence[Row]
    codes: Sequence[Row]
    documents: Sequence[Row] | None
    names: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The counts by their ids, with the shortest key of each code; `paths` are those of the codes.

    `leaves` are the codes without any below them. Segments count in whatever state they are.
    """

    claims: Mapping[str, Claim] = field(default_factory=dict)
    keys: CodeKeys = field(default_factory=lambda: CodeKeys(keys={}, meant={}))
    paths: Mapping[str, str] = field(default_factory=dict)
    leaves: frozenset[str] = frozenset()

    @property
    def offered(self) -> tuple[Claim, ...]:
        """The counts that a number may state: those with the codes below only where there are."""
        return tuple(
            claim
            for claim in self.claims.values()
            if not (claim.evidence.count and claim.evidence.count.below)
            or claim.evidence.count.code not in self.leaves
        )

    def find(self, claim_id: str) -> Claim | None:
        """The count of an id in any form that means one code; None for any other."""
        known = self.claims.get(claim_id)
        if known is not None:
            return known
        key, measure = _parts(claim_id)
        codes = self.keys.meant.get(key, ())
        if len(codes) != 1:
            return None
        same = self.claims.get(f"{CODE}.{self.keys.keys[codes[0]]}.{measure}")
        return replace(same, id=claim_id) if same else None

    def several(self, claim_id: str) -> str:
        """The ids, with paths, that a name of several codes may mean; empty for any other."""
        key, measure = _parts(claim_id)
        codes = self.keys.meant.get(key, ()) if measure in _MEASURES else ()
        return "; ".join(
            f"{CODE}.{self.keys.keys[code]}.{measure} ({self.paths[code]})"
            for code in (codes if len(codes) > 1 else ())
        )


def _parts(claim_id: str) -> tuple[str, str]:
    """The key of a code and what is counted, from an id; both empty for any other id."""
    family, _, rest = claim_id.partition(".")
    key, _, measure = rest.rpartition(".")
    return (key, measure) if family == CODE else ("", "")


def counts_of(tables: CorpusTables) -> Counts:
    """The counts of every code, without and with the codes below it, and of the whole corpus."""
    paths = {str(row["code"]): str(row["path"]) for row in tables.codes}
    keys = code_keys(paths)
    claims = {claim.id: claim for claim in _of_corpus(tables)}
    under = _places(tables.segments)
    below = _below({str(row["code"]): row.get("parent") for row in tables.codes})
    shown = [_shown(row) for row in tables.segments]
    for code, path in paths.items():
        for measure, (of, with_below) in _MEASURES.items():
            codes = below[code] if with_below else (code,)
            places = sorted({place for each in codes for place in under.get(each, ())})
            column = "segment" if of == "segments" else "document"
            evidence = Evidence(
                table=tables.names[0],
                rows=tuple(shown[place] for place in places),
                row_numbers=tuple(place + 1 for place in places),
                count=Count(of=of, code=code, path=path, below=with_below),
            )
            value = len({tables.segments[place][column] for place in places})
            claim = _claim(f"{CODE}.{keys.keys[code]}.{measure}", value, of, evidence)
            claims[claim.id] = claim
    leaves = frozenset(code for code, codes in below.items() if codes == (code,))
    return Counts(claims=claims, keys=keys, paths=paths, leaves=leaves)


def _of_corpus(tables: CorpusTables) -> Iterator[Claim]:
    """How many coded segments, codes and documents there are."""
    coded = {row["segment"] for row in tables.segments if row["code"] is not None}
    numbers = {"segments": len(coded), "codes": len(tables.codes)}
    if tables.documents is not None:
        numbers["documents"] = len({row["document"] for row in tables.documents})
    names = dict(zip(("segments", "codes", "documents"), tables.names, strict=True))
    for of, value in numbers.items():
        evidence = Evidence(table=names[of], count=Count(of=of))
        yield _claim(f"{CORPUS}.{of}", value, of, evidence)


def _claim(name: str, value: Value, unit: str, evidence: Evidence) -> Claim:
    return Claim(id=name, kind=Kind.VALUE, value=value, unit=unit, evidence=evidence)


def _places(segments: Sequence[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, row in enumerate(segments):
        if row["code"] is not None:
            found.setdefault(str(row["code"]), []).append(place)
    return found


def _below(parents: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Each code with all codes below it."""
    found: dict[str, list[str]] = {code: [code] for code in parents}
    for code in parents:
        seen, above = {code}, parents[code]
        while above is not None and above in found and above not in seen:
            found[above].append(code)
            seen.add(above)
            above = parents[above]
    return {code: tuple(codes) for code, codes in found.items()}


def _shown(row: Row) -> dict[str, Any]:
    return {key: str(row[key]) for key in _SHOWN if row.get(key) is not None}
