"""Which names of files are safe on every machine, and which two would be one file on some."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]|^/|^[A-Za-z]:')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_LONGEST_PART, _LONGEST = 240, 1000


def is_safe(name: str) -> bool:
    """Whether a path stays below its folder and can be a file on any system."""
    if not name or _UNSAFE.search(name) or len(name.encode("utf-8", "replace")) > _LONGEST:
        return False
    if unicodedata.normalize("NFC", name) != name or not name.isprintable():
        return False
    return all(_is_safe_part(part) for part in name.split("/"))


def _is_safe_part(part: str) -> bool:
    if part in ("", ".", "..") or part[-1] in " ." or len(part.encode()) > _LONGEST_PART:
        return False
    return not _RESERVED.match(part)


def colliding(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that are one file, or a file and its folder, where case does not count; in order."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name in names:
        folded = name.casefold()
        parts = folded.split("/")
        above = ["/".join(parts[:length]) for length in range(1, len(parts))]
        clash = files.get(folded) or folders.get(folded)
        clash = clash or next((files[each] for each in above if each in files), None)
        if clash is not None:
            yield clash, name
        files.setdefault(folded, name)
        for each in above:
            folders.setdefault(each, name)


def shown(name: str) -> str:
    """A name as a message may print it."""
    return name if name.isprintable() else name.encode("unicode_escape").decode()
