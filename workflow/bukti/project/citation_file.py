"""The file that says how to cite a paper: the authors' own, or one written for an archive."""

from __future__ import annotations

from pathlib import Path

CITATION = "CITATION.cff"
WRITTEN = "# Written from bukti.yaml by bukti archive.\n"
"""How a file begins that is none of the authors': what is built does not depend on it."""


def is_own_citation(path: Path) -> bool:
    """Whether a file is there that the authors wrote."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(WRITTEN)) != WRITTEN.encode()
