"""A build with nothing to do is known from one stamp, without any scheduler.

The stamp covers more than the plan: every file of the compendium, the engine, the environment and
every output, by size, times and inode, and by digest where one of these moved.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from bukti.base.digest import digest_bytes
from bukti.tools.environment import ENGINE, environment_digest
from bukti.tools.files import write_json
from bukti.tools.records import STATE, VERSION, read_record

PASSED_OVER = {".git", ".venv", STATE, ".snakemake", "__pycache__", ".ipynb_checkpoints"}
GENERATED = {"outputs", "data/clean"}
Facts = dict[str, list[Any]]


def stamp_path(root: Path) -> Path:
    """Where the stamp lies."""
    return root / STATE / "stamp.json"


def sources(root: Path) -> Facts:
    """Every file of the compendium and of the engine that no build makes, with its facts."""
    facts = _gathered(root, "")
    if not _covers(root, ENGINE):
        facts |= _gathered(ENGINE, "engine:")
    return facts


def _covers(root: Path, folder: Path) -> bool:
    if not folder.is_relative_to(root):
        return False
    return PASSED_OVER.isdisjoint(folder.relative_to(root).parts)


def _gathered(folder: Path, prefix: str) -> Facts:
    facts: Facts = {}
    for name in _walk(folder, folder, frozenset()):
        with suppress(FileNotFoundError):
            facts[prefix + name] = _facts(folder / name)
    return facts


def _walk(folder: Path, root: Path, above: frozenset[tuple[int, int]]) -> Iterator[str]:
    """Every file below a folder, through links too, but never round in a circle."""
    status = folder.stat()
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            name = os.path.relpath(entry.path, root)
            if name in GENERATED or _passed_over(entry.name):
                continue
            if entry.is_dir():
                yield from _walk(Path(entry.path), root, above | {here})
            elif entry.is_file():
                yield name


def _passed_over(name: str) -> bool:
    return name in PASSED_OVER or (name.startswith(".") and name.endswith("_cache"))


def _facts(path: Path) -> list[Any]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def write_stamp(
    root: Path,
    before: Facts,
    outputs: Mapping[str, str],
    *,
    outside: Mapping[Path, str] | None = None,
    variables: Mapping[str, str] | None = None,
) -> None:
    """Record a finished build; `before` are the facts of the sources when it began.

    `outside` are files elsewhere with the digests that they had, empty for one that is not there;
    `variables` those of the environment that the build looked at. Nothing is recorded where a
    source changed meanwhile, since the build may not have seen it, or where an output is not the
    one that its step recorded.
    """
    try:
        known = {name: [*facts, _digest(root, name)] for name, facts in before.items()}
        made = {name: [*_facts(root / name), digest] for name, digest in outputs.items()}
        sound = all(_digest(root, name) == digest for name, digest in outputs.items())
        sound = sound and _elsewhere(outside or {})
    except OSError:
        sound = False
    if not sound or sources(root) != before:
        stamp_path(root).unlink(missing_ok=True)
        return
    record: dict[str, Any] = {
        "environment": environment_digest(),
        "sources": known,
        "outputs": made,
    }
    record["outside"] = {str(path): digest for path, digest in (outside or {}).items()}
    record["variables"] = dict(variables or {})
    write_json(stamp_path(root), {"version": VERSION, **record})


def _elsewhere(outside: Mapping[Path, str]) -> bool:
    """Whether files outside the compendium have these digests; an empty one is not there."""
    return all(
        (digest_bytes(path.read_bytes()) if path.is_file() else "") == digest
        for path, digest in outside.items()
    )


def is_current(root: Path) -> bool:
    """Whether nothing at all has changed since the stamp was written."""
    stamp = read_record(stamp_path(root))
    if stamp is None or stamp.get("environment") != environment_digest():
        return False
    try:
        known: Facts = stamp["sources"]
        if not _elsewhere({Path(name): digest for name, digest in stamp["outside"].items()}):
            return False
        if any(os.environ.get(name, "") != value for name, value in stamp["variables"].items()):
            return False
        found = sources(root)
        if found.keys() != known.keys():
            return False
        same = all(_same(root, name, facts, known[name]) for name, facts in found.items())
        return same and all(
            _same(root, name, _facts(root / name), facts)
            for name, facts in stamp["outputs"].items()
        )
    except (OSError, KeyError):
        return False


def _same(root: Path, name: str, found: list[Any], known: list[Any]) -> bool:
    if found == known[:4]:
        return True
    return bool(found[0] == known[0]) and _digest(root, name) == known[4]


def _digest(root: Path, name: str) -> str:
    path = ENGINE / name.removeprefix("engine:") if name.startswith("engine:") else root / name
    return digest_bytes(path.read_bytes())
