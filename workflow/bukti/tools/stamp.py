"""A build with nothing to do is known from one stamp, without any scheduler.

The stamp covers more than the plan: every file of the compendium, the engine, the environment and
every output, by size, times and inode, and by digest where one of these moved.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bukti.base.digest import digest_bytes
from bukti.tools.environment import ENGINE, environment_digest
from bukti.tools.files import write_json
from bukti.tools.records import STATE, VERSION, read_record

PASSED_OVER = {".git", ".venv", STATE, ".snakemake", "outputs", "__pycache__", ".ipynb_checkpoints"}
GENERATED = "data/clean"
Facts = dict[str, list[Any]]


def stamp_path(root: Path) -> Path:
    """Where the stamp lies."""
    return root / STATE / "stamp.json"


def sources(root: Path) -> Facts:
    """Every file of the compendium and of the engine that no build makes, with its facts."""
    facts = {name: _facts(root / name) for name in _walk(root, root)}
    if not ENGINE.is_relative_to(root):
        facts |= {f"engine:{name}": _facts(ENGINE / name) for name in _walk(ENGINE, ENGINE)}
    return facts


def _walk(folder: Path, root: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            name = os.path.relpath(entry.path, root)
            if entry.name in PASSED_OVER or name == GENERATED or entry.name.endswith("_cache"):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), root)
            elif entry.is_file():
                yield name


def _facts(path: Path) -> list[Any]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def write_stamp(root: Path, before: Facts, outputs: Mapping[str, str]) -> None:
    """Record a finished build; `before` are the facts of the sources when it began.

    Nothing is recorded where a source changed meanwhile, since the build may not have seen it.
    """
    if sources(root) != before:
        stamp_path(root).unlink(missing_ok=True)
        return
    write_json(
        stamp_path(root),
        {
            "version": VERSION,
            "environment": environment_digest(),
            "sources": {name: [*facts, _digest(root, name)] for name, facts in before.items()},
            "outputs": {name: [*_facts(root / name), digest] for name, digest in outputs.items()},
        },
    )


def is_current(root: Path) -> bool:
    """Whether nothing at all has changed since the stamp was written."""
    stamp = read_record(stamp_path(root))
    if stamp is None or stamp["environment"] != environment_digest():
        return False
    known: Facts = stamp["sources"]
    try:
        found = sources(root)
        if found.keys() != known.keys():
            return False
        same = all(_same(root, name, facts, known[name]) for name, facts in found.items())
        return same and all(
            _same(root, name, _facts(root / name), facts)
            for name, facts in stamp["outputs"].items()
        )
    except OSError:
        return False


def _same(root: Path, name: str, found: list[Any], known: list[Any]) -> bool:
    if found == known[:4]:
        return True
    return bool(found[0] == known[0]) and _digest(root, name) == known[4]


def _digest(root: Path, name: str) -> str:
    path = ENGINE / name.removeprefix("engine:") if name.startswith("engine:") else root / name
    return digest_bytes(path.read_bytes())
