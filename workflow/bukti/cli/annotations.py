"""`bukti export annotations`: the evidence of an edition as annotations of its words.

The model is the W3C's (Web Annotation Data Model, 2017); what is said of each claim is what
annotation for transparent inquiry asks for: excerpt, note, translation, source with its place.
"""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.cli.session import Session
from bukti.printed.html import parse_page
from bukti.project import load_project
from bukti.project.products import manuscript_file, paper_file
from bukti.project.raw_files import RAW
from bukti.tools.files import write_bytes

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 48  # characters before and behind the words, by which a reader's program finds them
_COLUMNS = (
    *("mark", "section", "words", "claim", "note", "side", "excerpt", "translation"),
    *("document", "place", "codes", "source", "address"),
)
_SILENT = {"script", "style", "math"}

Record = Mapping[str, Any]


def export_annotations(session: Session, target: Path, edition: str | None) -> int:
    """Write the annotations of an edition, by default the first, as `.json` or `.csv`.

    Raises Problem where the target is in the way, is of another kind, or nothing was built.
    """
    project = load_project(session.root)
    language = edition or project.config.editions[0]
    if language not in project.config.editions:
        known = ", ".join(project.config.editions)
        raise Problem(diagnose("CFG128", language=language, known=known))
    target = session.folder / target
    if target.exists() or (session.root / RAW).resolve() in target.resolve().parents:
        raise Problem(diagnose("QUA132", Span(path=target.name), path=target.name))
    if target.suffix not in (".json", ".csv"):
        raise Problem(diagnose("QUA358", Span(path=target.name), path=target.name))
    paper, record = paper_file(language, "html"), manuscript_file(language, "appendix")
    for name in (paper, record):
        if not (project.root / name).is_file():
            raise Problem(diagnose("CFG118", Span(path=name), path=name))
    selectors = selectors_of((project.root / paper).read_bytes(), paper)
    appendix = json.loads((project.root / record).read_bytes())
    if target.suffix == ".csv":
        data = sheet(appendix, selectors)
    else:
        data = canonical_json(collection(appendix, selectors, project.config.name)).encode()
    write_bytes(target, data)
    session.say(session.word("exported-annotations", path=target.name, count=len(selectors)))
    return 0


def selectors_of(page: bytes, path: str = "-") -> dict[int, dict[str, str]]:
    """The words of each mark of a page with those around them, by the number of the mark."""
    article = next(parse_page(page, path).iter("article"), None)
    pieces: list[str] = []
    marks: list[tuple[int, int, int]] = []
    if article is not None:
        _gather(article, pieces, marks)
    text = "".join(pieces)
    return {
        index: {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - _AROUND) : start],
            "suffix": text[end : end + _AROUND],
        }
        for index, start, end in marks
    }


def _gather(element: Any, pieces: list[str], marks: list[tuple[int, int, int]]) -> None:
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    start = sum(map(len, pieces)) if element.tag == "a" else 0
    pieces.append(element.text or "")
    for child in element:
        _gather(child, pieces, marks)
        pieces.append(child.tail or "")
    name = element.get("id") or ""
    if element.tag == "a" and name.startswith("mark-"):
        marks.append((int(name.removeprefix("mark-")), start, sum(map(len, pieces))))


def collection(appendix: Record, selectors: Mapping[int, Record], name: str) -> dict[str, Any]:
    """The annotations as a collection with one page; the same paper gives the same identifiers."""
    language = appendix["language"]
    items = [
        _annotation(appendix, entry, place, selectors[place["index"]], name)
        for entry, place in _placed(appendix, selectors)
    ]
    return {
        "@context": _CONTEXT,
        "id": _identifier(name, language),
        "type": "AnnotationCollection",
        "label": f"{name} ({language})",
        "total": len(items),
        "first": {
            "id": _identifier(name, language, "page"),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }


def _placed(appendix: Record, selectors: Mapping[int, Record]) -> Iterator[tuple[Record, Record]]:
    for entry in appendix["entries"]:
        for place in entry["places"]:
            if place["index"] in selectors:
                yield entry, place


def _identifier(*parts: object) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, parts))).urn


def _annotation(
    appendix: Record, entry: Record, place: Record, selector: Record, name: str
) -> dict[str, Any]:
    language = appendix["language"]
    identifier = _identifier(name, language, entry["scheme"], entry["id"], place["index"])
    bodies = [_text(note_of(entry), "commenting", language)]
    for item in entry["items"]:
        told = [f"“{item['text']}”" if item["text"] else "", item["shows"] or "", place_of(item)]
        spoken = item["language"] or language
        bodies.append(_text("\n".join(filter(None, told)), "describing", spoken))
        if item["translation"]:
            bodies.append(_text(item["translation"], "describing", language))
    known = {each["id"]: each for each in appendix["sources"]}
    addresses = (known[each]["address"] for each in entry["sources"] if each in known)
    bodies += [{"id": each} for each in addresses if each]
    return {
        "@context": _CONTEXT,
        "id": identifier,
        "type": "Annotation",
        "motivation": "commenting",
        "body": bodies,
        "target": {"source": f"paper.{language}.html", "selector": dict(selector)},
    }


def _text(value: str, purpose: str, language: str) -> dict[str, str]:
    return {
        "type": "TextualBody",
        "value": value,
        "format": "text/plain",
        "language": language,
        "purpose": purpose,
    }


def note_of(entry: Record) -> str:
    """What a claim says, and the notebook and cell that computed it."""
    said = entry["statement"] or entry["value"] or entry["id"]
    data = entry["data"]
    return f"{said} ({data['notebook']}, {data['cell']})" if data else str(said)


def place_of(item: Record) -> str:
    """The source, document, place and codes of an item on one line."""
    keys = ("source", "document", "locator", "codes", "actor", "attested")
    return "; ".join(str(item[key]) for key in keys if item[key])


def sheet(appendix: Record, selectors: Mapping[int, Record]) -> bytes:
    """The same as a sheet (CSV, UTF-8 with a mark for Excel): a row for each item of evidence."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, _COLUMNS, lineterminator="\r\n", restval="")
    writer.writeheader()
    known = {each["id"]: each for each in appendix["sources"]}
    for entry, place in _placed(appendix, selectors):
        row = {
            "mark": place["index"],
            "section": place["title"],
            "words": " ".join(selectors[place["index"]]["exact"].split()),
            "claim": entry["id"],
            "note": note_of(entry),
        }
        for item in entry["items"] or [{"source": each} for each in entry["sources"] or [None]]:
            source = known.get(item["source"] or "", {})
            more = {
                "excerpt": item.get("text") or item.get("shows"),
                "translation": item.get("translation"),
                "document": item.get("document"),
                "place": item.get("locator") or entry["locator"],
                "codes": item.get("codes"),
                "source": source.get("title") or item["source"],
                "address": source.get("address"),
            }
            side = "against" if item.get("against") else "for"
            writer.writerow(
                {key: _cell(value) for key, value in {**row, "side": side, **more}.items()}
            )
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
