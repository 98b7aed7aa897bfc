"""What a verification did not check, since nothing in the archive can show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bukti.base.diagnostic import Note, note
from bukti.verify.built import Built
from bukti.verify.verdict import Ground, Outcome, Verdict

_SHOWN = 8


def not_checked(built: Built, verdicts: Sequence[Verdict]) -> tuple[Note, ...]:
    """What was not checked, most weighty first; that interpretation never is stands last."""
    return (
        *_stopped(verdicts),
        *_restricted(built),
        *_given(verdicts),
        *_tables_only(verdicts),
        *_locators(verdicts),
        *_bare(built),
        *_allowed(built),
        *_waivers(built),
        *_approved(verdicts),
        note("verify-not-interpretation"),
    )


def _shown(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join([*names[:_SHOWN], *([f"+ {more}"] if more > 0 else [])])


def _stopped(verdicts: Sequence[Verdict]) -> Iterator[Note]:
    ids = [each.id for each in verdicts if each.outcome is Outcome.UNCHECKED]
    if ids:
        yield note("verify-not-stopped", count=len(ids), ids=_shown(ids))


def _restricted(built: Built) -> Iterator[Note]:
    for item in (built.ledger or {}).get("not_included", ()):
        names = _shown([raw["name"] for raw in item["raw"]])
        claims = len(item["claims"])
        yield note("verify-not-restricted", table=item["table"], raw=names, claims=claims)


def _given(verdicts: Sequence[Verdict]) -> Iterator[Note]:
    ids = [each.id for each in verdicts if each.kind == "given" and each.outcome is Outcome.TABLE]
    if ids:
        yield note("verify-not-given", count=len(ids), ids=_shown(ids))


def _tables_only(verdicts: Sequence[Verdict]) -> Iterator[Note]:
    ids = [
        each.id
        for each in verdicts
        if each.kind == "claim"
        and each.ground is Ground.TRANSCRIBED
        and each.outcome is Outcome.TABLE
    ]
    if ids:
        yield note("verify-not-transcribed", count=len(ids), ids=_shown(ids))


def _locators(verdicts: Sequence[Verdict]) -> Iterator[Note]:
    ids = [each.id for each in verdicts if each.outcome is Outcome.LOCATOR]
    if ids:
        yield note("verify-not-located", count=len(ids), ids=_shown(ids))


def _numbers(built: Built) -> Mapping[str, Mapping[str, Any]]:
    numbers: Mapping[str, Mapping[str, Any]] = (
        built.ledger["summary"]["numbers"] if built.ledger else {}
    )
    return numbers


def _bare(built: Built) -> Iterator[Note]:
    for language, counts in sorted(_numbers(built).items()):
        if counts["bare"]:
            yield note("verify-not-bare", language=language, count=counts["bare"])


def _allowed(built: Built) -> Iterator[Note]:
    for language, counts in sorted(_numbers(built).items()):
        total = sum(counts["allowed"].values())
        if total:
            kinds = ", ".join(f"{form} {count}" for form, count in counts["allowed"].items())
            yield note("verify-not-allowed", language=language, count=total, kinds=kinds)


def _waivers(built: Built) -> Iterator[Note]:
    for item in (built.findings or {}).get("findings", ()):
        if item.get("waived"):
            place = item["path"] or "-"
            yield note("verify-not-waived", code=item["code"], place=place, reason=item["waived"])


def _approved(verdicts: Sequence[Verdict]) -> Iterator[Note]:
    """Values that are unchanged since their approval, which is no evidence."""
    count = sum(each.accepted is True for each in verdicts)
    if count:
        yield note("verify-not-approved", count=count)
