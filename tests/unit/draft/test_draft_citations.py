"""Where reference managers keep their citations in a Word draft, and what becomes of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.open_text import head, odt, para, ranged
from tests.word import field, footnote, heading, item, paragraph, run, word

from bukti.draft.csl import identified
from bukti.draft.records import Draft, Imported
from bukti.draft.step import imported
from bukti.draft.stores import joined_properties
from bukti.draft.word_sources import word_citation

VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
B = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
LIST = ("Safira, T. 2022. Kerja sama.", "Basu, K. 1998. Anak.")


def take(*body: str, language: str = "id", **parts: object) -> Imported:
    data = word(heading("Satu"), *body, **parts)  # type: ignore[arg-type]
    return imported([Draft(name="naskah.docx", data=data, language=language)], "en")


def chapter(found: Imported) -> str:
    return " ".join(found.files["manuscript/id/01-satu.md"].decode().split())


def works(found: Imported) -> str:
    return found.files["manuscript/references.bib"].decode()


def page(found: Imported) -> str:
    return found.files[found.page].decode()


def mark(name: str, number: int, inner: str) -> str:
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'


def properties(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Zotero's properties: at most 255 characters each, in parts that are numbered."""
    pieces = [
        (f"{name}_{number + 1}", text[place : place + 255])
        for name, text in texts.items()
        for number, place in enumerate(range(0, len(text), 255))
    ]
    inner = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(pieces, start=2)
    )
    part = f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VT}">{inner}</Properties>'
    return {"docProps/custom.xml": part.encode()}


def csl(**locator: object) -> dict[str, object]:
    work = {"id": 7, "uris": ["http://zotero.org/7"], "itemData": {**item(), "id": 7}, **locator}
    return {"citationID": "q", "properties": {"noteIndex": 0}, "citationItems": [work]}


def test_zoteros_bookmarks_are_citations() -> None:
    code = f"ZOTERO_ITEM CSL_CITATION {json.dumps(csl(locator='12', label='page'))}"
    listing = 'ZOTERO_BIBL {"uncited":[],"custom":[]} CSL_BIBLIOGRAPHY'
    start = '<w:bookmarkStart w:id="3" w:name="ZOTERO_BREF_two"/>'
    found = take(
        paragraph(run("Lihat "), mark("ZOTERO_BREF_one", 1, run("(Safira 2022, 12)")), run(".")),
        paragraph(mark("ZOTERO_BREF_gone", 2, run("(Basu 1998)"))),
        heading("Daftar Pustaka"),
        paragraph(start + run(LIST[0])),
        paragraph(run(LIST[1]) + '<w:bookmarkEnd w:id="3"/>'),
        more=properties({"ZOTERO_BREF_one": code, "ZOTERO_BREF_two": listing}),
    )
    assert chapter(found) == "# Satu {#sec:satu} Lihat [@safira2022, hlm. 12]. (Basu 1998)"
    assert "@article{safira2022," in works(found)
    assert "1 citation of a reference manager, of whose work the draft says nothing" in page(found)
    assert "2 lines of the list that your reference manager made" in page(found)
    assert "not in the list" not in page(found)


@given(st.dictionaries(st.sampled_from(["ZOTERO_BREF_a", "ZOTERO_PREF"]), st.text(min_size=1)))
def test_texts_in_numbered_properties_come_back_whole(texts: dict[str, str]) -> None:
    pieces = {
        f"{name}_{number + 1}": text[place : place + 3]
        for name, text in texts.items()
        for number, place in enumerate(range(0, len(text), 3))
    }
    assert joined_properties(dict(reversed(pieces.items()))) == texts


def source(tag: str, kind: str, authors: str, **values: str) -> str:
    inner = "".join(f"<b:{name}>{escape(value)}</b:{name}>" for name, value in values.items())
    names = f"<b:Author>{authors}</b:Author>"
    head = f"<b:Tag>{tag}</b:Tag><b:SourceType>{kind}</b:SourceType>"
    return f"<b:Source>{head}{names}{inner}</b:Source>"


