"""What a lock file asks for, and how an environment differs from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
_MARKER = re.compile(r";\s*(?P<marker>[^\\]+?)\s*\\?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A package that is installed in another version than the lock's; empty where it is not."""

    name: str
    locked: str
    installed: str


def locked_versions(text: str, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The version of each package that a lock asks for on this machine, by normalised name.

    `environment` replaces values of the markers of PEP 508. Unreadable markers count as true.
    """
    from packaging.markers import InvalidMarker, Marker

    found: dict[str, str] = {}
    for line in text.splitlines():
        entry = _ENTRY.match(line)
        if not entry:
            continue
        marker = _MARKER.search(line)
        try:
            applies = not marker or Marker(marker["marker"]).evaluate(dict(environment or {}))
        except InvalidMarker:
            applies = True
        if applies:
            found[normalised(entry["name"])] = entry["version"]
    return found


def normalised(name: str) -> str:
    """The name of a package as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def differences(
    locked: Mapping[str, str], installed: Iterable[tuple[str, str]]
) -> Iterator[Difference]:
    """Packages of a lock that are not installed as it says; what is installed besides is free."""
    there = {normalised(name): version for name, version in installed}
    for name in sorted(locked):
        if there.get(name) != locked[name]:
            yield Difference(name=name, locked=locked[name], installed=there.get(name, ""))
