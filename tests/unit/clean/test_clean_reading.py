"""Raw files in the forms that researchers have: what is read, and what is refused where."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bukti.base.diagnostic import Diagnostic, Problem
from bukti.clean.raw import Raw
from bukti.clean.reading.frames import column, text_of
from bukti.clean.reading.sheet import letter

Read = Callable[[Raw], pl.DataFrame]


def refused(data: bytes, name: str, read: Read) -> Diagnostic:
    with pytest.raises(Problem) as caught:
        read(Raw(files={name: data}, script="s.py"))
    return caught.value.diagnostics[0]


@pytest.mark.parametrize(
    ("data", "options"),
    [
        ("daerah,nilai\nKulon–Progo,é\n".encode(), {}),
        ("\ufeffdaerah,nilai\nKulon–Progo,é\n".encode(), {}),
        ("\ufeffdaerah,nilai\nKulon–Progo,é\n".encode("utf-16-le"), {}),
        ("\ufeffdaerah,nilai\nKulon–Progo,é\n".encode("utf-16-be"), {}),
        (
            "daerah;nilai\nKulon–Progo;é\n".encode("cp1252"),
            {"encoding": "cp1252", "separator": ";"},
        ),
        ("daerah\tnilai\r\nKulon–Progo\té\r\n".encode(), {"separator": "\t"}),
        ("Tabel 1\nSumber: X\ndaerah,nilai\nKulon–Progo,é\n".encode(), {"skip": 2}),
    ],
)
def test_text_in_every_encoding_and_separator(data: bytes, options: dict[str, Any]) -> None:
    frame = Raw(files={"a.csv": data}, script="s.py").csv("a.csv", **options)
    assert frame.drop("_row").to_dicts() == [{"daerah": "Kulon–Progo", "nilai": "é"}]


def test_a_row_knows_its_line_behind_breaks_in_cells_and_empty_lines() -> None:
    data = b'a,b\n"one\ntwo",1\n\nx,2\n'
    frame = Raw(files={"a.csv": data}, script="s.py").csv("a.csv")
    assert frame.get_column("_row").to_list() == [2, 5]


def test_a_byte_of_another_encoding_is_named_with_its_place() -> None:
    data = "nama\nKulon–Progo\n".encode("cp1252")
    finding = refused(data, "a.csv", lambda raw: raw.csv("a.csv"))
    assert (finding.code, str(finding.span)) == ("CLN110", "data/raw/a.csv:2:6")
    assert finding.arguments["likely"] == "cp1252"
    assert finding.arguments["byte"] == "0x96"


def test_every_uneven_row_is_listed() -> None:
    with pytest.raises(Problem) as caught:
        Raw(files={"a.csv": b"a,b\n1\n1,2\n1,2,3\n"}, script="s.py").csv("a.csv")
    lines = [(each.code, each.span and each.span.line) for each in caught.value.diagnostics]
    assert lines == [("CLN112", 2), ("CLN112", 4)]


def bps_workbook() -> bytes:
    """A sheet as the statistics office publishes them: three rows of headings, notes below."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tabel 1"
    rows: list[list[Any]] = [
        ["Pekerja Anak Menurut Provinsi, 2019-2020"],
        [],
        ["Provinsi", "Pekerja Anak", None, None, None],
        [None, "2019", None, "2020", None],
        [None, "Laki-laki", "Perempuan", "Laki-laki", "Perempuan"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["Aceh", 1.52, "-", 2.3, "1,90 *"],
        ["Sumatera Utara", 13.305, 2, 3, 4],
        [],
        ["Indonesia", 1.58, 1.6, 2.3, 3.25],
        ["Catatan: * angka sementara"],
        ["Sumber: BPS, Sakernas"],
        ["Diakses pada 30-07-2022 10:15"],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A3:A5", "B3:E3", "B4:C4", "D4:E4"):
        sheet.merge_cells(area)
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_sheet_as_the_statistics_office_publishes_it() -> None:
    raw = Raw(files={"bps.xlsx": bps_workbook()}, script="s.py")
    frame = raw.sheet("bps.xlsx", sheet="Tabel 1", header=(3, 5))
    assert frame.columns == [
        "_row",
        "Provinsi",
        "Pekerja Anak / 2019 / Laki-laki",
        "Pekerja Anak / 2019 / Perempuan",
        "Pekerja Anak / 2020 / Laki-laki",
        "Pekerja Anak / 2020 / Perempuan",
    ]
    assert frame.rows() == [
        (7, "Aceh", 1.52, "-", 2.3, "1,90 *"),
        (8, "Sumatera Utara", 13.305, "2", 3.0, "4"),
        (10, "Indonesia", 1.58, "16e-1", 2.3, "325e-2"),
    ]
    (notes,) = raw.changes
    assert (notes.kind, notes.rows) == ("notes", (11, 12, 13))
    assert notes.values[1] == ("Sumber: BPS, Sakernas", "", 1)
    assert raw.rows_in == {"bps.xlsx": 3}


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_older_and_open_workbooks_read_alike(suffix: str) -> None:
    data = (Path(__file__).parent / f"bps.{suffix}").read_bytes()
    raw = Raw(files={f"bps.{suffix}": data}, script="s.py")
    frame = raw.sheet(f"bps.{suffix}", header=(3, 5))
    modern = Raw(files={"bps.xlsx": bps_workbook()}, script="s.py")
    assert frame.equals(modern.sheet("bps.xlsx", header=(3, 5)))
    assert raw.changes[0].rows == modern.changes[0].rows


def test_columns_are_named_by_letter_and_the_last_row_is_stated() -> None:
    raw = Raw(files={"bps.xlsx": bps_workbook()}, script="s.py")
    names = {"A": "province", "B": "boys", "C": "girls_2019", "D": "boys_2020", "E": "girls_2020"}
    frame = raw.sheet("bps.xlsx", header=(3, 5), columns=names, last=8)
    assert frame.columns == ["_row", *names.values()]
    assert frame.get_column("province").to_list() == ["Aceh", "Sumatera Utara"]
    assert raw.changes[0].rows == (10, 11, 12, 13)


def test_an_error_of_the_spreadsheet_is_named_by_its_cell() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["a", "b"])
    sheet.append([1, "#REF!"])
    finding = refused(saved(book), "x.xlsx", lambda raw: raw.sheet("x.xlsx"))
    assert finding.code == "CLN120"
    assert (finding.arguments["cell"], finding.arguments["value"]) == ("B2", "#REF!")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"sheet": "Tabel1"}, "CLN118"),
        ({"header": (40, 41)}, "CLN119"),
        ({"header": 4}, "CLN115"),
    ],
)
def test_what_the_sheet_has_not(options: dict[str, Any], code: str) -> None:
    finding = refused(bps_workbook(), "b.xlsx", lambda raw: raw.sheet("b.xlsx", **options))
    assert finding.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html>not found</html>", "CLN116"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "CLN117"),
        (bps_workbook()[:900], "CLN116"),
    ],
)
def test_what_is_no_workbook(data: bytes, code: str) -> None:
    assert refused(data, "b.xlsx", lambda raw: raw.sheet("b.xlsx")).code == code


