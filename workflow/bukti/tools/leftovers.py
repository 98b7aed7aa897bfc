"""Outputs of steps that the plan no longer has must not pass for products of this build."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bukti.base.digest import digest_bytes
from bukti.tools.records import STATE, read_step_record


def remove_obsolete(root: Path, steps: Collection[str], products: Collection[str]) -> None:
    """Remove recorded outputs that no step makes any more, and the records of steps that are gone.

    A file that was changed since it was made stays: it may be somebody's work.
    """
    for path in sorted((root / STATE / "steps").glob("*.json")):
        record = read_step_record(root, path.stem)
        for name, digest in (record["outputs"] if record else {}).items():
            if name not in products:
                _remove(root, name, digest)
        if path.stem not in steps:
            path.unlink()


def _remove(root: Path, name: str, digest: str) -> None:
    target = root / name
    if not target.is_file() or digest_bytes(target.read_bytes()) != digest:
        return
    target.unlink()
    for folder in target.relative_to(root).parents:
        if folder == Path() or any((root / folder).iterdir()):
            return
        (root / folder).rmdir()
