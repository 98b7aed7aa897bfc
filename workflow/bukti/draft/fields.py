"""The fields in which reference managers keep their citations, made ready for pandoc.

pandoc reads what Zotero and Mendeley write (`ADDIN ... CSL_CITATION {json}`), but takes an item's
id as it is, while Mendeley counts items from 1 in every citation anew. So each item gets an id by
what it is. Mendeley Cite's content controls are turned into such fields first.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bukti.base.digest import canonical_json, digest_bytes
from bukti.render.docx_xml import w

_CSL = re.compile(r"^\s*ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(\{.*)$", re.DOTALL)
_BIBLIOGRAPHY = re.compile(
    r"^\s*ADDIN\s+(?:ZOTERO_BIBL|EN\.REFLIST|Mendeley Bibliography|CSL_BIBLIOGRAPHY)"
)
_CITATION = re.compile(r"^\s*ADDIN\s+(?:ZOTERO_ITEM|CSL_CITATION|EN\.CITE)")
_CONTROL = "MENDELEY_CITATION_v3_"


@dataclass(slots=True)
class Field:
    """A complex field: the runs of its code and all that it shows."""

    code: list[Any] = field(default_factory=list)
    result: list[Any] = field(default_factory=list)
    showing: bool = False

    @property
    def text(self) -> str:
        """The field's code."""
        return "".join(node.text or "" for node in self.code)

    @property
    def is_citation(self) -> bool:
        """Whether a reference manager keeps a citation in it that pandoc reads."""
        return _CITATION.match(self.text) is not None

    @property
    def is_bibliography(self) -> bool:
        """Whether it shows the list that a reference manager made."""
        return _BIBLIOGRAPHY.match(self.text) is not None


def fields(root: Any) -> Iterator[Field]:
    """Every complex field of a part, inner ones before those around them."""
    open_: list[Field] = []
    for node in root.iter(w("fldChar"), w("instrText"), w("t")):
        if node.tag == w("fldChar"):
            kind = node.get(w("fldCharType"))
            if kind == "begin":
                open_.append(Field())
            elif kind == "separate" and open_:
                open_[-1].showing = True
            elif kind == "end" and open_:
                yield open_.pop()
        elif node.tag == w("instrText") and open_:
            open_[-1].code.append(node)
        else:
            for each in open_:
                if each.showing:
                    each.result.append(node)


def with_own_ids(root: Any) -> None:
    """Give each cited item an id by what it is, in place."""
    _open_controls(root)
    for each in list(fields(root)):
        match = _CSL.match(each.text)
        data = _json(match[1]) if match else None
        if data is None:
            continue
        for item in data.get("citationItems", ()):
            if isinstance(item, dict) and isinstance(item.get("itemData"), dict):
                _identify(item)
        first, *others = each.code
        first.text = f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(data, ensure_ascii=False)} "
        for other in others:
            other.text = ""


def _identify(item: dict[str, Any]) -> None:
    content = {key: value for key, value in item["itemData"].items() if key != "id"}
    item["id"] = "x" + digest_bytes(canonical_json(content).encode())[-16:]
    item["itemData"]["id"] = item["id"]


def _json(text: str) -> dict[str, Any] | None:
    """The object that a text opens with; reference managers write more words behind it."""
    try:
        data, _ = json.JSONDecoder(strict=False, parse_constant=str).raw_decode(text)
    except (json.JSONDecodeError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _open_controls(root: Any) -> None:
    for control in list(root.iter(w("sdt"))):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        value = "" if tag is None else str(tag.get(w("val"), ""))
        content = control.find(w("sdtContent"))
        if not value.startswith(_CONTROL) or content is None:
            continue
        data = _decoded(value.removeprefix(_CONTROL))
        if data is None or control.getparent() is None or control.getparent().tag != w("p"):
            continue
        code = f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(data, ensure_ascii=False)} "
        parent, shown = control.getparent(), list(content)
        place = parent.index(control)
        before = [_char("begin"), _code(code), _char("separate")]
        parent[place : place + 1] = [*before, *shown, _char("end")]


def _decoded(text: str) -> dict[str, Any] | None:
    try:
        return _json(base64.b64decode(text + "=" * (-len(text) % 4)).decode("utf-8"))
    except ValueError:
        return None


def _char(kind: str) -> Any:
    run = _run()
    sign = run.makeelement(w("fldChar"), {w("fldCharType"): kind})
    run.append(sign)
    return run


def _code(text: str) -> Any:
    run = _run()
    code = run.makeelement(w("instrText"), {})
    code.text = text
    run.append(code)
    return run


def _run() -> Any:
    from lxml import etree

    return etree.Element(w("r"))
