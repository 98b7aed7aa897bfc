"""One edition, assembled: its resolved tree, its marks, its findings. Pure but for the readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bukti.base.diagnostic import Diagnostic, Severity, diagnose
from bukti.base.hedges import Tolerances
from bukti.base.language import language_of
from bukti.base.span import Span
from bukti.base.tree import Node, walk
from bukti.manuscript.allowed_forms import AllowedForms
from bukti.manuscript.anchors import anchored
from bukti.manuscript.bare_numbers import Numbers, numbers_of
from bukti.manuscript.candidates import (
    Shape,
    Source,
    fence_place,
    find_candidates,
    id_place,
    numbers_in,
    title_place,
    unknown_schemes,
    without_numbers,
)
from bukti.manuscript.exhibits import NOTES, SOURCE, Below
from bukti.manuscript.fitting import Fitting, fitting_of
from bukti.manuscript.front import FrontMatter, abstract_of, front_findings, settings_of
from bukti.manuscript.glossary import Forbidden, misused
from bukti.manuscript.marks import Fix, Marks, quoted_numbers, unread
from bukti.manuscript.number_findings import (
    abstract_findings,
    bare_findings,
)
from bukti.manuscript.numbering import APPENDIX, Numbering
from bukti.manuscript.panels import panels_of
from bukti.manuscript.passage_reader import passages_of
from bukti.manuscript.passages import Passage
from bukti.manuscript.pool import Pool
from bukti.manuscript.products import PREFIX, Placer, Products, Use
from bukti.manuscript.references import Citation, Resolver
from bukti.manuscript.saying import Words
from bukti.manuscript.structure.chapter import own_ids, structure_findings
from bukti.manuscript.structure.headings import empty_heading_place, heading_findings
from bukti.manuscript.tree import plain_text, strings, transform
from bukti.project.inventory import ABSTRACT, FRONT

_STEP = 100_000


class Reader(Protocol):
    """Reads Markdown into pandoc's tree; with metadata for `front.md`."""

    def __call__(  # noqa: D102
        self, text: str, path: str, *, metadata: bool
    ) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that an edition is made from; `chapters` maps a file's path to its text, in order.

    `whole` is false of a language in which the paper has a title and an abstract alone; with
    `mapped` the place of every word is found.
    """

    language: str
    chapters: Mapping[str, str]
    pool: Pool
    products: Products
    labels: Mapping[str, Mapping[str, str]]
    keys: frozenset[str]
    rounding: str
    tolerances: Tolerances = field(default_factory=Tolerances)
    forbidden: tuple[Forbidden, ...] = ()
    front: FrontMatter = field(default_factory=FrontMatter)
    whole: bool = True
    mapped: bool = True
    allowed: AllowedForms = field(default_factory=lambda: AllowedForms(patterns={}))

    def words(self) -> Words:
        """What comparisons need to know of the language."""
        return Words(
            language=self.language,
            rounding=self.rounding,
            labels=self.labels,
            families=self.pool.families(),
            tolerances=self.tolerances,
            statements=self.pool.statements,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading: its id, its words, its level (1 is the highest) and the place of its id."""

    id: str
    title: str
    level: int
    span: Span


