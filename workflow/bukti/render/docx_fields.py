"""Pieces of WordprocessingML that stand in the text: fields, bookmarks, content controls."""

from __future__ import annotations

import hashlib
import re
from xml.sax.saxutils import escape, quoteattr

from bukti.base.tree import Node, Nodes
from bukti.render.nodes import raw_inline

_LONGEST_BOOKMARK = 40
_COUNTED = re.compile(r"([A-Z]*)([0-9]+)")  # the letters of an appendix are no part of the count
_LONGEST_TAG = 64  # Word refuses the file above this


def openxml(text: str) -> Node:
    """A raw passage of WordprocessingML within a line."""
    return raw_inline("openxml", text)


def run(text: str, language: str = "") -> str:
    """A run of text, in another language than the text around it where one is given."""
    spoken = f"<w:rPr><w:lang w:val={quoteattr(language)}/></w:rPr>" if language else ""
    return f'<w:r>{spoken}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab() -> Node:
    """A tab."""
    return openxml("<w:r><w:tab/></w:r>")


def bookmark_name(identifier: str) -> str:
    """An identifier as Word allows bookmarks to be named."""
    name = re.sub(r"\W", "_", identifier)
    if len(name) <= _LONGEST_BOOKMARK and name[:1].isalpha():
        return name
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return f"b_{name[: _LONGEST_BOOKMARK - 11]}_{digest}"


def bookmark_of(identifier: str) -> str:
    """A bookmark's name that no other identifier has, for ids that differ in their signs alone."""
    return f"b_{hashlib.sha256(identifier.encode()).hexdigest()[:16]}"


def bookmarked(identifier: str, number: int, inner: str) -> str:
    """A passage in a bookmark, so that fields can repeat it."""
    if not identifier:
        return inner
    name = bookmark_name(identifier)
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str, shown: str, language: str = "") -> str:
    """A field that Word can update, with what it shows now."""
    instr = quoteattr(f" {instruction} ")
    return f"<w:fldSimple w:instr={instr}>{run(shown, language)}</w:fldSimple>"


def numbered_label(label: str, number: str, identifier: str = "", mark: int = 0) -> str:
    """A label such as `Figure 1`, with its number counted by Word.

    With an identifier the number has a bookmark of its own, numbered `mark`.
    """
    parts = _COUNTED.fullmatch(number)
    word = label.removesuffix(number)
    if parts is None or not word.strip() or not label.endswith(number):
        return run(label)
    sequence = re.sub(r"\W", "", word + parts[1])
    before = run(parts[1]) if parts[1] else ""
    counted = before + field(f"SEQ {sequence} \\* ARABIC", parts[2])
    name = number_of(identifier) if identifier else ""
    return run(word) + bookmarked(name, mark, counted)


def number_of(identifier: str) -> str:
    """The name of the bookmark around a label's number."""
    return f"{identifier}:number"


def reference(identifier: str, label: str, language: str = "") -> Node:
    """A field that repeats the label of a figure, table or equation."""
    return openxml(field(f"REF {bookmark_name(identifier)} \\h", label, language))


def content_control(kind: str, claims: str, number: int, inlines: Nodes) -> Nodes:
    """A mark as a content control, which survives editing in a word processor."""
    tag = _fitting(f"{kind}:{claims}")
    properties = (
        f"<w:alias w:val={quoteattr(_fitting(claims))}/><w:tag w:val={quoteattr(tag)}/>"
        f'<w:id w:val="{number}"/>'
    )
    before = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>"
    return [openxml(before), *inlines, openxml("</w:sdtContent></w:sdt>")]


def _fitting(text: str) -> str:
    if len(text) <= _LONGEST_TAG:
        return text
    return text[: _LONGEST_TAG - 1].rpartition("+")[0] + "+" or text[:_LONGEST_TAG]
