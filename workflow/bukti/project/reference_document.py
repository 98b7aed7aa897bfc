"""A journal's own Word document, whose styles and page the papers in Word take over."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from lxml import etree

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.span import Span
from bukti.tools.yaml_files import Document

REFERENCE = "manuscript/templates/reference.docx"
_SUFFIXES = (".docx", ".dotx", ".docm", ".dotm")
_MOST_BYTES = 64 * 1024 * 1024
_NEEDED = ("[Content_Types].xml", "word/document.xml", "word/styles.xml")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNREADABLE = (OSError, NotImplementedError, RuntimeError, ValueError, zlib.error)
_MACROS = "vbaproject.bin"


def reference_of(document: Document, root: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    """The path of the reference document, empty where there is none to use, and its faults.

    `document` is `bukti.yaml`; without a path there, the file of the usual name is taken.
    """
    given = document.data.get("page", {}).get("reference")
    name = str(given or REFERENCE)
    file = root / name
    span = document.span(("page", "reference")) if given else Span(path=REFERENCE)
    if not file.is_file():
        return "", (diagnose("REN150", span, path=name),) if given else ()
    if not file.resolve().is_relative_to(root.resolve()):
        return "", (diagnose("REN150", span, path=name),)
    fault, macros = _opened(file)
    if fault:
        return "", (diagnose("REN151", span, notes=[fault], path=name),)
    return name, (diagnose("REN152", span, path=name),) if macros else ()


def _opened(file: Path) -> tuple[Note | None, bool]:
    """Why a file is no usable document, if it is none, and whether it has macros."""
    if file.suffix.lower() not in _SUFFIXES:
        return note("reference-no-word"), False
    try:
        with file.open("rb") as stream:
            if stream.read(len(_OLE)) == _OLE:
                return note("reference-old"), False
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            names = sorted({entry.filename for entry in entries})
            if not {*_NEEDED} <= {*names}:
                return note("reference-no-word"), False
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                return note("reference-large", limit=_MOST_BYTES // 2**20), False
            for name in (each for each in names if each.endswith((".xml", ".rels"))):
                etree.fromstring(package.read(name), _parser())
    except (zipfile.BadZipFile, etree.XMLSyntaxError, *_UNREADABLE):
        return note("reference-damaged" if zipfile.is_zipfile(file) else "reference-no-word"), False
    return None, any(name.lower().endswith(_MACROS) for name in names)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
