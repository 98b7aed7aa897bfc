"""The work of the stage manuscript: read an edition's files, assemble, cite, write the records."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.digest import canonical_json
from bukti.base.language import language_of
from bukti.base.span import LineIndex, Span
from bukti.manuscript import document
from bukti.manuscript.allowed_forms import allowed_forms
from bukti.manuscript.appendix import appendix_json
from bukti.manuscript.appendix_ground import columns_of, ground_of
from bukti.manuscript.bibliography.checks import bibliography_findings
from bukti.manuscript.completion import explain_foreign, imprint_of, wanted_declarations
from bukti.manuscript.edition import Edition, Material, assemble
from bukti.manuscript.foreign_settings import explained_settings
from bukti.manuscript.formulas import faults_in, snippets_of, tree_of_formulas
from bukti.manuscript.front import FrontMatter, settings_of
from bukti.manuscript.glossary import forbidden_forms
from bukti.manuscript.locators import understood
from bukti.manuscript.lookup import coded_tables, corpus_counts, documents_of
from bukti.manuscript.marking import same_but_for_marks
from bukti.manuscript.node_record import node_record
from bukti.manuscript.picture_faults import Pictures
from bukti.manuscript.pool import Pool, malformed_ids, pool_of, unregistered, unusable
from bukti.manuscript.products import Products as NotebookProducts
from bukti.manuscript.products import merged
from bukti.manuscript.reference_languages import set_entry_languages
from bukti.manuscript.references import bibliography_fault, bibliography_keys
from bukti.manuscript.shifted import shifted_in
from bukti.manuscript.source_lines import Register
from bukti.manuscript.starter import left_over, sentences_of
from bukti.manuscript.unsettable import (
    Setting,
    character_fault,
    faults_of,
    formulas_of,
    identifiers_of,
    placed,
    rare_characters,
    settable,
    words_of,
)
from bukti.plan import Step
from bukti.project import CONFIG, Project
from bukti.project.citation_style import style_file
from bukti.project.config import Level
from bukti.project.inventory import (
    BIBLIOGRAPHY,
    CLAIMS,
    FRONT,
    FRONT_FILES,
    GLOSSARY,
    LABELS,
    REGISTER,
)
from bukti.project.page_fonts import FOLDER as FONTS
from bukti.project.products import results_of
from bukti.tools import pandoc, typst
from bukti.tools.environment import ENGINE, starter_texts
from bukti.tools.files import read_text
from bukti.tools.records import Products
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import Document, parse_yaml, read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all editions of a paper have in common; `titles` are those of the clean tables."""

    pool: Pool
    products: NotebookProducts
    labels: Mapping[str, Mapping[str, str]]
    glossary: Mapping[str, Any]
    keys: frozenset[str]
    titles: Mapping[str, Any]
    findings: tuple[Diagnostic, ...]


def work(project: Project, step: Step) -> Products:
    """One edition's tree, marks and evidence; Problem where its files cannot be read."""
    shared = read_shared(project)
    edition = read_edition(project, step.name, shared)
    others = [
        read_edition(project, language, shared, only=FRONT_FILES)
        for language in project.config.languages
        if language != step.name
    ]
    edition.findings += shared.findings
    tree, warnings = _cited(project, edition, others)
    edition.findings += warnings
    edition.findings += _unshown_elsewhere(project, tree, (edition, *others))
    tree_file, marks_file, evidence_file, passages_file, places_file, appendix_file, _ = (
        step.outputs
    )
    ground = ground_of(project, edition.language, shared)
    records = {
        tree_file: tree,
        marks_file: document.marks_json(edition),
        evidence_file: document.evidence_json(edition, shared.pool),
        passages_file: document.passages_json(edition),
        places_file: node_record(edition, _texts(project, edition), _pictures(project), _reader_of),
        appendix_file: appendix_json(tree, edition.uses, ground),
    }
    return Products(
        files={name: canonical_json(record).encode() for name, record in records.items()},
        findings=tuple(edition.findings),
    )


