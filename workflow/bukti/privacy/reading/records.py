"""Texts in JSON: results, the ledger, passages, pandoc's trees, notebooks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bukti.privacy.finds import Piece, joined
from bukti.privacy.reading.markup import from_base64

_NO_NUMBERS = frozenset(("isbn", "ISBN", "issn", "ISSN"))
_CODED = re.compile(r"[A-Za-z0-9+/\s]{64,}={0,2}\s*")
_SHORT = 30
_MARKUP = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z])")


def json_record(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """Every text of a JSON file, the keys too; pictures and pages in it are files of their own."""
    value = json.loads(data.decode("utf-8-sig"), parse_float=_nothing)
    yield from texts_of(value)


def _nothing(number: str) -> None:
    return None


def texts_of(value: Any) -> Iterator[Piece | tuple[str, bytes]]:
    """Every text of a value as JSON has it."""
    texts: dict[str, None] = {}
    identifiers: dict[str, None] = {}
    running: list[str] = []
    known: set[tuple[str, ...]] = set()
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        key, item = waiting.pop()
        if isinstance(item, dict):
            keys = tuple(item)
            if keys not in known:
                known.add(keys)
                texts |= dict.fromkeys(keys)
            if "t" in item:
                running.append(_running(item))
            waiting += [(name, item[name]) for name in reversed(item)]
        elif isinstance(item, list):
            whole = _lines(key, item)
            waiting += [(key, each) for each in reversed(whole)]
        elif isinstance(item, str):
            inner = _file(item)
            if inner:
                yield inner
            else:
                (identifiers if key in _NO_NUMBERS else texts)[item] = None
        elif item is not None and not isinstance(item, bool):
            texts[str(item)] = None
    yield Piece(text=joined(texts))
    yield Piece(text=joined(identifiers), numbers=False)
    if running:
        yield Piece(text="".join(running))


def _lines(key: str, item: list[Any]) -> list[Any]:
    """The lines of a notebook's text as one."""
    together = key in ("text", "source") or "/" in key
    if together and item and all(isinstance(each, str) for each in item):
        return ["".join(item)]
    return item


def _running(node: dict[str, Any]) -> str:
    """What a node of pandoc's tree adds to the running text."""
    match node["t"]:
        case "Str" if isinstance(node.get("c"), str):
            return str(node["c"])
        case "Space":
            return " "
        case "Code" | "Math" | "Link" | "Span" | "Emph" | "Strong" | "Quoted" | "Cite":
            return ""
        case _:
            return "\n"


def _file(text: str) -> tuple[str, bytes] | None:
    """The file that a text is, if it is one: a page, a drawing, or bytes in base64."""
    if len(text) <= _SHORT:
        return None
    if _MARKUP.match(text):
        return "#markup", text.encode("utf-8", "surrogatepass")
    if len(text) >= 64 and _CODED.fullmatch(text):
        data = from_base64(text.encode())
        if data:
            return "#data", data
    return None
