"""The catalogue of codes, notes and words, in every language that bukti speaks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "id")
FAMILIES = ("CFG", "SRC", "CLN", "ANA", "CLM", "QUA", "PAR", "REF", "FIG", "REN", "VER", "ARC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A kind of diagnostic: its stable code, its name, and its texts in each language.

    `excerpt` says whether the line in question is shown; it is not where it holds what must not
    be told.
    """

    code: str
    name: str
    severity: str
    texts: Mapping[str, Mapping[str, str]]
    excerpt: bool = True


@cache
def _catalogue(name: str) -> dict[str, Any]:
    source = files("bukti.base").joinpath("catalogue", f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _family(family: str) -> dict[str, Code]:
    return {
        code: Code(
            code=code,
            name=entry["name"],
            severity=entry["severity"],
            texts={language: entry[language] for language in LANGUAGES},
            excerpt=entry.get("excerpt", True),
        )
        for code, entry in _catalogue(family).items()
    }


def code_of(code: str) -> Code:
    """The catalogue's entry of a code; KeyError where there is none."""
    return _family(code[:3])[code]


def families_in_use() -> tuple[str, ...]:
    """The families that have at least one code."""
    folder = files("bukti.base").joinpath("catalogue")
    return tuple(family for family in FAMILIES if folder.joinpath(f"{family}.toml").is_file())


def all_codes() -> tuple[Code, ...]:
    """Every code, family by family, sorted within each."""
    return tuple(
        _family(family)[code] for family in families_in_use() for code in sorted(_family(family))
    )


def note_text(key: str, language: str) -> str:
    """The sentence of a note or hint, with its fields still open."""
    return str(_catalogue("notes")[key][language])


def word(key: str, language: str, **arguments: object) -> str:
    """A sentence or label of the interface, filled."""
    text = str(_catalogue("interface")[key][language])
    return text.format(**arguments) if arguments else text


def verify_words(language: str) -> dict[str, str]:
    """Every word that a verification uses by key, with its fields still open."""
    return {key: entry[language] for key, entry in sorted(_catalogue("verify").items())}


def report_words(language: str) -> dict[str, str]:
    """Every word of the evidence report by key, with its fields still open."""
    return {key: entry[language] for key, entry in sorted(_catalogue("report").items())}


def all_notes() -> Mapping[str, Mapping[str, str]]:
    """Every note and hint by key, in each language."""
    return _catalogue("notes")


def all_words() -> Mapping[str, Mapping[str, str]]:
    """Every sentence and label of the interface by key, in each language."""
    return _catalogue("interface")