@dataclass(slots=True)
class Edition:
    """What the manuscript stage finds in one edition, before citations are written out."""

    language: str
    whole: bool = True
    front: FrontMatter = field(default_factory=FrontMatter)
    meta: dict[str, Any] = field(default_factory=dict)
    abstract: list[Node] = field(default_factory=list)
    abstract_place: Span | None = None
    blocks: list[Node] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    numbers: Numbers = field(default_factory=Numbers)
    fitting: Fitting | None = None
    marks: list[Any] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    references: list[Citation] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    ids: list[tuple[str, Span]] = field(default_factory=list)
    level: int = 0
    fixes: list[Fix] = field(default_factory=list)
    places: dict[int, tuple[Span, str]] = field(default_factory=dict)
    trees: dict[str, dict[str, Any]] = field(default_factory=dict)
    api: list[int] = field(default_factory=lambda: [1, 23, 1])

    @property
    def sound(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def assemble(material: Material, read: Reader) -> Edition:
    """The edition of a language: every chapter read, marks and products resolved, all numbered."""
    edition = Edition(language=material.language, whole=material.whole, front=material.front)
    edition.findings += front_findings(material.front, material.language)
    for number, (path, text) in enumerate(material.chapters.items()):
        source = find_candidates(path, text, first_index=number * _STEP)
        _chapter(edition, material, source, read)
    if material.mapped:
        fitting = edition.fitting = fitting_of(material.pool, material.words())
        edition.numbers = numbers_of(
            edition.passages, material.allowed, material.language, fitting.years
        )
        unread_marks = [
            each.span for each in edition.findings if each.code == "CLM101" and each.span
        ]
        edition.findings += bare_findings(edition.numbers, fitting, unread_marks)
        if material.whole:
            edition.findings += abstract_findings(edition.marks)
    _resolve_references(edition, material)
    return edition


def _chapter(edition: Edition, material: Material, source: Source, read: Reader) -> None:
    name = source.path.rpartition("/")[2]
    tree, warnings = read(source.numbered, source.path, metadata=name == FRONT)
    passages = _passages(source, tree, read) if material.mapped or material.forbidden else ()
    edition.passages += passages if material.mapped else ()
    edition.api = tree["pandoc-api-version"]
    edition.trees[source.path] = _stripped(tree)
    edition.findings += [_as_written(warning) for warning in warnings]
    marks = Marks(pool=material.pool, words=material.words(), source=source)
    placer = Placer(products=material.products, words=marks.words, source=source, marks=marks)
    blocks = [item for block in tree["blocks"] for item in _block(edition, block, marks, placer)]
    blocks = _gathered(edition, blocks, source, placer.uses)
    _mark_appendix(name, material.language, blocks)
    meta = {key: _resolved(value, marks, placer) for key, value in tree["meta"].items()}
    _note_places(edition, source, tree)
    quoted = quoted_numbers(list(walk([tree["blocks"], list(tree["meta"].values())])))
    edition.findings += [*marks.findings, *placer.findings, *unread(source, marks.seen, quoted)]
    edition.findings += [
        diagnose("CLM111", where, scheme=scheme) for where, scheme in unknown_schemes(source)
    ]
    edition.marks += [*(marks.found[index] for index in sorted(marks.found)), *marks.again]
    edition.findings += misused(passages, material.forbidden, material.language)

    def read_copy(copy: str) -> dict[str, Any]:
        return read(copy, source.path, metadata=name == FRONT)[0]

    edition.findings += structure_findings(source, tree, read_copy)
    edition.ids += own_ids(source, tree)
    edition.uses += placer.uses
    edition.fixes += marks.fixes
    if name == FRONT:
        edition.meta |= meta
        edition.findings += _text_behind(source)
    elif name == ABSTRACT:
        edition.abstract += abstract_of(blocks)
        edition.abstract_place = source.span(0, len(source.text.partition("\n")[0]))
    else:
        edition.blocks += blocks


def _passages(source: Source, tree: dict[str, Any], read: Reader) -> tuple[Passage, ...]:
    settings = source.path.rpartition("/")[2] == FRONT

    def read_copy(copy: str) -> dict[str, Any]:
        return read(source.with_numbers(copy), source.path, metadata=settings)[0]

    return passages_of(*anchored(source.text, read_copy, tree, settings=settings), source)


def _text_behind(source: Source) -> Iterator[Diagnostic]:
    """Text of a `front.md` that is printed nowhere."""
    _, rest = settings_of(source.text)
    if text := rest.strip():
        start = source.text.index(text, len(source.text) - len(rest))
        yield diagnose("CFG133", source.span(start, start + len(text.splitlines()[0])))


def _mark_appendix(name: str, language: str, blocks: Sequence[Node]) -> None:
    """The first heading of a file such as `90-appendix-guide.md` begins the appendices."""
    parts = re.split(r"[^\w]|_", name.lower())
    if APPENDIX not in parts and language_of(language).words[APPENDIX].lower() not in parts:
        return
    for block in _flat(blocks):
        if block["t"] == "Header" and block["c"][0] == 1:
            if APPENDIX not in block["c"][1][1]:
                block["c"][1][1].append(APPENDIX)
            return


def _block(edition: Edition, block: Node, marks: Marks, placer: Placer) -> list[Node]:
    if block["t"] == "Div":
        panels = panels_of(block)
        if panels is not None:
            return [transform(each, marks.change) for each in placer.panels(panels)]
        inner = [item for each in block["c"][1] for item in _block(edition, each, marks, placer)]
        return [{"t": "Div", "c": [block["c"][0], inner]}]
    if block["t"] == "Header":
        marks.section = _section(edition, block, marks.source)
    changed = _resolved([block], marks, placer)
    assert isinstance(changed, list)
    return changed


def _section(edition: Edition, header: Node, source: Source) -> str:
    """Note a heading and its place; its id."""
    identifier = without_numbers(header["c"][1][0])
    title = without_numbers(plain_text(header["c"][2]))
    here = [each.id for each in edition.sections if each.span.path == source.path]
    where = id_place(source, identifier, here.count(identifier))
    if where is None:
        if title.strip():
            where = title_place(source, title)
            edition.findings.append(diagnose("REF104", where, title=title))
        else:
            empty = [not each.title for each in edition.sections if each.span.path == source.path]
            where = empty_heading_place(source, sum(empty))
    level = header["c"][0]
    if not source.path.endswith(f"/{ABSTRACT}"):
        edition.findings += heading_findings(level, edition.level, title, where)
        edition.level = level
    edition.sections.append(Section(id=identifier, title=title, level=level, span=where))
    return identifier


def _resolved(value: Any, marks: Marks, placer: Placer) -> Any:
    placed = transform(value, placer.change)
    placed = transform(placed, placer.stray)
    return transform(placed, marks.change)


def _as_written(warning: Diagnostic) -> Diagnostic:
    """A finding without the numbers that were written into the text."""
    arguments = {key: without_numbers(value) for key, value in warning.arguments.items()}
    return Diagnostic(
        code=warning.code,
        span=warning.span,
        arguments=arguments,
        notes=warning.notes,
        hint=warning.hint,
    )


def _note_places(edition: Edition, source: Source, tree: Mapping[str, Any]) -> None:
    sections = _sections_of(tree["blocks"])
    for index, candidate in source.candidates.items():
        if candidate.shape is Shape.CITATION:
            edition.places[index] = (source.span_of(index), sections.get(index, ""))


def _sections_of(blocks: Sequence[Node]) -> dict[int, str]:
    section = ""
    found: dict[int, str] = {}
    for block in _flat(blocks):
        if block["t"] == "Header":
            section = without_numbers(block["c"][1][0])
        for text in strings(block):
            found |= {index: section for index in numbers_in(text) if index not in found}
    return found


def _flat(blocks: Sequence[Node]) -> Iterator[Node]:
    for block in blocks:
        if block["t"] == "Div":
            yield from _flat(block["c"][1])
        else:
            yield block


def _resolve_references(edition: Edition, material: Material) -> None:
    numbering = Numbering(language=edition.language)
    numbering.number(edition.blocks)
    places = {section.id: section.span for section in edition.sections}
    places |= {f"{PREFIX[use.kind]}:{use.id}": use.span for use in edition.uses}
    taken = set(numbering.labels)
    for identifier in numbering.repeated:
        edition.findings.append(diagnose("REF103", places.get(identifier), id=identifier))
    for identifier, where in edition.ids:
        if identifier in taken:
            edition.findings.append(diagnose("REF103", where, id=identifier))
        taken.add(identifier)
    resolver = Resolver(
        labels=numbering.labels,
        keys=material.keys,
        language=edition.language,
        places=edition.places,
    )
    for name in ("blocks", "abstract", "meta"):
        value = transform(getattr(edition, name), resolver.change)
        setattr(edition, name, _stripped(value))
    edition.citations, edition.references = resolver.citations, resolver.references
    edition.findings += resolver.findings


def _gathered(edition: Edition, blocks: list[Node], source: Source, uses: list[Use]) -> list[Node]:
    """Blocks with notes and sources below figures and tables; what is missing is found."""
    below = Below(language=edition.language)
    gathered: list[Node] = below.gathered(blocks)
    places = {f"{use.kind}:{use.id}": use.span for use in uses}
    for name in below.without:
        kind, _, identifier = name.partition(":")
        edition.findings.append(diagnose("FIG120", places.get(name), kind=kind, id=identifier))
    for words in below.strays:
        text = without_numbers(words)
        where = fence_place(source, (NOTES, SOURCE, "source")) or title_place(source, text)
        shown = " ".join(text.split()[:8])
        edition.findings.append(diagnose("FIG122", where, text=shown))
    return gathered


def _stripped(value: Any) -> Any:
    """The tree without any number that pandoc left standing, in code or plain text."""
    if isinstance(value, str):
        return without_numbers(value)
    if isinstance(value, list):
        return [_stripped(item) for item in value]
    if isinstance(value, dict):
        return {key: _stripped(item) for key, item in value.items()}
    return value
