"""The files of a compendium that the plan is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span
from bukti.project.notebook_source import NotebookSource, scan_notebook
from bukti.tools.files import read_text
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import Document, read_yaml

Item = TypeVar("Item")

RAW_DIGESTS = "data/raw.sha256"
REGISTER = "data/sources.yaml"
CLAIMS = "manuscript/claims.yaml"
LABELS = "manuscript/labels.yaml"
GLOSSARY = "manuscript/glossary.yaml"
BIBLIOGRAPHY = "manuscript/references.bib"
ACCEPTED_VALUES = "manuscript/accepted/values.json"
FRONT = "front.md"
ABSTRACT = "00-abstract.md"
FRONT_FILES = (FRONT, ABSTRACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """A clean table before it is made: its contract, its cleaning script, its raw files."""

    name: str
    contract: str
    script: str
    raw: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What of a compendium is there; every path is relative to its folder.

    `manuscript` maps a language to its Markdown files in order, those of the title and abstract
    alone where the language is no edition; `pictures` are the image files
    of the manuscript and `raw` all files below `data/raw`.
    """

    tables: tuple[TableSource, ...]
    notebooks: tuple[NotebookSource, ...]
    manuscript: Mapping[str, tuple[str, ...]]
    pictures: tuple[str, ...]
    raw: tuple[str, ...]
    shared: tuple[str, ...]


def take_inventory(
    root: Path, languages: tuple[str, ...], editions: tuple[str, ...] | None = None
) -> tuple[Inventory, tuple[Diagnostic, ...]]:
    """Lists the files, reads the contracts' raw files and the notebooks' literals.

    Of a language that is none of the editions (all by default) only title and abstract are taken.
    Raises Problem with every file that cannot be read.
    """
    editions = languages if editions is None else editions
    problems: list[Diagnostic] = []
    findings: list[Diagnostic] = []
    tables = tuple(_collect(_tables(root), problems))
    notebooks = tuple(_collect(_notebooks(root, findings), problems))
    inventory = Inventory(
        tables=tables,
        notebooks=notebooks,
        manuscript={
            language: _chapters(root, language, whole=language in editions)
            for language in languages
        },
        pictures=_listing(root, "manuscript", (".png", ".jpg", ".jpeg", ".svg")),
        raw=_listing(root, "data/raw", None),
        shared=tuple(
            name
            for name in (
                CLAIMS,
                LABELS,
                GLOSSARY,
                BIBLIOGRAPHY,
                ACCEPTED_VALUES,
                REGISTER,
                RAW_DIGESTS,
            )
            if (root / name).is_file()
        ),
    )
    problems.extend(_missing_chapters(inventory, editions))
    findings.extend(_missing_fronts(inventory, editions))
    findings.extend(_chapters_of_no_edition(root, inventory))
    findings.extend(_stray_raw_files(inventory, _registered(root, inventory, problems)))
    if problems:
        raise Problem(*problems, *findings)
    return inventory, tuple(findings)


def _collect(results: Iterator[Item | Problem], problems: list[Diagnostic]) -> Iterator[Item]:
    for result in results:
        if isinstance(result, Problem):
            problems.extend(result.diagnostics)
        else:
            yield result


def _tables(root: Path) -> Iterator[TableSource | Problem]:
    for path in _files(root, "data/contract", "*.yaml"):
        shown = path.relative_to(root).as_posix()
        script = f"analysis/cleaning/{path.stem}.py"
        try:
            document = read_yaml(path, shown_as=shown)
            faults = check_document(document, "contract")
            faults += () if faults else tuple(_unfit(root, document))
            if not (root / script).is_file():
                faults += (diagnose("CLN103", Span(path=shown), table=path.stem, script=script),)
            if faults:
                raise Problem(*faults)
        except Problem as problem:
            yield problem
            continue
        raw = tuple(f"data/raw/{name}" for name in document.data["raw"])
        yield TableSource(name=path.stem, contract=shown, script=script, raw=raw)