def person(last: str, first: str = "") -> str:
    given_name = f"<b:First>{first}</b:First>" if first else ""
    return f"<b:Person><b:Last>{last}</b:Last>{given_name}</b:Person>"


def named(role: str, *persons: str) -> str:
    return f"<b:{role}><b:NameList>{''.join(persons)}</b:NameList></b:{role}>"


def listed(*sources: str) -> dict[str, bytes]:
    part = f'<b:Sources SelectedStyle="\\APA.XSL" xmlns:b="{B}" xmlns="{B}">{"".join(sources)}'
    return {"customXml/item1.xml": f"{part}</b:Sources>".encode()}


SOURCES = listed(
    source(
        "Saf22",
        "JournalArticle",
        named("Author", person("Safira", "Triani"), person("Budi")),
        Title="Kerja sama & anak",
        JournalName="Politica",
        Year="2022",
        Month="Mei",
        Day="3",
        Volume="13",
        Issue="2",
        Pages="1-20",
        StandardNumber="1234-5678",
        DOI="10.1000/x",
    ),
    source(
        "BPS20",
        "Report",
        "<b:Author><b:Corporate>Badan Pusat Statistik</b:Corporate></b:Author>",
        Title="Statistik",
        Institution="BPS",
        City="Jakarta",
        CountryRegion="Indonesia",
        Year="2020",
        Comments="Edisi kedua",
    ),
    source("Tak00", "Book", named("Editor", person("Takdirnya")), Title="Tak dirujuk", Year="t.t."),
)


def control(kind: str, inner: str) -> str:
    content = f"<w:sdtContent>{inner}</w:sdtContent>"
    return f'<w:sdt><w:sdtPr><w:id w:val="1"/><w:{kind}/></w:sdtPr>{content}</w:sdt>'


def test_words_own_citations_and_their_sources() -> None:
    code = 'CITATION Saf22 \\p 12 \\f "lihat " \\l 1057  \\m BPS20'
    simple = f'<w:fldSimple w:instr=" CITATION BPS20 \\n \\l 1057 ">{run("(2020)")}</w:fldSimple>'
    listing = control(
        "bibliography",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>BIBLIOGRAPHY'
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(LIST[0])}</w:p>{paragraph(LIST[1])}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "</w:p>",
    )
    found = take(
        paragraph(
            run("A "),
            control("citation", field(code, "(lihat Safira & Budi, 2022, p. 12; BPS, 2020)")),
            run(" dan "),
            simple,
            run("."),
        ),
        control("docPartObj", heading("References") + listing),
        paragraph(field("CITATION Nobody \\l 1057", "(Nobody, 1999)")),
        more=SOURCES,
    )
    cited = "A [lihat @safira2022, hlm. 12; @badan2020] dan [-@badan2020]."
    assert cited in chapter(found)
    text = works(found)
    for words in (
        "author = {Safira, Triani and Budi}",
        "journal = {Politica}",
        "date = {2022-05-03}",
        "issn = {1234-5678}",
        "author = {{Badan Pusat Statistik}}",
        "publisher = {BPS}",
        "address = {Jakarta, Indonesia}",
        "annote = {Edisi kedua}",
        "title = {{Tak dirujuk}},\n  annote = {t.t.}\n",
    ):
        assert words in text, text
    assert "(Nobody, 1999)" in page(found)
    assert "2 lines of the list" in page(found)
    assert LIST[1] not in "".join(
        text.decode()
        for name, text in found.files.items()
        if name.endswith(".md") and "man" in name
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (" CITATION Saf22 \\l 1057 ", {}),
        ("CITATION Saf22 \\p 3-4", {"locator": "3-4", "label": "page"}),
        ('CITATION Saf22 \\s "dkk., hlm. 3" \\y', {"suffix": "dkk., hlm. 3"}),
        (
            "CITATION Saf22 \\v 2 \\n \\t",
            {"locator": "2", "label": "volume"} | {"suppress-author": True},
        ),
    ],
)
def test_switches_of_words_citations(code: str, expected: dict[str, object]) -> None:
    found = word_citation(code, {"Saf22": {"id": "x"}})
    assert found == {"citationItems": [{"itemData": {"id": "x"}, **expected}]}


