"""Digest lists in the form that `sha256sum` writes and checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.tools.files import read_text, write_text

_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)", re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}


def read_checksums(path: Path, *, shown_as: str) -> dict[str, str]:
    """File name to SHA-256; empty where there is no such list.

    Raises Problem at a line that is none, or that gives a file a second digest.
    """
    found: dict[str, str] = {}
    for number, name, digest in _entries(path, shown_as):
        if found.setdefault(name, digest) != digest:
            raise Problem(diagnose("SRC118", Span(path=shown_as, line=number), path=name))
    return found


def checksum_lines(path: Path, *, shown_as: str) -> dict[str, int]:
    """File name to the line of the list that names it first; Problem at a line that is none."""
    found: dict[str, int] = {}
    for number, name, _ in _entries(path, shown_as):
        found.setdefault(name, number)
    return found


def _entries(path: Path, shown_as: str) -> Iterator[tuple[int, str, str]]:
    if not path.is_file():
        return
    for number, line in enumerate(read_text(path, shown_as=shown_as).split("\n"), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        if not match:
            raise Problem(diagnose("SRC104", Span(path=shown_as, line=number), path=shown_as))
        yield number, _plain(match[3]) if match[1] else match[3], match[2]


def write_checksums(path: Path, digests: Mapping[str, str]) -> None:
    """Write the list, sorted by name."""
    write_text(path, checksum_list(digests))


def checksum_list(digests: Mapping[str, str]) -> str:
    """The list as text, a line for each file, sorted by name."""
    return "".join(_line(name, digests[name]) for name in sorted(digests))


def _line(name: str, digest: str) -> str:
    """A line as `sha256sum` has it: one that holds escaped signs begins with a backslash."""
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in name)
    flag = "" if escaped == name else "\\"
    return f"{flag}{digest}  {escaped}\n"


def _plain(escaped: str) -> str:
    signs = {written: sign for sign, written in _ESCAPES.items()}
    return re.sub(r"\\[\\nr]", lambda match: signs[match[0]], escaped)
