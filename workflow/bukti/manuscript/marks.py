"""From links to marks: what each says, what it is bound to, and whether that holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bukti.base.claims import Claim, Kind, Mark, Status
from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.evidence import evidence_notes
from bukti.base.span import Span
from bukti.base.tree import Node, attributes, walk
from bukti.manuscript.candidates import Shape, Source, index_in_target, numbers_in, without_numbers
from bukti.manuscript.compare import compare, hedge_outside
from bukti.manuscript.fill import fill
from bukti.manuscript.pool import Pool
from bukti.manuscript.quoting import misquoted
from bukti.manuscript.saying import Fault, Words
from bukti.manuscript.shifted import shifted_notes
from bukti.manuscript.tree import plain_text, span, words

_LINE = 200
_OPTIONS = {"of", "digits", "scale"}
ALT_MARK = re.compile(r"\[([^\]\[]*)\]\(((?:claim|given):[^()\s]*)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A correction that needs no judgement: the characters of a file to replace."""

    path: str
    start: int
    end: int
    old: str
    new: str


@dataclass(slots=True)
class Marks:
    """The marks of one edition as they are found, with their findings and corrections.

    `found` holds each mark once, also where pandoc's tree has it twice (a caption, a note);
    `again` holds further words that stand at the address of a reference link.
    """

    pool: Pool
    words: Words
    source: Source
    section: str = ""
    found: dict[int, Mark] = field(default_factory=dict)
    again: list[Mark] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    fixes: list[Fix] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def change(self, node: Node) -> Node | list[Node] | None:
        """A mark as a span with its status; any other node as it is."""
        if node["t"] == "Link":
            _, inlines, (target, _) = node["c"]
            return self.resolve(target, inlines)
        if node["t"] == "Span":
            pairs = dict(node["c"][0][2])
            for scheme in ("claim", "given"):
                if scheme in pairs:
                    return self.resolve(f"{scheme}:{pairs[scheme]}", node["c"][1])
        return None

    def resolve(self, target: str, inlines: list[Node]) -> Node | list[Node] | None:
        """The span for an address of a mark and its words; None for an address of another kind."""
        address, index = index_in_target(target)
        scheme, _, rest = address.partition(":")
        if scheme not in ("claim", "given") or index is None:
            return None
        mark = self.found.get(index)
        if mark is not None and without_numbers(plain_text(inlines)) in ("", mark.text):
            return self._span(mark, inlines or words(mark.text))
        return self._new(index, scheme, rest, inlines)

    def alt_text(self, text: str) -> str:
        """The words of an alternative text, its marks resolved."""

        def replace(match: re.Match[str]) -> str:
            node = self.resolve(match[2], words(match[1]))
            return plain_text(node) if node else match[1]

        return without_numbers(ALT_MARK.sub(replace, text))

    def _new(self, index: int, scheme: str, rest: str, inlines: list[Node]) -> Node:
        self.seen.add(index)
        where = self.source.span_of(index)
        ids, options = _parse(rest)
        self._check_options(options, where)
        claims = [claim for name in ids if (claim := self._claim(scheme, name, where)) is not None]
        text = without_numbers(plain_text(inlines))
        status = Status.WITHOUT_EVIDENCE
        failing = [name for name in ids if scheme == "claim" and name in self.pool.unresolved]
        for name in failing:
            place = self.pool.unresolved[name]
            self.findings.append(diagnose("CLM602", where, id=name, place=place))
        if not self._holds_marks(inlines) and len(claims) == len(ids):
            if not text:
                inlines, text, status = self._filled(claims, options, where)
            else:
                compared = self._compared(index, text, claims, options)
                status = self._shaken(failing, claims, where) or compared
        mark = Mark(
            index=index,
            scheme=scheme,
            claims=ids,
            options=options,
            text=text,
            span=where,
            section=self.section,
            status=status,
        )
        if self.found.setdefault(index, mark) is not mark:
            self.again.append(mark)
        return self._span(mark, inlines)

    def _shaken(self, failing: list[str], claims: list[Claim], where: Span) -> Status | None:
        """The status of a mark whose evidence fails, or has shifted; None where neither is so."""
        moved = [(claim, rows) for claim in claims if (rows := self.pool.shifted.behind(claim))]
        for claim, rows in moved:
            count = len({row.get("segment") for row in rows})
            found = diagnose("QUA135", where, notes=shifted_notes(rows), id=claim.id, count=count)
            self.findings.append(found)
        if not failing:
            return Status.STALE if moved else None
        shaken = self.pool.shaken.issuperset(failing)
        return Status.STALE if shaken else Status.WITHOUT_EVIDENCE

    def _holds_marks(self, inlines: list[Node]) -> bool:
        """Whether a mark stands within a mark: the inner one is reported, the outer not compared.

        pandoc leaves an inner link as text, which `unread` reports; an inner span it reads.
        """
        inner = {
            int(dict(node["c"][0][2])["index"])
            for node in walk(inlines)
            if node["t"] == "Span" and "mark" in node["c"][0][1]
        }
        for index in sorted(inner):
            candidate = self.source.candidates[index]
            where = self.source.span(candidate.start, candidate.end)
            self.findings.append(diagnose("CLM101", where, scheme=candidate.scheme))
        left = (self.source.candidates.get(index) for index in numbers_in(plain_text(inlines)))
        return bool(inner) or any(found and found.shape is Shape.MARK for found in left)

    def _span(self, mark: Mark, inlines: list[Node]) -> Node:
        pairs = (
            ("claims", "+".join(mark.claims)),
            ("index", str(mark.index)),
            ("kind", mark.scheme),
        )
        return span(inlines, attributes(classes=("mark", str(mark.status)), pairs=pairs))

    def _claim(self, scheme: str, name: str, where: Span) -> Claim | None:
        claim = self.pool.find(scheme, name)
        if claim is None and scheme == "claim" and (codes := self.pool.counts.several(name)):
            self.findings.append(diagnose("QUA133", where, id=name, codes=codes))
        elif claim is None:
            near = self.pool.nearest(scheme, name)
            hint = note("perhaps-claim", near=near) if near != "-" else None
            self.findings.append(diagnose("CLM102", where, hint=hint, id=name, scheme=scheme))
        return claim

    def _check_options(self, options: Mapping[str, str], where: Span) -> None:
        for name in options:
            if name not in _OPTIONS:
                self.findings.append(
                    diagnose("CLM109", where, option=name, known=", ".join(sorted(_OPTIONS)))
                )

    def _filled(
        self, claims: list[Claim], options: Mapping[str, str], where: Span
    ) -> tuple[list[Node], str, Status]:
        text = fill(claims[0], options, self.words) if len(claims) == 1 else None
        if text is None:
            ids = " + ".join(claim.id for claim in claims)
            self.findings.append(diagnose("CLM110", where, ids=ids))
            return words("…"), "", Status.WITHOUT_EVIDENCE
        return words(text), text, Status.HOLDS

    def _compared(
        self, index: int, text: str, claims: list[Claim], options: Mapping[str, str]
    ) -> Status:
        quoted = [claim for claim in claims if claim.kind is Kind.QUOTATION]
        wrong = [each for claim in quoted if (each := self._misquoted(index, text, claim))]
        self.findings += wrong
        if quoted and len(quoted) == len(claims):
            return Status.CONTRADICTED if wrong else Status.HOLDS
        claims = [claim for claim in claims if claim not in quoted]
        status, faults = compare(text, claims, options.get("of", ""), self.words)
        by_id = {claim.id: claim for claim in claims}
        for fault in faults:
            self._report(index, text, fault, by_id.get(fault.claim))
        self._hedge_outside(index, text, claims)
        return Status.CONTRADICTED if wrong else status

    def _misquoted(self, index: int, text: str, claim: Claim) -> Diagnostic | None:
        """A finding where the words of a mark are not those of its quotation."""
        quotation = self.pool.quotations[claim.id]
        return misquoted(text, quotation, self.words.language, self.source.span_of(index))

    def _hedge_outside(self, index: int, text: str, claims: list[Claim]) -> None:
        candidate = self.source.candidates[index]
        before = self.source.text[max(0, candidate.start - _LINE) : candidate.start]
        hedge = hedge_outside(before, text, claims, self.words)
        if hedge:
            where = self.source.span_of(index)
            self.findings.append(diagnose("CLM211", where, hedge=hedge, text=text))

    def _report(self, index: int, text: str, fault: Fault, claim: Claim | None) -> None:
        candidate = self.source.candidates[index]
        region = self.source.text[candidate.text_start : candidate.text_end]
        place = _place_in(region, text, fault)
        where = self.source.span_of(index)
        if place is not None:
            old = text[fault.start : fault.end]
            start = candidate.text_start + place
            end = start + len(old)
            where = self.source.span(start, end)
            if fault.correction:
                fix = Fix(
                    path=self.source.path, start=start, end=end, old=old, new=fault.correction
                )
                self.fixes.append(fix)
        notes: tuple[Note, ...] = evidence_notes(claim) if claim else ()
        found = Diagnostic(code=fault.code, span=where, arguments=fault.arguments, notes=notes)
        self.findings.append(found)


