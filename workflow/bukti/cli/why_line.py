"""`bukti why FILE:LINE[:COLUMN]` of the manuscript: all on a line, and what each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bukti.base.claims import Claim, Mark, claim_to_json
from bukti.base.span import Span
from bukti.cli.session import Session
from bukti.cli.why_claim import KINDS, evidence_of, whole_table
from bukti.cli.why_tree import Branch, staleness
from bukti.manuscript.bibliography.scan import entries_of
from bukti.manuscript.crossrefs import reference_key
from bukti.manuscript.documentary import grade_of
from bukti.manuscript.edition import Edition
from bukti.manuscript.number_findings import fits_of
from bukti.manuscript.products import PREFIX, Use
from bukti.manuscript.references import Citation
from bukti.manuscript.step import Shared, read_edition, read_shared
from bukti.plan import Plan
from bukti.project import Project
from bukti.project.inventory import BIBLIOGRAPHY
from bukti.project.products import results_of
from bukti.tools.files import read_text

_FITS = 3
_BARE = "CLM401"


def explained_line(
    session: Session,
    project: Project,
    steps: Plan,
    ledger: Mapping[str, Any] | None,
    where: Span,
) -> Branch | None:
    """All on a line or, with a column, at a place of a chapter, read anew; None for other files.

    Without a line it is all of the file. Raises Problem where the edition cannot be read.
    """
    chapters = project.inventory.manuscript
    language = next((each for each, paths in chapters.items() if where.path in paths), None)
    if language is None:
        return None
    shared = read_shared(project)
    line = _Line(
        session=session,
        project=project,
        steps=steps,
        shared=shared,
        edition=read_edition(project, language, shared),
        entries={(each["scheme"], each["id"]): each for each in (ledger or {}).get("claims", ())},
        where=where,
    )
    found = sorted(line.found(), key=lambda each: _start(each.span))
    nothing = (Branch(kind="why-nothing"),) if where.line else ()
    return Branch(
        kind="why-place",
        text=str(where),
        span=where,
        children=tuple(found) or nothing,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    session: Session
    project: Project
    steps: Plan
    shared: Shared
    edition: Edition
    entries: Mapping[tuple[str, str], Mapping[str, Any]]
    where: Span

    def found(self) -> Iterator[Branch]:
        """Marks, numbers, figures, tables, citations, references and findings at the place."""
        edition = self.edition
        for mark in edition.marks:
            if self._is_here(mark.span):
                yield self._mark(mark)
        yield from self._numbers()
        for use in edition.uses:
            if self._is_here(use.span):
                yield self._product(use.kind, use.id, use)
        yield from self._citations(edition.citations)
        for reference in edition.references:
            if self._is_here(reference.span):
                yield self._reference(reference)
        for finding in edition.findings:
            if finding.span and finding.code != _BARE and self._is_here(finding.span):
                text = f"{finding.code} {self.session.console().message(finding)}"
                yield Branch(kind="why-finding", text=text, span=finding.span)

    def _is_here(self, span: Span) -> bool:
        """Whether a stretch of text touches the place that is asked about."""
        where = self.where
        if span.path != where.path or span.line is None:
            return False
        end_line = span.end_line or span.line
        if where.line is None:
            return True
        if where.column is None:
            return span.line <= where.line <= end_line
        here = (where.line, where.column)
        start = (span.line, span.column or 1)
        end = (end_line, max(span.end_column or 0, (span.column or 1) + 1))
        return start <= here < end

    def _mark(self, mark: Mark) -> Branch:
        claims = [
            Branch(kind=KINDS[mark.scheme], text=name, children=self._evidence(mark.scheme, name))
            for name in mark.claims
        ]
        text = f'{_at(mark.span)}  "{mark.text}"  {mark.status}'
        return Branch(kind="why-mark", text=text, span=mark.span, children=tuple(claims))

    def _evidence(self, scheme: str, name: str) -> tuple[Branch, ...]:
        claim = self.shared.pool.find(scheme, name)
        if claim is None:
            return (Branch(kind="why-no-claim"),)
        entry = self._entry(scheme, claim)
        return evidence_of(self.session, self.project, self.steps, entry)

    def _entry(self, scheme: str, claim: Claim) -> Mapping[str, Any]:
        known = self.entries.get((scheme, claim.id), {"accepted": None, "readings": None})
        return {**known, **claim_to_json(claim), "scheme": scheme, "grade": grade_of(claim)}

    def _numbers(self) -> Iterator[Branch]:
        fitting = self.edition.fitting
        for bare in self.edition.numbers.bare:
            span = bare.passage.span(bare.quantity.whole_start, bare.quantity.whole_end)
            if fitting and self._is_here(span):
                fits = fits_of(bare, fitting)[:_FITS]
                found = tuple(Branch(kind="why-fits", text=fit.shown) for fit in fits)
                yield Branch(
                    kind="why-bare",
                    text=f'{_at(span)}  "{bare.text}"',
                    span=span,
                    children=found or (Branch(kind="why-fits-none"),),
                )

    def _product(self, kind: str, name: str, use: Use | Citation) -> Branch:
        books = self.project.inventory.notebooks
        made = [
            book for book in books if name in (book.figures if kind == "figure" else book.tables)
        ]
        children = []
        for book in made:
            tables = (whole_table(self.session, self.project, self.steps, t) for t in book.reads)
            stale = staleness(self.session, self.steps.maker_of(results_of(book.name)))
            place = Span(path=book.path)
            children.append(
                Branch(kind="why-cell", text=book.path, span=place, children=(*stale, *tables))
            )
        return Branch(
            kind="why-figure" if kind == "figure" else "why-table",
            text=f"{_at(use.span)}  {name}",
            span=use.span,
            children=tuple(children) or (Branch(kind="why-no-product"),),
        )

    def _citations(self, citations: list[Citation]) -> Iterator[Branch]:
        here = [each for each in citations if self._is_here(each.span)]
        path = self.project.root / BIBLIOGRAPHY
        text = read_text(path, shown_as=BIBLIOGRAPHY) if here and path.is_file() else ""
        known = {entry.key: entry for entry in entries_of(text)}
        for citation in here:
            entry = known.get(citation.key)
            children: tuple[Branch, ...] = ()
            if entry:
                line = text.count("\n", 0, entry.start) + 1
                names = ("author", "editor"), ("title",), ("date", "year")
                fields = [field.plain for each in names if (field := entry.first(*each))]
                place = Span(path=BIBLIOGRAPHY, line=line)
                told = f"{place}: {', '.join(fields)}"
                children = (Branch(kind="why-entry", text=told, span=place),)
            yield Branch(
                kind="why-citation",
                text=f"{_at(citation.span)}  @{citation.key}",
                span=citation.span,
                children=children or (Branch(kind="why-no-entry"),),
            )

    def _reference(self, reference: Citation) -> Branch:
        part = reference_key(reference.key)
        prefix, _, name = (part or reference.key).partition(":")
        kind = next((kind for kind, short in PREFIX.items() if short == prefix), None)
        uses = [use for use in self.edition.uses if (use.kind, use.id) == (kind, name)]
        places = [each.span for each in self.edition.sections if each.id == reference.key]
        children = [self._product(use.kind, name, use) for use in uses[:1]]
        children += [Branch(kind="why-leads-to", text=str(each), span=each) for each in places[:1]]
        text = f"{_at(reference.span)}  @{reference.key}"
        return Branch(
            kind="why-reference", text=text, span=reference.span, children=tuple(children)
        )


def _at(span: Span) -> str:
    return f"{span.line}:{span.column}" if span.column else str(span.line)


def _start(span: Span | None) -> tuple[int, int]:
    return (span.line or 0, span.column or 0) if span else (0, 0)
