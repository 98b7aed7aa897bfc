"""Every claim that a mark can use: those of the notebooks and those of `claims.yaml`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from bukti.base.claims import Claim, Evidence, Kind, claim_from_json, is_claim_id
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.manuscript.counts import Counts
from bukti.manuscript.documentary import Resolved, resolve
from bukti.manuscript.shifted import Shifted


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Claims by id; `given` holds the given values, which have their own scheme.

    `statements` are the sentences of documentary claims, by id and language; `quotations` what
    `claims.yaml` says of quotations; `unresolved` where claims stand whose evidence fails,
    `supporting` the quotations that documentary claims name, `counts` what the corpus counts.
    `shifted` are coded passages whose source has changed, `shaken` the claims that are unresolved
    for that reason alone.
    """

    claims: Mapping[str, Claim]
    given: Mapping[str, Claim]
    statements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    quotations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    unresolved: Mapping[str, Span] = field(default_factory=dict)
    supporting: frozenset[str] = frozenset()
    counts: Counts = field(default_factory=Counts)
    shifted: Shifted = field(default_factory=Shifted)
    shaken: frozenset[str] = frozenset()

    def families(self) -> dict[str, list[Claim]]:
        """The claims of each family, by the first part of their ids."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            found.setdefault(claim.family, []).append(claim)
        return found

    def find(self, scheme: str, claim_id: str) -> Claim | None:
        """The claim of a scheme and id; None where there is none."""
        if scheme == "given":
            return self.given.get(claim_id)
        return self.claims.get(claim_id) or self.counts.find(claim_id)

    def nearest(self, scheme: str, claim_id: str) -> str:
        """Ids that look like one that is not there; `-` where none does."""
        known = self.given if scheme == "given" else {**self.claims, **self.counts.claims}
        return ", ".join(get_close_matches(claim_id, known, n=3, cutoff=0.5)) or "-"


def pool_of(
    results: Iterable[Mapping[str, Any]],
    written: Mapping[str, Any],
    resolved: Resolved | None = None,
    counts: Counts | None = None,
    shifted: Shifted | None = None,
) -> tuple[Pool, tuple[Diagnostic, ...]]:
    """The pool of the results of all notebooks and of `claims.yaml`'s data.

    `resolved` are its documentary claims and quotations; by default they are not looked up.
    `counts` are those of the coded corpus, `shifted` its passages that are no longer as coded.
    """
    if resolved is None:
        resolved = resolve(written, {}, {}, lambda _: Span(path=""))
    claims: dict[str, Claim] = {}
    findings: list[Diagnostic] = []
    for result in results:
        for name, data in result["claims"].items():
            claim = claim_from_json(data)
            if name in claims:
                findings.append(_twice(claim, claims[name]))
            else:
                claims[name] = claim
    for name, claim in resolved.claims.items():
        if claims.setdefault(name, claim) is not claim:
            findings.append(_again(name, claims[name], resolved.places[name]))
    given = {
        name: _given(name, data)
        for name, data in written.get("given", {}).items()
        if math.isfinite(data["value"])
    }
    statements = {name: data["statement"] for name, data in written.get("documentary", {}).items()}
    pool = Pool(
        claims=claims,
        given=given,
        statements=statements,
        quotations=written.get("quotations", {}),
        unresolved=resolved.unresolved,
        supporting=frozenset(resolved.used),
        counts=counts or Counts(),
        shifted=shifted or Shifted(),
        shaken=frozenset(resolved.shifted),
    )
    return pool, (*findings, *resolved.findings)


def _again(name: str, first: Claim, where: Span) -> Diagnostic:
    place = Span(path=first.evidence.notebook or where.path, cell=first.evidence.cell)
    return diagnose("CLM103", where, id=name, first=place)


def _twice(claim: Claim, first: Claim) -> Diagnostic:
    evidence, other = claim.evidence, first.evidence
    where = Span(path=evidence.notebook or "", cell=evidence.cell)
    return diagnose(
        "CLM103", where, id=claim.id, first=Span(path=other.notebook or "", cell=other.cell)
    )


def _given(name: str, data: Mapping[str, Any]) -> Claim:
    evidence = Evidence(sources=(data["source"],), locator=data.get("locator"))
    return Claim(
        id=name, kind=Kind.GIVEN, value=data["value"], unit=data.get("unit"), evidence=evidence
    )


def unusable(written: Mapping[str, Any], span_of: Any) -> tuple[Diagnostic, ...]:
    """Given values that are no finite number, such as `.nan`; no number in a text states one."""
    return tuple(
        diagnose("CLM105", span_of(("given", name, "value")), id=name, value=data["value"])
        for name, data in written.get("given", {}).items()
        if not math.isfinite(data["value"])
    )


def malformed_ids(written: Mapping[str, Any], span_of: Any) -> tuple[Diagnostic, ...]:
    """Ids in `claims.yaml` that are none; `span_of` gives the place of a path of keys."""
    return tuple(
        diagnose("CLM104", span_of((part, name)), id=name)
        for part in ("given", "documentary", "quotations")
        for name in written.get(part, {})
        if not is_claim_id(name)
    )


def unregistered(
    written: Mapping[str, Any], register: Mapping[str, Any], span_of: Any
) -> tuple[Diagnostic, ...]:
    """Sources named in `claims.yaml` that the register does not hold."""
    found: list[Diagnostic] = []
    for part in ("given", "quotations"):
        for name, data in written.get(part, {}).items():
            if data["source"] not in register:
                where = span_of((part, name, "source"))
                found.append(diagnose("CLM108", where, id=name, source=data["source"]))
    for name, data in written.get("documentary", {}).items():
        for number, item in enumerate(data["evidence"]):
            if item.get("source", "") not in {"", *register}:
                where = span_of(("documentary", name, "evidence", number, "source"))
                found.append(diagnose("CLM108", where, id=name, source=item["source"]))
    return tuple(found)
