"""Who wrote a paper, in the forms in which it may say so, and their replacement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_SHORTEST = 4
_PARTICLES = ("van", "von", "de", "der", "den", "bin", "binti", "al", "el", "da", "di")


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The people of the byline, by family and given names, and what else points to them.

    `texts` are affiliations, addresses of e-mail and of repositories, and identifiers. A name that
    has one word alone is a family name without a given one.
    """

    people: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """What finds every form, in any case and across line ends; None where none is known."""
        forms = {form for family, given in self.people for form in name_forms(family, given)}
        forms |= {text for text in self.texts if len(text) >= _SHORTEST}
        if not forms:
            return None
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        return re.compile("|".join(map(_bounded, ordered)), re.IGNORECASE)

    def replaced(self, text: str, word: str) -> str:
        """A text with `word` in place of every form."""
        return text if self.pattern is None else self.pattern.sub(lambda _: word, text)

    def found(self, text: str) -> tuple[str, ...]:
        """The forms that a text holds, as written there, each once."""
        if self.pattern is None:
            return ()
        return tuple(dict.fromkeys(match[0] for match in self.pattern.finditer(text)))

    def wrote(self, family: str, given: str) -> bool:
        """Whether a name of a reference is one of the people: family and first initial agree."""
        return any(
            own.casefold() == family.casefold()
            and (not first or not given or first[0].casefold() == given[0].casefold())
            for own, first in self.people
        )


def _bounded(form: str) -> str:
    words = r"\s+".join(map(re.escape, form.split()))
    before = r"(?<!\w)" if form[0].isalnum() else ""
    after = r"(?!\w)" if form[-1].isalnum() else ""
    return f"{before}{words}{after}"


def name_forms(family: str, given: str) -> Iterator[str]:
    """A name as texts write it: whole, turned round, and with initials."""
    if not given:
        if len(family) >= _SHORTEST:
            yield family
        return
    initials = [word[0] for word in given.split()]
    yield f"{given} {family}"
    yield f"{family}, {given}"
    for some in {(*initials,), (initials[0],)}:
        dotted, spaced = "".join(f"{each}." for each in some), " ".join(f"{each}." for each in some)
        for first in {dotted, spaced}:
            yield f"{first} {family}"
            yield f"{family}, {first}"
        yield f"{family} {''.join(some)}"


def divided(name: str, family: str = "") -> tuple[str, str]:
    """Family and given name: by the stated family name, by a comma, or by the last word."""
    name = " ".join(name.split())
    if family and name.endswith(family):
        return family, name.removesuffix(family).strip()
    before, comma, after = name.partition(",")
    if comma:
        return before.strip(), after.strip()
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])


def identity_of(settings: Mapping[str, Any], more: Iterable[str] = ()) -> Identity:
    """Who a paper is by, as its settings (plain data) say; `more` are addresses that tell it."""
    people: dict[tuple[str, str], None] = {}
    texts: dict[str, None] = dict.fromkeys(filter(None, more))
    for author in settings.get("authors", []):
        families = _words(author.get("family", ""))
        for number, name in enumerate(_words(author["name"])):
            family = families[min(number, len(families) - 1)] if families else ""
            people[divided(name, family)] = None
        for key in ("affiliation", "orcid", "email"):
            texts |= dict.fromkeys(_words(author.get(key, "")))
    for affiliation in settings.get("affiliations", {}).values():
        texts |= dict.fromkeys(_all_words(affiliation))
    return Identity(people=tuple(people), texts=tuple(texts))


def _words(value: Any) -> list[str]:
    """A setting's words: in one language, or in each."""
    values: Sequence[Any] = list(value.values()) if isinstance(value, Mapping) else [value]
    return [str(each) for each in values if each]


def _all_words(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _all_words(each)
    elif value:
        yield str(value)
