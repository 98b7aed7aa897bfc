"""A word processor's file opened: its parts, or a message that says what it is instead."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MOST_BYTES = 512 * 1024 * 1024
_MOST_PARTS = 20_000
_MOST_XML = 64 * 1024 * 1024
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_PICTURES = ("word/media/", "Pictures/", "media/")
_MAIN = {".docx": "word/document.xml", ".odt": "content.xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts of a draft by their names; `suffix` is `.docx` or `.odt`."""

    name: str
    suffix: str
    parts: Mapping[str, bytes]

    @property
    def main(self) -> str:
        """The name of the part that holds the text."""
        relations = self.xml("_rels/.rels") if self.suffix == ".docx" else None
        for relation in [] if relations is None else relations:
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
        return _MAIN[self.suffix]

    @property
    def pictures(self) -> dict[str, bytes]:
        """The picture files by the addresses that pandoc gives them."""
        return {
            name.removeprefix("word/"): data
            for name, data in self.parts.items()
            if name.startswith(_PICTURES) and not name.endswith("/")
        }

    def xml(self, name: str) -> Any:
        """The root of a part; None where there is no such part. Raises Problem for broken XML."""
        data = self.parts.get(name)
        if data is None:
            return None
        if len(data) > _MOST_XML:
            raise Problem(diagnose("CFG144", Span(path=self.name), path=self.name))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise Problem(_broken(self.name, f"{name}: {error.msg}")) from error


def open_package(name: str, data: bytes) -> Package:
    """The parts of a .docx or .odt; `name` is what messages call it.

    Raises Problem for what is no such file: old, protected, broken or too large.
    """
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if data.startswith(_OLE):
        code = "CFG142" if _ENCRYPTED_PACKAGE in data else "CFG141"
        raise Problem(diagnose(code, Span(path=name), path=name))
    if suffix not in _MAIN:
        raise Problem(diagnose("CFG143", Span(path=name), path=name, suffix=suffix or "-"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise Problem(_broken(name, str(error))) from error
    package = Package(name=name, suffix=suffix, parts=_standard(parts))
    if package.main not in package.parts:
        raise Problem(_broken(name, package.main))
    _refuse_protected(package)
    return package


def _parts(name: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    size = sum(entry.file_size for entry in entries)
    if size > _MOST_BYTES or len(entries) > _MOST_PARTS:
        raise Problem(diagnose("CFG144", Span(path=name), path=name))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Problem(diagnose("CFG142", Span(path=name), path=name))
    return {entry.filename: archive.read(entry) for entry in entries}


def _standard(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts as most programs write them: names with slashes, transitional namespaces."""
    return {
        name.replace("\\", "/").lstrip("/"): _STRICT.sub(_TRANSITIONAL, data)
        if name.endswith((".xml", ".rels"))
        else data
        for name, data in parts.items()
    }


def _refuse_protected(package: Package) -> None:
    manifest = package.parts.get("META-INF/manifest.xml", b"")
    if package.suffix == ".odt" and b"encryption-data" in manifest:
        raise Problem(diagnose("CFG142", Span(path=package.name), path=package.name))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one file, without their pictures, which pandoc need not look at."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), b"" if name.startswith(_PICTURES) else data)
    return buffer.getvalue()


def _broken(name: str, reason: str) -> Any:
    return diagnose("CFG140", Span(path=name), path=name, reason=" ".join(reason.split())[:200])
