"""What an archive says of itself in its README, its crate and its citation: facts, read once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bukti.archive.members import LeftOut
from bukti.base.tree import walk
from bukti.plan import Plan
from bukti.project import Project
from bukti.project.byline import words_in
from bukti.project.products import LEDGER, manuscript_file, results_of
from bukti.render.nodes import plain_text

UNDATED = "1980-01-01"
"""The date of a paper that states none, as in all that a build makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The paper in one language: its title, its abstract, its keywords, its references."""

    language: str
    title: str
    subtitle: str
    abstract: str
    keywords: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A figure or table: its number as printed, its caption, the notebook and cell it is from.

    `files` is the path of what was made of it, a pattern where that is several files.
    """

    kind: str
    id: str
    label: str
    caption: str
    notebook: str
    cell: int | None
    files: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known when an archive is written.

    `files` are all its files but those that are written from these facts; `sources` and
    `products` their names, of which authors wrote or received the ones and the build made the
    others. `raw` are the digests of the raw files on record. `engine` is the engine's version,
    `wheel` the path of its wheel, `packages` the locked versions, `python` the Python that ran.
    """

    project: Project
    plan: Plan
    files: Mapping[str, bytes]
    sources: tuple[str, ...]
    products: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    raw: Mapping[str, str]
    works: tuple[Work, ...]
    exhibits: tuple[Exhibit, ...]
    ledger: Mapping[str, Any]
    engine: str
    wheel: str
    packages: Mapping[str, str]
    python: str

    @property
    def language(self) -> str:
        """The language of what is written in one only: English where the paper is in it."""
        return first_language(self.project)

    @property
    def work(self) -> Work:
        """The paper in that language."""
        return next(work for work in self.works if work.language == self.language)

    @property
    def name(self) -> str:
        """The short name of the paper."""
        return self.project.config.name

    @property
    def version(self) -> str:
        """The version of the paper; `draft` for one without."""
        return self.project.config.version or "draft"

    @property
    def date(self) -> str:
        """The date of the paper."""
        return self.project.config.publication.published or self.project.config.date or UNDATED

    @property
    def carries_wheels(self) -> bool:
        """Whether the archive holds all that the engine needs."""
        return any(name.startswith("engine/wheels/") for name in self.files)

    def words(self, words: str | Mapping[str, str]) -> str:
        """Words in the language of the facts."""
        return words_in(words, self.language) if words else ""


def first_language(project: Project) -> str:
    """English where the paper has an edition in it, else the language of its first edition."""
    editions = project.config.editions
    return "en" if "en" in editions else editions[0]


def works_of(project: Project, files: Mapping[str, bytes]) -> tuple[Work, ...]:
    """The paper in each of its languages, by their resolved trees."""
    return tuple(
        _work(language, json.loads(files[manuscript_file(language, "tree")]))
        for language in project.config.languages
    )


def _work(language: str, tree: Mapping[str, Any]) -> Work:
    meta = tree["meta"]
    keywords = meta.get("keywords", {"c": []})["c"]
    return Work(
        language=language,
        title=plain_text(meta.get("title")) or "-",
        subtitle=plain_text(meta.get("subtitle")),
        abstract=plain_text(meta.get("abstract")),
        keywords=tuple(map(plain_text, keywords)),
        references=tuple(_references(tree["blocks"])),
    )


def _references(blocks: Any) -> Iterator[str]:
    for node in walk(blocks):
        if node["t"] == "Div" and "csl-entry" in node["c"][0][1]:
            yield plain_text(node["c"][1])


def exhibits_of(project: Project, files: Mapping[str, bytes]) -> tuple[Exhibit, ...]:
    """The figures and tables of the paper, in the order and language of its first edition."""
    makers = dict(_makers(project, files))
    tree = json.loads(files[manuscript_file(first_language(project), "tree")])
    return tuple(_shown(tree["blocks"], makers))


def _makers(
    project: Project, files: Mapping[str, bytes]
) -> Iterator[tuple[tuple[str, str], tuple[str, int | None]]]:
    """The notebook and cell that make each figure and table."""
    for notebook in project.inventory.notebooks:
        result = json.loads(files[results_of(notebook.name)])
        for kind in ("figure", "table"):
            for name, made in result[f"{kind}s"].items():
                yield (kind, name), (result["notebook"], made.get("cell"))


def _shown(
    blocks: Any, makers: Mapping[tuple[str, str], tuple[str, int | None]]
) -> Iterator[Exhibit]:
    for node in walk(blocks):
        if node["t"] not in ("Figure", "Table"):
            continue
        (identifier, _, pairs), caption = node["c"][0], node["c"][1]
        label = dict(pairs).get("label", "")
        name = identifier.partition(":")[2]
        kind = node["t"].lower()
        if not label or (kind == "figure" and identifier.startswith("tbl:")):
            continue
        notebook, cell = makers.get((kind, name), ("", None))
        yield Exhibit(
            kind=kind,
            id=name,
            label=label,
            caption=plain_text(caption),
            notebook=notebook,
            cell=cell,
            files=_files(kind, name, notebook),
        )


def _files(kind: str, name: str, notebook: str) -> str:
    stem = notebook.rpartition("/")[2].removesuffix(".ipynb")
    if not stem:
        return ""
    return results_of(stem) if kind == "table" else f"outputs/results/{stem}/{name}.*"


def ledger_of(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    """The ledger of the build."""
    ledger: Mapping[str, Any] = json.loads(files[LEDGER])
    return ledger
