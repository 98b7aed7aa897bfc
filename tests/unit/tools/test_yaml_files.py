"""YAML with the place of every key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.diagnostic import Problem
from bukti.tools.yaml_files import parse_yaml, read_yaml

TEXT = """\
# a comment
name: paper
paper:
  version: 0.1.0
  "date": 2026-01-05
authors:
  - name: A
    email: a@b
  - {name: B, tags: [x, yy]}
"""


def parse(text: str, **more: int) -> Any:
    return parse_yaml(text, shown_as="f.yaml", **more)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("name",), (2, 1)),
        (("paper",), (3, 1)),
        (("paper", "version"), (4, 3)),
        (("paper", "date"), (5, 3)),
        (("authors", 0), (7, 5)),
        (("authors", 0, "email"), (8, 5)),
        (("authors", 1), (9, 5)),
        (("authors", 1, "name"), (9, 6)),
        (("authors", 1, "tags", 1), (9, 25)),
    ],
)
def test_places(path: tuple[Any, ...], place: tuple[int, int]) -> None:
    document = parse(TEXT)
    assert document.places[path] == place
    span = document.span(path)
    assert (span.path, span.line, span.column) == ("f.yaml", *place)


def test_a_span_covers_its_key() -> None:
    span = parse(TEXT).span(("paper", "version"))
    assert (span.end_line, span.end_column) == (4, 10)


def test_what_is_not_there_points_at_what_encloses_it() -> None:
    document = parse(TEXT)
    assert str(document.span(("paper", "none"))) == "f.yaml:3:1"
    assert str(document.span(("none",))) == "f.yaml:1:1"
    assert str(document.span(())) == "f.yaml:1:1"


def test_a_text_within_a_file_begins_where_it_begins() -> None:
    assert str(parse("a: 1\nb: 2\n", first_line=10).span(("b",))) == "f.yaml:11:1"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", {}),
        ("# nothing\n", {}),
        ("a:\n", {"a": None}),
        ("a: 2026-01-05\n", {"a": "2026-01-05"}),
        ("a: 2026-02-30\n", {"a": "2026-02-30"}),
        ("a: 2026-01-05 10:00:00\n", {"a": "2026-01-05 10:00:00"}),
        ("a: [1, 1.5, true, 'x', no]\n", {"a": [1, 1.5, True, "x", "no"]}),
        ("2017: x\n", {"2017": "x"}),
        ("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n", {"a": {"b": 1}, "c": {"b": 1, "d": 2}}),
        ("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("- 1\n- 2\n", [1, 2]),
    ],
)
def test_data_are_plain(text: str, data: Any) -> None:
    assert parse(text).data == data
    assert json.loads(json.dumps(parse(text).data)) == data


def test_a_merged_key_stands_nowhere_itself() -> None:
    document = parse("a: &x {b: 1}\nc:\n  <<: *x\n")
    assert str(document.span(("c", "b"))) == "f.yaml:2:1"


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1", "duplicate key"),
        ("a:\n\tb: 1\n", "f.yaml:2:1", "\\t"),
        ("a: b: c\n", "f.yaml:1:5", "mapping values"),
        ("a: [1,\n", "f.yaml:2:1", "stream end"),
        ("a: *no\n", "f.yaml:1:4", "undefined alias"),
        ("---\na: 1\n---\nb: 2\n", "f.yaml:3:1", "document"),
        ("a: \x00\n", "f.yaml", "#x0000"),
        ("a: !!int x\n", "f.yaml", "int()"),
        ("a: !!float x\n", "f.yaml", "float"),
        ("[" * 5000, "f.yaml", "recursion"),
    ],
)
def test_what_is_no_yaml(text: str, place: str, reason: str) -> None:
    with pytest.raises(Problem) as caught:
        parse(text)
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(finding.span)) == ("CFG102", place)
    assert reason in finding.arguments["reason"]


def test_a_file_that_is_missing(tmp_path: Any) -> None:
    with pytest.raises(Problem, match="CFG104"):
        read_yaml(tmp_path / "none.yaml", shown_as="none.yaml")


KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda key: key not in ("null", "true", "false")
)
TREES = st.recursive(
    st.integers(0, 99), lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=4)
)


def written(tree: Any, depth: int = 0) -> list[str]:
    lines = []
    for key, value in tree.items():
        nested = isinstance(value, dict)
        lines.append(f"{'  ' * depth}{key}:{'' if nested else f' {value}'}")
        lines += written(value, depth + 1) if nested else []
    return lines


@given(tree=st.dictionaries(KEYS, TREES, max_size=4))
def test_every_place_points_at_its_key(tree: dict[str, Any]) -> None:
    text = "\n".join(written(tree))
    document = parse(text)
    assert document.data == tree
    lines = text.split("\n")
    assert len(document.places) == sum(bool(line) for line in lines)
    for path in document.places:
        span = document.span(path)
        assert span.line is not None and span.column is not None and span.end_column is not None
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == path[-1]
