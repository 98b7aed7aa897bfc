"""The evidence that papers carry against that of their editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.printed.records import Printed

_LONGEST = 60


def evidence_of_paper(
    paper: Printed, path: str, editions: Mapping[str, Mapping[str, Any]]
) -> tuple[Diagnostic, ...]:
    """Whether a paper carries the evidence of its editions, by language as `evidence.json` has it.

    The first place at which the two differ is told.
    """
    return tuple(_compared(paper, path, editions))


def _compared(
    paper: Printed, path: str, editions: Mapping[str, Mapping[str, Any]]
) -> Iterator[Diagnostic]:
    for language, wanted in editions.items():
        printed = paper.evidence.get(language)
        if printed is None:
            yield diagnose("VER202", Span(path=path), language=language)
            continue
        first = next(_differences(wanted, printed, ""), None)
        if first is not None:
            place, ours, theirs = first
            yield diagnose("VER203", Span(path=path), place=place, wanted=ours, printed=theirs)


def _differences(wanted: Any, printed: Any, place: str) -> Iterator[tuple[str, str, str]]:
    """Where two records differ, and what each has there."""
    if isinstance(wanted, Mapping) and isinstance(printed, Mapping):
        name = wanted.get("id")
        for key in sorted({*wanted, *printed}):
            here = f"{name}.{key}" if isinstance(name, str) else f"{place}.{key}".lstrip(".")
            yield from _differences(wanted.get(key), printed.get(key), here)
    elif _is_list(wanted) and _is_list(printed):
        for number in range(max(len(wanted), len(printed))):
            ours = wanted[number] if number < len(wanted) else None
            theirs = printed[number] if number < len(printed) else None
            yield from _differences(ours, theirs, f"{place}[{number + 1}]")
    elif wanted != printed or isinstance(wanted, bool) is not isinstance(printed, bool):
        yield place, _shown(wanted), _shown(printed)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _shown(value: Any) -> str:
    text = "-" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]} \u2026"
