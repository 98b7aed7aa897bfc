"""Coded projects in REFI-QDA: what their exports hold, and what is refused."""

from __future__ import annotations

import stat
import warnings
import zipfile
from io import BytesIO
from typing import Any

import pytest
from tests.coding_projects import archive, code, guid, project, selection, text_source
from tests.word import word

from bukti.base.diagnostic import Problem
from bukti.base.span import Span
from bukti.clean.coding.archive import Archive
from bukti.clean.coding.codebook import code_named, shown_path, with_children
from bukti.clean.coding.reader import read_corpus
from bukti.clean.coding.records import Corpus
from bukti.clean.coding.tables import TABLES, corpus_table
from bukti.clean.raw import Raw

PATH = "data/raw/corpus.qdpx"
TEXT = "Ibu Sari 👩‍🏫 mengajar.\r\nIa datang setiap hari."


def read(sources: str, files: dict[str, str | bytes] | None = None, **more: str) -> Corpus:
    return read_corpus(archive({"project.qde": project(sources, **more), **(files or {})}), PATH)


def codes_of(corpus: Corpus) -> list[str]:
    return [finding.code for finding in corpus.findings]


def refused(data: bytes) -> tuple[str, list[str]]:
    with pytest.raises(Problem) as caught:
        read_corpus(data, PATH)
    finding = caught.value.diagnostics[0]
    return finding.code, [each.key for each in finding.notes]


def test_a_passage_in_a_source_file() -> None:
    where = TEXT.index("Ia datang") - 1
    corpus = read(
        text_source(10, selection(20, where, where + 9), "internal://A.txt"),
        {"sources/A.txt": b"\xef\xbb\xbf" + TEXT.replace("\r\n", "\n").encode()},
    )
    (segment,) = corpus.segments
    assert (segment.text, segment.state, segment.codings[0].coder) == (
        "Ia datang",
        "found",
        "R. Coder",
    )
    assert corpus.documents[0].text == TEXT.replace("\r\n", "\n")


@pytest.mark.parametrize("path", ["A.txt", "internal://A.txt", "relative://x/A.txt", "INTERNAL"])
@pytest.mark.parametrize("folder", ["sources", "Sources"])
def test_paths_of_sources(path: str, folder: str) -> None:
    stated = "internal://a.TXT" if path == "INTERNAL" else path
    corpus = read(text_source(10, selection(20, 0, 3), stated), {f"{folder}/A.txt": "Ibu Sari"})
    assert [segment.text for segment in corpus.segments] == ["Ibu"]


def test_what_counts_utf_16_is_found_by_its_recorded_words() -> None:
    said = "mengajar"
    at = len(TEXT[: TEXT.index(said)].encode("utf-16-le")) // 2
    corpus = read(
        text_source(10, selection(20, at, at + 8, name=said), "A.txt"), {"sources/A.txt": TEXT}
    )
    (segment,) = corpus.segments
    assert (segment.text, segment.state) == (said, "agrees")
    assert corpus.documents[0].text is not None
    assert corpus.documents[0].text[segment.start : segment.end] == said
    assert codes_of(corpus) == []


def test_without_recorded_words_the_counting_that_fits_all_is_taken() -> None:
    inline = "😀😀 dua"
    corpus = read(text_source(10, selection(20, 5, 8), inline=inline))
    assert ([each.text for each in corpus.segments], codes_of(corpus)) == (["dua"], [])


def test_a_counting_in_doubt_is_named() -> None:
    corpus = read(text_source(10, selection(20, 3, 5), inline="😀 satu dua"))
    assert codes_of(corpus) == ["QUA117"]
    assert corpus.segments[0].text == "at"


def test_line_ends_that_count_once_though_stored_as_two() -> None:
    stored = "a\r\nb\r\nakhir"
    corpus = read(
        text_source(10, selection(20, 4, 9, name="akhir"), "A.txt"), {"sources/A.txt": stored}
    )
    assert corpus.segments[0].text == "akhir"


def test_sources_missing_empty_and_unreadable() -> None:
    sources = (
        text_source(10, selection(20, 0, 3, name="satu"), "internal://gone.txt")
        + text_source(11, selection(21, 0, 3), inline="")
        + text_source(12, selection(22, 0, 3), "internal://bad.txt")
    )
    corpus = read(sources, {"sources/bad.txt": b"caf\xe9 \xff"})
    assert codes_of(corpus) == ["QUA110", "QUA111", "QUA112"]
    assert [each.arguments["count"] for each in corpus.findings] == ["1", "1", "1"]
    assert [(each.text, each.state) for each in corpus.segments] == [
        ("satu", "unverifiable"),
        ("", "unverifiable"),
        ("", "unverifiable"),
    ]


