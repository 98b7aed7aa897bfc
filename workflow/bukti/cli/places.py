"""Paths as people type them: from where they stand, or from the compendium's folder."""

from __future__ import annotations

from pathlib import Path


def in_compendium(root: Path, path: str) -> str:
    """A path relative to the compendium, where it leads into it; else as it was given."""
    candidate = Path(path)
    absolute = candidate if candidate.is_absolute() else Path.cwd() / candidate
    for place in (absolute, root / candidate):
        if place.exists() and place.resolve().is_relative_to(root):
            return place.resolve().relative_to(root).as_posix()
    return candidate.as_posix()
