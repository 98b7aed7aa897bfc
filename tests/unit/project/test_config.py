"""`bukti.yaml`: every fault at its place, every key read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bukti.base.diagnostic import Problem
from bukti.base.hedges import Tolerances
from bukti.project import find_root, load_config
from bukti.project.byline import Affiliation, Author, Journal, Publication, words_in
from bukti.project.config import Config, Level, Waiver, config_of
from bukti.project.page_settings import page_of
from bukti.project.replication import Replication
from bukti.tools.schemas import schema

SMALL = "version: 1\nname: a-paper\nlanguages: [id, en]\n"
FULL: dict[str, Any] = {
    "version": 1,
    "name": "a-paper",
    "languages": ["id", "pt-BR"],
    "editions": ["id"],
    "paper": {
        "version": "1.2",
        "date": "2026-01-05",
        "received": "2026-01-01",
        "accepted": "2026-01-02",
        "published": "2026-01-03",
        "doi": "https://doi.org/10.1234/x",
        "copyright": "(c) us",
        "license": "CC-BY-4.0",
        "journal": {
            "name": "J",
            "volume": 1,
            "issue": "2",
            "year": 2026,
            "pages": "1-9",
            "issn": "1234-567X",
        },
    },
    "affiliations": {"there": {"name": "There", "ror": "https://ror.org/012345678"}},
    "authors": [
        {
            "name": {"id": "Nama", "en": "Name"},
            "family": {"id": "Nama", "en": "Name"},
            "affiliation": "Here",
            "affiliations": ["there"],
            "orcid": "https://orcid.org/0000-0001-2345-678X",
            "email": "a@b.c",
            "corresponding": True,
            "equal": True,
            "roles": ["software"],
        }
    ],
    "formats": ["html"],
    "parallel": [["id", "pt-BR"]],
    "level": "submit",
    "citations": {"style": "apa.csl"},
    "page": {
        "profile": "manuscript",
        "paper": "17x24cm",
        "margins": {"top": "2cm", "bottom": "1in", "inner": "22mm", "outer": "18mm"},
        "columns": 2,
        "fonts": {"text": "sans", "headings": "Lato"},
        "size": 11,
        "spacing": 1.5,
        "line-numbers": False,
        "annex": ["docx"],
        "running-heads": False,
    },
    "numbers": {
        "rounding": "half-up",
        "tolerance": {"about": "1%", "almost": "2%", "over": "12.5%", "fraction": "4%"},
        "allow": {"goals": "SDG 1"},
    },
    "notebooks": {
        "seconds": 5,
        "memory": 300,
        "limits": {"10-x": {"seconds": 7}},
        "parameters": {"10-x": {"threshold": 2}},
    },
    "cleaning": {"seconds": 6, "memory": 400},
    "waivers": [{"code": "CLM301", "at": "rate", "reason": "because"}],
    "replication": {"minutes": 3, "memory": 900, "machine": "a laptop", "rights": ["use"]},
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
        (f"{SMALL}editions: [id, ms]\n", ["CFG128 bukti.yaml:4:16"]),
        (f"{SMALL}paper:\n  received: 2026-04-31\n", ["CFG107 bukti.yaml:5:3"]),
        (f"{SMALL}parallel: [[id, ms]]\n", ["REN196 bukti.yaml:4:17"]),
        (f"{SMALL}parallel: [[id, id]]\n", ["CFG107 bukti.yaml:4:1"]),
        (f"{SMALL}parallel: both\n", ["CFG107 bukti.yaml:4:1"]),
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
        chosen_editions=("id",),
        version="1.2",
        date="2026-01-05",
        authors=(
            Author(
                name={"id": "Nama", "en": "Name"},
                family={"id": "Nama", "en": "Name"},
                affiliation="Here",
                affiliations=("there",),
                orcid="0000-0001-2345-678X",
                email="a@b.c",
                corresponding=True,
                equal=True,
                roles=("software",),
            ),
        ),
        affiliations={"there": Affiliation(name="There", ror="https://ror.org/012345678")},
        publication=Publication(
            received="2026-01-01",
            accepted="2026-01-02",
            published="2026-01-03",
            doi="10.1234/x",
            copyright="(c) us",
            license="CC-BY-4.0",
            journal=Journal(
                name="J", volume="1", issue="2", year="2026", pages="1-9", issn="1234-567X"
            ),
        ),
        formats=("html",),
        parallel=(("id", "pt-BR"),),
        level=Level.SUBMIT,
        citation_style="apa.csl",
        page=page_of(FULL["page"]),
        rounding="half-up",
        tolerances=Tolerances(
            about=Decimal("0.01"),
            almost=Decimal("0.02"),
            over=Decimal("0.125"),
            fraction=Decimal("0.04"),
        ),
        allowed_numbers={"goals": "SDG 1"},
        cell_seconds=5,
        kernel_memory=300,
        limits={"10-x": {"seconds": 7}},
        parameters={"10-x": {"threshold": 2}},
        cleaning_seconds=6,
        cleaning_memory=400,
        waivers=(Waiver(code="CLM301", at="rate", reason="because"),),
        replication=Replication(minutes=3, memory=900, machine="a laptop", may_use=True),
        engine=">=0",
    )


def test_parallel_editions_are_of_each_two_or_of_those_named() -> None:
    data = {"name": "a", "languages": ["id", "en", "ms"]}
    assert config_of(data).parallel == ()
    assert config_of({**data, "parallel": False}).parallel == ()
    assert config_of({**data, "parallel": [["en", "id"]]}).parallel == (("en", "id"),)
    every = config_of({**data, "parallel": True}).parallel
    assert every == (("id", "en"), ("id", "ms"), ("en", "ms"))
    two = config_of({**data, "editions": ["id", "ms"], "parallel": True}).parallel
    assert two == (("id", "ms"),)


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
REQUIRED |= {("waivers", "reason"), ("paper", "journal", "name")}
PRIVACY = {("privacy", "names"), ("privacy", "patterns")}
ELSEWHERE = {("version",), ("page", "reference"), *PRIVACY}  # read by others
OPTIONAL = sorted(set(leaves(schema("bukti"))) - REQUIRED - ELSEWHERE)


@pytest.mark.parametrize("path", OPTIONAL, ids=".".join)
def test_every_key_of_the_schema_makes_a_difference(path: tuple[str, ...]) -> None:
    assert config_of(without(FULL, path)) != config_of(FULL)


def test_every_setting_has_a_key() -> None:
    settings = [field.name for field in dataclasses.fields(Config)]
    full, small = config_of(FULL), Config(name="", languages=())
    assert [name for name in settings if getattr(full, name) == getattr(small, name)] == []
    assert len(settings) == len({_setting(path) for path in KEYS})


KEYS = set(leaves(schema("bukti"))) - {("version",)} - PRIVACY
RECORDS = ("authors", "page", "waivers", "replication")
APART = (("paper", "version"), ("paper", "date"))


def _setting(path: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that one setting is made from: all of a record, a publication, the tolerances."""
    whole = path[0] in RECORDS or (path[0] == "paper" and path not in APART)
    return path[:1] if whole else path[:2]


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
