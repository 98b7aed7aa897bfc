"""The words by which a draft names its parts, in every language that the engine knows them in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")
_CLEAR = 2.0
_SHARE = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What drafts in one language call their parts, in lower case; `locators` by CSL's label."""

    code: str
    abstract: tuple[str, ...]
    keywords: tuple[str, ...]
    references: tuple[str, ...]
    contents: tuple[str, ...]
    table: tuple[str, ...]
    figure: tuple[str, ...]
    source: tuple[str, ...]
    conjunctions: tuple[str, ...]
    institutions: tuple[str, ...]
    common: frozenset[str]
    locators: Mapping[str, str]

    def labels(self, kind: str) -> tuple[str, ...]:
        """The words for a kind of part, such as `abstract`, `references` or `figure`."""
        found: tuple[str, ...] = getattr(self, kind)
        return found


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """Every vocabulary by its language."""
    folder = files("bukti.draft").joinpath("words")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {name.removesuffix(".toml"): _read(name) for name in names}


def _read(name: str) -> Vocabulary:
    text = files("bukti.draft").joinpath("words", name).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    kinds = ("abstract", "keywords", "references", "contents", "table", "figure", "source",
             "institutions")  # fmt: skip
    return Vocabulary(
        code=name.removesuffix(".toml"),
        conjunctions=tuple(data["and"]),
        common=frozenset(data["common"]),
        locators=dict(data["locators"]),
        **{kind: tuple(data[kind]) for kind in kinds},
    )


def words_for(kind: str, languages: Iterable[str] | None = None) -> tuple[str, ...]:
    """The words of a kind in some languages, or in all; longest first."""
    known = vocabularies()
    chosen = [known[code] for code in (known if languages is None else languages) if code in known]
    found = {word for each in chosen for word in each.labels(kind)}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def language_of_text(text: str) -> str | None:
    """The language whose commonest words a text is clearly full of; None where none is clear."""
    tokens = [word.lower() for word in _WORD.findall(text)]
    if not tokens:
        return None
    shares = {
        code: sum(token in each.common for token in tokens) / len(tokens)
        for code, each in vocabularies().items()
    }
    first, second = sorted(shares, key=lambda code: (-shares[code], code))[:2]
    clear = shares[first] >= _SHARE and shares[first] >= _CLEAR * shares[second]
    return first if clear else None