def test_fields_of_other_kinds_are_no_citations() -> None:
    assert word_citation("PAGEREF _Saf22 \\h", {}) is None
    assert word_citation("CITATION Saf22", {}) == {"citationItems": []}


def record(number: int, author: str, year: str, title: str, cited: str = "") -> str:
    style = '<style face="normal" font="default" size="100%">'
    return (
        f"<Cite><Author>{author}</Author><Year>{year}</Year><RecNum>{number}</RecNum>{cited}"
        f"<DisplayText>({author}, {year})</DisplayText><record><rec-number>{number}</rec-number>"
        f'<foreign-keys><key app="EN" db-id="abc" timestamp="1">{number}</key></foreign-keys>'
        '<ref-type name="Book">6</ref-type><contributors><authors>'
        f"<author>{style}{author}, John</style></author></authors></contributors><titles>"
        f"<title>{style}{title}</style></title></titles><dates><year>{year}</year></dates>"
        "<publisher>Pers</publisher></record></Cite>"
    )


def encoded(records: str, shown: str) -> str:
    """A citation of EndNote as it writes long ones: the records in base 64, twice."""
    data = base64.b64encode(f"<EndNote>{records}</EndNote>".encode()).decode()
    lines = "\r\n".join(data[place : place + 76] for place in range(0, len(data), 76))
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData xml:space="preserve">{lines}'
    begin += "</w:fldData></w:fldChar></w:r>"
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> ADDIN EN.CITE{} </w:instrText></w:r>'
    inner = begin + code.format(".DATA") + end
    shows = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
    return begin + code.format("") + inner + shows + end


def test_endnotes_encoded_records_are_read() -> None:
    pages = "<Prefix>lihat </Prefix><Pages>12</Pages>"
    both = record(5, "Smith", "2010", "On things", pages) + record(6, "Basu", "1998", "Anak")
    broken = encoded("", "(Rusak, 2001)").replace("PEVuZE5vdGU", "********")
    found = take(
        paragraph(run("A "), encoded(both, "(lihat Smith, 2010, p. 12; Basu, 1998)"), run(".")),
        paragraph(run("B "), broken, footnote(2)),
        paragraph(field("ADDIN EN.REFLIST", "Smith, J. 2010. On things.")),
        footnotes={2: "Catatan."},
    )
    assert "A [lihat @smith2010, 12; @basu1998]." in chapter(found)
    assert "B (Rusak, 2001)[^1]" in chapter(found)
    assert "title = {{On things}}" in works(found)
    assert "1 line of the list" in page(found)
    assert "1 citation of a reference manager" in page(found)


def test_records_of_two_libraries_that_count_alike_stay_apart() -> None:
    first = word(heading("Satu"), paragraph(encoded(record(5, "Smith", "2010", "A"), "(S)")))
    second = word(heading("One"), paragraph(encoded(record(5, "Basu", "1998", "B"), "(B)")))
    drafts = [
        Draft(name="a.docx", data=first, language="id"),
        Draft(name="b.docx", data=second, language="en"),
    ]
    found = imported(drafts, "en")
    assert "[@smith2010]" in found.files["manuscript/id/01-satu.md"].decode()
    assert "[@basu1998]" in found.files["manuscript/en/01-satu.md"].decode()


def cite_control(tag: str, inner: str) -> str:
    content = f"<w:sdtContent>{inner}</w:sdtContent>"
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>{content}</w:sdt>'


