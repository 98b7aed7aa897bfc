"""YAML files with the place of every key."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
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
    """A YAML file as plain data: strings, numbers, lists and dictionaries; dates as written.

    Raises Problem where the file is missing or is not YAML.
    """
    return parse_yaml(read_text(path, shown_as=shown_as), shown_as=shown_as)


def parse_yaml(text: str, *, shown_as: str, first_line: int = 1) -> Document:
    """The same for a text; `first_line` is where it begins in its file."""
    from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReusedAnchorWarning)
            loaded = _reader().load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + first_line if mark else first_line
        column = mark.column + 1 if mark else 1
        reason = " ".join(str(error.problem or error.context or "").split())
        place = Span(path=shown_as, line=line, column=column)
        raise Problem(diagnose("CFG102", place, path=shown_as, reason=reason)) from error
    except (YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise Problem(
            diagnose("CFG102", Span(path=shown_as), path=shown_as, reason=reason)
        ) from error
    places: dict[tuple[Any, ...], tuple[int, int]] = {}
    data = _plain(loaded, (), places, first_line)
    return Document(path=shown_as, data=data if data is not None else {}, places=places)


def _reader() -> Any:
    from ruamel.yaml import YAML

    reader = YAML(typ="rt")
    reader.Constructor = _constructor()
    return reader


@cache
def _constructor() -> Any:
    """A constructor that leaves dates as they are written, so that none can break the reading."""
    from ruamel.yaml.constructor import RoundTripConstructor

    class Constructor(RoundTripConstructor):
        pass

    Constructor.add_constructor(
        "tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar
    )
    return Constructor


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
            _note_place(node, key, (*path, name), places, first_line)
            plain[name] = _plain(value, (*path, name), places, first_line)
        return plain
    if isinstance(node, list):
        items = []
        for number, value in enumerate(node):
            _note_place(node, number, (*path, number), places, first_line)
            items.append(_plain(value, (*path, number), places, first_line))
        return items
    return _scalar(node)


def _note_place(
    node: Any,
    key: Any,
    path: tuple[Any, ...],
    places: dict[tuple[Any, ...], tuple[int, int]],
    first_line: int,
) -> None:
    """Notes where a key or item stands; one that a merge (`<<`) brought in stands nowhere."""
    place = (node.lc.data or {}).get(key)
    if place is not None:
        places[path] = (place[0] + first_line, place[1] + 1)


def _scalar(node: Any) -> Any:
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return float(node)
    return str(node)
