"""Faults in what stands outside marks: bare numbers, terms, citations, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from ruamel.yaml import YAML

from bukti.challenge.fault import Edit, Fault, Kind, Place, changed, here, lines, swap
from bukti.challenge.kinds import counterparts, dropped, unmarked
from bukti.challenge.prose import (
    CITATION,
    Part,
    alternatives,
    blocks,
    captions,
    marks,
    paragraphs,
    sentences,
)
from tests.faults.paper import Paper

DIGITS: Mapping[str, tuple[str, ...]] = {
    "id": ("Sebanyak 37 desa ikut serta.", "Kenaikannya 6,4 persen.", "Biayanya Rp48 juta."),
    "en": ("In all 37 villages took part.", "The growth was 6.4 percent.", "It cost $48 million."),
    "de": ("Insgesamt 37 Dörfer nahmen teil.", "Der Zuwachs betrug 6,4 %.", "Es waren 1.480 Tage."),
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "id": ("Tiga puluh tujuh desa ikut.", "Itu dua pertiga dari semua desa.", "Satu dari empat."),
    "en": ("Thirty-seven villages took part.", "That is two thirds of them.", "One in four came."),
}
SMALL: Mapping[str, str] = {"id": ", di 37 desa", "en": ", in 37 villages", "de": ", in 37 Dörfern"}
SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "id": {"pekerja anak": "anak yang bekerja", "pasar desa": "tempat jual beli"}
    | {"sumber daya reguler": "dana tetap", "koperasi pasar": "badan pengurus"},
    "en": {"child labour": "work done by minors", "village market": "trading place"}
    | {"local rice": "rice from nearby", "curlew": "the large wader"},
    "de": {"Zählort": "Platz"},
}
EDITED: Mapping[str, str] = {
    "id": "Hal itu perlu diteliti lebih lanjut oleh pihak lain.",
    "en": "This calls for more research by others.",
    "de": "Dies verlangt weitere Forschung durch andere.",
}


def _chapters(paper: Paper) -> Iterator[tuple[str, str, str]]:
    for language in paper.languages:
        for path in paper.chapters(language):
            yield language, path, paper.text(path)


def _appended(paper: Paper, kind: str, texts: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    for language, path, text in _chapters(paper):
        for number, block in paragraphs(text):
            said = texts.get(language, ())
            if said:
                end = block.start + len(block.text.rstrip("\n"))
                new = "\n" + said[number % len(said)]
                edit = Edit(path=path, start=end, end=end, new=new)
                first = here(text, edit).first
                assert first is not None
                place = Place(path=path, first=first + 1, last=first + 1)
                yield Fault(kind=kind, edits=(edit,), places=((place,),))


def bare_digits(paper: Paper) -> Iterator[Fault]:
    """A number in digits that nothing states."""
    yield from _appended(paper, "a bare number in digits", DIGITS)


def bare_words(paper: Paper) -> Iterator[Fault]:
    """A number in words that nothing states."""
    yield from _appended(paper, "a bare number in words", WORDS)


def _extended(
    paper: Paper, kind: str, parts: Callable[[str], Iterable[Part]], words: Mapping[str, str]
) -> Iterator[Fault]:
    for language, path, text in _chapters(paper):
        for part in parts(text):
            end = part.start + len(part.text.rstrip(".\n"))
            edit = Edit(path=path, start=end, end=end, new=words[language])
            yield swap(paper, kind, edit, whole=(part.start, part.end))


def in_captions(paper: Paper) -> Iterator[Fault]:
    """A bare number in the title of a figure or table, or another digit in a mark there."""
    yield from _extended(paper, "a number in a caption", captions, SMALL)
    for _, path, text in _chapters(paper):
        for part in captions(text):
            for mark in marks(part.text):
                at = part.start + mark.words_at
                for match in re.finditer("[1-9]", mark.text):
                    new = str(int(match[0]) % 9 + 1)
                    edit = Edit(path=path, start=at + match.start(), end=at + match.end(), new=new)
                    yield swap(paper, "a number in a caption", edit)


def in_alternatives(paper: Paper) -> Iterator[Fault]:
    """A bare number in an alternative text."""
    yield from _extended(paper, "a number in an alt text", alternatives, SMALL)


def abstract_alone(paper: Paper) -> Iterator[Fault]:
    """A number that nothing states, in the abstract."""
    for fault in (*bare_digits(paper), *bare_words(paper)):
        if fault.edits[0].path.endswith("00-abstract.md"):
            yield replace(fault, kind="a bare number in the abstract")


def _found(text: str, words: str) -> Iterator[re.Match[str]]:
    wanted = r"\s+".join(map(re.escape, words.split()))
    return re.finditer(rf"\b{wanted}\b", text, re.IGNORECASE)


def forbidden(paper: Paper) -> Iterator[Fault]:
    """A form that the glossary forbids, in the place of the term."""
    terms = YAML(typ="safe").load(paper.text("manuscript/glossary.yaml"))["terms"]
    for language, path, text in _chapters(paper):
        for term in terms:
            for form in term.get("forbidden", {}).get(language, {}):
                for match in _found(text, term[language]):
                    edit = Edit(path=path, start=match.start(), end=match.end(), new=form)
                    yield swap(paper, "a form that the glossary forbids", edit)


def synonyms(paper: Paper) -> Iterator[Fault]:
    """Other words for a term, on one side."""
    for language, path, text in _chapters(paper):
        for term, other in SYNONYMS[language].items():
            for block in blocks(text):
                found = list(_found(block.text, term))
                forms = re.findall(r"\s+".join(term.split()), block.text, re.IGNORECASE)
                if len(found) == len(forms) == 1 and not block.text.startswith("#"):
                    start, end = (block.start + each for each in found[0].span())
                    edit = Edit(path=path, start=start, end=end, new=other)
                    place = here(text, edit)
                    yield Fault(
                        kind="a term without its counterpart",
                        edits=(edit,),
                        places=((place, *counterparts(paper, path, text, block)),),
                    )


def citations(paper: Paper) -> Iterator[Fault]:
    """A citation that one edition has not."""
    for _, path, text in _chapters(paper):
        for block in blocks(text):
            for match in re.finditer(r"\s\[@[^\]]+\]|(?<!\[)@[a-z]+[0-9]{4}", block.text):
                if CITATION.search(match[0]):
                    narrative = match[0].startswith("@")
                    start, end = (block.start + each for each in match.span())
                    new = match[0].strip("@0123456789").title() if narrative else ""
                    edit = Edit(path=path, start=start, end=end, new=new)
                    there = counterparts(paper, path, text, block)
                    place = lines(path, text, block.start, block.end - 1)
                    yield Fault(kind="a citation dropped", edits=(edit,), places=((place, *there),))


def moved(paper: Paper) -> Iterator[Fault]:
    """A paragraph that stands one paragraph later than in the other edition."""
    for _, path, text in _chapters(paper):
        found = paragraphs(text)
        for (one, first), (two, second) in pairwise(found):
            if two != one + 1 or not (first.text.endswith("\n") and second.text.endswith("\n")):
                continue
            between = text[first.end : second.start]
            new = f"{second.text}{between}{first.text}"
            edit = Edit(path=path, start=first.start, end=second.end, new=new)
            there = (
                *counterparts(paper, path, text, first),
                *counterparts(paper, path, text, second),
            )
            place = here(text, edit)
            yield Fault(kind="a paragraph moved", edits=(edit,), places=((place, *there),))


def edited(paper: Paper) -> Iterator[Fault]:
    """A sentence more or less in a paragraph of one edition."""
    for language, path, text in _chapters(paper):
        for number, block in paragraphs(text):
            less = list(sentences(block))
            end = block.start + len(block.text.rstrip("\n"))
            edit = Edit(path=path, start=end, end=end, new=" " + EDITED[language])
            if less and number % 2:
                edit = Edit(path=path, start=less[0].start, end=less[0].end, new="")
            after = changed(text, (edit,), path)
            longer = len(edit.new) - (edit.end - edit.start)
            place = lines(path, after, block.start, block.end - 1 + longer)
            yield Fault(
                kind="a paragraph edited on one side",
                edits=(edit,),
                places=((place,),),
                translation=True,
            )


def years(paper: Paper) -> Iterator[Fault]:
    """A year outside marks that is another on one side."""
    for _, path, text in _chapters(paper):
        inside = [range(mark.start, mark.end) for mark in marks(text)]
        for block in blocks(text):
            for match in re.finditer(r"\b20[0-9]{2}\b", block.text):
                start = block.start + match.start()
                if any(start in each for each in inside) or block.text[match.start() - 1] in "@":
                    continue
                new = str(int(match[0]) + 3)
                edit = Edit(path=path, start=start, end=start + 4, new=new)
                yield Fault(
                    kind="a year outside marks, on one side",
                    edits=(edit,),
                    places=((here(text, edit), lines(path, text, block.start, block.end - 1)),),
                    translation=True,
                )


KINDS: tuple[Kind, ...] = (
    bare_digits,
    bare_words,
    unmarked,
    in_captions,
    in_alternatives,
    abstract_alone,
    forbidden,
    synonyms,
    citations,
    years,
    dropped,
    moved,
    edited,
)
