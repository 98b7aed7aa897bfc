"""Pictures of the text that are not there, damaged, or of a kind that some format cannot show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from bukti.base.diagnostic import Note, note
from bukti.project.pictures import (
    NOT_SET,
    SET,
    in_other_case,
    kind_by_name,
    kind_of,
    near_names,
    picture_at,
    reads,
)

Finding = tuple[str, dict[str, str], Note | None]

_MADE = ("figure:", "table:")  # by notebooks
_MARKS = ("claim:", "given:")  # where no mark can stand, which is told elsewhere
_ELSEWHERE = ("http:", "https:", "ftp:", "//")
_SETTABLE = frozenset(kind_by_name(f"x{suffix}") for suffix in SET)
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureUse:
    """A picture of the text: its address, the words that say what it shows, its caption."""

    address: str
    words: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The picture files of the manuscript, by their paths; `read` gives a file's bytes."""

    names: frozenset[str] = frozenset()
    read: Callable[[str], bytes] = field(default=lambda path: b"")

    @staticmethod
    def is_made(address: str) -> bool:
        """Whether an address is that of a notebook's figure or table."""
        return address.startswith(_MADE)

    def at(self, address: str, folder: str) -> str | None:
        """The file that an address means in a chapter of a folder; None for none."""
        return picture_at(address, folder, self.names) if address else None


def address_to_set(address: str, folder: str, pictures: Pictures) -> str | None:
    """The address by which the writers find a picture; None for one that cannot be shown."""
    if Pictures.is_made(address):
        return address
    fault = picture_fault(address, folder, pictures)
    return None if fault and fault[0] != "REN126" else pictures.at(address, folder)


def without_words(use: PictureUse) -> bool:
    """Whether nothing but its caption says what a picture file shows."""
    return not use.address.startswith((*_MADE, *_MARKS)) and use.words in ("", use.caption)


def picture_fault(address: str, folder: str, pictures: Pictures) -> Finding | None:
    """What is wrong with a picture of the text: a code, its values, a hint; None for nothing."""
    if address.startswith((*_MADE, *_MARKS)):
        return None
    picture = unquote(address)[:_LONGEST]
    shown = {"picture": picture}
    if not address:
        return "REN129", {}, None
    if address.lower().startswith(_ELSEWHERE):
        return "REN128", shown, None
    if address.lower().startswith("data:"):
        return "REN127", {"picture": address[:20], "kind": "data:"}, None
    path = pictures.at(address, folder)
    if path is not None:
        return _fault_of_file(path, picture, pictures.read(path))
    other = in_other_case(address, folder, pictures.names)
    if other is not None:
        return "REN124", {"picture": picture, "path": other}, None
    near = ", ".join(near_names(address, pictures.names))
    return "REN104", shown, note("perhaps-picture", near=near) if near else None


def _fault_of_file(path: str, picture: str, data: bytes) -> Finding | None:
    kind, named = kind_of(data), kind_by_name(path)
    if kind not in _SETTABLE and (kind or path.lower().endswith(NOT_SET)):
        hint = note("convert-vectors") if (kind or named) in ("PDF", "EPS", "EMF", "WMF") else None
        return "REN127", {"picture": picture, "kind": kind or named}, hint
    if kind is None or not reads(data):
        return "REN125", {"picture": picture}, None
    return (
        ("REN126", {"picture": picture, "kind": kind, "named": named}, None)
        if kind != named
        else None
    )
