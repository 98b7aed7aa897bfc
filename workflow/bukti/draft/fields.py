"""Complex fields of a Word draft, in which reference managers keep citations and their list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from bukti.draft.csl import UNREAD, identified
from bukti.render.docx_xml import w

_CSL = re.compile(r"^\s*(?:ADDIN\s+)?(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(\{.*)$", re.DOTALL)
_BIBLIOGRAPHY = re.compile(
    r"^\s*(?:ADDIN\s+(?:ZOTERO_BIBL|EN\.REFLIST|Mendeley Bibliography|CSL_BIBLIOGRAPHY)"
    r"|ZOTERO_BIBL|BIBLIOGRAPHY(?:\s|$))"
)
_CONTENTS = re.compile(r"^\s*TOC(?:\s|$)")
_CITATION = re.compile(r"^\s*ADDIN\s+(?:ZOTERO_ITEM|CSL_CITATION|EN\.CITE)")
LIST_CODE = "ADDIN CSL_BIBLIOGRAPHY"
UNREAD_CODE = f'ADDIN ZOTERO_ITEM CSL_CITATION {{"citationItems": [{{"id": "{UNREAD}"}}]}}'
"""A citation of which nothing is known; what the field shows will stand."""


@dataclass(slots=True)
class Field:
    """A complex field: its signs, the runs of its code and all that it shows."""

    begin: Any
    end: Any = None
    code: list[Any] = field(default_factory=list)
    result: list[Any] = field(default_factory=list)
    within: list[Field] = field(default_factory=list)
    showing: bool = False

    @property
    def text(self) -> str:
        """The field's code."""
        return "".join(node.text or "" for node in self.code)

    @property
    def shown(self) -> str:
        """The words that it shows."""
        return "".join(node.text or "" for node in self.result)

    @property
    def is_citation(self) -> bool:
        """Whether a reference manager keeps a citation in it that pandoc reads."""
        return _CITATION.match(self.text) is not None

    @property
    def is_bibliography(self) -> bool:
        """Whether it shows the list that a reference manager made."""
        return is_list_code(self.text)

    @property
    def is_contents(self) -> bool:
        """Whether it shows a table of contents, or a list of tables or figures."""
        return _CONTENTS.match(self.text) is not None

    def recode(self, text: str) -> None:
        """Give the field another code, in place; what else its code held is gone."""
        for node in [*self.code, *(node for each in self.within for node in each.code)]:
            node.text = ""
        self.code[0].text = f" {text} "


def is_list_code(text: str) -> bool:
    """Whether a field's code is that of a list of references."""
    return _BIBLIOGRAPHY.match(text) is not None


def fields(root: Any) -> Iterator[Field]:
    """Every complex field of a part, inner ones before those around them."""
    open_: list[Field] = []
    for node in root.iter(w("fldChar"), w("instrText"), w("t")):
        if node.tag == w("fldChar"):
            kind = node.get(w("fldCharType"))
            if kind == "begin":
                open_.append(Field(begin=node))
            elif kind == "separate" and open_:
                open_[-1].showing = True
            elif kind == "end" and open_:
                ended = open_.pop()
                ended.end = node
                if open_ and not open_[-1].showing:
                    open_[-1].within.append(ended)
                yield ended
        elif node.tag == w("instrText") and open_:
            open_[-1].code.append(node)
        else:
            for each in open_:
                if each.showing:
                    each.result.append(node)


def citation_in(code: str) -> dict[str, Any] | None:
    """The citation in CSL's form that a field's code or a mark's name holds."""
    match = _CSL.match(code)
    return object_in(match[1]) if match else None


def citation_code(citation: Mapping[str, Any]) -> str:
    """The code of a field that pandoc takes for this citation."""
    whole = identified(citation)
    if not whole["citationItems"]:
        return UNREAD_CODE
    return f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(whole, ensure_ascii=False)}"


def object_in(text: str) -> dict[str, Any] | None:
    """The object that a text opens with; reference managers write more words behind it."""
    try:
        data, _ = json.JSONDecoder(strict=False, parse_constant=str).raw_decode(text)
    except (json.JSONDecodeError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def opening(code: str) -> list[Any]:
    """The runs that begin a field."""
    return [_char("begin"), _code(code), _char("separate")]


def closing() -> Any:
    """The run that ends a field."""
    return _char("end")


def wrapped(code: str, nodes: Sequence[Any]) -> list[Any]:
    """Runs as what a field shows."""
    return [*opening(code), *nodes, closing()]


def _char(kind: str) -> Any:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("fldChar"), {w("fldCharType"): kind})
    return run


def _code(text: str) -> Any:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("instrText")).text = f" {text} "
    return run
