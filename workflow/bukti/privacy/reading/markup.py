"""Texts, comments, attributes and embedded files of HTML, SVG and other XML."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote, unquote_to_bytes

from bukti.privacy.finds import Piece, joined
from bukti.privacy.reading.plain_text import decoded

_DATA = re.compile(
    r"data:(?=[\w;])(?P<kind>\w[\w.+-]*/[\w.+-]+)?(?:;[\w.-]+=[\w.+-]+){0,5}(?P<coded>;base64)?,"
)
_BASE64 = re.compile(r"[A-Za-z0-9+/=%\s]*")
_PERCENT = re.compile(r"[^\"<>()\s]*")
_RUNNING = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font"),
        *("i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time"),
        *("tspan", "u", "var", "wbr"),
    )
)
_WORD = re.compile(r"\{http://(?:schemas\.openxmlformats|purl\.oclc)\.org/(?:.*/)?wordprocessingml")
_WORD_BREAKS = frozenset(
    (
        *("p", "tr", "tc", "tab", "ptab", "br", "cr", "comment", "footnote", "endnote"),
        *("txbxContent",),
    )
)
_WORD_TEXTS = frozenset(["t", "delText", "instrText", "delInstrText"])
_DRAWN = frozenset(
    (
        *("d", "points", "transform", "viewBox", "style", "x", "y", "x1", "x2", "y1", "y2"),
        *("dx", "dy", "cx", "cy", "r", "rx", "ry", "width", "height", "offset"),
        *("gradientTransform", "patternTransform", "stroke-dasharray", "clip-path"),
    )
)
_START, _LONG = 64, 200
_SOURCES = ("script", "style")
_JSON = ("application/json", "application/ld+json")


def web_page(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """The texts of a web page: words, attributes, comments, scripts and embedded data."""
    from lxml import html

    text, inner = _without_data(_text(data))
    yield from inner
    parser = html.HTMLParser(huge_tree=True, no_network=True)
    root = html.document_fromstring(text, parser=parser) if text.strip() else None
    if root is not None:
        yield from _of_tree(root)
    if _cut_short(parser):
        yield Piece(text=text)


def document(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """The texts of an XML document; what it declares or names elsewhere is not followed."""
    from lxml import etree

    text, inner = _without_data(_text(data))
    yield from inner
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True
    )
    root = etree.fromstring(text.encode("utf-8"), parser) if text.strip() else None
    if root is not None:
        yield from _of_tree(root)
    yield Piece(text=text if root is None or _cut_short(parser) else _declared(text))


def _cut_short(parser: Any) -> bool:
    """Whether a parser gave up somewhere, so that what is behind it is in no tree."""
    return any(entry.level_name == "FATAL" for entry in parser.error_log)


def text_or_fragment(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """A text as it is, and, where it holds tags, also as it is read."""
    text = _text(data)
    yield Piece(text=text)
    if re.search(r"<[a-zA-Z!/]", text):
        yield from web_page(data)


def _text(data: bytes) -> str:
    text = decoded(data)
    if text is None:
        raise ValueError("no text")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")


def _declared(text: str) -> str:
    """What stands in front of the root: comments and what the document type declares."""
    return re.split(r"<[A-Za-z]", text, maxsplit=1)[0]


def _without_data(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """A text without the files that its addresses hold, and these files."""
    pieces: list[str] = []
    inner: list[tuple[str, bytes]] = []
    done = 0
    for match in _DATA.finditer(text):
        if match.start() < done:
            continue
        coded = (_BASE64 if match["coded"] else _PERCENT).match(text, match.end())
        assert coded
        content = unquote_to_bytes(coded.group())
        if match["coded"]:
            content = from_base64(content)
        if content:
            pieces.append(text[done : match.start()])
            done = coded.end()
            inner.append((f"data:{match['kind'] or ''}", content))
    return "".join([*pieces, text[done:]]), inner


def from_base64(data: bytes) -> bytes:
    """The bytes that base64 stands for; none where it is no base64."""
    try:
        return b64decode(b"".join(data.split()))
    except (Error, ValueError):
        return b""


def _of_tree(root: Any) -> Iterator[Piece | tuple[str, bytes]]:
    words: list[str] = []
    others: dict[str, None] = {}
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        node, left = waiting.pop()
        tag = _tag(node.tag)
        name, space = tag.name, tag.space
        if left:
            words += [space, "" if tag.word else node.tail or ""]
            continue
        text = node.text or "" if not tag.word or name in _WORD_TEXTS else ""
        waiting.append((node, True))
        if not name:  # a comment or an instruction
            others[node.text or ""] = None
        elif name in _SOURCES:
            yield from _source(node)
        else:
            if text[:_START].lstrip()[:1] == "{" and len(text) > _LONG:
                yield name, text.strip().encode("utf-8", "surrogatepass")
                text = ""
            words += [space, text]
            others |= dict.fromkeys(_attributes(node))
            waiting += [(child, False) for child in reversed(node)]
    yield Piece(text="".join(words))
    yield Piece(text=joined(others))


class _Tag(NamedTuple):
    """The name of an element, empty for comments; what parts it from its neighbours.

    In Word's documents text stands in certain elements only, and white space between others is
    none.
    """

    name: str
    space: str
    word: bool


@lru_cache(maxsize=4096)
def _tag(tag: Any) -> _Tag:
    if not isinstance(tag, str):
        return _Tag("", "", False)
    name = tag.rpartition("}")[2]
    if _WORD.match(tag):
        return _Tag(name, "\n" if name in _WORD_BREAKS else "", True)
    return _Tag(name, "" if name in _RUNNING else "\n", False)


def _attributes(node: Any) -> Iterator[str]:
    for name, value in node.attrib.items():
        if name not in _DRAWN:
            yield value
            if "%" in value:
                yield unquote(value)


def _source(node: Any) -> Iterator[Piece | tuple[str, bytes]]:
    text = "".join(node.itertext())
    if node.get("type") in _JSON:
        yield node.get("id") or "script", text.encode("utf-8", "surrogatepass")
    else:
        yield Piece(text=text)
