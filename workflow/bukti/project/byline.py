"""Who wrote the paper, where they work, and how it was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

Words = str | Mapping[str, str]
DATES = ("date", "received", "accepted", "published")
_MANY = ("affiliations", "roles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """A place where authors work; `ror` is its address in the Research Organization Registry."""

    name: Words
    ror: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One name of the byline.

    `name` is printed as it is; `family` is the part of it that is the family name, empty where a
    person has none. `affiliations` are keys of the compendium's affiliations, `roles` the ids of
    ANSI/NISO Z39.104-2022, CRediT.
    """

    name: Words
    family: Words = ""
    affiliation: Words = ""
    affiliations: tuple[str, ...] = ()
    orcid: str = ""
    email: str = ""
    corresponding: bool = False
    equal: bool = False
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Where the paper appeared."""

    name: Words
    volume: str = ""
    issue: str = ""
    year: str = ""
    pages: str = ""
    issn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is printed of how the paper was published; dates as YYYY-MM-DD."""

    received: str | None = None
    accepted: str | None = None
    published: str | None = None
    doi: str = ""
    copyright: Words = ""
    license: Words = ""
    journal: Journal | None = None


def words_in(words: Words, language: str) -> str:
    """Words in a language: the same in every one, or by language (else the first given)."""
    if isinstance(words, str):
        return words
    return words.get(language) or next(iter(words.values()))


def author_of(data: Mapping[str, Any]) -> Author:
    """The author of an entry that is as its schema says."""
    values: dict[str, Any]
    values = {key: tuple(value) if key in _MANY else value for key, value in data.items()}
    if "orcid" in values:
        values["orcid"] = values["orcid"].rpartition("/")[2]
    return Author(**values)


def publication_of(paper: Mapping[str, Any]) -> Publication:
    """What the settings under `paper` say of the publication."""
    names = {each.name for each in fields(Publication)}
    values = {key: value for key, value in paper.items() if key in names}
    if "journal" in values:
        values["journal"] = Journal(**{key: _text(each) for key, each in paper["journal"].items()})
    if "doi" in values:
        values["doi"] = values["doi"].removeprefix("https://doi.org/")
    return Publication(**values)


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value


def is_orcid(orcid: str) -> bool:
    """Whether the last character is the check character of ISO 7064, MOD 11-2."""
    total = 0
    for digit in orcid.rpartition("/")[2].replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return orcid[-1] == ("X" if check == 10 else str(check))


def given_name(name: str, family: str) -> str | None:
    """What of a name is not its family name; None where the family name is no end of it."""
    words, part = name.split(), family.split()
    if not part:
        return " ".join(words)
    if words[-len(part) :] == part:
        return " ".join(words[: -len(part)])
    return " ".join(words[len(part) :]) if words[: len(part)] == part else None