def test_word_and_damaged_pdf_sources() -> None:
    rich_text = word("<w:p><w:r><w:t>Satu</w:t><w:tab/><w:t>dua</w:t></w:r></w:p><w:p/>")
    rich = f'<TextSource guid="{guid(10)}" name="A" richTextPath="internal://A.docx"/>'
    pdf = (
        f'<PDFSource guid="{guid(11)}" name="B" path="internal://B.pdf">'
        f'<PDFSelection guid="{guid(21)}" page="2" firstX="1" firstY="2" secondX="3" secondY="4" '
        f'name="words"/></PDFSource>'
    )
    corpus = read(rich + pdf, {"sources/A.docx": rich_text, "sources/B.pdf": b"%PDF-1.7 cut"})
    assert corpus.documents[0].text == "Satu\tdua\n"
    assert corpus.documents[1].state == "empty"
    (segment,) = corpus.segments
    assert (segment.page, segment.area, segment.text) == (2, "1 2 3 4", "words")


def test_impossible_passages_are_named_by_their_guid() -> None:
    corpus = read(
        text_source(10, selection(20, 3, 1) + selection(21, 2, 400), inline="Ibu Sari mengajar")
    )
    assert [(each.code, each.arguments["guid"]) for each in corpus.findings] == [
        ("QUA113", guid(20).lower()),
        ("QUA113", guid(21).lower()),
    ]
    assert [each.notes[0].key for each in corpus.findings] == ["span-backwards", "span-beyond"]
    table = corpus_table(corpus, "segments")
    assert table.select("start", "end", "state").rows() == [(None, None, "impossible")] * 2


def test_references_to_what_is_not_there() -> None:
    case = (
        f'<Case guid="{guid(40)}" name="Sari"><SourceRef targetGUID="{guid(10)}"/>'
        f'<SelectionRef targetGUID="{guid(999)}"/></Case>'
    )
    data = project(text_source(10, selection(20, 0, 3, under=77), inline="Ibu Sari"))
    data = data.replace("<Sources>", f"<Cases>{case}</Cases><Sources>")
    corpus = read_corpus(archive({"anders.qde": data}), PATH)
    assert sorted(codes_of(corpus)) == ["QUA114", "QUA115"]
    assert corpus_table(corpus, "documents").get_column("cases").to_list() == ["Sari"]


def test_links_and_graphs_are_kept_and_told() -> None:
    links = f'<Links><Link guid="{guid(60)}" name="x"/></Links><Odd/>'
    corpus = read(text_source(10, "", inline="Ibu"), rest=links)
    assert [(each.arguments["kind"], each.code) for each in corpus.findings] == [
        ("Links", "QUA118"),
        ("Odd", "QUA118"),
    ]
    table = corpus_table(corpus, "leftovers")
    assert 'name="x"' in str(table.get_column("content")[0])


def test_no_other_form_stands_for_the_plain_text_that_positions_are_of() -> None:
    rich = word("<w:p><w:r><w:t>Ibu Sari</w:t></w:r></w:p>")
    source = text_source(10, selection(20, 0, 3), "internal://A.txt")
    source = source.replace("plainTextPath", 'richTextPath="internal://A.docx" plainTextPath')
    corpus = read(source, {"sources/A.docx": rich})
    assert (codes_of(corpus), corpus.segments[0].state) == (["QUA110"], "unverifiable")


def test_rich_text_that_is_not_read_is_not_taken_for_words() -> None:
    source = f'<TextSource guid="{guid(10)}" name="A" richTextPath="internal://A.rtf"/>'
    corpus = read(source, {"sources/A.rtf": rb"{\rtf1 Ibu Sari}"})
    assert (corpus.documents[0].state, corpus.documents[0].text) == ("unreadable", None)
    assert codes_of(corpus) == ["QUA112"]


def test_film_kept_outside_the_archive_as_atlas_ti_26_writes_it() -> None:
    video = (
        f'<VideoSource guid="{guid(10)}" name="talk.MP4" path="relative:///DD148A4A.mov">'
        f'<VideoSelection guid="{guid(20)}" begin="21477" end="21477" name="21s">'
        f"<Description>Trying</Description></VideoSelection></VideoSource>"
    )
    data = project(video).replace("<Project ", '<Project basePath="/Users/somebody/Media" ')
    corpus = read_corpus(archive({"Trial.qde": data}), PATH)
    (segment,) = corpus.segments
    assert (segment.area, segment.memo, segment.state) == (
        "21477 21477",
        "Trying",
        "unverifiable",
    )
    assert codes_of(corpus) == []
    assert "somebody" not in "".join(str(corpus_table(corpus, table)) for table in TABLES)