def _unfit(root: Path, document: Document) -> Iterator[Diagnostic]:
    """Raw files of a contract that are not there, and columns that it has twice."""
    for number, name in enumerate(document.data["raw"]):
        if not (root / "data/raw" / name).is_file():
            yield diagnose("SRC103", document.span(("raw", number)), path=name)
    names = [field["name"] for field in document.data["schema"]["fields"]]
    for number, name in enumerate(names):
        if name in names[:number]:
            where = document.span(("schema", "fields", number, "name"))
            key = f"schema.fields.{number}.name"
            yield diagnose("CFG107", where, key=key, value=name, rule="unique")


def _notebooks(root: Path, findings: list[Diagnostic]) -> Iterator[NotebookSource | Problem]:
    for path in _files(root, "analysis/notebooks", "*.ipynb"):
        shown = path.relative_to(root).as_posix()
        try:
            source, faults = scan_notebook(path.stem, shown, read_text(path, shown_as=shown))
        except Problem as problem:
            yield problem
            continue
        findings.extend(faults)
        yield source


def _chapters(root: Path, language: str, *, whole: bool) -> tuple[str, ...]:
    return tuple(
        path.relative_to(root).as_posix()
        for path in _files(root, f"manuscript/{language}", "*.md")
        if whole or path.name in FRONT_FILES
    )


def _files(root: Path, folder: str, pattern: str) -> Iterator[Path]:
    """The files of a folder in order, without the hidden ones that editors leave there."""
    for path in sorted((root / folder).glob(pattern)):
        if path.is_file() and not path.name.startswith("."):
            yield path


def _listing(root: Path, folder: str, suffixes: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(
        path.relative_to(root).as_posix()
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and not _hidden(path.relative_to(root))
        if suffixes is None or path.suffix.lower() in suffixes
    )


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _registered(
    root: Path, inventory: Inventory, problems: list[Diagnostic]
) -> Mapping[str, object]:
    """The raw files that the register names; a register that is none is a problem."""
    if REGISTER not in inventory.shared:
        return {}
    try:
        document = read_yaml(root / REGISTER, shown_as=REGISTER)
    except Problem as problem:
        problems.extend(problem.diagnostics)
        return {}
    faults = check_document(document, "sources")
    problems.extend(faults)
    return {} if faults else document.data.get("raw", {})


def _stray_raw_files(
    inventory: Inventory, registered: Mapping[str, object]
) -> Iterator[Diagnostic]:
    used = {name for table in inventory.tables for name in table.raw}
    for path in inventory.raw:
        name = path.removeprefix("data/raw/")
        if path not in used:
            yield diagnose("SRC106", Span(path=path), path=name)
        if name not in registered:
            yield diagnose("SRC105", Span(path=path), path=name)


def _missing_chapters(inventory: Inventory, editions: tuple[str, ...]) -> Iterator[Diagnostic]:
    for language in editions:
        folder = f"manuscript/{language}"
        names = {Path(chapter).name for chapter in inventory.manuscript[language]}
        if not names - {FRONT}:
            yield diagnose("CFG114", Span(path=folder), language=language, folder=folder)


def _missing_fronts(inventory: Inventory, editions: tuple[str, ...]) -> Iterator[Diagnostic]:
    for language in inventory.manuscript:
        for name in FRONT_FILES if language not in editions else ():
            path = f"manuscript/{language}/{name}"
            if path not in inventory.manuscript[language]:
                yield diagnose("CFG131", Span(path=path), language=language, path=path)


def _chapters_of_no_edition(root: Path, inventory: Inventory) -> Iterator[Diagnostic]:
    for language, chapters in inventory.manuscript.items():
        for path in _chapters(root, language, whole=True):
            if path not in chapters:
                yield diagnose("CFG132", Span(path=path), language=language)
