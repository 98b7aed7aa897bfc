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
SIGNIFICANCE = "significance"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_NEUTRAL = {
    YEARS: (
        rf"(?<![\w.,/\u2013-]){_YEAR}(?:\s?[\u2013/-]\s?(?:{_YEAR}|\d\d))?(?:s|-an)?"
        r"(?!\w|[.,]\d|\s?%)",
    ),
    "names": (r"(?<![\w\u2013-])(?!{ordinal})[^\W\d_]\w*-\d+(?!\w|[.,]\d)",),
}
_LEGENDS = (  # "* p < 0.05", "** significant at 5%", with the usual thresholds alone
    r"\bp\s*[<\u2264]\s*0?[.,](?:10?|050?|010?|005|0010?|0001)(?!\w|[.,]\d)",
    r"[*\u2020\u2021\u00a7]\s*(?:[^\W\d_]+\s+){1,5}(?:10|5|1|0[.,]1)\s?(?=%|[^\W\d_])(?!\w*[.,]\d)",
)
_COUNTED = re.compile(r"\((\d{1,2})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A stretch of a text in which numbers need no evidence, by the name of its form.

    `pattern` is that of the author which fits it, empty for a form of the language.
    """

    form: str
    start: int
    end: int
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedForms:
    """The forms that are allowed in one language, each with its patterns.

    `own` are the forms whose patterns the author wrote.
    """

    patterns: Mapping[str, tuple[re.Pattern[str], ...]]
    own: frozenset[str] = frozenset()

    def within(self, text: str, *, legend: bool = False) -> tuple[Allowed, ...]:
        """Every stretch of a text that is of an allowed form.

        Levels of significance are one in a `legend` alone.
        """
        return tuple(self._within(text, legend=legend))

    def _within(self, text: str, *, legend: bool) -> Iterator[Allowed]:
        for form, patterns in self.patterns.items():
            if form == SIGNIFICANCE and not (legend or form in self.own):
                continue
            if form == ENUMERATIONS:
                yield from _enumerated(text)
            for pattern in patterns:
                written = pattern.pattern if form in self.own else ""
                for match in pattern.finditer(text):
                    start, end = match.span()
                    yield Allowed(form=form, start=start, end=end, pattern=written)


def allowed_forms(language: str, own: Own) -> AllowedForms:
    """The forms of a language with those of `bukti.yaml`.

    `own` maps a name to patterns of the author, or to false where a form is not to be allowed.
    Patterns that are none are left out.
    """
    patterns = {
        form: found for form, found in _of_language(language).items() if own.get(form, True)
    }
    written = {form: own_patterns(given) for form, given in own.items()}
    for form, given in written.items():
        if given:
            compiled = (compiled_or_none(pattern) for pattern in given)
            patterns[form] = tuple(pattern for pattern in compiled if pattern is not None)
    return AllowedForms(
        patterns=patterns, own=frozenset(form for form, given in written.items() if given)
    )


@cache
def _of_language(language: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    prefixes = quantity_words(language).ordinal_prefixes
    fields = {
        "month": f"(?-i:{'|'.join(map(re.escape, month_names(language)))})",
        "ordinal": "|".join(map(re.escape, prefixes)) or "(?!)",
    }
    found: dict[str, list[str]] = {ENUMERATIONS: [], SIGNIFICANCE: list(_LEGENDS)}
    for form, patterns in _NEUTRAL.items():
        found.setdefault(form, []).extend(patterns)
    for form, patterns in language_data(language).get("allowed", {}).items():
        found.setdefault(form, []).extend(rf"(?<!\w)(?:{pattern})" for pattern in patterns)
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
