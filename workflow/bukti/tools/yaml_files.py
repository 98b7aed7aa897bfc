"""YAML files with the place of every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.tools.files import read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A YAML file's plain data and where each key and item stands.

    `places` maps the path of a key or item to its line and column, counted from 1.
    """

    path: str
    data: Any
    places: Mapping[tuple[Any, ...], tuple[int, int]]

    def span(self, keys: tuple[Any, ...]) -> Span:
        """The place of a key or item, or of the nearest one that encloses it."""
        for length in range(len(keys), 0, -1):
            place = self.places.get(keys[:length])
            if place:
                line, column = place
                width = len(str(keys[length - 1])) if isinstance(keys[length - 1], str) else 1
                return Span(
                    path=self.path,
                    line=line,
                    column=column,
                    end_line=line,
                    end_column=column + width,
                )
        return Span(path=self.path, line=1, column=1)


def read_yaml(path: Path, *, shown_as: str) -> Document:
    """A YAML file as plain data: strings, numbers, lists and dictionaries; dates as ISO strings.

    Raises Problem where the file is missing or is not YAML.
    """
    return parse_yaml(read_text(path, shown_as=shown_as), shown_as=shown_as)


def parse_yaml(text: str, *, shown_as: str, first_line: int = 1) -> Document:
    """The same for a text; `first_line` is where it begins in its file."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        loaded = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + first_line if mark else first_line
        column = mark.column + 1 if mark else 1
        reason = " ".join(str(error.problem or error.context or "").split())
        place = Span(path=shown_as, line=line, column=column)
        raise Problem(diagnose("CFG102", place, path=shown_as, reason=reason)) from error
    except YAMLError as error:
        reason = " ".join(str(error).split())
        raise Problem(
            diagnose("CFG102", Span(path=shown_as), path=shown_as, reason=reason)
        ) from error
    places: dict[tuple[Any, ...], tuple[int, int]] = {}
    data = _plain(loaded, (), places, first_line)
    return Document(path=shown_as, data=data if data is not None else {}, places=places)


def _plain(
    node: Any,
    path: tuple[Any, ...],
    places: dict[tuple[Any, ...], tuple[int, int]],
    first_line: int,
) -> Any:
    if isinstance(node, dict):
        plain: dict[str, Any] = {}
        for key, value in node.items():
            name = str(key)
            line, column = node.lc.key(key)  # type: ignore[attr-defined]
            places[(*path, name)] = (line + first_line, column + 1)
            plain[name] = _plain(value, (*path, name), places, first_line)
        return plain
    if isinstance(node, list):
        items = []
        for number, value in enumerate(node):
            line, column = node.lc.item(number)  # type: ignore[attr-defined]
            places[(*path, number)] = (line + first_line, column + 1)
            items.append(_plain(value, (*path, number), places, first_line))
        return items
    return _scalar(node)


def _scalar(node: Any) -> Any:
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return float(node)
    if isinstance(node, date):
        return node.isoformat()
    return str(node)
