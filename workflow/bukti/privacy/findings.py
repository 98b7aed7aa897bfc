"""What was found, as findings that show no personal detail themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bukti.base.codes import code_of
from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.span import Span
from bukti.privacy.finds import EMAIL, IDENTITY, NAME, OWN, TELEPHONE, masked
from bukti.privacy.survey import Exposure

CODES = {NAME: "QUA311", IDENTITY: "QUA312", TELEPHONE: "QUA313", EMAIL: "QUA314"}
OWN_CODE = "QUA315"
MOST = 20
_FILES = 12


def findings_of(exposures: Iterable[Exposure]) -> Iterator[Diagnostic]:
    """A finding for each detail and place; one for all of a kind where there are very many."""
    groups: dict[tuple[str, str, str], list[Exposure]] = {}
    for exposure in exposures:
        place = (exposure.find.kind, exposure.span.path, exposure.column)
        groups.setdefault(place, []).append(exposure)
    for group in groups.values():
        if len({each.find.key for each in group}) > MOST:
            yield _many(group)
        else:
            yield from map(_one, group)


def _one(exposure: Exposure) -> Diagnostic:
    span, hidden = exposure.span, masked(exposure.find.text)
    notes = _notes(exposure)
    match exposure.find.kind:
        case "name":
            return diagnose("QUA311", span, masked=hidden, notes=notes)
        case "identity":
            return diagnose("QUA312", span, masked=hidden, notes=notes)
        case "telephone":
            return diagnose("QUA313", span, masked=hidden, notes=notes)
        case "email":
            return diagnose("QUA314", span, masked=hidden, notes=notes)
        case own:
            return diagnose(
                "QUA315", span, masked=hidden, pattern=own.removeprefix(OWN), notes=notes
            )


def _notes(exposure: Exposure) -> tuple[Note, ...]:
    notes: list[Note] = []
    if exposure.column and exposure.row:
        place = {"column": exposure.column, "row": exposure.row}
        more = exposure.rows - 1
        if more:
            notes.append(note("privacy-cells", **place, more=more))
        else:
            notes.append(note("privacy-cell", **place))
    elif exposure.column:
        notes.append(note("privacy-column", column=exposure.column))
    if exposure.part:
        notes.append(note("privacy-part", part=exposure.part))
    return (*notes, *_outputs(exposure.outputs))


def _outputs(paths: Sequence[str]) -> tuple[Note, ...]:
    if not paths:
        return ()
    shown = ", ".join(paths[:_FILES]) + (" …" if len(paths) > _FILES else "")
    return (note("privacy-outputs", count=len(paths), files=shown),)


def _many(group: Sequence[Exposure]) -> Diagnostic:
    first = group[0]
    code = CODES.get(first.find.kind, OWN_CODE)
    outputs = sorted({path for each in group for path in each.outputs})
    notes = [note("privacy-column", column=first.column)] if first.column else []
    return diagnose(
        "QUA316",
        Span(path=first.span.path),
        count=len({each.find.key for each in group}),
        code=code,
        name=code_of(code).name,
        notes=(*notes, *_outputs(outputs)),
    )


def unread_findings(unread: Iterable[tuple[str, str, str]]) -> Iterator[Diagnostic]:
    """Outputs, or parts of them, that could not be searched."""
    for path, part, reason in unread:
        notes = (note("privacy-part", part=part),) if part else ()
        yield diagnose("QUA304", Span(path=path), reason=reason, notes=notes)