def test_a_missing_source_is_named_without_the_folders_of_its_owner() -> None:
    corpus = read(text_source(10, "", "absolute:///Users/somebody/interview.txt"))
    (finding,) = corpus.findings
    assert finding.arguments["file"] == "interview.txt"


def test_notes_sets_variables_and_whole_documents() -> None:
    source = (
        f'<TextSource guid="{{{guid(10)}}}" name="A"><PlainTextContent>Ibu</PlainTextContent>'
        f'<Coding guid="{guid(30)}"><CodeRef targetGUID="{guid(1)}"/>'
        f'<NoteRef targetGUID="{guid(50)}"/></Coding>'
        f'<VariableValue><VariableRef targetGUID="{guid(70)}"/><IntegerValue>2017</IntegerValue>'
        "</VariableValue></TextSource>"
    )
    rest = (
        f'<Notes><Note guid="{guid(50)}" name="n"><PlainTextContent>see page 3</PlainTextContent>'
        f'</Note></Notes><Sets><Set guid="{guid(80)}" name="Press">'
        f'<MemberSource targetGUID="{guid(10)}"/></Set></Sets>'
    )
    data = project(source, rest=rest).replace(
        "<Sources>",
        f'<Variables><Variable guid="{guid(70)}" name="year" typeOfVariable="Integer"/>'
        "</Variables><Sources>",
    )
    corpus = read_corpus(data.encode(), PATH)
    assert codes_of(corpus) == []
    assert corpus_table(corpus, "attributes").select("id", "name", "value").rows() == [
        (guid(10).lower(), "year", "2017")
    ]
    assert corpus_table(corpus, "documents").get_column("sets").to_list() == ["Press"]
    (row,) = corpus_table(corpus, "segments").to_dicts()
    assert (row["state"], row["memo"], row["code_path"]) == (
        "whole document",
        "see page 3",
        "Capacity",
    )
    assert corpus_table(corpus, "memos").get_column("about").to_list() == [guid(30).lower()]


DEEP = code(
    1,
    "Staff",
    code(2, "a", code(3, "Staff", code(4, "b", code(5, "c", code(6, "d", code(7, "Staff")))))),
)


def test_codes_seven_deep_whose_names_repeat() -> None:
    corpus = read(
        text_source(10, selection(20, 0, 3, 7) + selection(21, 0, 2, 3), inline="Ibu"), codes=DEEP
    )
    where = Span(path=PATH)
    deepest = corpus.codes[-1]
    assert shown_path(deepest) == "Staff / a / Staff / b / c / d / Staff"
    assert code_named(corpus.codes, shown_path(deepest), where) is deepest
    assert code_named(corpus.codes, f"{{{guid(7)}}}", where) is deepest
    assert code_named(corpus.codes, "d", where).id == guid(6).lower()
    assert len(with_children(corpus.codes, corpus.codes[2])) == 5
    counts = corpus_table(corpus, "codes").select("segments", "segments_below").rows()
    assert counts == [(0, 2), (0, 2), (1, 2), (0, 1), (0, 1), (0, 1), (1, 1)]


@pytest.mark.parametrize(("wanted", "code"), [("a / Staff", "QUA122"), ("x", "QUA122")])
def test_codes_that_are_not_there(wanted: str, code: str) -> None:
    corpus = read("", codes=DEEP)
    with pytest.raises(Problem) as caught:
        code_named(corpus.codes, wanted, Span(path=PATH))
    assert caught.value.diagnostics[0].code == code


def test_an_ambiguous_name_is_refused_with_the_paths() -> None:
    twins = code(1, "Staff") + code(2, "Staff") + code(3, "Top", code(4, "Staff"))
    corpus = read("", codes=twins)
    with pytest.raises(Problem) as caught:
        code_named(corpus.codes, "Staff", Span(path=PATH))
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.arguments["paths"].count("Staff")) == ("QUA121", 2)


def test_an_identifier_that_stands_twice() -> None:
    corpus = read("", codes=code(1, "a") + code(1, "b"))
    assert codes_of(corpus) == ["QUA120"]


