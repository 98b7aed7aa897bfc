"""What differs between two runs of one notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bukti.analyse.bundle import MIME
from bukti.analyse.parameters import numbered
from bukti.analyse.results import bundles
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.digest import digest_json
from bukti.base.span import LineIndex, Span

_LONGEST = 60
Stated = Mapping[tuple[str, str], tuple[int, str, Any]]


def differences(
    path: str, first: Mapping[str, Any], second: Mapping[str, Any], injected: int | None
) -> tuple[Diagnostic, ...]:
    """Results, and cells that show something else, which are not the same in both runs.

    `injected` is the cell behind which values for parameters were put, if any were.
    """
    sources = {number: cell["source"] for number, cell in numbered(first, injected)}
    one, two = _stated(first, injected), _stated(second, injected)
    found: list[Diagnostic] = []
    for kind, name in sorted(one.keys() | two.keys()):
        here, there = one.get((kind, name)), two.get((kind, name))
        if here is None or there is None or here[2] != there[2]:
            cell, call, _ = here or there or (0, "", None)
            shown = [_shown(each, other) for each, other in ((here, there), (there, here))]
            where = _place(path, cell, call, sources[cell])
            found.append(
                diagnose("ANA217", where, kind=kind, id=name, first=shown[0], second=shown[1])
            )
    told = {finding.span.cell for finding in found if finding.span}
    found += _outputs(path, first, second, injected, told)
    return tuple(found)


def _stated(notebook: Mapping[str, Any], injected: int | None) -> Stated:
    """Each result by its kind and id: its cell, the id that its call names, and what it states."""
    stated: dict[tuple[str, str], tuple[int, str, Any]] = {}
    content: Any
    for cell, data in bundles(notebook, injected):
        name = data["id"]
        if data["kind"] == "family":
            for member in data["members"]:
                content = (member["value"], data["unit"], member["row"])
                stated["claim", f"{name}.{member['key']}"] = (cell, name, content)
        elif data["kind"] == "claim":
            stated["claim", name] = (cell, name, (data["value"], data["unit"], data["rows"]))
        else:
            content = (digest_json(data)[:8], data)
            stated[data["kind"], name] = (cell, name, content)
    return stated


def _shown(result: tuple[int, str, Any] | None, other: tuple[int, str, Any] | None) -> str:
    """The value of a result, or all that is stated where the other has the same value."""
    if result is None:
        return "-"
    content = result[2]
    same = other is not None and other[2][0] == content[0]
    text = str(content[1:] if same else content[0])
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _place(path: str, cell: int, name: str, source: str) -> Span:
    for quoted in (f'"{name}"', f"'{name}'"):
        at = source.find(quoted)
        if at >= 0:
            line, column = LineIndex(source).position(at)
            end = column + len(quoted)
            return Span(
                path=path, cell=cell, line=line, column=column, end_line=line, end_column=end
            )
    return Span(path=path, cell=cell)


def _outputs(
    path: str,
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    injected: int | None,
    told: set[int | None],
) -> Iterator[Diagnostic]:
    pairs = zip(numbered(first, injected), numbered(second, injected), strict=True)
    for (number, one), (_, two) in pairs:
        if number not in told and _plain(one) != _plain(two):
            yield diagnose("ANA218", Span(path=path, cell=number))


def _plain(cell: Mapping[str, Any]) -> list[Any]:
    outputs = cell.get("outputs", ())
    return [output for output in outputs if MIME not in output.get("data", {})]
