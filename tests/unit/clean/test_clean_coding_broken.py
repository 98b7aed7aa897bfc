"""However a coded project is broken, it is read or refused with a reason, never anything else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.coding_projects import (
    QUALCODER,
    TAGUETTE,
    archive,
    code,
    database,
    guid,
    project,
    selection,
    text_source,
)
from tests.word import commented, paragraph, word

from bukti.base.diagnostic import Problem
from bukti.clean.coding.reader import Beside, read_corpus
from bukti.clean.coding.tables import TABLES, corpus_table

SOURCES = text_source(10, selection(20, 0, 3) + selection(21, 4, 8, 2), inline="Ibu Sari") + (
    f'<PDFSource guid="{guid(11)}" name="B" path="internal://B.pdf">'
    f'<PDFSelection guid="{guid(22)}" page="2" firstX="1" firstY="2" secondX="3" secondY="4"/>'
    f'</PDFSource><AudioSource guid="{guid(12)}"><Transcript guid="{guid(13)}">'
    f'<PlainTextContent>halo</PlainTextContent><SyncPoint guid="{guid(14)}" position="1"/>'
    f'<TranscriptSelection guid="{guid(15)}" fromSyncPoint="{guid(14)}"/></Transcript>'
    f'<AudioSelection guid="{guid(16)}" begin="1" end="2"/></AudioSource>'
)
PROJECT = project(SOURCES).encode()
WHOLE = {
    "a.qde": PROJECT,
    "b.qdpx": archive({"project.qde": PROJECT, "sources/B.pdf": b"%PDF-"}),
    "c.qda": database(
        QUALCODER,
        {
            "source": [(1, "A", "Ibu Sari", None, "", "AB", "", None, None)],
            "code_name": [(5, "Staff", "", None, "AB", "", "", None)],
            "code_text": [(7, 5, 1, "Ibu", 0, 3, "AB", "", "", None, None)],
            "code_image": [(8, 1, 1, 2, 3, 4, 5, "", "", "", None, None)],
        },
    ),
    "d.sqlite3": database(
        TAGUETTE,
        {
            "documents": [(1, "A", "", "", "", 1, "", "<p>Ibu</p>")],
            "highlights": [(1, 1, 0, 3, "Ibu")],
            "tags": [(1, 1, "a", "")],
            "highlight_tags": [(1, 1)],
        },
    ),
    "e.docx": word(paragraph(commented(0, "Ibu")), comments={0: ("AB", "[A]")}),
    "f.csv": b"document,code,text,start,end\nD,A / B,Ibu,0,3\nD,A,Sari,,\n",
}


def read(name: str, data: bytes) -> None:
    try:
        corpus = read_corpus(data, name, Beside(files={}))
    except Problem as problem:
        assert problem.diagnostics
        return
    for table in TABLES:
        corpus_table(corpus, table)


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_projects_are_read(name: str) -> None:
    assert read_corpus(WHOLE[name], name).segments


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_bytes_that_were_lost_or_changed(name: str, data: st.DataObject) -> None:
    whole = WHOLE[name]
    start = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 40))
    new = data.draw(st.binary(max_size=8))
    read(name, whole[:start] + new + whole[start + gone :])
    read(name, whole[:start])


VALUES = ["", "-1", "x", "9" * 30, "9" * 5000, "1.5", "٣", "\u00a0", guid(10), guid(999)]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_attributes_with_any_value(data: st.DataObject) -> None:
    text = PROJECT.decode()
    quotes = [place for place, sign in enumerate(text) if sign == '"']
    number = data.draw(st.integers(0, len(quotes) // 2 - 1))
    start, end = quotes[2 * number] + 1, quotes[2 * number + 1]
    value = data.draw(st.sampled_from(VALUES))
    read("a.qde", (text[:start] + value + text[end:]).encode())


@pytest.mark.parametrize("value", [None, "x", 1.5, -1, 2**40, -(2**63), b"\x00"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("code_text", "cid"),
        ("code_text", "fid"),
        ("code_text", "pos0"),
        ("code_text", "pos1"),
        ("code_text", "seltext"),
        ("code_image", "x1"),
        ("code_image", "width"),
        ("source", "fulltext"),
        ("source", "name"),
        ("code_name", "catid"),
    ],
)
def test_cells_of_another_kind(table: str, column: str, value: object) -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.deserialize(WHOLE["c.qda"])
    connection.execute(f"UPDATE {table} SET {column} = ?", (value,))
    connection.commit()
    read("c.qda", connection.serialize())


def test_a_database_of_a_version_without_some_columns() -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.deserialize(WHOLE["c.qda"])
    for table, column in (("code_name", "supercid"), ("code_text", "important")):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.execute("ALTER TABLE code_text DROP COLUMN memo")
    (text, *_) = read_corpus(connection.serialize(), "c.qda").segments
    assert text.text == "Ibu"


def test_codes_of_one_name_are_no_fault() -> None:
    twins = code(1, "A", code(2, "A"))
    assert not read_corpus(project("", codes=twins).encode(), "a.qde").findings