def test_a_codebook_as_taguette_writes_it() -> None:
    book = (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5.2"><Codes>'
        f'<Code guid="{guid(1)}" name="capacity.staff" isCodable="true"></Code></Codes>'
        "<Sets></Sets></CodeBook>"
    )
    corpus = read_corpus(book.encode(), "data/raw/codebook.qdc")
    assert (corpus.origin, [each.name for each in corpus.codes]) == (
        "Taguette 1.5.2",
        ["capacity.staff"],
    )
    assert corpus_table(corpus, "codes").get_column("_row").to_list() == [2]


def entry(name: str, **changed: Any) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("project.qde", project(""))
        info = zipfile.ZipInfo(name)
        for key, value in changed.items():
            setattr(info, key, value)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            package.writestr(info, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (entry("../out.txt"), "archive-name"),
        (entry("/etc/out"), "archive-name"),
        (entry("C:/out"), "archive-name"),
        (entry("sources/a\tb"), "archive-name"),
        (entry("PROJECT.qde"), "archive-twice"),
        (entry("link", external_attr=(stat.S_IFLNK | 0o777) << 16), "archive-link"),
        (entry("a.txt")[:-30], "archive-damaged"),
        (b"PK\x03\x04 cut", "archive-damaged"),
        (entry("a.txt").replace(b"<Project", b"<Projekt"), "archive-damaged"),
    ],
)
def test_archives_that_are_refused(data: bytes, why: str) -> None:
    assert refused(data) == ("QUA101", [why])


def test_an_archive_whose_entry_is_not_as_long_as_it_says() -> None:
    data = bytearray(archive({"project.qde": project("")}))
    at = data.rindex(b"PK\x01\x02")
    size = int.from_bytes(data[at + 24 : at + 28], "little")
    data[at + 24 : at + 28] = (size + 40).to_bytes(4, "little")
    assert refused(bytes(data)) == ("QUA101", ["archive-damaged"])


def test_an_archive_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bukti.clean.coding.archive.LARGEST", 10)
    assert refused(archive({"project.qde": project("")})) == ("QUA101", ["archive-size"])


def test_an_archive_of_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bukti.clean.coding.archive.MOST", 1)
    with pytest.raises(Problem) as caught:
        Archive(archive({"a": "", "b": ""}), PATH)
    assert caught.value.diagnostics[0].notes[0].key == "archive-count"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (archive({"project.qde": project(""), "project (copy).qde": project("")}), "QUA103"),
        (archive({"readme.txt": "x"}), "QUA103"),
        (b"<!DOCTYPE html><html><body>Please log in</body></html>", "QUA102"),
        (b"\xef\xbb\xbf\n<html lang='id'>", "QUA102"),
        (b"just words", "QUA102"),
        (b"", "QUA102"),
        (b"<Other/>", "QUA102"),
        (b"<Project><Users></Project>", "QUA105"),
        (archive({"project.qde": "<Project>"}), "QUA105"),
        (b"<!DOCTYPE Project [<!ENTITY a 'aaaa'>]><Project name='&a;'/>", "QUA104"),
        (b"<!DOCTYPE Project SYSTEM 'http://127.0.0.1/x.dtd'><Project/>", "QUA104"),
        (archive({"project.qde": "<!DOCTYPE Project><Project/>"}), "QUA104"),
    ],
)
def test_what_is_no_coded_project(data: bytes, code: str) -> None:
    assert refused(data)[0] == code


def test_entities_that_unfold_are_refused_at_once() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE Project [<!ENTITY e0 "aaaa">{levels}]><Project>&e11;</Project>'
    assert refused(bomb.encode())[0] == "QUA104"


def test_a_cleaning_script_reads_tables_and_hears_of_faults() -> None:
    data = archive({"project.qde": project(text_source(10, selection(20, 0, 9), inline="Ibu"))})
    raw = Raw(files={"corpus.qdpx": data}, script="s.py")
    segments = raw.coding("corpus.qdpx")
    codes = raw.coding("corpus.qdpx", "codes", lookup=True)
    assert (segments.height, codes.height) == (1, 2)
    assert (raw.rows_in, raw.looked_up) == ({"corpus.qdpx": 1}, {"corpus.qdpx": 2})
    assert [finding.code for finding in raw.findings] == ["QUA113"]
    with pytest.raises(Problem) as caught:
        raw.coding("corpus.qdpx", "segmen")
    assert caught.value.diagnostics[0].code == "QUA123"


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_project_has_every_table_with_its_columns(table: str) -> None:
    frame = corpus_table(read("", codes=code(1, "a")), table)
    assert frame.columns == ["_row", *TABLES[table][0]]
