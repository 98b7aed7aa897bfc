"""The door of the archive: it is read and unpacked here, and nowhere else."""

from __future__ import annotations

import mmap
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from bukti.archive.contents import (
    LIMITS,
    Limits,
    crate_faults,
    crate_of,
    digest_faults,
    listing_faults,
    nested_fault,
    seal_faults,
    unpacked,
)
from bukti.archive.layout import CRATE, PROGRAMS, SUMS, Archive
from bukti.archive.packing import stated_sums
from bukti.archive.structure import Entry, entries_of
from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span

_MOST_SAID = 20


def opened(
    source: Path | bytes, into: Path, *, shown_as: str = "", limits: Limits = LIMITS
) -> Archive:
    """Check an archive and unpack it into a new folder; `shown_as` is its name in messages.

    Raises Problem where it is not whole, not safe, or not as its own lists say; then, as after
    any other error, nothing is left of it.
    """
    path = shown_as or (source.name if isinstance(source, Path) else "archive.zip")
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise Problem(diagnose("ARC116", Span(path=into.name), path=into))
    with _bytes_of(source, path) as data:
        entries = entries_of(data, path, limits.files)
        _refuse(listing_faults(entries, len(data), path, limits))
        try:
            into.mkdir(parents=True, exist_ok=True)
            return _unpack(data, entries, into, path, limits)
        except BaseException:
            shutil.rmtree(into, ignore_errors=True)
            raise


@contextmanager
def _bytes_of(source: Path | bytes, path: str) -> Iterator[memoryview]:
    if isinstance(source, bytes):
        yield memoryview(source)
        return
    try:
        with source.open("rb") as file:
            size = file.seek(0, 2)
            if size == 0:
                raise Problem(diagnose("ARC101", Span(path=path), path=path))
            # Never closed by hand: what failed may still hold a part of it.
            yield memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError as error:
        raise Problem(diagnose("CFG104", Span(path=path), path=path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(diagnose("CFG105", Span(path=path), path=path, reason=reason)) from error


def _refuse(faults: Iterator[Diagnostic]) -> None:
    found = tuple(fault for fault, _ in zip(faults, range(_MOST_SAID), strict=False))
    if found:
        raise Problem(*found)


def _unpack(
    data: memoryview, entries: Sequence[Entry], into: Path, path: str, limits: Limits
) -> Archive:
    found = {entry.name: _write(data, entry, into, path) for entry in entries}
    _refuse(digest_faults(found, _stated(into), path))
    _refuse(_nested(into, entries, limits))
    text = (into / CRATE).read_bytes() if CRATE in found else None
    crate = crate_of(text, path)
    _refuse(crate_faults(crate, found, path))
    _refuse(seal_faults(data, path))
    root = next(entity for entity in crate["@graph"] if entity["@id"] == "./")
    return Archive(
        root=into,
        name=str(root.get("identifier", "")),
        version=str(root.get("version", "")),
        digest=sha256(data).hexdigest(),
        files=found,
        crate=crate,
    )


def _write(data: memoryview, entry: Entry, into: Path, path: str) -> str:
    """Write a file below the folder; its SHA-256."""
    target = into / entry.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    with target.open("xb") as stream:
        for piece in unpacked(data, entry, path):
            digest.update(piece)
            stream.write(piece)
    if entry.name in PROGRAMS:
        target.chmod(0o755)
    return digest.hexdigest()


def _stated(into: Path) -> dict[str, str] | None:
    try:
        return stated_sums((into / SUMS).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def _nested(into: Path, entries: Sequence[Entry], limits: Limits) -> Iterator[Diagnostic]:
    """Archives within the archive that would become too large; they are not opened here."""
    for entry in entries:
        target = into / entry.name
        with target.open("rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                continue
        try:
            with zipfile.ZipFile(target) as package:
                sizes = [each.file_size for each in package.infolist()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            continue  # whoever reads it says that it is damaged
        fault = nested_fault(entry.name, sizes, entry.size, limits)
        if fault:
            yield fault