def test_mendeley_cites_controls_around_paragraphs_and_its_list() -> None:
    data = {
        "citationID": "MENDELEY_CITATION_1",
        "isEdited": False,
        "manualOverride": {"isManuallyOverridden": False, "manualOverrideText": ""},
        "citationItems": [{"id": "u", "itemData": {**item(), "id": "u"}, "isTemporary": False}],
    }
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps(data).encode()).decode()
    found = take(
        cite_control(tag, paragraph("(Safira, 2022)")),
        paragraph(cite_control("MENDELEY_CITATION_v3_!", run("(Basu, 1998)"))),
        cite_control("MENDELEY_BIBLIOGRAPHY", paragraph(LIST[0]) + paragraph(LIST[1])),
    )
    assert chapter(found) == "# Satu {#sec:satu} [@safira2022] (Basu, 1998)"
    assert "2 lines of the list" in page(found)
    assert "(Basu, 1998)" in page(found)


@pytest.mark.parametrize("code", ["CitaviPlaceholder{eyJ9}", "REFMGR.CITE <Refman/>"])
def test_citations_of_other_managers_are_listed(code: str) -> None:
    found = take(paragraph(field(f"ADDIN {code}", "(Safira, 2022)")))
    assert "(Safira, 2022)" in chapter(found)
    assert "1 citation of a reference manager" in page(found)


def test_dates_in_words_are_kept_as_remarks() -> None:
    data = item(issued={"literal": "tanpa tahun"}, author=[{"family": "Safira"}])
    citation = {"citationItems": [{"id": 3, "itemData": {**data, "id": 3}}]}
    code = f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(citation)}"
    found = take(paragraph(field(code, "(Safira, tanpa tahun)")))
    assert "annote = {tanpa tahun}" in works(found)
    assert "date =" not in works(found)


def test_a_citation_without_its_data_is_listed() -> None:
    citation = {"citationItems": [{"id": 3, "uris": ["http://zotero.org/users/1/items/AB"]}]}
    code = f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(citation)}"
    found = take(paragraph(run("A "), field(code, "(Safira 2022)"), run(".")))
    assert "A (Safira 2022)." in chapter(found)
    assert "`manuscript/id/01-satu.md:3`: (Safira 2022)" in page(found)
    assert "manuscript/references.bib" not in found.files


DIFFICULT = [
    {"title": None, "author": "Ani", "type": "book"},
    {"title": "T", "type": "zzz", "author": [{"family": None}], "issued": {"date-parts": [[None]]}},
    {"title": "T", "type": "book", "issued": {"date-parts": ["2020"], "literal": "2020"}},
    {"title": "T", "type": "book", "issued": "2020-05", "volume": 1.5, "note": ["a", {"b": 1}]},
    {"title": "T", "type": "book", "DOI": 7, "custom": {"a": [1]}, "annote": 5},
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "author", "issued", "date-parts", "family", "title", "itemData"]
            ),
            inner,
            max_size=3,
        )
    ),
)


@pytest.mark.parametrize("data", DIFFICULT)
def test_works_with_odd_fields_are_read(data: dict[str, object]) -> None:
    citation = {"citationItems": [{"id": 3, "itemData": data, "suffix": 3, "prefix": None}]}
    code = f"ZOTERO_ITEM CSL_CITATION {json.dumps(citation)}"
    written = odt(head("Satu"), para(ranged("reference-mark", f"{code} RND1", "(Ani 2020)")))
    for draft in (
        Draft(name="a.docx", data=word(paragraph(field(f"ADDIN {code}", "(Ani 2020)")))),
        Draft(name="a.odt", data=written),
    ):
        found = imported([replace(draft, language="id")], "en")
        assert "manuscript/references.bib" in found.files
        assert "date = {00}" not in works(found)


@given(JSON)
def test_any_citation_is_made_readable(value: object) -> None:
    for work in identified({"citationItems": value})["citationItems"]:
        assert isinstance(work["id"], str)
        for name, content in work.get("itemData", {}).items():
            assert content, name
            assert isinstance(content, str | list | dict), name