def read_shared(project: Project, made: Mapping[str, bytes] | None = None) -> Shared:
    """The claims, products, labels and citation keys; Problem where a file is not as it must be.

    `made` holds clean tables that are newer than those on disk, by their path.
    """
    results = _results(project)
    claims = _yaml(project, CLAIMS, "claims")
    labels = _yaml(project, LABELS, "labels")
    registered = _yaml(project, REGISTER, "sources").data
    register, raw = registered.get("sources", {}), registered.get("raw", {})
    coded = coded_tables(project, made or {})
    resolved, quoted = documents_of(project, claims.data, claims.span, coded)
    counts = corpus_counts(project, coded, made or {})
    pool, findings = pool_of(results, claims.data, resolved, counts, shifted_in(coded))
    findings += (
        quoted + malformed_ids(claims.data, claims.span) + unusable(claims.data, claims.span)
    )
    findings += unregistered(claims.data, register, claims.span)
    bibliography = project.root / BIBLIOGRAPHY
    entries = read_text(bibliography, shown_as=BIBLIOGRAPHY) if bibliography.is_file() else ""
    cited = frozenset(bibliography_keys(entries))
    contracts = _contracts(project)
    draft = project.config.level is Level.DRAFT
    findings += bibliography_findings(entries, project.config.languages, draft=draft)
    return Shared(
        pool=pool,
        products=NotebookProducts(
            figures=merged(results, "figures"),
            tables=merged(results, "tables"),
            columns=columns_of(contracts),
            register=Register(sources=register, origins=_origins(project, raw), keys=cited),
        ),
        labels=labels.data,
        glossary=_yaml(project, GLOSSARY, "glossary").data,
        keys=cited,
        titles={name: data.get("title") for name, data in contracts.items()},
        findings=findings,
    )


def _results(project: Project) -> list[dict[str, Any]]:
    names = [results_of(notebook.name) for notebook in project.inventory.notebooks]
    missing = [name for name in names if not (project.root / name).is_file()]
    if missing:
        raise Problem(*(diagnose("CFG118", Span(path=name), path=name) for name in missing))
    return [json.loads((project.root / name).read_bytes()) for name in names]


def _yaml(project: Project, name: str, schema: str) -> Document:
    if name not in project.inventory.shared:
        return Document(path=name, data={}, places={})
    read = read_yaml(project.root / name, shown_as=name)
    faults = check_document(read, schema)
    if faults:
        raise Problem(*faults)
    return read


