"""The quotations of `claims.yaml`: whether their source holds their words, on the page stated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.language import page_words
from bukti.base.matching import Match, Tier, find_quotation
from bukti.base.nearest import Nearest, nearest_passage
from bukti.base.span import Span
from bukti.manuscript.attestations import Attestation, digest_of_quotation, fault_of
from bukti.manuscript.source_texts import SourceText
from bukti.project.claim_files import files_of_quotation
from bukti.project.inventory import ACCEPTED_ATTESTATIONS
from bukti.project.register import Register

_SHOWN = 300
_NUMBER = r"(?P<first>\d+)(?:\s*[-\u2013]\s*(?P<last>\d+))?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What came of looking a quotation up.

    `tier` is empty where its words were compared with nothing; `page` is where they stand;
    `attested` is who compared them with a source that is absent.
    """

    holds: bool
    tier: str = ""
    file: str = ""
    page: str = ""
    attested: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The sources of the register, and how to get the text of a raw file.

    `present` maps a raw file that is there to its SHA-256, `accepted` one on record; `attested`
    are the attestations by the ids of quotations.
    """

    register: Register
    present: Mapping[str, str]
    text: Callable[[str], SourceText | None]
    accepted: Mapping[str, str] = field(default_factory=dict)
    attested: Mapping[str, Attestation] = field(default_factory=dict)


def check_quotations(
    written: Mapping[str, Any], library: Library, span_of: Callable[[tuple[Any, ...]], Span]
) -> tuple[dict[str, Proof], tuple[Diagnostic, ...]]:
    """The proof of each quotation by id, and what does not agree, at its line of `claims.yaml`."""
    proofs: dict[str, Proof] = {}
    findings: list[Diagnostic] = []
    for name, data in written.get("quotations", {}).items():

        def place(key: str, name: str = name) -> Span:
            return span_of(("quotations", name, key))

        proofs[name], found = check_quotation(name, data, library, place)
        findings += found
    findings += [
        diagnose("QUA355", Span(path=ACCEPTED_ATTESTATIONS), id=name)
        for name in library.attested
        if name not in proofs
    ]
    return proofs, tuple(findings)


def check_quotation(
    name: str, data: Mapping[str, Any], library: Library, place: Callable[[str], Span]
) -> tuple[Proof, list[Diagnostic]]:
    """The proof of one quotation and what does not agree; `place` has the lines of its keys."""
    files = files_of_quotation(data, library.register)
    present = [each for each in files if each in library.present]
    if not present:
        return _unseen(name, data, library, place)
    texts = [text for each in present if (text := library.text(each)) is not None]
    if not texts:
        files_shown = ", ".join(present)
        fault = diagnose("QUA204", place("source"), id=name, file=files_shown)
        return Proof(holds=True), [fault]
    matches = [
        (text, match) for text in texts if (match := find_quotation(data["text"], text.text))
    ]
    if not matches:
        return Proof(holds=False), [_not_found(name, data, texts, place)]
    text, match = min(matches, key=lambda pair: list(Tier).index(pair[1].tier))
    page, elsewhere = _page(data.get("locator", ""), text, match)
    proof = Proof(holds=True, tier=str(match.tier), file=text.path, page=page)
    if not elsewhere:
        return proof, _outdated(name, data, library, proof, place)
    stated, where = data["locator"], place("locator")
    return proof, [diagnose("QUA202", where, id=name, stated=stated, found=page, file=text.path)]


def _unseen(
    name: str, data: Mapping[str, Any], library: Library, place: Callable[[str], Span]
) -> tuple[Proof, list[Diagnostic]]:
    """What is known of a quotation whose source is absent: what somebody attests, or nothing."""
    record = library.attested.get(name)
    if record is None:
        return Proof(holds=True), [diagnose("QUA203", place("source"), id=name)]
    files = files_of_quotation(data, library.register)
    places = {key: place(key) for key in ("text", "source")}
    fault = fault_of(name, data, record, files, library.accepted, places)
    if fault is not None:
        return Proof(holds=False), [fault]
    proof = Proof(holds=True, file=record.file, page=record.page, attested=record.name)
    return proof, [diagnose("QUA353", place("source"), id=name, name=record.name)]


def _outdated(
    name: str,
    data: Mapping[str, Any],
    library: Library,
    proof: Proof,
    place: Callable[[str], Span],
) -> list[Diagnostic]:
    """Where the source is there: whether an attestation is of other words or another file."""
    record = library.attested.get(name)
    if record is None:
        return []
    same = record.quotation == digest_of_quotation(data)
    if same and record.digest == library.present[proof.file]:
        return []
    return [diagnose("QUA354", place("text"), id=name, name=record.name)]


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
