"""The libraries that an archive's lock names, against those that are installed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==(?P<version>[\w.+!-]+)"
    r"[ \t]*(?P<marker>;[^\\\n]*)?",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherVersion:
    """A library in another version than the archive's lock names; None where it is not there."""

    name: str
    locked: str
    installed: str | None


def locked_versions(lock: str) -> dict[str, tuple[tuple[str, bool], ...]]:
    """Each library of a lock in pip's format, in PEP 503's spelling, with its versions.

    Each goes with whether it is for every machine: one behind a marker may not be for this one.
    """
    found: dict[str, list[tuple[str, bool]]] = {}
    for match in _ENTRY.finditer(lock):
        found.setdefault(normalised(match["name"]), []).append(
            (match["version"], match["marker"] is None)
        )
    return {name: tuple(versions) for name, versions in sorted(found.items())}


def other_versions(lock: str, installed: Mapping[str, str]) -> tuple[OtherVersion, ...]:
    """The libraries whose installed version is none that the lock names, by name.

    `installed` maps a library, in PEP 503's spelling, to its version.
    """
    found = []
    for name, versions in locked_versions(lock).items():
        here = installed.get(name)
        if here is None and not any(everywhere for _, everywhere in versions):
            continue
        if here not in {version for version, _ in versions}:
            named = " | ".join(dict.fromkeys(version for version, _ in versions))
            found.append(OtherVersion(name=name, locked=named, installed=here))
    return tuple(found)


def normalised(name: str) -> str:
    """The name of a library as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
