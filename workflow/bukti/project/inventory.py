"""The files of a compendium that the plan is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span
from bukti.project.citation_file import CITATION as CITATION
from bukti.project.citation_file import is_own_citation
from bukti.project.claim_files import SEGMENTS, quoted_files, read_claims, segment_tables
from bukti.project.contract_links import corpus_named, raw_files_named, tables_named
from bukti.project.kept import KEPT_DIGESTS, kept_table, list_kept
from bukti.project.notebook_source import NotebookSource, scan_notebook
from bukti.project.page_fonts import font_files
from bukti.project.pictures import NOT_SET, SET
from bukti.project.raw_files import (
    RAW,
    RawFolder,
    list_raw,
    raw_findings,
    unaccepted,
    unusable,
)
from bukti.project.raw_files import RAW_DIGESTS as RAW_DIGESTS
from bukti.project.register import REGISTER as REGISTER
from bukti.project.register import Register, register_findings, register_of
from bukti.tools.accepted import read_accepted_attestations
from bukti.tools.checksums import checksum_lines, read_checksums
from bukti.tools.files import read_text
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import Document, read_yaml

Item = TypeVar("Item")

CLAIMS = "manuscript/claims.yaml"
LABELS = "manuscript/labels.yaml"
GLOSSARY = "manuscript/glossary.yaml"
BIBLIOGRAPHY = "manuscript/references.bib"
ACCEPTED_VALUES = "manuscript/accepted/values.json"
ACCEPTED_TRANSLATIONS = "manuscript/accepted/translations.json"
ACCEPTED_ATTESTATIONS = "manuscript/accepted/attestations.json"
FRONT = "front.md"
ABSTRACT = "00-abstract.md"
FRONT_FILES = (FRONT, ABSTRACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """A clean table before it is made: its contract, its cleaning script, its raw files.

    `absent` are those raw files that are not there and need not be, by the register; `others` are
    the clean tables that its contract names, each with the first place; `corpus` are the tables of
    codes and of documents that a table of coded segments refers to.
    """

    name: str
    contract: str
    script: str
    raw: tuple[str, ...]
    absent: tuple[str, ...] = ()
    others: Mapping[str, Span] = field(default_factory=dict)
    corpus: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What of a compendium is there; every path is relative to its folder.

    `accepted` are the digests of raw files on record, `attested` the attestations of quotations.

    `manuscript` maps a language to its Markdown files in order, those of the title and abstract
    alone where the language is no edition; `pictures` are the image files
    of the manuscript, `raw` all files below `data/raw`, `kept` those of `data/kept`, `fonts` the
    font files of the compendium; `quoted` are the raw files of quotations, `coded` the names of the
    clean tables whose passages documentary claims name.
    """

    tables: tuple[TableSource, ...]
    notebooks: tuple[NotebookSource, ...]
    manuscript: Mapping[str, tuple[str, ...]]
    pictures: tuple[str, ...]
    raw: tuple[str, ...]
    shared: tuple[str, ...]
    register: Register = field(default_factory=Register)
    accepted: Mapping[str, str] = field(default_factory=dict)
    attested: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    coded: tuple[str, ...] = ()

    def origin_of(self, table: TableSource) -> str:
        """What a table is made from: `raw`, `kept`, or `nothing` where its raw files are absent."""
        if not table.absent:
            return "raw"
        return "kept" if kept_table(table.name) in self.kept else "nothing"

    @property
    def documents(self) -> tuple[str, ...]:
        """What quotations and documentary claims are looked up in: raw files and clean tables."""
        texts = {table.corpus[1] for table in self.tables if table.name in self.coded}
        names = {*self.coded, *self.corpus, *texts}
        coded = [table.name for table in self.made if table.name in names]
        records = (ACCEPTED_ATTESTATIONS, RAW_DIGESTS) if self.attested else ()
        return (
            *self.quoted,
            *(f"data/clean/{name}.parquet" for name in coded),
            *(name for name in records if name in self.shared),
        )

    @property
    def corpus(self) -> tuple[str, str, str]:
        """The tables of segments, codes and documents whose counts are claims; empty without one.

        Of several tables of segments it is the one of that name.
        """
        made = {table.name for table in self.made}
        found = [table for table in self.made if table.corpus[0] in made]
        named = [table for table in found if table.name == SEGMENTS]
        if len(found) != 1 and not named:
            return "", "", ""
        table = (named or found)[0]
        return table.name, table.corpus[0], table.corpus[1] if table.corpus[1] in made else ""

    @property
    def open_texts(self) -> tuple[str, ...]:
        """The raw files of tables that are plain text and that everyone may see."""
        used = {name for table in self.made for name in table.raw}
        return tuple(
            name
            for name in self.raw
            if name in used
            and name.lower().endswith((".csv", ".tsv"))
            and not self.register.may_be_absent(name.removeprefix(f"{RAW}/"))
        )

    @property
    def made(self) -> tuple[TableSource, ...]:
        """The tables that can be made."""
        return tuple(table for table in self.tables if self.origin_of(table) != "nothing")

    def is_open(self, table: TableSource) -> bool:
        """Whether everyone may see the rows of a table's raw files."""
        names = (name.removeprefix(f"{RAW}/") for name in table.raw)
        return not any(self.register.may_be_absent(name) for name in names)

    def source_columns(self, table: TableSource) -> dict[str, str]:
        """The column of source ids of each raw file of a table that has one, by the register."""
        names = (name.removeprefix(f"{RAW}/") for name in table.raw)
        entries = {name: self.register.raw.get(name, {}) for name in names}
        return {name: entry["sources"] for name, entry in entries.items() if "sources" in entry}


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
    sources = _Sources(root, problems)
    tables = tuple(_collect(_tables(root, sources), problems))
    notebooks = tuple(_collect(_notebooks(root, findings), problems))
    inventory = Inventory(
        tables=tables,
        notebooks=notebooks,
        manuscript={
            language: _chapters(root, language, whole=language in editions)
            for language in languages
        },
        pictures=_listing(root, "manuscript", (*SET, *NOT_SET)),
        raw=tuple(f"{RAW}/{name}" for name in sources.folder.names),
        shared=tuple(
            name
            for name in (
                CLAIMS,
                LABELS,
                GLOSSARY,
                BIBLIOGRAPHY,
                CITATION,
                ACCEPTED_VALUES,
                ACCEPTED_TRANSLATIONS,
                ACCEPTED_ATTESTATIONS,
                REGISTER,
                RAW_DIGESTS,
                KEPT_DIGESTS,
            )
            if (is_own_citation if name == CITATION else Path.is_file)(root / name)
        ),
        register=sources.register,
        accepted=sources.accepted,
        attested=sources.attested,
        kept=list_kept(root),
        fonts=font_files(root),
        quoted=tuple(f"{RAW}/{name}" for name in sources.folder.names if name in sources.quoted),
        coded=sources.coded,
    )
    problems.extend(_missing_chapters(inventory, editions))
    findings.extend(_missing_fronts(inventory, editions))
    findings.extend(_chapters_of_no_edition(root, inventory))
    findings.extend(sources.findings())
    if problems:
        raise Problem(*problems, *findings)
    return inventory, tuple(findings)


