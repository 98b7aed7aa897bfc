"""The structure of a zip, read strictly: every byte belongs to something, nothing is said twice.

APPNOTE.TXT 6.3 (PKWARE) is the format; what bukti never writes is refused, so that no two programs
can see different files in one archive.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from bukti.archive.names import shown
from bukti.archive.packing import SEAL, SEAL_LENGTH
from bukti.base.diagnostic import Diagnostic, Note, Problem, diagnose, note
from bukti.base.span import Span

STORED, DEFLATED = 0, 8
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8, _ENCRYPTED = 0x800, 0x1
_MOST_COMMENT = 0xFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file in a zip: where its bytes begin, how many they are packed and unpacked, their CRC."""

    name: str
    method: int
    start: int
    packed: int
    size: int
    crc: int


def entries_of(data: memoryview, path: str, most: int) -> tuple[Entry, ...]:
    """The files of a whole archive, in the order of their bytes.

    `path` is the archive's in messages, `most` how many files it may have. Raises Problem for what
    is no archive, is damaged, or holds what is no plain file.
    """
    count, size, offset = _end(data, path)
    if count > most:
        raise Problem(_too_large(path, note("archive-count", count=count, limit=most)))
    if offset + size != len(data) - SEAL_LENGTH - _END.size:
        raise Problem(_damaged(path, note("archive-gap")))
    return tuple(_listed(data, path, count, offset))


def _end(data: memoryview, path: str) -> tuple[int, int, int]:
    """What the record at the end says: how many entries, the size and place of their list."""
    if bytes(data[:4]) != b"PK\x03\x04":
        raise Problem(diagnose("ARC101", Span(path=path), path=path))
    place = len(data) - SEAL_LENGTH - _END.size
    fields = _END.unpack(data[place : place + _END.size]) if place > 0 else None
    seal = bytes(data[-SEAL_LENGTH:][: len(SEAL)])
    if not fields or fields[0] != b"PK\x05\x06" or fields[7] != SEAL_LENGTH or seal != SEAL:
        tail = bytes(data[-(_MOST_COMMENT + _END.size) :])
        if b"PK\x05\x06" in tail:
            raise Problem(diagnose("ARC103", Span(path=path), path=path))
        raise Problem(_damaged(path, note("archive-truncated")))
    _, disk, first, here, count, size, offset, _ = fields
    if (disk, first, here) != (0, 0, count):
        raise Problem(_damaged(path, note("archive-parts")))
    return count, size, offset


def _listed(data: memoryview, path: str, count: int, offset: int) -> Iterator[Entry]:
    place, expected = offset, 0
    faults: list[Diagnostic] = []
    for _ in range(count):
        fields = _unpacked(_CENTRAL, data, place, b"PK\x01\x02", path)
        name_length, extra, comment = fields[10:13]
        name = _name(data, place + _CENTRAL.size, name_length, fields[3], path)
        faults += _unusual(path, name, fields)
        if faults:
            raise Problem(*faults)
        entry, after = _entry(data, path, name, fields)
        if fields[16] != expected or extra or comment:
            raise Problem(_damaged(path, note("archive-gap")))
        yield entry
        place, expected = place + _CENTRAL.size + name_length, after
    if expected != offset or place != len(data) - SEAL_LENGTH - _END.size:
        raise Problem(_damaged(path, note("archive-gap")))


def _unpacked(
    form: struct.Struct, data: memoryview, place: int, sign: bytes, path: str
) -> tuple[int, ...]:
    part = data[place : place + form.size]
    if len(part) != form.size or bytes(part[:4]) != sign:
        raise Problem(_damaged(path, note("archive-truncated")))
    return form.unpack(part)


def _name(data: memoryview, start: int, length: int, flags: int, path: str) -> str:
    raw = bytes(data[start : start + length])
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "ascii")
    except UnicodeDecodeError as error:
        entry = raw.decode("ascii", "backslashreplace")
        raise Problem(diagnose("ARC104", Span(path=path), entry=shown(entry))) from error


def _unusual(path: str, name: str, fields: tuple[int, ...]) -> Iterator[Diagnostic]:
    """What is no plain file, or packed in a way that bukti does not write."""
    flags, method, mode = fields[3], fields[4], fields[15] >> 16
    where = Span(path=path)
    if flags & _ENCRYPTED:
        yield diagnose("ARC107", where, entry=shown(name))
    elif flags & ~_UTF8 or method not in (STORED, DEFLATED):
        reason = f"flags {flags:#06x}, method {method}"
        yield diagnose("ARC108", where, entry=shown(name), reason=reason)
    elif name.endswith("/") or not stat.S_ISREG(mode):
        yield diagnose("ARC105", where, entry=shown(name))


def _entry(data: memoryview, path: str, name: str, central: tuple[int, ...]) -> tuple[Entry, int]:
    """The entry as both its headers have it, and where the next one begins."""
    local = _unpacked(_LOCAL, data, central[16], b"PK\x03\x04", path)
    # version, flags, method, time, date, CRC, packed and real size, length of the name
    if local[1:10] != central[2:11] or local[10]:
        raise Problem(_damaged(path, note("archive-headers", entry=shown(name))))
    start = central[16] + _LOCAL.size
    if bytes(data[start : start + local[9]]) != name.encode():
        raise Problem(_damaged(path, note("archive-headers", entry=shown(name))))
    start += local[9]
    after = start + central[8]
    if after > len(data):
        raise Problem(_damaged(path, note("archive-truncated")))
    entry = Entry(
        name=name,
        method=central[4],
        start=start,
        packed=central[8],
        size=central[9],
        crc=central[7],
    )
    return entry, after


def _damaged(path: str, why: Note) -> Diagnostic:
    return diagnose("ARC102", Span(path=path), path=path, notes=(why,))


def _too_large(path: str, why: Note) -> Diagnostic:
    return diagnose("ARC109", Span(path=path), path=path, notes=(why,))