def _origins(project: Project, raw: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """The sources of whole raw files, by the clean table that is made from them."""
    found: dict[str, list[str]] = {}
    for table in project.inventory.tables:
        names = [path.removeprefix("data/raw/") for path in table.raw]
        found[table.name] = [raw[name]["source"] for name in names if "source" in raw.get(name, {})]
    return found


def _contracts(project: Project) -> dict[str, Any]:
    return {
        table.name: read_yaml(project.root / table.contract, shown_as=table.contract).data
        for table in project.inventory.tables
    }


def read_edition(
    project: Project, language: str, shared: Shared, only: tuple[str, ...] = ()
) -> Edition:
    """One edition, assembled from its files, or from those named `only`."""
    chapters = {
        path: read_text(project.root / path, shown_as=path)
        for path in project.inventory.manuscript[language]
        if not only or Path(path).name in only
    }
    front, faults = _front_matter(chapters)
    whole = language in project.config.editions
    material = Material(
        language=language,
        chapters=chapters,
        pool=shared.pool,
        products=shared.products,
        labels=shared.labels,
        keys=shared.keys,
        rounding=project.config.rounding,
        tolerances=project.config.tolerances,
        forbidden=forbidden_forms(shared.glossary, language),
        front=front,
        whole=whole,
        mapped=not only,
        allowed=allowed_forms(language, project.config.allowed_numbers),
    )
    edition = assemble(material, _read)
    explain_foreign(edition, chapters, shared.keys, _reader_of)
    _make_settable(project, edition, chapters)
    edition.findings += faults
    if whole and project.config.level is not Level.DRAFT:
        edition.findings += wanted_declarations(project.config, front, language)
    if project.config.level is not Level.DRAFT:
        sentences = sentences_of(read_text(path, shown_as=path.name) for path in starter_texts())
        for path, text in chapters.items():
            edition.findings += left_over(path, text, sentences)
    return edition


def _front_matter(chapters: Mapping[str, str]) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """The settings of `front.md`, with what is not as its schema says; Problem for broken YAML."""
    for path, text in chapters.items():
        if Path(path).name == FRONT:
            settings = parse_yaml(settings_of(text)[0], shown_as=path, first_line=2)
            faults = tuple(explained_settings(check_document(settings, "front")))
            data = settings.data if isinstance(settings.data, Mapping) else {}
            return FrontMatter(data=data, place=settings.span), faults
    return FrontMatter(), ()


def _read(text: str, path: str, *, metadata: bool) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    if not metadata:
        return pandoc.read_markdown(text, path=path)
    with_metadata = pandoc.READER.replace("-yaml_metadata_block", "+yaml_metadata_block")
    return pandoc.read_markdown(text, from_format=with_metadata, path=path)


def lets_stand(path: str, before: str, after: str, addresses: Collection[str]) -> bool:
    """Whether marks at some addresses, written into a file's text, are all that changed in it."""
    metadata = Path(path).name == FRONT
    try:
        old, new = (_read_once(text, path, metadata) for text in (before, after))
    except Problem:
        return False
    return same_but_for_marks(old, new, addresses)


@lru_cache(maxsize=64)
def _read_once(text: str, path: str, metadata: bool) -> dict[str, Any]:
    return _read(text, path, metadata=metadata)[0]


def _make_settable(project: Project, edition: Edition, chapters: Mapping[str, str]) -> None:
    """Adds what no page can show as findings, and takes it out of the edition."""
    folder = f"manuscript/{edition.language}"
    page = _setting(project, edition)
    for path, tree in edition.trees.items():
        faults = faults_of(tree, folder, page)
        if faults:
            edition.findings += placed(faults, path, chapters[path], _reader_of(path))
    for name in ("blocks", "abstract", "meta"):
        setattr(edition, name, settable(getattr(edition, name), folder, page))


def _setting(project: Project, edition: Edition) -> Setting:
    trees = edition.trees.values()
    formulas = formulas_of(trees)
    written, refused = _written(formulas, edition.api)
    snippets = snippets_of(written, formulas)
    rare = rare_characters(word for tree in trees for word in words_of(tree))
    failed, unshown = _probed(tuple(snippets.values()), rare, project.root / FONTS)
    return Setting(
        formulas=faults_in(refused, snippets, failed),
        unshown=unshown,
        pictures=_pictures(project),
        identifiers=identifiers_of(edition.blocks) if edition.whole else None,
    )


def _pictures(project: Project) -> Pictures:
    return Pictures(
        names=frozenset(project.inventory.pictures),
        read=cache(lambda path: (project.root / path).read_bytes()),
    )


def _texts(project: Project, edition: Edition) -> dict[str, str]:
    return {path: read_text(project.root / path, shown_as=path) for path in edition.trees}


def _unshown_elsewhere(
    project: Project, tree: Mapping[str, Any], editions: Iterable[Edition]
) -> Iterator[Diagnostic]:
    """Characters without a glyph that come from no chapter, at the first file that has them."""
    told = {c for each in editions for t in each.trees.values() for c in "".join(words_of(t))}
    words = words_of([tree["blocks"], tree["meta"]])
    rare = tuple(each for each in rare_characters(words) if each not in told)
    _, unshown = _probed((), rare, project.root / FONTS)
    for character in sorted(unshown):
        yield character_fault(character).at(_first_place(project, character))


def _first_place(project: Project, character: str) -> Span | None:
    contracts = (table.contract for table in project.inventory.tables)
    for path in (BIBLIOGRAPHY, CONFIG, LABELS, CLAIMS, REGISTER, *contracts):
        if (project.root / path).is_file():
            text = read_text(project.root / path, shown_as=path)
            if character in text:
                start = text.index(character)
                return LineIndex(text).span(path, start, start + 1)
    return None


def _written(formulas: tuple[str, ...], api: list[int]) -> tuple[str, dict[str, str]]:
    if not formulas:
        return "", {}
    return pandoc.typst_formulas(tree_of_formulas(formulas, api))


@cache
def _probed(
    formulas: tuple[str, ...], characters: tuple[str, ...], own_fonts: Path
) -> tuple[frozenset[str], frozenset[str]]:
    if not formulas and not characters:
        return frozenset(), frozenset()
    return typst.probe(formulas, characters, fonts=(ENGINE / "fonts", own_fonts))


def _reader_of(path: str) -> Callable[[str], dict[str, Any]]:
    return lambda text: _read(text, path, metadata=Path(path).name == FRONT)[0]


def _cited(
    project: Project, edition: Edition, others: list[Edition]
) -> tuple[dict[str, Any], list[Diagnostic]]:
    config = project.config
    imprint = imprint_of(config, project.findings, (edition, *others))
    tree = document.tree_of(edition, imprint, others)
    bibliography = project.root / BIBLIOGRAPHY
    if not bibliography.is_file() or not document.has_citations(tree):
        return tree, []
    understood(tree, edition.language)
    try:
        cited, log = pandoc.citeproc(
            tree,
            bibliography=bibliography,
            csl=style_file(project.root, config.citation_style),
            lang=edition.language,
            terms=language_of(edition.language).citation_terms,
        )
        entries, _ = pandoc.read_document(bibliography.read_bytes(), "biblatex")
    except Problem as problem:
        raise Problem(*map(bibliography_fault, problem.diagnostics)) from problem
    warnings = [
        diagnose("REF105", Span(path=BIBLIOGRAPHY), message=entry.pretty)
        for entry in log
        if "not found" not in entry.pretty  # REF101 has it, at its place
    ]
    set_entry_languages(cited, entries["meta"], edition.language)
    return document.with_references_heading(cited, edition.language), warnings
