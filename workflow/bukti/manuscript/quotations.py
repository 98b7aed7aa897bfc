"""The quotations of `claims.yaml`: whether their source holds their words, on the page stated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.digest import digest_bytes
from bukti.base.language import page_words
from bukti.base.span import Span
from bukti.manuscript.matching import Match, Tier, find_quotation
from bukti.manuscript.nearest import Nearest, nearest_passage
from bukti.manuscript.source_texts import SourceText
from bukti.project.claim_files import files_of_quotation
from bukti.project.register import Register

_SHOWN = 300
_NUMBER = r"(?P<first>\d+)(?:\s*[-\u2013]\s*(?P<last>\d+))?"
ATTESTED = "attested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What came of looking a quotation up.

    `tier` is empty where its words were compared with nothing; `page` is where they stand.
    """

    holds: bool
    tier: str = ""
    file: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The sources of the register, and how to get the text of a raw file.

    `present` maps a raw file that is there to its SHA-256; `attested` are quotations that somebody
    compared with a source that is not there, by id.
    """

    register: Register
    present: Mapping[str, str]
    text: Callable[[str], SourceText | None]
    attested: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def check_quotations(
    written: Mapping[str, Any], library: Library, span_of: Callable[[tuple[Any, ...]], Span]
) -> tuple[dict[str, Proof], tuple[Diagnostic, ...]]:
    """The proof of each quotation by id, and what does not agree, at its line of `claims.yaml`."""
    proofs: dict[str, Proof] = {}
    findings: list[Diagnostic] = []
    for name, data in written.get("quotations", {}).items():

        def place(key: str, name: str = name) -> Span:
            return span_of(("quotations", name, key))

        proofs[name], found = _check(name, data, library, place)
        findings += found
    return proofs, tuple(findings)


def text_digest(data: Mapping[str, Any]) -> str:
    """What an attestation remembers of a quotation: the digest of its words and locator."""
    return digest_bytes(f"{data['text']}\n{data.get('locator', '')}".encode())


def _check(
    name: str, data: Mapping[str, Any], library: Library, place: Callable[[str], Span]
) -> tuple[Proof, list[Diagnostic]]:
    files = files_of_quotation(data, library.register)
    present = [each for each in files if each in library.present]
    if not present:
        return _unseen(name, data, library, place)
    faults = _attested_otherwise(name, library, present, place)
    texts = [text for each in present if (text := library.text(each)) is not None]
    if not texts:
        files_shown = ", ".join(present)
        fault = diagnose("QUA204", place("source"), id=name, file=files_shown)
        return Proof(holds=True), [*faults, fault]
    matches = [
        (text, match) for text in texts if (match := find_quotation(data["text"], text.text))
    ]
    if not matches:
        return Proof(holds=False), [*faults, _not_found(name, data, texts, place)]
    text, match = min(matches, key=lambda pair: list(Tier).index(pair[1].tier))
    page, elsewhere = _page(data.get("locator", ""), text, match)
    proof = Proof(holds=True, tier=str(match.tier), file=text.path, page=page)
    if elsewhere:
        stated = data["locator"]
        where = place("locator")
        faults.append(diagnose("QUA202", where, id=name, stated=stated, found=page, file=text.path))
    return proof, faults


def _unseen(
    name: str, data: Mapping[str, Any], library: Library, place: Callable[[str], Span]
) -> tuple[Proof, list[Diagnostic]]:
    """A quotation whose source is not there: somebody's word for it counts, if it is for these."""
    attested = library.attested.get(name)
    if attested is None:
        return Proof(holds=True), [diagnose("QUA203", place("source"), id=name)]
    if attested["text"] != text_digest(data):
        return Proof(holds=False), [_otherwise(name, place("text"), attested, "attested-words")]
    file = attested["file"]
    return Proof(holds=True, tier=ATTESTED, file=file, page=attested["page"]), []


def _attested_otherwise(
    name: str, library: Library, present: list[str], place: Callable[[str], Span]
) -> list[Diagnostic]:
    """Whether the file that is there is not the one that somebody compared."""
    attested = library.attested.get(name)
    if attested is None or attested["sha256"] in {library.present[each] for each in present}:
        return []
    return [_otherwise(name, place("source"), attested, "attested-file")]


def _otherwise(name: str, where: Span, attested: Mapping[str, Any], key: str) -> Diagnostic:
    why = note(
        "attested-words" if key == "attested-words" else "attested-file", file=attested["file"]
    )
    return diagnose("QUA205", where, notes=(why,), id=name, by=attested["by"], on=attested["on"])


def _not_found(
    name: str, data: Mapping[str, Any], texts: list[SourceText], place: Callable[[str], Span]
) -> Diagnostic:
    notes: list[Note] = []
    for text in texts:
        near = nearest_passage(data["text"], text.text)
        if near is None:
            continue
        notes.append(_nearest(text, near))
        for source, quoted in near.differences:
            notes.append(note("words-differ", source=source or "-", quoted=quoted or "-"))
        break
    files = ", ".join(text.path for text in texts)
    shown = " ".join(data["text"].split())[:80]
    return diagnose("QUA201", place("text"), notes=notes, id=name, text=shown, file=files)


def _nearest(text: SourceText, near: Nearest) -> Note:
    pages, shown = text.pages_of(near.start, near.end), near.text[:_SHOWN]
    if not pages:
        return note("nearest-passage", file=text.path, text=shown)
    return note("nearest-passage-on-page", file=text.path, page=pages[0], text=shown)


def _page(locator: str, text: SourceText, match: Match) -> tuple[str, bool]:
    """The page on which words stand, and whether that is not the one that is stated."""
    found = [text.pages_of(*place) for place in match.places]
    if not text.pages:
        return "", False
    stated = stated_pages(locator)
    for pages in found:
        names = {label for page in pages for label in text.labels[page - 1]}
        if names & stated:
            return str(pages[0]), False
    return str(found[0][0]), bool(stated)


def stated_pages(locator: str) -> frozenset[str]:
    """The pages that a locator such as `page 12` or `hlm. 3-4` names; empty where it names none."""
    match = re.search(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, page_words()))})\s*{_NUMBER}", locator, re.IGNORECASE
    )
    if match is None:
        return frozenset()
    first = int(match["first"])
    last = min(int(match["last"] or first), first + 100)
    return frozenset(str(page) for page in range(first, max(first, last) + 1))
