"""XML of coding tools, read without entities, without a document type, without the network."""

from __future__ import annotations

import re
from typing import Any

from bukti.base.diagnostic import Problem, diagnose, note
from bukti.base.span import Span

_WEB_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_MARK = b"\xef\xbb\xbf"


def is_web_page(data: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    return _WEB_PAGE.match(data[:4096].removeprefix(_MARK)) is not None


def parsed(data: bytes, path: str, entry: str = "") -> Any:
    """The root element of an XML file; `entry` is its name in an archive.

    Raises Problem where it is no XML or declares a document type, whose entities could blow up.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if re.search(rb"<!(DOCTYPE|ENTITY)", data[:65536]):
            raise Problem(_document_type(path, entry)) from error
        raise Problem(_no_xml(path, entry, error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Problem(_document_type(path, entry))
    return root


def _document_type(path: str, entry: str) -> Any:
    return diagnose("QUA104", Span(path=path), entry=entry or path)


def _no_xml(path: str, entry: str, error: Any) -> Any:
    line = None if entry else error.lineno
    notes = (note("in-archive", entry=entry, line=error.lineno),) if entry else ()
    return diagnose("QUA105", Span(path=path, line=line), reason=error.msg, notes=notes)


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any, *names: str) -> list[Any]:
    """The child elements with one of these names."""
    return [] if element is None else [each for each in element if local(each) in names]


def child(element: Any, name: str) -> Any:
    """The first child element of a name, or None."""
    return next(iter(children(element, name)), None)


def text_of(element: Any) -> str:
    """All text within an element, as it stands; empty for None."""
    return "" if element is None else "".join(element.itertext())


def integer(element: Any, name: str) -> int | None:
    """A whole number in an attribute, of at most 18 digits; None where there is none."""
    value = (element.get(name) or "").strip()
    return int(value) if _INTEGER.fullmatch(value) else None
