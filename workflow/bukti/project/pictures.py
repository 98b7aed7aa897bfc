"""Picture files of the manuscript: their kinds, and which one an address in the text means."""

from __future__ import annotations

import posixpath
import warnings
from collections.abc import Collection
from difflib import get_close_matches
from functools import lru_cache
from urllib.parse import unquote

SET = (".png", ".jpg", ".jpeg", ".gif", ".svg")
"""The suffixes of pictures that every format can show."""

NOT_SET = (
    ".pdf",
    ".eps",
    ".ps",
    ".tif",
    ".tiff",
    ".bmp",
    ".webp",
    ".avif",
    ".heic",
    ".emf",
    ".wmf",
    ".ai",
)
"""The suffixes of pictures that some format cannot show."""

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"%!PS", "EPS"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
    (b"\x01\x00\x00\x00", "EMF"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
)
_MOST_PIXELS = 60_000_000  # decoded on every check
_KINDS = {"JPG": "JPEG", "TIF": "TIFF", "PS": "EPS", "AI": "PDF"}


def picture_at(address: str, folder: str, pictures: Collection[str]) -> str | None:
    """The picture file that an address means, or None.

    `folder` is that of the chapter. An address counts from there, then from the folder of
    bukti.yaml; a bare name is also looked for in all folders of the manuscript.
    """
    for written in (address, unquote(address)):
        for path in (posixpath.join(folder, written), written):
            whole = posixpath.normpath(path)
            if whole in pictures:
                return whole
    name = unquote(address)
    named = [path for path in sorted(pictures) if posixpath.basename(path) == name]
    return named[0] if named else None


def in_other_case(address: str, folder: str, pictures: Collection[str]) -> str | None:
    """The picture file that an address would mean if capitals were all one, or None."""
    folded = {path.casefold(): path for path in sorted(pictures, reverse=True)}
    found = picture_at(address.casefold(), folder.casefold(), folded)
    return folded[found] if found else None


def near_names(address: str, pictures: Collection[str]) -> tuple[str, ...]:
    """The names of picture files that are much like that of an address."""
    names = sorted({posixpath.basename(path) for path in pictures})
    return tuple(get_close_matches(posixpath.basename(unquote(address)), names, n=3, cutoff=0.6))


def kind_of(data: bytes) -> str | None:
    """What kind of picture some bytes are, by how they begin; None if of none that is known."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return "AVIF" if data[8:12] in (b"avif", b"avis") else "HEIC"
    if b"<svg" in data[:4096] and data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "SVG"
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), None)


def kind_by_name(path: str) -> str:
    """What kind of picture a file is by its name; empty where its name has no suffix."""
    suffix = posixpath.splitext(path)[1].removeprefix(".").upper()
    return _KINDS.get(suffix, suffix)


@lru_cache(maxsize=32)
def reads(data: bytes) -> bool:
    """Whether a picture is whole, so that every format can show it.

    Of very large ones only the beginning is looked at.
    """
    if kind_of(data) == "SVG":
        from lxml import etree

        try:
            etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return False
        return True
    return _pixels_read(data)


def _pixels_read(data: bytes) -> bool:
    import io

    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
            if picture.size[0] * picture.size[1] <= _MOST_PIXELS:
                picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
