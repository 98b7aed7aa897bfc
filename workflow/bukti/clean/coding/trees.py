"""Codes that name their parents, as trees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.clean.coding.codebook import BETWEEN
from bukti.clean.coding.records import Code


def grown(codes: Sequence[Code], where: Span) -> tuple[list[Code], list[Diagnostic]]:
    """The codes with their paths from the topmost code down, and those that lie in a circle.

    A parent that is not among the codes is left out.
    """
    known = {code.id: code for code in codes}
    found: list[Code] = []
    circles: list[Diagnostic] = []
    for code in codes:
        line = _line(code, known)
        if line is None:
            circles.append(diagnose("QUA125", where, code=code.name, guid=code.id))
            found.append(replace(code, parent=None, path=(code.name,)))
        else:
            parent = code.parent if code.parent in known else None
            found.append(replace(code, parent=parent, path=line))
    return found, circles


def _line(code: Code, known: Mapping[str, Code]) -> tuple[str, ...] | None:
    names: list[str] = []
    seen: set[str] = set()
    each: Code | None = code
    while each is not None:
        if each.id in seen:
            return None
        seen.add(each.id)
        names.insert(0, each.name)
        each = known.get(each.parent or "")
    return tuple(names)


def written_codes(names: Iterable[tuple[str, int]]) -> list[Code]:
    """The codes that passages name where there is no codebook, each with those above it.

    Names come with the line that has them; ` / ` stands between those of a path.
    """
    paths: dict[tuple[str, ...], int] = {}
    for name, line in names:
        path = tuple(name.split(BETWEEN))
        for count in range(1, len(path) + 1):
            paths.setdefault(path[:count], line)
    return [
        Code(
            id=BETWEEN.join(path),
            name=path[-1],
            path=path,
            parent=BETWEEN.join(path[:-1]) or None,
            line=line,
        )
        for path, line in sorted(paths.items())
    ]
