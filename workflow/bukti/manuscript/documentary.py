"""Documentary claims: what their evidence resolves to, and where it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.base.claims import Claim, Evidence, Kind
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.manuscript.quotations import Proof
from bukti.manuscript.segments import (
    UNVERIFIABLE,
    Lack,
    Row,
    named_segments,
    needed_columns,
    queried_segments,
)
from bukti.project.claim_files import SEGMENTS

_GROUNDS = ("source", "quotation", "segment", "query")
Tables = Mapping[str, Sequence[Row] | None]
Place = Callable[[tuple[Any, ...]], Span]


@dataclass(slots=True)
class Resolved:
    """Claims of documents and quotations, by id, and the line of each that does not resolve.

    Those in `shifted` do not because their source has changed under the passages, and only that.
    """

    claims: dict[str, Claim] = field(default_factory=dict)
    unresolved: dict[str, Span] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    places: dict[str, Span] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    shifted: set[str] = field(default_factory=set)


def resolve(
    written: Mapping[str, Any], proofs: Mapping[str, Proof], tables: Tables, span_of: Place
) -> Resolved:
    """The claims of `claims.yaml` with the evidence that was found for them.

    `tables` maps a table of coded passages to its rows; None stands for one that is not there.
    """
    found = Resolved()
    for name, data in written.get("quotations", {}).items():
        proof = proofs.get(name, Proof(holds=True))
        found.places[name] = span_of(("quotations", name))
        found.claims[name] = _quotation(name, data, proof)
        if not proof.holds:
            found.unresolved[name] = span_of(("quotations", name, "text"))
    for name, data in written.get("documentary", {}).items():
        if name in found.claims:
            where = span_of(("documentary", name))
            found.findings.append(diagnose("CLM103", where, id=name, first=found.places[name]))
            continue
        found.places[name] = span_of(("documentary", name))
        _documentary(found, name, data, written.get("quotations", {}), proofs, tables, span_of)
    return found


def _quotation(name: str, data: Mapping[str, Any], proof: Proof) -> Claim:
    row = {"quotation": name, **_words(data, proof)}
    evidence = Evidence(sources=(data["source"],), locator=data.get("locator"), rows=(row,))
    return Claim(id=name, kind=Kind.QUOTATION, evidence=evidence)


def _words(data: Mapping[str, Any], proof: Proof) -> dict[str, Any]:
    row = {"source": data["source"], "locator": data.get("locator"), "text": data["text"]}
    row |= {"file": proof.file, "page": proof.page, "tier": proof.tier}
    row |= {"attested": proof.attested}
    return {key: value for key, value in row.items() if value}


def _documentary(
    found: Resolved,
    name: str,
    data: Mapping[str, Any],
    quotations: Mapping[str, Any],
    proofs: Mapping[str, Proof],
    tables: Tables,
    span_of: Place,
) -> None:
    rows: list[Row] = []
    hard = False
    for number, item in enumerate(data["evidence"]):
        keys = ("documentary", name, "evidence", number)
        its, lacks = _evidence(name, item, quotations, proofs, tables)
        found.used |= {item["quotation"]} if "quotation" in item else set()
        rows += [{**row, **_beside(item)} for row in its]
        hard = hard or not all(lack.shifted for lack in lacks)
        for lack in lacks:
            where = span_of((*keys, lack.key))
            found.unresolved.setdefault(name, where)
            code, told = lack.why
            if code:
                found.findings.append(diagnose(code, where, notes=lack.notes, **told))
    if name in found.unresolved and not hard:
        found.shifted.add(name)
    sources = dict.fromkeys(str(row["source"]) for row in rows if row.get("source"))
    locators = "; ".join(item["locator"] for item in data["evidence"] if item.get("locator"))
    evidence = Evidence(sources=tuple(sources), locator=locators or None, rows=tuple(rows))
    found.claims[name] = Claim(id=name, kind=Kind.DOCUMENTARY, evidence=evidence)


def _beside(item: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of the evidence, by language where it is, and whether it contradicts."""
    shows = item.get("shows") or {}
    told = {"shows": shows} if isinstance(shows, str) else shows
    more = {key if key == "shows" else f"shows_{key}": value for key, value in told.items()}
    return {**more, "against": True} if item.get("against") else more


def _evidence(
    claim: str,
    item: Mapping[str, Any],
    quotations: Mapping[str, Any],
    proofs: Mapping[str, Proof],
    tables: Tables,
) -> tuple[list[Row], list[Lack]]:
    """The rows of one item of evidence, and why it does not resolve."""
    named = [each for each in _GROUNDS if each in item]
    if len(named) != 1:
        key = named[0] if named else ""
        told = {"id": claim, "named": ", ".join(named) or "-", "known": ", ".join(_GROUNDS)}
        return [], [Lack(key=key, why=("CLM608", told))]
    if "source" in item:
        return [{key: item[key] for key in ("source", "locator") if item.get(key)}], []
    if "quotation" in item:
        return _quoted(claim, item["quotation"], quotations, proofs)
    table = item.get("table", SEGMENTS)
    rows = tables.get(table)
    if rows is None:
        return [], [Lack(key=named[0], why=("CLM609", {"id": claim, "table": table}))]
    for column in needed_columns(rows):
        return [], [Lack(key=named[0], why=("CLM606", {"id": claim, "column": column}))]
    if "query" in item:
        return queried_segments(claim, item["query"], rows)
    names = item["segment"]
    return named_segments(claim, names if isinstance(names, list) else [names], rows)


def _quoted(
    claim: str, name: str, quotations: Mapping[str, Any], proofs: Mapping[str, Proof]
) -> tuple[list[Row], list[Lack]]:
    if name not in quotations:
        return [], [Lack(key="quotation", why=("CLM610", {"id": claim, "quotation": name}))]
    proof = proofs.get(name, Proof(holds=True))
    row = {"quotation": name, **_words(quotations[name], proof)}
    if proof.holds:
        return [row], []
    return [row], [Lack(key="quotation", why=("", {}))]  # its own finding says why


def grade_of(claim: Claim) -> dict[str, Any] | None:
    """What a documentary claim rests on; None for any other claim.

    `ground` is the strongest of segments, quotations and locators (`nothing` without any); a
    passage whose words no text of its source confirms is no more than a locator. `sources` counts
    documents and sources that support it, `support` and `against` passages.
    """
    if claim.kind is not Kind.DOCUMENTARY:
        return None
    rows = claim.evidence.rows
    support = [row for row in rows if not row.get("against")]
    grounds = {_ground(row) for row in support}
    ranked = ("segments", "quotations", "locators")
    return {
        "ground": next((each for each in ranked if each in grounds), "nothing"),
        "sources": len({row.get("document") or row.get("source") for row in support}),
        "support": len(support),
        "against": len(rows) - len(support),
    }


def _ground(row: Row) -> str:
    if "segment" in row:
        return "locators" if row.get("state") == UNVERIFIABLE else "segments"
    return "quotations" if row.get("tier") else "locators"
