"""Finds what an author brought along from another program, and words left for later.

Regular expressions only propose places. A probe is written into a copy of the text at each of
them, pandoc reads the copy, and where the probe comes back says whether the place is text, code
or an attribute. A text without such places is not read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, note
from bukti.base.language import language_of
from bukti.base.span import LineIndex, Span
from bukti.manuscript.notations import NOTATIONS, PLACEHOLDER, Home, Notation
from bukti.project.inventory import FRONT

_PROBE = re.compile(r"bktprobe(\d+)e")
_SIGNS = (
    r"(?<![\w?!])\?{2,}(?![\w?!])",
    r"(?<![=+:])==[^=\s](?:[^=\n]*[^=\s])?==(?![=+:])",  # no line of a grid table
    r"(?<=[\[(])XXX(?=[\])])",
    r"\bX{4,}\b",
)
_SHOWN = 60
_SUPERSEDED = frozenset({"CLM101", "CLM111", "CLM206", "CLM401", "REF101", "REF102"})
_ATTRIBUTED = {"Header": 1, "Div": 0, "Span": 0, "Link": 0, "Image": 0, "Figure": 0, "Table": 0,
               "CodeBlock": 0, "Code": 0}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that a notation's pattern proposes, with the offset where its probe goes in."""

    notation: Notation
    match: re.Match[str]
    probe: int


def foreign_findings(
    path: str,
    text: str,
    language: str,
    keys: Collection[str],
    read: Callable[[str], dict[str, Any]],
) -> tuple[Diagnostic, ...]:
    """Notation of other programs and placeholders in a file of the manuscript.

    `keys` are those of the bibliography, which are never foreign; `read` gives pandoc's tree.
    """
    places = proposed(text, language, keys)
    if path.rpartition("/")[2] == FRONT:  # where YAML belongs
        places = tuple(place for place in places if place.notation.home is not Home.ANYWHERE)
    if not places:
        return ()
    homes = homes_of(read(probed(text, places)), places)
    lines = LineIndex(text)
    return tuple(
        _finding(lines.span(path, *place.match.span()), place)
        for index, place in enumerate(places)
        if place.notation.home in (Home.ANYWHERE, homes.get(index))
    )


def proposed(text: str, language: str, keys: Collection[str]) -> tuple[Place, ...]:
    """The places where a pattern fits, in order; of places that overlap the first alone."""
    notations = (*NOTATIONS, Notation(code=PLACEHOLDER, pattern=_placeholders(language)))
    found = [
        Place(notation=notation, match=match, probe=_probe_of(match))
        for notation in notations
        for match in notation.pattern.finditer(text)
        if match.groupdict().get("key") not in keys
    ]
    found.sort(key=lambda place: (place.match.start(), -place.match.end()))
    kept: list[Place] = []
    for place in found:
        if not kept or place.match.start() >= kept[-1].match.end():
            kept.append(place)
    return tuple(kept)


def probed(text: str, places: Sequence[Place]) -> str:
    """The text with the number of each place written into it."""
    pieces, done = [], 0
    for index, place in enumerate(places):
        if place.notation.home is Home.ANYWHERE:
            continue
        pieces += [text[done : place.probe], f"bktprobe{index}e"]
        done = place.probe
    return "".join([*pieces, text[done:]])


def homes_of(tree: Any, places: Sequence[Place]) -> dict[int, Home]:
    """What pandoc took each place for; places in comments, formulas and addresses have no entry."""
    return dict(_homes(tree, places, quoted=False))


def _homes(value: Any, places: Sequence[Place], *, quoted: bool) -> Iterator[tuple[int, Home]]:
    if isinstance(value, list):
        for item in value:
            yield from _homes(item, places, quoted=quoted)
        return
    if not isinstance(value, dict):
        return
    kind: Any = value.get("t")
    content: Any = value.get("c")
    if kind in _ATTRIBUTED:
        place = _ATTRIBUTED[kind]
        yield from ((number, Home.ATTRIBUTES) for number in _numbers(str(content[place])))
    if kind == "Str":
        for number in _numbers(content):
            if not (quoted and places[number].notation.code == PLACEHOLDER):
                yield number, Home.TEXT
    elif kind in ("Code", "CodeBlock"):
        yield from _code(kind, content, places)
    else:
        inside = quoted or kind in ("Quoted", "BlockQuote")
        for item in value.values():
            yield from _homes(item, places, quoted=inside)


def _code(kind: str, content: Any, places: Sequence[Place]) -> Iterator[tuple[int, Home]]:
    """Code that is a chunk itself, not code that shows one."""
    if kind == "Code":
        yield from ((n, Home.CODE) for n in _numbers(content[1]) if _begins(content[1], n, places))
    for number in _numbers(str(content[0])):
        yield number, Home.CODE


def _begins(code: str, number: int, places: Sequence[Place]) -> bool:
    place = places[number]
    if place.notation.home is not Home.CODE:
        return False
    return code.startswith(f"{place.match['probe']}bktprobe{number}e")


def _numbers(text: str) -> list[int]:
    return [int(number) for number in _PROBE.findall(text)]


def _probe_of(match: re.Match[str]) -> int:
    return match.end("probe") if "probe" in match.re.groupindex else match.start()


def _placeholders(language: str) -> re.Pattern[str]:
    words = {*language_of(language).placeholders, *language_of("en").placeholders}
    return re.compile("|".join([*map(_word, sorted(words, key=lambda word: (-len(word), word))),
                                *_SIGNS]))  # fmt: skip


def _word(word: str) -> str:
    before = r"(?<![\w\-\u201c\u2018\u00ab])" if word[0].isalnum() else ""
    behind = r"(?![\w-])" if word[-1].isalnum() else r"(?![(\[{:])"  # a link's words
    body = r"\s+".join(map(re.escape, word.split()))
    return before + (body if word.isupper() else f"(?i:{body})") + behind


def _finding(span: Span, place: Place) -> Diagnostic:
    text = " ".join(place.match[0].split())
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "\u2026"
    form = place.notation.form(place.match) if place.notation.form else None
    hint = note("write-instead", form=form) if form else None
    return place.notation.finding(span, hint, shown)


def explained(foreign: Iterable[Diagnostic]) -> Callable[[Span], bool]:
    """Whether a place lies within another program's notation; placeholders explain nothing."""
    areas = [_area(found.span) for found in foreign if found.span and found.code != PLACEHOLDER]

    def lies_within(span: Span) -> bool:
        path, start, _ = _area(span)
        return any(path == other and first <= start < end for other, first, end in areas)

    return lies_within


def superseded(finding: Diagnostic, lies_within: Callable[[Span], bool]) -> bool:
    """Whether a finding only says what another program's notation at its place explains."""
    return bool(finding.code in _SUPERSEDED and finding.span and lies_within(finding.span))


def _area(span: Span) -> tuple[str, tuple[int, int], tuple[int, int]]:
    start = (span.line or 0, span.column or 0)
    return span.path, start, (span.end_line or 0, span.end_column or 0)
