"""Whether the pictures of a figure, from whatever kernel, are whole and need nothing else."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"
_ADDRESS = re.compile(r"""(?:href|src)\s*=\s*["']\s*(?!data:|#)([^"']+)|url\(\s*["']?(?!data:|#)""")


def faults(
    path: str, cell: int, figure: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Diagnostic]:
    """Languages that a figure lacks, and files that are none or lead elsewhere."""
    where = Span(path=path, cell=cell)
    for language in languages:
        if language not in figure["files"]:
            yield diagnose("FIG105", where, id=figure["id"], language=language)
            continue
        pair = figure["files"][language]
        for suffix, reason in (("svg", _svg(pair["svg"])), ("png", _png(pair["png"]))):
            if reason:
                yield diagnose(
                    "FIG106",
                    where,
                    id=figure["id"],
                    language=language,
                    kind=suffix.upper(),
                    reason=reason,
                )


def _svg(text: str) -> str:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        return str(error.msg)
    if etree.QName(root).localname != "svg":
        return f"<{etree.QName(root).localname}>"
    found = _ADDRESS.search(text)
    return found[0] if found else ""


def _png(text: str) -> str:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        return str(error)
    whole = data.startswith(_PNG) and data.endswith(_PNG_END)
    return "" if whole else repr(data[:8])