def test_typed_columns_stay_typed() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["year", "share", "day", "known", "empty"])
    sheet.append([2019, 1.5, date(2020, 8, 17), True])
    sheet.append([2020, 2, None, False])
    frame = Raw(files={"x.xlsx": saved(book)}, script="s.py").sheet("x.xlsx")
    assert frame.rows() == [
        (2, 2019, 1.5, date(2020, 8, 17), True, ""),
        (3, 2020, 2.0, None, False, ""),
    ]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_among_texts_reads_the_same_without_a_decimal_mark(value: float) -> None:
    text = text_of(value)
    assert float(text) == value
    assert "." not in text
    assert "," not in text


def test_what_is_no_number_of_a_column_is_missing() -> None:
    assert column("v", [1.5, math.nan, math.inf, None]).to_list() == [1.5, None, None, None]


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_letters_of_columns(place: int, name: str) -> None:
    assert letter(place) == name


JSON = b"""{
  "meta": {"page": 1, "items": "no"},
  "data": {"items": [
    {"year": 2019, "place": {"code": "11"}, "value": 1.5},
    {"year": 2020, "place": {"code": "12"}, "value": "..",
     "notes": ["a", "b"]}
  ]}
}
"""


def test_records_of_json_know_their_lines() -> None:
    frame = Raw(files={"a.json": JSON}, script="s.py").json("a.json", within="data.items")
    assert frame.to_dicts() == [
        {"_row": 4, "year": 2019, "place.code": "11", "value": "15e-1", "notes": None},
        {"_row": 5, "year": 2020, "place.code": "12", "value": "..", "notes": '["a", "b"]'},
    ]


