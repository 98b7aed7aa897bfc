"""Reads a paper in HTML back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.printed.pieces import PassageBuilder
from bukti.printed.records import FORMULA, Kind, Printed
from bukti.render.html_evidence import EVIDENCE

_BLOCK_NAMES = """
    address article aside blockquote body caption dd details div dl dt figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody
    td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(("script", "style", "template", "svg", "img", "title", "head", "noscript"))
_SILENT_CLASSES = frozenset(("footnote-ref", "footnote-back", "missing", "evidence"))
_DEEPEST = 200


def read_html(data: bytes, path: str = "-") -> Printed:
    """The passages, marks and evidence of a page; raises Problem where it is none.

    `path` is what a message names.
    """
    root = parse_page(data, path)
    reader = _Reader(builder=PassageBuilder(), signs=PassageBuilder())
    reader.element(root, _Around(), 0)
    return Printed(
        suffix="html",
        passages=reader.builder.result(),
        apart=reader.signs.result(),
        evidence=html_evidence(root),
    )


def parse_page(data: bytes, path: str = "-") -> Any:
    """The tree of a page; nothing is fetched. Raises Problem where there is no page."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Problem(diagnose("VER201", Span(path=path), format="HTML")) from error


def html_evidence(root: Any) -> dict[str, Any]:
    """The evidence inside a page, by language."""
    found: dict[str, Any] = {}
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            evidence = _evidence(script.text or "")
            if evidence is not None:
                found[evidence["language"]] = evidence
    return found


def _evidence(text: str) -> dict[str, Any] | None:
    try:
        data = json.loads(text)
    except ValueError:
        return None
    evidence = data.get(EVIDENCE) if isinstance(data, dict) else None
    if not isinstance(evidence, dict) or not isinstance(evidence.get("language"), str):
        return None
    return evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What holds of an element from those around it."""

    kind: Kind = Kind.PARAGRAPH
    language: str = ""
    name: str | None = None


@dataclass(slots=True, kw_only=True)
class _Reader:
    builder: PassageBuilder
    signs: PassageBuilder

    def element(self, element: Any, around: _Around, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        classes = frozenset((element.get("class") or "").split()) if tag else frozenset()
        if depth > _DEEPEST or not tag or tag in _SILENT or classes & _SILENT_CLASSES:
            return
        if "draft" in classes and tag == "p":
            self.signs.add("".join(element.itertext()))
            self.signs.end(Kind.PARAGRAPH)
        elif tag == "math":
            self.builder.add(FORMULA)
        elif tag == "br":
            self.builder.add(" ")
        elif tag in _BLOCKS or _is_row_part(element):
            self._block(element, tag, _inside(element, tag, classes, around), around, depth)
        elif "mark" in classes and element.get("data-claims"):
            self._open_mark(element)
            self._content(element, around, depth)
            self.builder.close_mark()
        else:
            self._content(element, around, depth)

    def _open_mark(self, element: Any) -> None:
        scheme, index = element.get("data-kind") or "claim", element.get("data-index") or ""
        claims = tuple(element.get("data-claims").split("+"))
        self.builder.open_mark(scheme, claims, int(index) if index.isdecimal() else None)

    def _block(self, element: Any, tag: str, inside: _Around, around: _Around, depth: int) -> None:
        self._end(around)
        self._content(element, inside, depth)
        self._end(inside)

    def _content(self, element: Any, around: _Around, depth: int) -> None:
        self.builder.add(element.text or "")
        for each in element:
            self.element(each, around, depth + 1)
            self.builder.add(each.tail or "")

    def _end(self, around: _Around) -> None:
        self.builder.end(around.kind, language=around.language, element=around.name)


def _is_row_part(element: Any) -> bool:
    """Whether an element is one of two languages that stand side by side in a line."""
    above = element.getparent()
    return above is not None and "row" in (above.get("class") or "").split()


def _inside(element: Any, tag: str, classes: frozenset[str], around: _Around) -> _Around:
    kind = around.kind
    if tag in _HEADINGS:
        kind = Kind.HEADING
    elif tag in ("td", "th"):
        kind = Kind.CELL
    elif tag in ("figcaption", "caption"):
        kind = Kind.CAPTION
    elif "csl-entry" in classes:
        kind = Kind.REFERENCE
    elif "footnotes" in classes:
        kind = Kind.NOTE
    return _Around(
        kind=kind,
        language=element.get("lang") or around.language,
        name=element.get("id") or around.name,
    )
