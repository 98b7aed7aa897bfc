"""What an archive holds, judged before and while it is unpacked."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.archive.layout import CRATE, SUMS
from bukti.archive.names import colliding, is_safe, shown
from bukti.archive.packing import SEAL_LENGTH, seal_of
from bukti.archive.structure import DEFLATED, Entry
from bukti.base.diagnostic import Diagnostic, Note, Problem, diagnose, note
from bukti.base.span import Span

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much an archive may hold: files, bytes, bytes for each byte of it.

    The ratio counts above `free` bytes only, since small files of tables pack very well.
    """

    files: int = 20_000
    size: int = 4 * 1024**3
    ratio: int = 200
    free: int = 64 * 1024**2

    def allowed(self, packed: int) -> int:
        """How many bytes so many packed ones may become."""
        return min(self.size, max(self.free, self.ratio * packed))


LIMITS = Limits()


def listing_faults(
    entries: Sequence[Entry], size: int, path: str, limits: Limits
) -> Iterator[Diagnostic]:
    """What is wrong with the names and sizes that an archive of `size` bytes states."""
    where = Span(path=path)
    for entry in entries:
        if not is_safe(entry.name):
            yield diagnose("ARC104", where, entry=shown(entry.name))
    for first, second in colliding(entry.name for entry in entries):
        yield diagnose("ARC106", where, entry=shown(second), other=shown(first))
    total = sum(entry.size for entry in entries)
    if total > limits.allowed(size):
        yield _oversized(path, total, limits.allowed(size))
    for entry in entries:
        if entry.size > limits.allowed(entry.packed):
            yield _oversized(path, entry.size, limits.allowed(entry.packed))


def nested_fault(path: str, sizes: Sequence[int], packed: int, limits: Limits) -> Diagnostic | None:
    """That an archive within the archive, `path`, states too much; None where it does not."""
    if len(sizes) > limits.files:
        why = note("archive-count", count=len(sizes), limit=limits.files)
        return diagnose("ARC109", Span(path=path), path=path, notes=(why,))
    total, allowed = sum(sizes), limits.allowed(packed)
    return _oversized(path, total, allowed) if total > allowed else None


def _oversized(path: str, size: int, limit: int) -> Diagnostic:
    why = note("archive-unpacked", size=size // 1024**2, limit=limit // 1024**2)
    return diagnose("ARC109", Span(path=path), path=path, notes=(why,))


def unpacked(data: memoryview, entry: Entry, path: str) -> Iterator[bytes]:
    """The bytes of a file, piece by piece, never more than its header states.

    Raises Problem, at the latest with the last piece, where they are not what the header states.
    """
    left, crc = entry.size, 0
    for piece in _pieces(data[entry.start : entry.start + entry.packed], entry, path):
        left -= len(piece)
        if left < 0:
            raise _differs(path, entry, note("archive-longer", size=entry.size))
        crc = zlib.crc32(piece, crc)
        yield piece
    if left:
        raise _differs(path, entry, note("archive-shorter", size=entry.size, missing=left))
    if crc != entry.crc:
        raise _differs(path, entry, note("archive-crc"))


def _pieces(packed: memoryview, entry: Entry, path: str) -> Iterator[bytes]:
    if entry.method != DEFLATED:
        for place in range(0, len(packed), _CHUNK):
            yield bytes(packed[place : place + _CHUNK])
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    place, waiting = 0, b""
    try:
        while not inflater.eof and (waiting or place < len(packed)):
            if not waiting:
                waiting = bytes(packed[place : place + _CHUNK])
                place += _CHUNK
            piece = inflater.decompress(waiting, _CHUNK)
            waiting = inflater.unconsumed_tail
            yield piece
    except zlib.error as error:
        raise _differs(path, entry, note("archive-damaged", reason=error)) from error
    if not inflater.eof or inflater.unused_data or place < len(packed):
        raise _differs(path, entry, note("archive-crc"))


def _differs(path: str, entry: Entry, why: Note) -> Problem:
    return Problem(diagnose("ARC110", Span(path=path), entry=shown(entry.name), notes=(why,)))


def digest_faults(
    found: Mapping[str, str], stated: Mapping[str, str] | None, path: str
) -> Iterator[Diagnostic]:
    """Where the files and the list of their digests do not agree; no list is a fault too."""
    where = Span(path=path)
    if stated is None:
        yield diagnose("ARC117", where, list=SUMS)
        return
    for name in sorted({*found, *stated} - {SUMS}):
        if name not in stated:
            yield diagnose("ARC112", where, entry=shown(name), list=SUMS)
        elif name not in found:
            yield diagnose("ARC113", where, entry=shown(name), list=SUMS)
        elif found[name] != stated[name]:
            yield diagnose(
                "ARC111",
                where,
                entry=shown(name),
                stated=stated[name][:12],
                found=found[name][:12],
            )


def seal_faults(data: memoryview, path: str) -> Iterator[Diagnostic]:
    """That the seal at the end is not that of the bytes before it."""
    if bytes(data[-SEAL_LENGTH:]) != seal_of(data[:-SEAL_LENGTH]):
        yield diagnose("ARC103", Span(path=path), path=path)


def crate_of(text: bytes | None, path: str) -> dict[str, Any]:
    """The content of the crate's description; Problem where there is none that can be read."""
    try:
        crate = json.loads(text or b"")
        entities = {entity["@id"]: entity for entity in crate["@graph"]}
        root = entities["./"]
        if not isinstance(root, dict) or root.get("@type") != "Dataset":
            raise ValueError("./")
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Problem(diagnose("ARC114", Span(path=path), file=CRATE)) from error
    return dict(crate)


def crate_faults(
    crate: Mapping[str, Any], found: Mapping[str, str], path: str
) -> Iterator[Diagnostic]:
    """Files that the crate does not describe, and no settings of a paper."""
    where = Span(path=path)
    if "bukti.yaml" not in found:
        yield diagnose("ARC115", where, path=path)
    described = {str(entity.get("@id")) for entity in crate["@graph"]}
    for name in sorted(found.keys() - {CRATE}):
        if crate_id(name) not in described:
            yield diagnose("ARC118", where, entry=shown(name), list=CRATE)


def crate_id(name: str) -> str:
    """How a crate names a file: its path as a URI reference (RFC 3986)."""
    from urllib.parse import quote

    return quote(name, safe="/-._~!$&'()*+,;=@")
