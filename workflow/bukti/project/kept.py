"""What the author keeps in the place of raw files that not everyone may have: `data/kept`."""

from __future__ import annotations

from pathlib import Path

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.digest import digest_bytes
from bukti.base.span import Span
from bukti.tools.checksums import read_checksums

KEPT = "data/kept"
KEPT_DIGESTS = "data/kept.sha256"


def kept_table(table: str) -> str:
    """Where a kept clean table lies."""
    return f"{KEPT}/{table}.parquet"


def kept_ledger(table: str) -> str:
    """Where the cleaning ledger of a kept table lies."""
    return f"{KEPT}/{table}.json"


def kept_result(notebook: str) -> str:
    """Where a kept executed notebook lies."""
    return f"{KEPT}/{notebook}.ipynb"


def list_kept(root: Path) -> tuple[str, ...]:
    """The files of `data/kept`, from the compendium's folder."""
    return tuple(
        path.relative_to(root).as_posix()
        for path in sorted((root / KEPT).glob("*"))
        if path.is_file() and not path.name.startswith(".")
    )


def read_kept(root: Path, name: str) -> bytes:
    """A kept file; Problem where it is missing or has not the digest that was kept."""
    try:
        data = (root / name).read_bytes()
    except OSError as error:
        raise broken(name, error.strerror or str(error)) from error
    stated = read_checksums(root / KEPT_DIGESTS, shown_as=KEPT_DIGESTS)
    digest = digest_bytes(data)
    kept = stated.get(name.removeprefix(f"{KEPT}/"), "-")
    if kept != digest:
        raise broken(name, f"{digest[:12]} / {kept[:12]}")
    return data


def broken(name: str, reason: str) -> Problem:
    """That a kept file is not what it must be."""
    return Problem(diagnose("SRC123", Span(path=name), path=name, reason=reason))
