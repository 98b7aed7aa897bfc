"""A name planted at any place of any kind of output is found there, and nothing else is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.privacy import planting

from bukti.privacy.names import read_names
from bukti.privacy.reading.files import Reading
from bukti.privacy.search import Search, Wanted

NAME = "Siti Aminah"
NIK = "3201014501900001"
EMAIL = "siti@example.org"
WANTED = Wanted(names=read_names(NAME))


def found(data: bytes, path: str = "outputs/x") -> list[tuple[str, str]]:
    """What is found, and the part where."""
    reading = Reading()
    pieces = reading.pieces(data, path)
    assert reading.unread == []
    return [
        (find.kind, piece.part) for piece, finds in Search(WANTED).finds(pieces) for find in finds
    ]


PLACES: list[tuple[Callable[..., bytes], str]] = [
    *((planting.png, each) for each in ("tEXt", "zTXt", "iTXt", "squeezed")),
    *(
        (planting.svg, each)
        for each in ("text", "tspans", "title", "comment", "metadata", "attribute", "picture")
    ),
    *(
        (planting.html, each)
        for each in (
            *("text", "inline", "alt", "title", "comment", "meta", "script", "json", "style"),
            *("svg", "data", "percent", "css", "hidden"),
        )
    ),
    *(
        (planting.docx, each)
        for each in (
            *("body", "runs", "deleted", "author", "comment", "commenter", "people", "footnote"),
            *("header", "core", "custom", "picture", "embedded", "field", "name", "zip"),
        )
    ),
    *(
        (planting.notebook, each)
        for each in (
            *("stream", "html", "plain", "picture", "drawing", "metadata", "error", "source"),
            *("cell", "book"),
        )
    ),
    *(
        (planting.pdf, each)
        for each in (
            *("page", "note", "author", "link", "attached", "xmp", "outline", "filename", "alt"),
            *("info",),
        )
    ),
]


@pytest.mark.parametrize(
    ("write", "place"), PLACES, ids=lambda each: getattr(each, "__name__", each)
)
@pytest.mark.parametrize(("planted", "kind"), [(NAME, "name"), (NIK, "identity"), (EMAIL, "email")])
def test_what_is_planted_is_found(
    write: Callable[..., bytes], place: str, planted: str, kind: str
) -> None:
    assert {each for each, _ in found(write(planted, place))} == {kind}


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (planting.png(NAME, "eXIf"), "a.png"),
        (planting.jpeg(NAME), "a.jpg"),
        (planting.jpeg(NAME, 0xED), "a.jpg"),
        (planting.jpeg(NAME, 0xFE), "a.jpg"),
        (planting.pdf(NAME, "photo"), "a.pdf"),
        (planting.docx(NAME, "object"), "a.docx"),
        (planting.tree(NAME), "tree.json"),
        (gzip.compress(NAME.encode()), "a.svgz"),
        (NAME.encode("utf-16"), "a.txt"),
        (f"a,b\n1,{NAME}\n".encode(), "a.csv"),
        (f"a;b,c\n1;{NAME}\n".encode(), "data/raw/a.csv"),
        (json.dumps({NAME: 1}).encode(), "a.json"),
        (b"<!DOCTYPE html><a href='https://a.org/Siti%20Aminah'>x</a>", "a.html"),
        (b"GIF89a\x01\x00!\xfe\x0b" + NAME.encode() + b"\x00;", "a.gif"),
    ],
)
def test_a_name_in_other_places(data: bytes, path: str) -> None:
    assert {kind for kind, _ in found(data, path)} == {"name"}


@pytest.mark.parametrize("planted", ["x", "Siti", "7"])
@pytest.mark.parametrize(
    "write",
    [planting.png, planting.svg, planting.html, planting.docx, planting.notebook, planting.pdf],
)
def test_a_file_without_anything_planted(write: Callable[..., bytes], planted: str) -> None:
    assert found(write(planted)) == []


def parquet(**columns: list[Any]) -> bytes:
    buffer = BytesIO()
    pl.DataFrame(columns).write_parquet(buffer)
    return buffer.getvalue()


def test_clean_tables() -> None:
    assert found(parquet(who=["x", NAME, "z"]))[0] == ("name", "who")
    assert found(f"a,b\n1,{NIK},2\n".encode(), "a.csv") == [("identity", "")]
    assert found(parquet(nik=[int(NIK), 1])) == [("identity", "nik")]
    assert found(parquet(all=[["x", NAME], []]))[0] == ("name", "all")
    assert {kind for kind, _ in found(parquet(**{NAME: [1]}))} == {"name"}
    assert found(parquet(who=["x"], rate=[0.3201014501900001])) == []
    assert found(json.dumps({"rate": 0.3201014501900001, "n": 3201014501900001}).encode()) == [
        ("identity", "")
    ]


def test_the_part_is_named() -> None:
    assert found(planting.docx(NAME, "comment")) == [("name", "word/comments.xml")]
    assert found(planting.docx(NAME, "picture")) == [("name", "word/media/a.png/tEXt")]
    assert found(planting.pdf(NAME)) == [("name", "#page=1")]
    assert found(planting.pdf(NAME, "info")) == [("name", "#info")]


def test_words_of_neighbours_do_not_run_together() -> None:
    assert found(planting.html("Siti</p><p>x</p><p>Aminah")) == []
    cells = "".join(
        f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in ("Siti A", "minah")
    )
    assert found(planting.package({"word/document.xml": planting.word(cells)})) == []


def test_a_file_in_several_papers_is_read_once() -> None:
    reading = Reading()
    inner = planting.png(NAME)
    first = reading.pieces(planting.package({"a.png": inner}), "one")
    second = reading.pieces(planting.package({"b.png": inner, "c": b""}), "two")
    assert [piece.part for piece in first if NAME in piece.text] == ["a.png/tEXt"]
    assert [piece.part for piece in second if NAME in piece.text] == ["b.png/tEXt"]


HOSTILE = [
    planting.pdf(NAME)[:300],
    b"%PDF-1.7\n" + b"\xff" * 500,
    planting.docx(NAME)[:-30],
    planting.png(NAME)[:50],
    b"PAR1" + b"\x00" * 100,
    b"\x1f\x8b" + b"\x01" * 50,
    b'{"a": ',
    b"[" * 100_000,
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_a_broken_output_is_told_and_stops_nothing(data: bytes) -> None:
    reading = Reading()
    reading.pieces(data, "outputs/x")
    assert [path for path, _, _ in reading.unread] == ["outputs/x"]


def test_entities_are_not_followed_and_a_bomb_does_not_burst() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert found(f"<?xml version='1.0'?>{laughs}".encode()) == []
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    reading = Reading()
    pieces = reading.pieces(f"<?xml version='1.0'?>{outside}".encode(), "x.xml")
    assert not any("root:" in piece.text for piece in pieces)
    nested = b"x"
    for _ in range(12):
        nested = planting.package({"a.zip": nested})
    reading = Reading()
    reading.pieces(nested, "outputs/x")
    assert reading.unread[0][2] == "depth"


def test_a_deep_page_is_read() -> None:
    assert found(b"<html>" + b"<div>" * 5000 + NAME.encode(), "a.html")[0][0] == "name"


@given(st.binary(max_size=300), st.sampled_from(["", "a.json", "a.svg", "a.html"]))
def test_any_bytes_can_be_read(data: bytes, name: str) -> None:
    Reading().pieces(data, name)


@given(
    st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PAR1"]),
    st.binary(max_size=200),
)
def test_any_bytes_behind_a_known_start_can_be_read(start: bytes, data: bytes) -> None:
    Reading().pieces(start + data, "x")
