"""Coded documents of Taguette, QualCoder, spreadsheets and Word, all as the same records."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.coding_projects import QUALCODER, TAGUETTE, code, database, project
from tests.word import commented, deleted, paragraph, run, word

from bukti.base.diagnostic import Problem
from bukti.clean.coding.reader import Beside, read_corpus
from bukti.clean.coding.records import Corpus
from bukti.clean.coding.tables import corpus_table
from bukti.clean.coding.taguette import html_text
from bukti.clean.raw import Raw

TEXT = "Ibu Sari 👩 mengajar.\nIa datang setiap hari."


def codes_of(corpus: Corpus) -> list[str]:
    return [finding.code for finding in corpus.findings]


def utf_16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def qualcoder(start: int, end: int, words: str, **more: Any) -> Corpus:
    rows = {
        "project": [("v17", "2024-01-01", "", "QualCoder 3.8")],
        "source": [
            (1, "Ibu Sari", TEXT, None, "a memo", "AB", "2024-01-01", None, None),
            (2, "photo.jpg", None, "/images/photo.jpg", "", "AB", "2024-01-01", None, None),
            (3, "scan.pdf", "", "docs:/home/somebody/scan.pdf", "", "AB", "", None, None),
        ],
        "code_cat": [(1, "Capacity", "AB", "", "", None), (2, "People", "AB", "", "", 1)],
        "code_name": [
            (5, "Staff", "", 2, "AB", "", "#FF0000", None),
            (6, "Teachers", "", None, "AB", "", "", 5),
        ],
        "code_text": [(7, 6, 1, words, start, end, "AB", "2024-02-01 10:00:00", "m", None, None)],
        "code_image": [(8, 2, 10, 20, 30, 40, 5, "", "", "CD", None, None)],
        "annotation": [(9, 1, 0, 3, "who?", "CD", "")],
        "cases": [(1, "Sari", "", "AB", "")],
        "case_text": [(1, 1, 1, 0, 10, "AB", "", "")],
        "attribute": [(1, "year", "file", "2017", 1, "", "AB"), (2, "sex", "case", "f", 1, "", "")],
        "journal": [(1, "diary", "began", "2024-01-01", "AB")],
        **more,
    }
    return read_corpus(database(QUALCODER, rows), "data/raw/data.qda")


def test_qualcoder_counts_as_qt_does() -> None:
    before = TEXT[: TEXT.index("mengajar")]
    corpus = qualcoder(utf_16(before), utf_16(before) + 8, "mengajar")
    text, area, annotation = corpus.segments
    assert (text.text, text.state, text.start) == ("mengajar", "agrees", len(before))
    assert (area.area, area.state) == ("10 20 40 60", "unverifiable")
    assert (annotation.text, annotation.memo, annotation.codings) == ("Ibu", "who?", ())
    assert codes_of(corpus) == ["QUA111"]
    assert corpus.documents[2].file == "scan.pdf"
    table = corpus_table(corpus, "codes")
    assert table.get_column("path").to_list() == [
        "Capacity",
        "Capacity / People",
        "Capacity / People / Staff",
        "Capacity / People / Staff / Teachers",
    ]
    assert table.get_column("segments_below").to_list() == [2, 2, 2, 1]
    assert corpus_table(corpus, "documents").get_column("cases").to_list()[0] == "Sari"
    assert corpus_table(corpus, "attributes").get_column("owner").to_list() == ["document", "case"]
    assert set(corpus.coders) == {"AB", "CD"}


def test_qualcoder_in_code_points() -> None:
    before = len(TEXT[: TEXT.index("mengajar")])
    corpus = qualcoder(before, before + 8, "mengajar")
    assert (corpus.segments[0].text, corpus.segments[0].state) == ("mengajar", "agrees")


def test_a_source_that_was_edited_under_its_passages() -> None:
    corpus = qualcoder(0, 3, "Ia datang")
    finding = corpus.findings[-1]
    assert (finding.code, corpus.segments[0].state) == ("QUA119", "differs")
    assert finding.notes[0].arguments == {"start": str(TEXT.index("Ia datang"))}
    assert qualcoder(0, 3, "nowhere").findings[-1].notes[0].key == "coded-text-nowhere"


def test_codes_in_a_circle_and_codes_that_are_gone() -> None:
    circle = qualcoder(0, 3, "Ibu", code_cat=[(1, "A", "", "", "", 2), (2, "B", "", "", "", 1)])
    assert codes_of(circle).count("QUA125") == 4
    gone = qualcoder(0, 3, "Ibu", code_name=[])
    assert codes_of(gone).count("QUA114") == 2


TAGGED = "<p>Ibu <b>Sari</b> 👩 caf\u00e9</p>\n<p>mengajar &amp; datang.</p>"


def taguette(highlights: list[tuple[object, ...]], **more: Any) -> bytes:
    rows = {
        "projects": [(1, "Interviews", "", "2024-01-01")],
        "documents": [
            (1, "Interview", "", "a.docx", "2024-01-01", 1, "LEFT_TO_RIGHT", TAGGED),
        ],
        "commands": [
            (1, "2024-02-02 10:00:00", "ani", 1, 1, '{"type": "highlight_add", "highlight_id": 1}'),
            (2, "2024-02-03 10:00:00", "budi", 1, 1, '{"type": "project_meta"}'),
        ],
        "highlights": highlights,
        "tags": [
            (1, 1, "capacity", "what"),
            (2, 1, "capacity.staff", ""),
            (3, 1, "money.own", ""),
        ],
        "highlight_tags": [(1, 2), (1, 3)],
        **more,
    }
    return database(TAGUETTE, rows)


def test_taguette_counts_bytes_of_the_text_without_tags() -> None:
    text = html_text(TAGGED)
    start = len(text[: text.index("mengajar")].encode())
    data = taguette([(1, 1, start, start + 10, "<p>mengajar &amp;</p>"), (2, 1, 0, 3, "Ibu")])
    corpus = read_corpus(data, "data/raw/project.sqlite3")
    first = next(each for each in corpus.segments if each.id == "highlight-1")
    assert (first.text, first.state, first.coder, first.created) == (
        "mengajar &",
        "agrees",
        "ani",
        "2024-02-02 10:00:00",
    )
    assert codes_of(corpus) == []
    assert corpus_table(corpus, "codes").select("path", "segments", "segments_below").rows() == [
        ("capacity", 0, 1),
        ("capacity / staff", 1, 1),
        ("money.own", 1, 1),
    ]
    assert corpus_table(corpus, "segments").get_column("code_path").to_list() == [
        None,
        "capacity / staff",
        "money.own",
    ]


@given(st.text(st.sampled_from("ab \u00e9\u4e2d\U0001f600\n"), min_size=1, max_size=20), st.data())
def test_taguettes_bytes_become_code_points(words: str, data: st.DataObject) -> None:
    text = "x" + words
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    byte = [len(text[:place].encode()) for place in (start, end)]
    document = (1, "I", "", "", "", 1, "", f"<p>{text}</p>")
    base = taguette([(1, 1, *byte, text[start:end])], documents=[document])
    (segment,) = read_corpus(base, "p.sqlite3").segments
    assert (segment.start, segment.end, segment.text) == (start, end, text[start:end])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (taguette([], projects=[(1, "a", "", ""), (2, "b", "", "")]), "QUA103"),
        (database("CREATE TABLE x (a)", {}), "QUA102"),
        (taguette([])[:5000], "QUA105"),
        (taguette([])[:100] + b"\x00" * 5000, "QUA105"),
    ],
)
def test_databases_that_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(Problem) as caught:
        read_corpus(data, "data/raw/x.sqlite3")
    assert caught.value.diagnostics[0].code == code


def test_an_archived_journal_of_pages_is_no_hindrance() -> None:
    data = bytearray(taguette([]))
    data[18:20] = b"\x02\x02"
    assert len(read_corpus(bytes(data), "p.sqlite3").codes) == 3


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_of_documents_codes_and_segments() -> None:
    data = workbook(
        documents=[["document", "name", "file", "year"], ["D1", "Interview", "a.txt", 2017]],
        codes=[["code", "parent", "memo"], ["Capacity", "", "x"], ["Staff", "Capacity", ""]],
        segments=[
            ["document", "code", "text", "coder", "page"],
            ["D1", "Staff; Capacity", "Ia  datang", "AB", 3],
            ["Interview", "Capacity / Staff", "Ibu Sari", "AB", None],
            ["D1", "", "hari", "CD", None],
        ],
    )
    corpus = read_corpus(data, "data/raw/b.xlsx", Beside(files={"a.txt": TEXT.encode()}))
    assert codes_of(corpus) == []
    table = corpus_table(corpus, "segments")
    assert table.select("_row", "document", "code_path", "start", "state").rows() == [
        (2, "D1", "Capacity / Staff", TEXT.index("Ia"), "agrees"),
        (2, "D1", "Capacity", TEXT.index("Ia"), "agrees"),
        (3, "D1", "Capacity / Staff", 0, "agrees"),
        (4, "D1", None, TEXT.index("hari"), "agrees"),
    ]
    assert corpus_table(corpus, "attributes").select("name", "value").rows() == [("year", "2017")]


def csv(rows: str, **beside: str) -> Corpus:
    files = {f"{name}.csv": text.encode() for name, text in beside.items()}
    named = {name: f"{name}.csv" for name in beside}
    said = Beside(files=files, codes=named.get("codes"), documents=named.get("documents"))
    return read_corpus(rows.encode(), "data/raw/segments.csv", said)


def test_csv_files_without_documents() -> None:
    corpus = csv("document,code,text\nD1,A / B,one\nD2,A,two\n")
    assert [each.id for each in corpus.codes] == ["A", "A / B"]
    assert [(each.name, each.state) for each in corpus.documents] == [
        ("D1", "no text"),
        ("D2", "no text"),
    ]
    assert codes_of(corpus) == []


def named(rows: str, **columns: str) -> Corpus:
    beside = Beside(columns=columns)
    return read_corpus(rows.encode(), "data/raw/segments.csv", beside)


def test_columns_may_have_names_of_their_own() -> None:
    rows = "fact,code,source,codes,summary\nF1,in the way,S1,A; B,one\nF2,x,S2,A,two\n"
    corpus = named(rows, segment="fact", document="source", code="codes", memo="summary")
    table = corpus_table(corpus, "segments")
    assert table.select("_row", "segment", "document", "code", "state", "memo").rows() == [
        (2, "F1", "S1", "A", "unverifiable", "one"),
        (2, "F1", "S1", "B", "unverifiable", "one"),
        (3, "F2", "S2", "A", "unverifiable", "two"),
    ]


def test_a_column_that_the_sheet_does_not_have_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        named("document,code\nD,A\n", memo="summary")
    assert caught.value.diagnostics[0].code == "QUA126"
    assert caught.value.diagnostics[0].arguments["columns"] == "summary"


def test_words_that_stand_twice_or_nowhere_are_told() -> None:
    corpus = csv(
        "document,code,text\nD1,A,ya\nD1,A,tidak\nD1,A,nah\n",
        documents="document,text\nD1,ya dan ya. nah\n",
    )
    assert [each.arguments["count"] for each in corpus.findings] == ["2", "0"]
    assert {each.code for each in corpus.findings} == {"QUA124"}
    assert [each.span.line for each in corpus.findings if each.span] == [2, 3]


def test_a_document_whose_file_is_not_there_and_one_that_is_not_listed() -> None:
    corpus = csv("document,code,text\nD1,A,x\nD2,A,y\n", documents="document,file\nD1,gone.txt\n")
    assert codes_of(corpus) == ["QUA110", "QUA115"]


@pytest.mark.parametrize(
    ("segments", "codes", "code"),
    [
        ("document,tag\nD,A\n", None, "QUA126"),
        ("document,code\nD,Staff\n", "code,parent\nA,\nB,\nStaff,A\nStaff,B\n", "QUA121"),
        ("document,code\nD,Staf\n", "code\nStaff\n", "QUA122"),
        ("document,code\nD,A\n", "code,parent\nA,Z\n", "QUA122"),
        ("document,code\nD,A\n", "name\nA\n", "QUA126"),
    ],
)
def test_sheets_that_are_refused(segments: str, codes: str | None, code: str) -> None:
    with pytest.raises(Problem) as caught:
        csv(segments, **({"codes": codes} if codes else {}))
    assert caught.value.diagnostics[0].code == code


def test_a_code_that_stands_twice_in_its_sheet() -> None:
    corpus = csv("document,code\nD,A\n", codes="code\nA\nA\n")
    assert codes_of(corpus) == ["QUA120"]


TAGUETTE_ROWS = [
    ["id", "document", "tag", "content"],
    ["1", "Interview", "capacity", "Ibu, Sari"],
    ["1", "Interview", "capacity.staff", "Ibu, Sari"],
    ["2", "Interview", "", "datang"],
]


def test_highlights_that_taguette_exports() -> None:
    as_csv = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in TAGUETTE_ROWS)
    as_book = workbook(highlights=[list(row) for row in TAGUETTE_ROWS])
    for data, path in ((as_csv.encode(), "all_tags.csv"), (as_book, "all_tags.xlsx")):
        corpus = read_corpus(data, path)
        table = corpus_table(corpus, "segments").select("segment", "code_path", "text", "state")
        assert table.rows() == [
            ("1", "capacity", "Ibu, Sari", "unverifiable"),
            ("1", "capacity / staff", "Ibu, Sari", "unverifiable"),
            ("2", None, "datang", "unverifiable"),
        ], path
        assert codes_of(corpus) == []


def commented_word() -> bytes:
    tabs = '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr></w:p>'
    return word(
        paragraph(run("Ibu 👩 "), deleted("gone"), commented(0, "Sari mengajar"), run(".")),
        tabs,
        paragraph(run("Ia "), commented(1, "datang"), run(" pagi.")),
        paragraph(run("Akhir."), '<w:r><w:commentReference w:id="2"/></w:r>'),
        comments={
            0: ("AB", "[Capacity / Staff] [Place] who teaches"),
            1: ("CD", "an ordinary remark"),
            2: ("AB", "[Place]"),
        },
    )


def test_word_comments_put_passages_under_codes() -> None:
    corpus = read_corpus(commented_word(), "data/raw/interview.docx")
    assert corpus.documents[0].text == "Ibu 👩 Sari mengajar.\n\nIa datang pagi.\nAkhir."
    assert [(each.text, each.memo, each.coder) for each in corpus.segments] == [
        ("Sari mengajar", "who teaches", "AB"),
        ("datang", "an ordinary remark", "CD"),
        ("Akhir.", "", "AB"),
    ]
    table = corpus_table(corpus, "segments")
    assert table.get_column("code_path").to_list() == [
        "Capacity / Staff",
        "Place",
        None,
        "Place",
    ]
    assert codes_of(corpus) == []


def test_word_comments_by_a_codebook() -> None:
    book = project("", codes=code(1, "Capacity", code(2, "Staff")) + code(3, "Place")).encode()
    files = {"book.qde": book, "book.csv": b"code,parent\nCapacity,\nStaff,Capacity\nPlace,\n"}
    for name in files:
        beside = Beside(files=files, codes=name)
        corpus = read_corpus(commented_word(), "data/raw/interview.docx", beside)
        assert [each.name for each in corpus.codes] == ["Capacity", "Staff", "Place"], name
    without = Beside(files={"c.csv": b"code\nCapacity\n"}, codes="c.csv")
    with pytest.raises(Problem) as caught:
        read_corpus(commented_word(), "data/raw/interview.docx", without)
    assert caught.value.diagnostics[0].code == "QUA122"


def test_a_script_names_the_files_beside_a_sheet() -> None:
    files = {"s.csv": b"document;code\nD;A\n", "c.csv": b"code\nA\nB\n"}
    raw = Raw(files=files, script="s.py")
    assert raw.coding("s.csv", "codes", codes="c.csv", separator=";").height == 2
    with pytest.raises(Problem) as caught:
        raw.coding("s.csv", documents="d.csv", separator=";")
    assert caught.value.diagnostics[0].code == "CLN104"
