"""A corpus written as REFI-QDA is valid, names nobody, and comes back the same."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.coding_projects import archive, code, guid, project, selection, text_source

from bukti.base.diagnostic import Problem
from bukti.clean.coding import exporting
from bukti.clean.coding.exporting import exported, schema_fault
from bukti.clean.coding.reader import read_corpus
from bukti.clean.coding.records import (
    Attribute,
    Code,
    Coding,
    Corpus,
    Document,
    Group,
    Memo,
    Segment,
)
from bukti.clean.coding.tables import corpus_table

TEXT = "Ibu Sari 👩\nmengajar\u0007 setiap hari.\n\nIa datang."


def coded(code: str, coder: str = "Sari Dewi") -> tuple[Coding, ...]:
    return (Coding(id="", code=code, coder=coder, created="2024-01-02 03:04:05"),)


def segment(number: int, document: str, start: int | None, end: int | None, text: str) -> Segment:
    return Segment(
        id=f"s{number}",
        document=document,
        line=number,
        start=start,
        end=end,
        text=text,
        coder="Sari Dewi",
        codings=tuple(replace(each, id=f"s{number}") for each in coded("A / B")),
        memo="memo & <more>",
        state="unverifiable" if start is None else "found",
    )


def corpus(**changed: object) -> Corpus:
    documents = (
        Document(id="d1", name="Interview", kind="text", text=TEXT, state="read", line=1),
        Document(
            id="d2",
            name="Photo",
            kind="picture",
            text=None,
            state="no text",
            line=2,
            file="/home/somebody/photo.jpg",
        ),
        Document(id="d3", name="Scan", kind="pdf", text="satu\fdua", state="read", line=3),
        Document(id="d4", name="Sound", kind="audio", text="halo 😀 ya", state="read", line=4),
        Document(id="d5", name="Gone", kind="text", text=None, state="missing", line=5),
    )
    codes = (
        Code(id="A", name="A", path=("A",), parent=None, line=1, colour="#FF0000", memo="what"),
        Code(id="A / B", name="B", path=("A", "B"), parent="A", line=2, codable=False),
    )
    segments = (
        segment(1, "d1", 9, 10, "👩"),
        segment(2, "d1", 11, 20, "mengajar\u0007"),
        replace(segment(3, "d2", None, None, ""), area="1 2 3 4"),
        replace(segment(4, "d3", None, None, "dua"), area="1 2 3 4", page=2),
        segment(5, "d3", 5, 8, "dua"),
        segment(6, "d4", 5, 6, "😀"),
        replace(segment(7, "d4", None, None, ""), area="1000 2000"),
        segment(8, "d5", None, None, "words that were recorded " * 9),
        replace(segment(9, "d1", None, None, ""), state="whole document", memo=""),
    )
    base = Corpus(
        path="data/raw/x.xlsx",
        documents=documents,
        codes=codes,
        segments=segments,
        groups=(
            Group(kind="case", id="c", name="Case", line=1, documents=("d1",), segments=("s1",)),
            Group(kind="set", id="t", name="Set", line=1, documents=("d1",), codes=("A",)),
        ),
        memos=(Memo(id="m", name="n", text="a note", line=1, coder="Budi", about=("A",)),),
        attributes=(
            Attribute(owner="document", id="d1", name="year", value="2017", line=1),
            Attribute(owner="case", id="c", name="sex", value="f", line=1),
        ),
        coders={"Sari Dewi": "Sari Dewi"},
    )
    return replace(base, **changed)  # type: ignore[arg-type]


def test_a_corpus_comes_back_the_same() -> None:
    before = corpus()
    data = exported(before, "corpus.qdpx")
    assert schema_fault(data) is None
    again = read_corpus(data, "corpus.qdpx")
    assert [finding.code for finding in again.findings] == ["QUA111"]
    wanted = ["code_path", "start", "end", "page", "area", "memo", "document_name"]
    tables = [corpus_table(each, "segments").select(wanted) for each in (before, again)]
    assert tables[0].sort(wanted).rows() == tables[1].sort(wanted).rows()
    counts = [
        corpus_table(each, "codes").select("path", "segments_below") for each in (before, again)
    ]
    assert counts[0].equals(counts[1])
    values = [corpus_table(each, "attributes").select("name", "value") for each in (before, again)]
    assert sorted(values[0].rows()) == sorted(values[1].rows())


def test_nobody_is_named_and_no_folder() -> None:
    data = exported(corpus(), "corpus.qdpx")
    with zipfile.ZipFile(BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    for word in (b"Dewi", b"Budi", b"/home", b"somebody"):
        assert word not in everything
    assert b"Coder 1" in everything


def test_the_same_corpus_gives_the_same_bytes_again_and_again() -> None:
    data = exported(corpus(), "corpus.qdpx")
    assert exported(corpus(), "corpus.qdpx") == data
    twice = exported(read_corpus(data, "corpus.qdpx"), "corpus.qdpx")
    assert exported(read_corpus(twice, "corpus.qdpx"), "corpus.qdpx") == twice


@given(st.text(st.sampled_from("ab é中😀\n"), max_size=20).map(lambda text: f"x{text}y"), st.data())
def test_offsets_of_any_text_come_back(text: str, data: st.DataObject) -> None:
    spots = data.draw(
        st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 5)), max_size=3)
    )
    passages = tuple(
        segment(number, "d", start, min(start + length, len(text)), text[start : start + length])
        for number, (start, length) in enumerate(spots)
    )
    document = Document(id="d", name="d", kind="text", text=text, state="read", line=1)
    exported(corpus(documents=(document,), segments=passages, groups=(), attributes=()), "c.qdpx")


def test_a_project_with_errors_is_not_exported() -> None:
    broken = project(text_source(10, selection(20, 3, 1), inline="Ibu Sari"))
    with pytest.raises(Problem) as caught:
        exported(read_corpus(broken.encode(), "data/raw/p.qde"), "p.qdpx")
    assert [each.code for each in caught.value.diagnostics] == ["QUA113"]


def test_guids_stay_as_they_were() -> None:
    data = archive(
        {
            "p.qde": project(
                text_source(10, selection(20, 0, 3, 7), inline="Ibu"),
                codes=code(1, "a", code(7, "a")),
            )
        }
    )
    again = read_corpus(exported(read_corpus(data, "p.qdpx"), "p.qdpx"), "p.qdpx")
    assert [each.id for each in again.segments] == [guid(20).lower()]
    assert [each.id for each in again.codes] == [guid(1).lower(), guid(7).lower()]


def test_an_export_that_differs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    other = corpus(segments=corpus().segments[1:])
    monkeypatch.setattr(exporting, "read_corpus", lambda data, name: other)
    with pytest.raises(Problem) as caught:
        exported(corpus(), "corpus.qdpx")
    assert caught.value.diagnostics[0].code == "QUA131"


def test_members_of_a_set_in_a_codebook() -> None:
    book = (
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{code(1, "a")}</Codes><Sets>'
        f'<Set guid="{guid(2)}" name="s"><MemberCode guid="{guid(1)}"/></Set></Sets></CodeBook>'
    )
    (group,) = read_corpus(book.encode(), "b.qdc").groups
    assert group.codes == (guid(1).lower(),)