@pytest.mark.parametrize(
    ("data", "within", "code", "line"),
    [
        (JSON, "data", "CLN121", None),
        (JSON, "data.rows", "CLN121", None),
        (JSON, "", "CLN121", None),
        (b"[1, 2]", "", "CLN121", None),
        (b'[\n{"a": 1,}]', "", "CLN116", 2),
        (b'[{"a": NaN}]', "", "CLN116", None),
    ],
)
def test_json_without_records(data: bytes, within: str, code: str, line: int | None) -> None:
    finding = refused(data, "a.json", lambda raw: raw.json("a.json", within=within))
    assert finding.span is not None
    assert (finding.code, finding.span.line) == (code, line)


XML = b"""<?xml version="1.0"?>
<Root><data>
  <record><field name="Country" key="IDN">Indonesia</field><field name="Year">2019</field></record>
  <record>
    <field name="Country" key="IDN">Indonesia</field><field name="Year"/></record>
</data></Root>
"""


def test_records_of_xml_know_their_lines() -> None:
    frame = Raw(files={"a.xml": XML}, script="s.py").xml("a.xml", row="//record")
    assert frame.rows() == [(3, "Indonesia", "2019"), (4, "Indonesia", None)]
    assert frame.columns == ["_row", "Country", "Year"]


@pytest.mark.parametrize(
    ("data", "row", "code"),
    [
        (XML, "//row", "CLN121"),
        (XML, "//[", "CLN116"),
        (b"<a><b></a>", "//b", "CLN116"),
        (
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><b>&x;</b></a>',
            "//b",
            "CLN116",
        ),
    ],
)
def test_xml_that_is_refused(data: bytes, row: str, code: str) -> None:
    assert refused(data, "a.xml", lambda raw: raw.xml("a.xml", row=row)).code == code


@pytest.fixture
def spss(tmp_path: Path) -> bytes:
    frame = pl.DataFrame({"age": [1.0, 2.0, 99.0], "name": ["x", "y", ""]})
    pyreadstat.write_sav(
        frame,
        str(tmp_path / "a.sav"),
        variable_value_labels={"age": {1.0: "anak", 2.0: "dewasa"}},
        missing_ranges={"age": [99]},
    )
    return (tmp_path / "a.sav").read_bytes()


def test_spss_keeps_labels_and_the_codes_of_missing_values(spss: bytes) -> None:
    raw = Raw(files={"a.sav": spss}, script="s.py")
    assert raw.spss("a.sav").rows() == [(1, 1, None, "x"), (2, 2, None, "y"), (3, None, "99", "")]
    labelled = raw.spss("a.sav", labels=True)
    assert labelled.get_column("age").to_list() == ["anak", "dewasa", None]
    assert labelled.columns == ["_row", "age", "age_flag", "name"]


def test_stata(tmp_path: Path) -> None:
    frame = pl.DataFrame({"year": [2019, 2020], "rate": [1.5, None]})
    pyreadstat.write_dta(frame, str(tmp_path / "a.dta"))
    data = (tmp_path / "a.dta").read_bytes()
    read = Raw(files={"a.dta": data}, script="s.py").stata("a.dta")
    assert read.rows() == [(1, 2019, 1.5), (2, 2020, None)]
    assert refused(b"junk" * 50, "b.dta", lambda raw: raw.stata("b.dta")).code == "CLN116"
