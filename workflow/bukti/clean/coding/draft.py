"""What a reader took from a coded project, before its passages are put in their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.span import Span
from bukti.clean.coding import records
from bukti.clean.coding.offsets import (
    CODE_POINTS,
    UTF_16,
    Counting,
    Ruler,
    SourceText,
    Spot,
    counting_of,
    same_words,
)
from bukti.clean.coding.records import (
    Attribute,
    Code,
    Corpus,
    Document,
    Group,
    Leftover,
    Memo,
    Segment,
)
from bukti.clean.coding.shifting import (
    are_words,
    is_title,
    places_of,
    same_letters,
    standing_now,
)

_LISTED = 50


@dataclass(slots=True, kw_only=True)
class Draft:
    """The records of a project as they stand in it; offsets are counted as its tool counts.

    `texts` are the documents' texts by id. `entry` is the project's name in an archive: lines
    are lines of it; `lined` says that they are lines of the raw file itself. `references` are
    (what refers, its id, the kind, the id that it refers to, the line).
    """

    path: str
    entry: str = ""
    lined: bool = False
    origin: str = ""
    documents: list[Document] = field(default_factory=list)
    texts: dict[str, SourceText] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    coders: dict[str, str] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)
    references: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def at(self, line: int | None) -> Span:
        """The place of a line: that of the raw file, where it has lines."""
        return Span(path=self.path, line=line if self.lined else None)


def settled(draft: Draft, units: Sequence[str] = (CODE_POINTS, UTF_16)) -> Corpus:
    """The corpus, each passage in code points with its text, and what is wrong with the project.

    `units` are those in which its tool may count; none says that the offsets are code points of
    the texts as they are kept.
    """
    segments = _placed(draft, units)
    names = {document.id: document.name for document in draft.documents}
    findings = [
        *draft.findings,
        *_repeated(draft),
        *_without_text(draft),
        *_misplaced(draft, segments, names),
        *_dangling(draft),
        *_not_understood(draft),
    ]
    return Corpus(
        path=draft.path,
        origin=draft.origin,
        documents=tuple(draft.documents),
        codes=tuple(draft.codes),
        segments=tuple(segments),
        groups=tuple(draft.groups),
        memos=tuple(draft.memos),
        attributes=tuple(draft.attributes),
        coders=dict(draft.coders),
        leftovers=tuple(draft.leftovers),
        findings=tuple(findings),
    )


def _placed(draft: Draft, units: Sequence[str]) -> list[Segment]:
    spots: dict[str, list[Spot]] = {}
    for each in draft.segments:
        if each.start is not None and each.end is not None and draft.texts.get(each.document):
            spot = Spot(start=each.start, end=each.end, said=each.said)
            spots.setdefault(each.document, []).append(spot)
    used = [(draft.texts[name], found) for name, found in spots.items()]
    counting, certain = counting_of(used, units) if units else (Counting(), True)
    if not certain:
        where = draft.at(None)
        draft.findings.append(diagnose("QUA117", where, unit=_unit(counting.unit)))
    rulers = {name: Ruler(draft.texts[name], counting) for name in spots}
    settled = [
        _settled(each, draft.texts.get(each.document), rulers.get(each.document))
        for each in draft.segments
    ]
    recorded = [each for each in settled if each.said.strip() and each.document in rulers]
    agreeing = sum(each.state == records.AGREES for each in recorded)
    strict = are_words(agreeing, len(recorded))
    return [_judged(each, draft.texts.get(each.document), strict=strict) for each in settled]


def _unit(unit: str) -> str:
    return {CODE_POINTS: "Unicode", UTF_16: "UTF-16"}.get(unit, unit)


def _settled(segment: Segment, source: SourceText | None, ruler: Ruler | None) -> Segment:
    if segment.start == segment.end and segment.said.strip():
        segment = replace(segment, start=None, end=None)
    if source is None or segment.state == records.WHOLE:
        return replace(segment, text=segment.text or segment.said)
    if segment.start is None or segment.end is None or ruler is None:
        return replace(segment, text=segment.said)
    at = ruler.located(Spot(start=segment.start, end=segment.end))
    if at is None:
        return replace(segment, text=segment.said, state=records.IMPOSSIBLE)
    text = source.text[at[0] : at[1]]
    return replace(segment, start=at[0], end=at[1], text=text, state=_state(segment, text))


def _judged(segment: Segment, source: SourceText | None, *, strict: bool) -> Segment:
    """A segment with other words than its source has: changed under it, or only a title.

    `strict` says that the program records words.
    """
    if source is None or segment.start is None or not segment.said.strip():
        return segment
    lost = segment.state in (records.DIFFERS, records.IMPOSSIBLE)
    if segment.state == records.FOUND and not same_letters(segment.said, segment.text):
        lost = strict or not is_title(segment.said, segment.text, source.text)
    if not lost:
        return segment
    state = records.DIFFERS if segment.state == records.FOUND else segment.state
    now = standing_now(segment.said, source.text, segment.start)
    return replace(segment, state=state, now=now)


def _state(segment: Segment, text: str) -> str:
    if segment.binding and segment.said.strip():
        return records.AGREES if text.split() == segment.said.split() else records.DIFFERS
    return records.AGREES if same_words(text, segment.said) else records.FOUND


def _without_text(draft: Draft) -> Iterator[Diagnostic]:
    counts = Counter(each.document for each in draft.segments)
    codes = {records.MISSING: "QUA110", records.EMPTY: "QUA111", records.UNREADABLE: "QUA112"}
    for each in draft.documents:
        if each.state in codes:
            yield diagnose(
                codes[each.state],
                draft.at(each.line),
                name=each.name,
                guid=each.id,
                file=each.file or "-",
                count=counts[each.id],
            )


def _misplaced(
    draft: Draft, segments: Sequence[Segment], names: dict[str, str]
) -> Iterator[Diagnostic]:
    wrong = [each for each in segments if each.state in (records.IMPOSSIBLE, records.DIFFERS)]
    for each in wrong[:_LISTED]:
        source = draft.texts[each.document]
        name = names.get(each.document, each.document)
        if each.state == records.DIFFERS:
            yield _differing(draft, each, source.text, name)
            continue
        assert each.start is not None and each.end is not None
        backwards = each.start > each.end
        yield diagnose(
            "QUA113",
            draft.at(each.line),
            start=each.start,
            end=each.end,
            length=len(source.text),
            guid=each.id,
            name=name,
            notes=(note("span-backwards" if backwards else "span-beyond"),),
        )


def _differing(draft: Draft, segment: Segment, text: str, name: str) -> Diagnostic:
    places = places_of(segment.said, text)
    elsewhere = [note("coded-text-elsewhere", start=place) for place in places[:3]]
    if not places and segment.now is not None:
        start, words = segment.now
        elsewhere = [note("coded-text-nearest", start=start, text=_short(words))]
    return diagnose(
        "QUA119",
        draft.at(segment.line),
        said=_short(segment.said),
        found=_short(segment.text),
        guid=segment.id,
        name=name,
        notes=elsewhere or [note("coded-text-nowhere")],
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"


def _repeated(draft: Draft) -> Iterator[Diagnostic]:
    kept = [(each.id, each.line) for each in draft.documents]
    kept += [(each.id, each.line) for each in draft.codes]
    kept += [(each.id, each.line) for each in draft.segments]
    kept += [(each.id, each.line) for each in draft.memos]
    kept += [(each.id, each.line) for each in draft.groups]
    seen: dict[str, int] = {}
    for guid, line in kept:
        if guid in seen:
            yield diagnose("QUA120", draft.at(line), guid=guid, first=seen[guid], line=line)
        seen.setdefault(guid, line)


def _dangling(draft: Draft) -> Iterator[Diagnostic]:
    known = {
        "code": {each.id for each in draft.codes},
        "document": {each.id for each in draft.documents},
        "segment": {each.id for each in draft.segments},
        "memo": {each.id for each in draft.memos},
    }
    found = [each for each in draft.references if each[3] not in known[each[2]]]
    for what, guid, kind, target, line in found[:_LISTED]:
        code = "QUA114" if (what, kind) == ("Coding", "code") else "QUA115"
        where = draft.at(line)
        yield diagnose(code, where, what=what, guid=guid, target=target, line=line)


def _not_understood(draft: Draft) -> Iterator[Diagnostic]:
    for kind, count in Counter(each.kind for each in draft.leftovers).items():
        first = next(each.line for each in draft.leftovers if each.kind == kind)
        yield diagnose("QUA118", draft.at(first), kind=kind, count=count)
