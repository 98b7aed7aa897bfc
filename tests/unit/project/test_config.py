"""`bukti.yaml`: every fault at its place, every key read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bukti.base.diagnostic import Problem
from bukti.project import find_root, load_config
from bukti.project.config import Author, Config, Level, Waiver, config_of, words_in
from bukti.tools.schemas import schema

SMALL = "version: 1\nname: a-paper\nlanguages: [id, en]\n"
FULL: dict[str, Any] = {
    "version": 1,
    "name": "a-paper",
    "languages": ["id", "pt-BR"],
    "paper": {"version": "1.2", "date": "2026-01-05"},
    "authors": [
        {
            "name": {"id": "Nama", "en": "Name"},
            "affiliation": "There",
            "orcid": "0000-0001-2345-678X",
            "email": "a@b.c",
            "corresponding": True,
        }
    ],
    "formats": ["html"],
    "level": "submit",
    "citations": {"style": "apa.csl"},
    "numbers": {"rounding": "half-up"},
    "notebooks": {"seconds": 5, "memory": 300},
    "cleaning": {"seconds": 6, "memory": 400},
    "waivers": [{"code": "CLM301", "at": "rate", "reason": "because"}],
    "engine": ">=0",
}


def load(tmp_path: Path, text: str | bytes) -> Config:
    (tmp_path / "bukti.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_config(tmp_path)


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(Problem) as caught:
        load(tmp_path, text)
    return [f"{item.code} {item.span}" for item in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name: [a\n", ["CFG102 bukti.yaml:2:1"]),
        (f"{SMALL}name: b\n", ["CFG102 bukti.yaml:4:1"]),
        (f"{SMALL}langauge: id\n", ["CFG103 bukti.yaml:4:1"]),
        (b"\xff", ["CFG106 bukti.yaml:1"]),
        (f"{SMALL}level: done\n", ["CFG107 bukti.yaml:4:1"]),
        (f"{SMALL}paper:\n  date: 2026-02-30\n", ["CFG107 bukti.yaml:5:3"]),
        (f"{SMALL}paper:\n  date: 5 May\n", ["CFG107 bukti.yaml:5:3"]),
        (f"{SMALL}engine: two\n", ["CFG107 bukti.yaml:4:1"]),
        ("version: 1\nname: a\n", ["CFG108 bukti.yaml:1:1"]),
        ("", ["CFG108 bukti.yaml:1:1"] * 3),
        (f'{SMALL}engine: ">=99"\n', ["CFG109 bukti.yaml:4:1"]),
        (SMALL.replace("en]", "xx, qq]"), ["CFG110 bukti.yaml:3:17", "CFG110 bukti.yaml:3:21"]),
    ],
)
def test_faults(tmp_path: Path, text: str | bytes, found: list[str]) -> None:
    assert faults(tmp_path, text) == found


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="CFG104"):
        load_config(tmp_path)


def test_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL) == Config(name="a-paper", languages=("id", "en"))


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    text = "\ufeff" + SMALL.replace("\n", "\r\n")
    assert load(tmp_path, text) == Config(name="a-paper", languages=("id", "en"))


def test_all_keys_are_read() -> None:
    assert config_of(FULL) == Config(
        name="a-paper",
        languages=("id", "pt-BR"),
        version="1.2",
        date="2026-01-05",
        authors=(
            Author(
                name={"id": "Nama", "en": "Name"},
                affiliation="There",
                orcid="0000-0001-2345-678X",
                email="a@b.c",
                corresponding=True,
            ),
        ),
        formats=("html",),
        level=Level.SUBMIT,
        citation_style="apa.csl",
        rounding="half-up",
        cell_seconds=5,
        kernel_memory=300,
        cleaning_seconds=6,
        cleaning_memory=400,
        waivers=(Waiver(code="CLM301", at="rate", reason="because"),),
        engine=">=0",
    )


def leaves(node: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key of the schema that holds a value, items of lists by their own keys."""
    for key, value in node.get("properties", {}).items():
        items = value.get("items", {})
        deeper = [*leaves(value, (*path, key)), *leaves(items, (*path, key))]
        yield from deeper or [(*path, key)]


def without(data: Any, path: tuple[str, ...]) -> Any:
    """The data without one key."""
    if isinstance(data, list):
        return [without(item, path) for item in data]
    key, *rest = path
    if not rest:
        return {name: value for name, value in data.items() if name != key}
    return {**data, key: without(data[key], tuple(rest))}


REQUIRED = {("name",), ("languages",), ("authors", "name"), ("waivers", "code")}
REQUIRED |= {("waivers", "reason")}
OPTIONAL = sorted(set(leaves(schema("bukti"))) - REQUIRED - {("version",)})


@pytest.mark.parametrize("path", OPTIONAL, ids=".".join)
def test_every_key_of_the_schema_makes_a_difference(path: tuple[str, ...]) -> None:
    assert config_of(without(FULL, path)) != config_of(FULL)


def test_every_setting_has_a_key() -> None:
    settings = [field.name for field in dataclasses.fields(Config)]
    full, small = config_of(FULL), Config(name="", languages=())
    assert [name for name in settings if getattr(full, name) == getattr(small, name)] == []
    assert len(settings) == len({path[:1] if path[0] in LISTS else path for path in KEYS})


KEYS = set(leaves(schema("bukti"))) - {("version",)}
LISTS = ("authors", "waivers")


def test_the_root_is_the_nearest_folder_above(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "bukti.yaml").touch()
    assert find_root(tmp_path / "a/b") == tmp_path
    (tmp_path / "a/bukti.yaml").touch()
    assert find_root(tmp_path / "a/b") == tmp_path / "a"


def test_no_root(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="CFG101"):
        find_root(tmp_path)


def test_words() -> None:
    assert words_in("a", "id") == "a"
    assert words_in({"en": "a", "id": "b"}, "id") == "b"
    assert words_in({"en": "a", "id": "b"}, "fr") == "a"
