"""What `bukti.yaml` says, read once into a frozen record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.hedges import Tolerances
from bukti.base.language import is_language
from bukti.base.span import Span
from bukti.project.byline import (
    DATES,
    Affiliation,
    Author,
    Publication,
    author_of,
    publication_of,
)
from bukti.project.page_settings import PageSettings, page_of
from bukti.project.replication import Replication, replication_of
from bukti.tools.yaml_files import Document

PARALLEL_FORMATS = ("pdf", "html")
"""The formats of parallel editions."""


class Level(StrEnum):
    """How finished the paper is said to be."""

    DRAFT = "draft"
    READY = "ready"
    SUBMIT = "submit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that is accepted, and why; `line` and `column` are its own in `bukti.yaml`."""

    code: str
    at: str
    reason: str
    line: int | None = None
    column: int | None = None


Place = Callable[[tuple[Any, ...]], Span | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a compendium, with defaults filled in.

    `chosen_editions` are the languages that the whole paper is in, empty for all; in the others
    it has a title, an abstract and keywords. `parallel` are the two languages of each parallel
    edition, left and right. `cell_seconds` limits each cell of a notebook,
    `kernel_memory` its kernel, in MiB; `cleaning_seconds` and `cleaning_memory` limit each
    cleaning script. `allowed_numbers` maps forms of numbers that need no evidence to patterns, or
    to false for one that is not allowed. `limits` and `parameters` are by notebook.
    """

    name: str
    languages: tuple[str, ...]
    chosen_editions: tuple[str, ...] = ()
    version: str | None = None
    date: str | None = None
    authors: tuple[Author, ...] = ()
    affiliations: Mapping[str, Affiliation] = field(default_factory=dict)
    publication: Publication = field(default_factory=Publication)
    formats: tuple[str, ...] = ("pdf", "docx", "html")
    parallel: tuple[tuple[str, str], ...] = ()
    level: Level = Level.DRAFT
    citation_style: str | None = None
    page: PageSettings = field(default_factory=PageSettings)
    rounding: str = "half-even"
    tolerances: Tolerances = field(default_factory=Tolerances)
    allowed_numbers: Mapping[str, bool | str | Sequence[str]] = field(default_factory=dict)
    cell_seconds: int = 600
    kernel_memory: int = 8192
    cleaning_seconds: int = 600
    cleaning_memory: int = 8192
    limits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    engine: str = ""
    replication: Replication = field(default_factory=Replication)

    @property
    def editions(self) -> tuple[str, ...]:
        """The languages that the whole paper is in."""
        return self.chosen_editions or self.languages

    def seconds_of(self, notebook: str) -> int:
        """The time limit of each cell of a notebook."""
        return self.limits.get(notebook, {}).get("seconds", self.cell_seconds)

    def memory_of(self, notebook: str) -> int:
        """The memory limit of a notebook's kernel, in MiB."""
        return self.limits.get(notebook, {}).get("memory", self.kernel_memory)


def _nowhere(keys: tuple[Any, ...]) -> Span | None:
    return None


def config_of(data: Mapping[str, Any], place: Place = _nowhere) -> Config:
    """The record of a file that is as its schema says; `place` tells where a key stands."""
    paper = data.get("paper", {})
    notebooks = data.get("notebooks", {})
    cleaning = data.get("cleaning", {})
    defaults = Config(name="", languages=())
    return Config(
        name=data["name"],
        languages=tuple(data["languages"]),
        chosen_editions=tuple(data.get("editions", ())),
        version=paper.get("version"),
        date=paper.get("date"),
        authors=tuple(author_of(author) for author in data.get("authors", ())),
        affiliations={
            key: Affiliation(**affiliation)
            for key, affiliation in data.get("affiliations", {}).items()
        },
        publication=publication_of(paper),
        formats=tuple(data.get("formats", defaults.formats)),
        parallel=_pairs(data),
        level=Level(data.get("level", defaults.level)),
        citation_style=data.get("citations", {}).get("style"),
        page=page_of(data.get("page", {})),
        rounding=data.get("numbers", {}).get("rounding", defaults.rounding),
        tolerances=_tolerances(data.get("numbers", {}).get("tolerance", {})),
        allowed_numbers=data.get("numbers", {}).get("allow", {}),
        cell_seconds=notebooks.get("seconds", defaults.cell_seconds),
        kernel_memory=notebooks.get("memory", defaults.kernel_memory),
        cleaning_seconds=cleaning.get("seconds", defaults.cleaning_seconds),
        cleaning_memory=cleaning.get("memory", defaults.cleaning_memory),
        limits=notebooks.get("limits", {}),
        parameters=notebooks.get("parameters", {}),
        waivers=tuple(
            _waiver(waiver, place(("waivers", number)))
            for number, waiver in enumerate(data.get("waivers", ()))
        ),
        engine=data.get("engine", ""),
        replication=replication_of(data.get("replication", {})),
    )


def _waiver(data: Mapping[str, str], span: Span | None) -> Waiver:
    return Waiver(
        code=data["code"],
        at=data.get("at", ""),
        reason=data["reason"],
        line=span.line if span else None,
        column=span.column if span else None,
    )


def _pairs(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The pairs of editions that are set side by side: those named, or each two."""
    chosen = data.get("parallel", False)
    if isinstance(chosen, bool):
        editions = data.get("editions") or data["languages"]
        return tuple(combinations(editions, 2)) if chosen else ()
    return tuple((left, right) for left, right in chosen)


def _tolerances(data: Mapping[str, str]) -> Tolerances:
    """From `5%` to a part of one."""
    parts = {name: Decimal(text.removesuffix("%")).scaleb(-2) for name, text in data.items()}
    return Tolerances(**parts)


def check_languages(document: Document) -> tuple[Diagnostic, ...]:
    """Languages that the Unicode locale data do not know."""
    return tuple(
        diagnose("CFG110", document.span(("languages", number)), language=language)
        for number, language in enumerate(document.data.get("languages", ()))
        if not is_language(str(language))
    )


def check_editions(document: Document) -> tuple[Diagnostic, ...]:
    """Editions in languages that the paper has not."""
    languages = document.data.get("languages", [])
    return tuple(
        diagnose(
            "CFG128",
            document.span(("editions", number)),
            language=language,
            known=", ".join(languages),
        )
        for number, language in enumerate(document.data.get("editions", ()))
        if language not in languages
    )


def check_parallel(document: Document) -> tuple[Diagnostic, ...]:
    """Parallel editions of languages that have no edition, and those that nothing comes of."""
    data = document.data
    chosen = data.get("parallel", False)
    if chosen is False:
        return ()
    editions = data.get("editions") or data.get("languages", [])
    formats = data.get("formats", PARALLEL_FORMATS)
    pairs = [] if chosen is True else chosen
    faults = [
        diagnose(
            "REN196",
            document.span(("parallel", number, place)),
            language=language,
            known=", ".join(editions),
        )
        for number, pair in enumerate(pairs)
        for place, language in enumerate(pair)
        if language not in editions
    ]
    if not {*PARALLEL_FORMATS} & {*formats} or (chosen is True and len(editions) == 1):
        faults.append(
            diagnose(
                "REN197",
                document.span(("parallel",)),
                editions=", ".join(editions),
                formats=", ".join(formats),
            )
        )
    return tuple(faults)


def check_dates(document: Document) -> tuple[Diagnostic, ...]:
    """Dates that the calendar does not have."""
    return tuple(_impossible_dates(document))


def _impossible_dates(document: Document) -> Iterator[Diagnostic]:
    paper = document.data.get("paper", {})
    for key in DATES:
        try:
            date.fromisoformat(paper.get(key, "1980-01-01"))
        except ValueError as error:
            span = document.span(("paper", key))
            yield diagnose("CFG107", span, key=f"paper.{key}", value=paper[key], rule=error)


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