def _place_in(region: str, text: str, fault: Fault) -> int | None:
    """Where in the source of a mark the words of a fault begin; None where that is uncertain."""
    fragment = re.escape(text[fault.start : fault.end])
    in_text = [match.start() for match in re.finditer(fragment, text)]
    in_region = [match.start() for match in re.finditer(fragment, region)]
    if fault.start not in in_text or len(in_text) != len(in_region):
        return None
    return in_region[in_text.index(fault.start)]


def _parse(rest: str) -> tuple[tuple[str, ...], dict[str, str]]:
    ids, _, query = rest.partition("?")
    pairs = (part.partition("=") for part in query.split("&") if part)
    return tuple(ids.split("+")), {name: value for name, _, value in pairs}


def unread(source: Source, seen: set[int], quoted: set[int]) -> tuple[Diagnostic, ...]:
    """Candidates for a mark that pandoc read as something else, and not as code or a comment."""
    return tuple(
        diagnose("CLM101", source.span(candidate.start, candidate.end), scheme=candidate.scheme)
        for index, candidate in source.candidates.items()
        if candidate.shape is Shape.MARK and index not in seen and index not in quoted
    )


def quoted_numbers(nodes_: list[Node]) -> set[int]:
    """The numbers of candidates that stand in code, comments or maths, where nothing is a mark."""
    found: set[int] = set()
    for node in nodes_:
        if node["t"] in ("Code", "CodeBlock", "RawInline", "RawBlock", "Math"):
            found |= numbers_in(node["c"][1])
    return found
