"""Files as one zip: the same files give the same bytes, and a seal covers every one of them.

The seal is the zip's comment: the SHA-256 of all bytes before it. It tells damage and change, not
who made them: whoever packs other files can seal these too.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from io import BytesIO

from bukti.archive.layout import PROGRAMS, SUMS
from bukti.base.digest import digest_bytes

SEAL = b"sha256:"
SEAL_LENGTH = len(SEAL) + 64
OLDEST = (1980, 1, 1, 0, 0, 0)
FILE, PROGRAM = 0o100644, 0o100755
_LEVEL = 6


def packed(files: Mapping[str, bytes]) -> bytes:
    """The sealed zip of files by their paths."""
    return sealed(zipped(files))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The zip of files by their paths, in the order of these, without any clock or owner."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=OLDEST)
            entry.create_system = 3
            entry.external_attr = (PROGRAM if name in PROGRAMS else FILE) << 16
            entry.compress_type = _method(files[name])
            archive.writestr(entry, files[name], compresslevel=_LEVEL)
    return buffer.getvalue()


def _method(data: bytes) -> int:
    """Deflate where it makes a file smaller."""
    sample = data[: 1 << 20]
    smaller = len(zlib.compress(sample, _LEVEL)) < len(sample)
    return zipfile.ZIP_DEFLATED if smaller else zipfile.ZIP_STORED


def sealed(data: bytes) -> bytes:
    """A zip without a comment, with the seal as its comment."""
    body = data[:-2] + struct.pack("<H", SEAL_LENGTH)
    return body + seal_of(body)


def seal_of(body: bytes | memoryview) -> bytes:
    """The seal of all bytes before it."""
    return SEAL + sha256(body).hexdigest().encode()


def sums(digests: Mapping[str, str]) -> str:
    """The list of the digests of all files but itself, sorted, as `sha256sum` writes it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests) if name != SUMS)


def with_sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, and the list of their digests."""
    digests = {name: digest_bytes(data) for name, data in files.items()}
    return {**files, SUMS: sums(digests).encode()}


def stated_sums(text: str) -> dict[str, str] | None:
    """The digests that such a list states; None for what is no list."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        digest, gap, name = line[:64], line[64:66], line[66:]
        if gap != "  " or not name or not _is_digest(digest) or name in found:
            return None
        found[name] = digest
    return found


def _is_digest(text: Iterable[str]) -> bool:
    signs = [*text]
    return len(signs) == 64 and all(sign in "0123456789abcdef" for sign in signs)
