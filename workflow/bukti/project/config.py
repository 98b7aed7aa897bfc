"""What `bukti.yaml` says, read once into a frozen record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.language import is_language
from bukti.tools.yaml_files import Document

Words = str | Mapping[str, str]


class Level(StrEnum):
    """How finished the paper is said to be."""

    DRAFT = "draft"
    READY = "ready"
    SUBMIT = "submit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One name of the byline."""

    name: Words
    affiliation: Words = ""
    orcid: str = ""
    email: str = ""
    corresponding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that is accepted, and why."""

    code: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a compendium, with defaults filled in.

    `cell_seconds` limits each cell of a notebook, `kernel_memory` its kernel, in MiB;
    `cleaning_seconds` and `cleaning_memory` limit each cleaning script.
    """

    name: str
    languages: tuple[str, ...]
    version: str | None = None
    date: str | None = None
    authors: tuple[Author, ...] = ()
    formats: tuple[str, ...] = ("pdf", "docx", "html")
    level: Level = Level.DRAFT
    citation_style: str | None = None
    rounding: str = "half-even"
    cell_seconds: int = 600
    kernel_memory: int = 8192
    cleaning_seconds: int = 600
    cleaning_memory: int = 8192
    waivers: tuple[Waiver, ...] = ()
    engine: str = ""


def words_in(words: Words, language: str) -> str:
    """Words in a language: the same in every one, or by language (else the first given)."""
    if isinstance(words, str):
        return words
    return words.get(language) or next(iter(words.values()))


def config_of(data: Mapping[str, Any]) -> Config:
    """The record of a file that is as its schema says."""
    paper = data.get("paper", {})
    notebooks = data.get("notebooks", {})
    cleaning = data.get("cleaning", {})
    defaults = Config(name="", languages=())
    return Config(
        name=data["name"],
        languages=tuple(data["languages"]),
        version=paper.get("version"),
        date=paper.get("date"),
        authors=tuple(Author(**author) for author in data.get("authors", ())),
        formats=tuple(data.get("formats", defaults.formats)),
        level=Level(data.get("level", defaults.level)),
        citation_style=data.get("citations", {}).get("style"),
        rounding=data.get("numbers", {}).get("rounding", defaults.rounding),
        cell_seconds=notebooks.get("seconds", defaults.cell_seconds),
        kernel_memory=notebooks.get("memory", defaults.kernel_memory),
        cleaning_seconds=cleaning.get("seconds", defaults.cleaning_seconds),
        cleaning_memory=cleaning.get("memory", defaults.cleaning_memory),
        waivers=tuple(
            Waiver(code=waiver["code"], at=waiver.get("at", ""), reason=waiver["reason"])
            for waiver in data.get("waivers", ())
        ),
        engine=data.get("engine", ""),
    )


def check_languages(document: Document) -> tuple[Diagnostic, ...]:
    """Languages that the Unicode locale data do not know."""
    return tuple(
        diagnose("CFG110", document.span(("languages", number)), language=language)
        for number, language in enumerate(document.data.get("languages", ()))
        if not is_language(str(language))
    )


def check_date(document: Document) -> tuple[Diagnostic, ...]:
    """A date that the calendar does not have."""
    value = document.data.get("paper", {}).get("date")
    try:
        date.fromisoformat(value or "1980-01-01")
    except ValueError as error:
        span = document.span(("paper", "date"))
        return (diagnose("CFG107", span, key="paper.date", value=value, rule=error),)
    return ()


def check_engine(document: Document, version: str) -> tuple[Diagnostic, ...]:
    """Whether the running engine is one that the compendium asks for."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    wanted = document.data.get("engine", "")
    span = document.span(("engine",))
    try:
        fits = SpecifierSet(wanted).contains(version, prereleases=True)
    except InvalidSpecifier:
        return (diagnose("CFG107", span, key="engine", value=wanted, rule=">=0.1,<1"),)
    return () if fits else (diagnose("CFG109", span, wanted=wanted, version=version),)
