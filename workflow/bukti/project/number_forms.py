"""The forms of numbers that `bukti.yaml` allows in the prose without evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.tools.yaml_files import Document

Own = Mapping[str, bool | str | Sequence[str]]
_SAMPLES = ("7", "34", "1234", "1.234", "12,5", "12.5")


def own_patterns(given: bool | str | Sequence[str]) -> tuple[str, ...]:
    """The patterns that an author writes for a form; none where it is switched on or off."""
    if isinstance(given, bool):
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def compiled_or_none(pattern: str) -> re.Pattern[str] | None:
    """The pattern, compiled; None where it is no regular expression."""
    try:
        return re.compile(pattern)
    except re.error:
        return None


def check_number_forms(document: Document) -> tuple[Diagnostic, ...]:
    """Patterns that are no regular expressions."""
    return tuple(
        diagnose("CFG170", span, form=form, pattern=pattern)
        for form, pattern, span in _patterns(document)
        if compiled_or_none(pattern) is None
    )


def patterns_that_hide(document: Document) -> tuple[Diagnostic, ...]:
    """Patterns that allow any number, whatever stands around it."""
    found = []
    for form, pattern, span in _patterns(document):
        compiled = compiled_or_none(pattern)
        sample = next(filter(compiled.fullmatch, _SAMPLES), None) if compiled else None
        if sample:
            found.append(diagnose("CFG171", span, form=form, pattern=pattern, sample=sample))
    return tuple(found)


def _patterns(document: Document) -> Iterator[tuple[str, str, Span | None]]:
    given: Own = document.data.get("numbers", {}).get("allow", {})
    for form, value in given.items():
        for number, pattern in enumerate(own_patterns(value)):
            place = [] if isinstance(value, str) else [number]
            yield form, pattern, document.span(("numbers", "allow", form, *place))
