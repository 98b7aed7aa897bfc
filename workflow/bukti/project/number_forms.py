"""The forms of numbers that `bukti.yaml` allows in the prose without evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.tools.yaml_files import Document

Own = Mapping[str, bool | str | Sequence[str]]
_SAMPLES = ("7", "34", "1234", "1.234", "12,5", "12.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPattern:
    """A pattern of numbers that need no evidence, its form, and its place in `bukti.yaml`."""

    form: str
    pattern: str
    span: Span


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


def number_patterns(document: Document) -> tuple[NumberPattern, ...]:
    """The patterns of the settings, form by form."""
    given: Own = document.data.get("numbers", {}).get("allow", {})
    return tuple(
        NumberPattern(form=form, pattern=pattern, span=document.span(keys))
        for form, value in given.items()
        for number, pattern in enumerate(own_patterns(value))
        for keys in [("numbers", "allow", form, *(() if isinstance(value, str) else (number,)))]
    )


def check_number_forms(document: Document) -> tuple[Diagnostic, ...]:
    """Patterns that are no regular expressions."""
    return tuple(
        diagnose("CFG170", each.span, form=each.form, pattern=each.pattern)
        for each in number_patterns(document)
        if compiled_or_none(each.pattern) is None
    )


def patterns_that_hide(document: Document) -> tuple[Diagnostic, ...]:
    """Patterns that allow any number, whatever stands around it."""
    found = []
    for each in number_patterns(document):
        compiled = compiled_or_none(each.pattern)
        sample = next(filter(compiled.fullmatch, _SAMPLES), None) if compiled else None
        if sample:
            found.append(
                diagnose("CFG171", each.span, form=each.form, pattern=each.pattern, sample=sample)
            )
    return tuple(found)
