"""How the values of a column are written in a raw file, as its contract says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.language import is_language, language_of
from bukti.base.span import Span

SPACES = " \u00a0\u2009\u202f"
STANDARD = ("", "-", "–", "—", "\u2212", "..", "...", "…", "NA", "N/A", "n.a.", "n/a", "t.a.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How numbers and dates are written, and what stands for a value that is missing.

    `stated` is false where no locale is given, so that `13.305` has two readings. `prefix` and
    `suffix` are signs that may touch a number; `marks` maps a footnote mark to what it means, and
    `missing` a sign to its meaning, None where it has none. `parentheses` make a number negative.
    `dates` says how dates in digits are ordered; `language` is that of the names of months.
    """

    decimal: str = "."
    group: str = ""
    stated: bool = False
    language: str | None = None
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    marks: Mapping[str, str]
    missing: Mapping[str, str | None]
    parentheses: bool = False
    dates: str = "iso"


def writing_of(path: str, table: Mapping[str, Any], field: Mapping[str, Any]) -> Writing:
    """The writing of one field: what it says itself, else what its contract says.

    Raises Problem where a locale names what is no language.
    """
    locale = _locale(path, field.get("locale", table.get("locale", {})))
    written = field.get("written", {})
    return Writing(
        decimal=locale.get("decimal", "."),
        group=locale.get("group", ""),
        stated=bool(locale),
        language=locale.get("language"),
        prefix=_longest_first(written.get("prefix", ())),
        suffix=_longest_first(written.get("suffix", ())),
        marks=_meanings(written.get("marks", ())),
        missing=_missing(field.get("missing", table.get("missing", ("",)))),
        parentheses=written.get("parentheses") == "negative",
        dates=written.get("dates", "iso"),
    )


def _locale(path: str, given: Any) -> Mapping[str, str]:
    if isinstance(given, str):
        given = {"language": given}
    if "language" not in given:
        return dict(given)
    if not is_language(given["language"]):
        raise Problem(diagnose("CFG110", Span(path=path), language=given["language"]))
    language = language_of(given["language"])
    own = {"decimal": language.decimal, "group": language.group, **given}
    if own["group"] in SPACES:
        own["group"] = " "
    return own if own["group"] != own["decimal"] else {**own, "group": ""}


def _missing(given: Any) -> dict[str, str | None]:
    if given == "standard":
        given = STANDARD
    return {sign.strip(): meaning or None for sign, meaning in _meanings(given).items()}


def _meanings(given: Any) -> dict[str, str]:
    if isinstance(given, str):
        given = (given,)
    return dict(given) if isinstance(given, Mapping) else {sign: sign for sign in given}


def _longest_first(given: Any) -> tuple[str, ...]:
    signs = (given,) if isinstance(given, str) else tuple(given)
    return tuple(sorted(signs, key=lambda sign: (-len(sign), sign)))
