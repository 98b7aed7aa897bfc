"""Forms of numbers that need no evidence: years, laws, pages, and what an author allows.

A form is allowed by default only where it cannot hide a result; each is counted by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bukti.base.language import language_data, month_names
from bukti.base.quantity_words import quantity_words
from bukti.project.number_forms import Own, compiled_or_none, own_patterns

YEARS = "years"
ENUMERATIONS = "enumerations"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_NEUTRAL = {
    YEARS: (
        rf"(?<![\w.,/\u2013-]){_YEAR}(?:\s?[\u2013/-]\s?(?:{_YEAR}|\d\d))?(?:s|-an)?"
        r"(?!\w|[.,]\d|\s?%)",
    ),
    "names": (r"(?<![\w\u2013-])(?!{ordinal})[^\W\d_]\w*-\d+(?!\w|[.,]\d)",),
}
_COUNTED = re.compile(r"\((\d{1,2})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A stretch of a text in which numbers need no evidence, by the name of its form."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedForms:
    """The forms that are allowed in one language, each with its patterns."""

    patterns: Mapping[str, tuple[re.Pattern[str], ...]]

    def within(self, text: str) -> tuple[Allowed, ...]:
        """Every stretch of a text that is of an allowed form."""
        return tuple(self._within(text))

    def _within(self, text: str) -> Iterator[Allowed]:
        for form, patterns in self.patterns.items():
            if form == ENUMERATIONS:
                yield from _enumerated(text)
            for pattern in patterns:
                for match in pattern.finditer(text):
                    yield Allowed(form=form, start=match.start(), end=match.end())


def allowed_forms(language: str, own: Own) -> AllowedForms:
    """The forms of a language with those of `bukti.yaml`.

    `own` maps a name to patterns of the author, or to false where a form is not to be allowed.
    Patterns that are none are left out.
    """
    patterns = {
        form: found for form, found in _of_language(language).items() if own.get(form, True)
    }
    for form, given in own.items():
        written = own_patterns(given)
        if written:
            compiled = (compiled_or_none(pattern) for pattern in written)
            patterns[form] = tuple(pattern for pattern in compiled if pattern is not None)
    return AllowedForms(patterns=patterns)


@cache
def _of_language(language: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    prefixes = quantity_words(language).ordinal_prefixes
    fields = {
        "month": f"(?-i:{'|'.join(map(re.escape, month_names(language)))})",
        "ordinal": "|".join(map(re.escape, prefixes)) or "(?!)",
    }
    found: dict[str, list[str]] = {ENUMERATIONS: []}
    for form, patterns in _NEUTRAL.items():
        found.setdefault(form, []).extend(patterns)
    for form, patterns in language_data(language).get("allowed", {}).items():
        found.setdefault(form, []).extend(patterns)
    return {
        form: tuple(re.compile(_filled(pattern, fields), re.IGNORECASE) for pattern in patterns)
        for form, patterns in found.items()
    }


def _filled(pattern: str, fields: Mapping[str, str]) -> str:
    for name, value in fields.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def _enumerated(text: str) -> Iterator[Allowed]:
    """Numbers in brackets that count on from one: "(1) the law and (2) its aims"."""
    run: list[re.Match[str]] = []
    for match in [*_COUNTED.finditer(text), None]:
        if match is not None and int(match[1]) == len(run) + 1:
            run.append(match)
            continue
        if len(run) > 1:
            for each in run:
                yield Allowed(form=ENUMERATIONS, start=each.start(), end=each.end())
        run = [match] if match is not None and int(match[1]) == 1 else []