def _collect(results: Iterator[Item | Problem], problems: list[Diagnostic]) -> Iterator[Item]:
    for result in results:
        if isinstance(result, Problem):
            problems.extend(result.diagnostics)
        else:
            yield result


def _attested(root: Path, problems: list[Diagnostic]) -> dict[str, dict[str, str]]:
    try:
        path = root / ACCEPTED_ATTESTATIONS
        return read_accepted_attestations(path, shown_as=ACCEPTED_ATTESTATIONS)
    except Problem as problem:
        problems.extend(problem.diagnostics)
        return {}


class _Sources:
    """The raw files, their list and the register, read once; what cannot be read is a problem."""

    def __init__(self, root: Path, problems: list[Diagnostic]) -> None:
        self.folder: RawFolder = list_raw(root)
        self.document = _register_document(root, problems)
        self.register = register_of(self.document)
        self.accepted: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.asked: set[str] = set()
        claims = read_claims(root / CLAIMS, CLAIMS) if (root / CLAIMS).is_file() else {}
        self.quoted = quoted_files(claims, self.register)
        self.coded = segment_tables(claims)
        self.attested = _attested(root, problems)
        try:
            self.accepted = read_checksums(root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
            self.lines = checksum_lines(root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
        except Problem:
            pass  # the stage clean says so, at each table

    def lacks(self, name: str) -> bool:
        """Whether a raw file is not there and need not be, by the register."""
        known = name in self.folder.names or name in self.folder.faults
        return not known and self.register.may_be_absent(name)

    def findings(self) -> Iterator[Diagnostic]:
        """What does not agree, once all contracts have asked for their raw files."""
        used = self.asked | self.quoted
        yield from raw_findings(
            self.folder, used, self.accepted, self.lines, self.register, self.document
        )
        quoted = [name for name in self.folder.names if name in self.quoted - self.asked]
        digests = {name: self.folder.digest(name) for name in quoted}
        yield from unaccepted(digests, self.accepted, self.folder.names)
        yield from register_findings(self.document, self.accepted)


def _register_document(root: Path, problems: list[Diagnostic]) -> Document:
    """The register; an empty one where there is none, or where a problem says what it is."""
    empty = Document(path=REGISTER, data={"sources": {}}, places={})
    if not (root / REGISTER).is_file():
        return empty
    try:
        document = read_yaml(root / REGISTER, shown_as=REGISTER)
    except Problem as problem:
        problems.extend(problem.diagnostics)
        return empty
    faults = check_document(document, "sources")
    problems.extend(faults)
    return empty if faults else document


def _tables(root: Path, sources: _Sources) -> Iterator[TableSource | Problem]:
    for path in _files(root, "data/contract", "*.yaml"):
        shown = path.relative_to(root).as_posix()
        script = f"analysis/cleaning/{path.stem}.py"
        try:
            document = read_yaml(path, shown_as=shown)
            faults = check_document(document, "contract")
            faults += () if faults else tuple(_unfit(document, sources))
            if not (root / script).is_file():
                faults += (diagnose("CLN103", Span(path=shown), table=path.stem, script=script),)
            if faults:
                raise Problem(*faults)
        except Problem as problem:
            yield problem
            continue
        names = [name for name, _ in raw_files_named(document.data)]
        yield TableSource(
            name=path.stem,
            contract=shown,
            script=script,
            raw=tuple(f"{RAW}/{name}" for name in names),
            absent=tuple(name for name in names if sources.lacks(name)),
            others=_others(document, path.stem),
            corpus=corpus_named(document.data),
        )


def _others(document: Document, table: str) -> dict[str, Span]:
    places: dict[str, Span] = {}
    for name, keys in tables_named(document.data, table):
        places.setdefault(name, document.span(keys))
    return places


def _unfit(document: Document, sources: _Sources) -> Iterator[Diagnostic]:
    """Raw files of a contract that cannot be used, and columns that it has twice."""
    for name, keys in raw_files_named(document.data):
        sources.asked.add(name)
        if not sources.lacks(name):
            where = document.span(keys)
            fault = unusable(sources.folder, name, sources.accepted, where)
            if fault:
                yield fault
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
