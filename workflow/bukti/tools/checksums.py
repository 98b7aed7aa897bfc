"""Digest lists in the form that `sha256sum` writes and checks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.tools.files import read_text, write_text

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def read_checksums(path: Path, *, shown_as: str) -> dict[str, str]:
    """File name to SHA-256; empty where there is no such list. Problem at a line that is none."""
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(read_text(path, shown_as=shown_as).splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if not match:
            raise Problem(diagnose("SRC104", Span(path=shown_as, line=number), path=shown_as))
        found[match[2]] = match[1]
    return found


def write_checksums(path: Path, digests: Mapping[str, str]) -> None:
    """Write the list, sorted by name."""
    write_text(path, "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)))
