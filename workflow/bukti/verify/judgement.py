"""What does not hold in a verification, as findings that a reviewer can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bukti.archive.lock import Difference
from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.span import Span
from bukti.printed.against import Compared
from bukti.verify.engine import EngineInside
from bukti.verify.verdict import Outcome, Verdict
from bukti.verify.verification import Challenge, Libraries, Rebuild

_CODES = {
    ("claim", Outcome.DIFFERS): "VER101",
    ("given", Outcome.DIFFERS): "VER101",
    ("claim", Outcome.MISSING): "VER102",
    ("given", Outcome.MISSING): "VER102",
    ("quotation", Outcome.MISSING): "VER102",
    ("claim", Outcome.CONTRADICTED): "VER103",
    ("quotation", Outcome.CONTRADICTED): "VER103",
    ("figure", Outcome.DIFFERS): "VER105",
    ("figure", Outcome.MISSING): "VER105",
    ("table", Outcome.DIFFERS): "VER106",
    ("table", Outcome.MISSING): "VER106",
    ("paper", Outcome.DIFFERS): "VER107",
}
_SHOWN, _FIRST = 6, 10


def findings_of(
    verdicts: Sequence[Verdict],
    rebuild: Rebuild,
    libraries: Libraries,
    engine: EngineInside | None,
    differing: Sequence[str],
) -> tuple[Diagnostic, ...]:
    """Everything that does not hold, the causes before what they brought about."""
    found = [*_stopped(rebuild), *_libraries(libraries), *_engine(engine)]
    for verdict in verdicts:
        found += _of_verdict(verdict)
    told = {verdict.place for verdict in verdicts if verdict.kind == "paper"}
    told |= {
        reason.arguments["path"]
        for verdict in verdicts
        for reason in verdict.reasons
        if "path" in reason.arguments
    }
    found += _files(
        [name for name in differing if name not in told], bool(libraries.others) or _differs(engine)
    )
    return tuple(found)


def of_challenge(challenge: Challenge | None) -> Iterator[Diagnostic]:
    """A finding for seeded faults that the checks did not report."""
    missed = [] if challenge is None else challenge.to_json()["missed"]
    if missed and challenge is not None:
        kinds = ", ".join(dict.fromkeys(each["kind"] for each in missed))
        total = len(challenge.faults)
        yield diagnose("VER116", count=len(missed), total=total, kinds=kinds)


def _stopped(rebuild: Rebuild) -> Iterator[Diagnostic]:
    if rebuild.ended_by is not None:
        why, seconds = _limit(rebuild.ended_by), round(rebuild.seconds)
        yield diagnose("VER112", notes=(why,), seconds=seconds, step=rebuild.said)
    elif rebuild.failures:
        yield diagnose("VER111", count=len(rebuild.failures))
        yield from rebuild.failures


def _limit(name: str) -> Note:
    if name == "time":
        return note("verify-limit-time")
    if name == "memory":
        return note("verify-limit-memory")
    return note("verify-limit-disk" if name == "disk" else "verify-limit-processes")


def _libraries(libraries: Libraries) -> Iterator[Diagnostic]:
    if libraries.others:
        why = (note("verify-libraries-failed", reason=libraries.reason),)
        yield diagnose(
            "VER110",
            Span(path="requirements.lock"),
            notes=why if libraries.reason else (),
            count=len(libraries.others),
            libraries=shown_libraries(libraries.others),
        )
    if libraries.environment == "archive":
        yield diagnose("VER115", Span(path="requirements.lock"))
    if not libraries.locked:
        yield diagnose("VER114", Span(path="requirements.lock"))


def shown_libraries(others: Sequence[Difference]) -> str:
    """Libraries in other versions, as messages name them."""
    named = [f"{each.name} {each.installed or '-'} ({each.locked})" for each in others[:_SHOWN]]
    return ", ".join([*named, *(["..."] if len(others) > _SHOWN else [])])


def _differs(engine: EngineInside | None) -> bool:
    return engine is not None and not engine.unmodified


def _engine(engine: EngineInside | None) -> Iterator[Diagnostic]:
    if engine is None or engine.unmodified:
        return
    files = ", ".join(engine.differing[:_SHOWN]) or "-"
    count = len(engine.differing)
    yield diagnose("VER113", Span(path=engine.name), count=count, files=files)


def _of_verdict(verdict: Verdict) -> Iterator[Diagnostic]:
    code = _CODES.get((verdict.kind, verdict.outcome))
    where = _span(verdict)
    if code is not None:
        theirs, ours = verdict.theirs, verdict.ours
        told = verdict.reasons
        yield diagnose(code, where, notes=told, id=verdict.id, theirs=theirs, ours=ours)
    for statement in verdict.statements:
        if statement.states is False:
            place = Span(path=statement.path, line=statement.line)
            text = statement.text or "-"
            yield diagnose("VER104", place, id=verdict.id, text=text, value=verdict.ours)


def of_papers(read: Mapping[str, Compared]) -> tuple[Diagnostic, ...]:
    """What the archive's papers print otherwise than the rebuild has it, the first of each."""
    return tuple(finding for each in read.values() for finding in each.findings[:_FIRST])


def _span(verdict: Verdict) -> Span | None:
    path, _, cell = verdict.place.rpartition(", ")
    if path.endswith(".ipynb"):
        return Span(path=path, cell=int(cell) if cell.isdigit() else None)
    return Span(path=verdict.place) if verdict.kind == "paper" else None


def _files(names: Sequence[str], other_means: bool) -> Iterator[Diagnostic]:
    if names:
        shown = ", ".join([*names[:_SHOWN], *(["..."] if len(names) > _SHOWN else [])])
        code = "VER109" if other_means else "VER108"
        yield diagnose(code, count=len(names), files=shown)
