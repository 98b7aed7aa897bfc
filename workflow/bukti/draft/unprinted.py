"""What a Word draft holds and no paper takes over: tables of contents, and hidden words."""

from __future__ import annotations

from typing import Any

from bukti.draft.fields import Field, fields
from bukti.draft.vocabulary import words_for
from bukti.render.docx_xml import w

_P, _T = w("p"), w("t")


def is_hidden(run: Any) -> bool:
    """Whether a run is set so that no page shows it."""
    sign = run.find(f"{w('rPr')}/{w('vanish')}")
    hidden = sign is not None and sign.get(w("val"), "1") not in ("0", "false", "off")
    return hidden and run.find(_T) is not None


def contents_texts(root: Any) -> set[Any]:
    """The texts of the tables of contents and lists of tables or figures, with their headings."""
    found: set[Any] = set()
    for block in root.iter(w("sdt")):
        gallery = block.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
        if gallery is not None and gallery.get(w("val")) == "Table of Contents":
            found |= set(block.iter(_T))
    for each in fields(root):
        if each.is_contents:
            found |= {*each.result, *_heading_texts(each)}
    return found


def _heading_texts(contents: Field) -> list[Any]:
    """The texts of the paragraph before, if it is the heading of such a list."""
    first = next(contents.begin.iterancestors(_P), None)
    before = None if first is None else next(first.itersiblings(_P, preceding=True), None)
    texts = [] if before is None else list(before.iter(_T))
    words = " ".join("".join(text.text or "" for text in texts).split()).strip(" :.").lower()
    return texts if words in words_for("contents") else []


def drop_contents(root: Any) -> None:
    """Take the tables of contents out of a part."""
    texts = contents_texts(root)
    places = [node for each in fields(root) if each.is_contents for node in (each.begin, each.end)]
    paragraphs = dict.fromkeys(next(node.iterancestors(_P), None) for node in [*places, *texts])
    for paragraph in paragraphs:
        if paragraph is None or paragraph.getparent() is None:
            continue
        if texts.issuperset(paragraph.iter(_T)) and paragraph.getparent().tag != w("tc"):
            paragraph.getparent().remove(paragraph)
        for text in texts.intersection(paragraph.iter(_T)):
            text.text = ""


def drop_hidden(root: Any) -> None:
    """Take the hidden words out of a part."""
    for run in list(root.iter(w("r"))):
        if is_hidden(run):
            run.getparent().remove(run)
