"""Units, footnote marks, flags and missing values, as the contract of a column names them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.diagnostic import Problem
from bukti.clean.cast import cast
from bukti.clean.contract import Contract, contract_of
from bukti.clean.numerals import numeral
from bukti.clean.writing import STANDARD, writing_of
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import read_yaml

EITHER = (
    {"decimal": ",", "group": "."},
    {"decimal": ".", "group": ","},
    {"decimal": ",", "group": " "},
)


def field_of(field: dict[str, Any], **table: Any) -> Contract:
    declared = {"name": "v", "type": "number", **field}
    return contract_of("t", "t.yaml", {"raw": ["a.csv"], "schema": {"fields": [declared]}, **table})


def read(text: str, written: dict[str, Any], locale: Any = "id") -> Any:
    frame, findings = cast(
        pl.DataFrame({"v": [text]}), field_of({"written": written}, locale=locale)
    )
    return [*(str(note.key) for note in findings[0].notes)] if findings else frame.item()


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("Rp1.578.000 ", {"prefix": "Rp"}, 1578000.0),
        ("Rp. 1.578.000", {"prefix": ["Rp", "Rp."]}, 1578000.0),
        ("Rp1.578.000,-", {"prefix": "Rp", "suffix": ",-"}, 1578000.0),
        ("US$ 1,5", {"prefix": "US$"}, 1.5),
        ("-Rp5", {"prefix": "Rp"}, -5.0),
        ("Rp\u22125", {"prefix": "Rp"}, -5.0),
        ("-Rp-5", {"prefix": "Rp"}, ["cause-signs"]),
        ("Rp5", {}, ["cause-signs"]),
        ("2,30%", {"suffix": ["%", "persen"]}, 2.3),
        ("2,30 persen", {"suffix": ["%", "persen"]}, 2.3),
        ("2,30%", {}, ["cause-signs"]),
        ("(1.234)", {"parentheses": "negative"}, -1234.0),
        ("(Rp1.234)", {"parentheses": "negative", "prefix": "Rp"}, -1234.0),
        ("(-1)", {"parentheses": "negative"}, []),
        ("(1.234)", {}, ["cause-parentheses"]),
        ("12,3*", {"marks": ["*", "**"]}, 12.3),
        ("12,3 **", {"marks": ["*", "**"]}, 12.3),
        ("12,3 1)", {"marks": ["1)"]}, 12.3),
        ("12,31)", {"marks": ["1)"]}, ["cause-signs"]),
        ("12,3r", {"marks": "r"}, 12.3),
        ("12,3\u00b9", {"marks": "\u00b9"}, 12.3),
        ("12,3 1)", {}, ["cause-signs"]),
        ("12,3*", {}, ["cause-signs"]),
        ("*", {"marks": "*"}, []),
        ("1,234.5", {}, ["cause-locale"]),
        ("1.23.456", {}, ["cause-groups"]),
        ("..", {}, ["cause-missing"]),
        ("1e400", {}, ["cause-too-large"]),
        ("9.007.199.254.740.993", {}, ["cause-too-many-digits"]),
    ],
)
def test_what_stands_around_a_number(text: str, written: dict[str, Any], value: Any) -> None:
    assert read(text, written) == value


@pytest.mark.parametrize("text", ["Rp1.578", "1.578*", "(1.578)", "Rp-1.578"])
def test_units_and_marks_do_not_hide_that_a_number_has_two_readings(text: str) -> None:
    written = {"prefix": "Rp", "marks": "*", "parentheses": "negative"}
    _, (finding,) = cast(pl.DataFrame({"v": [text]}), field_of({"written": written}))
    minus = "-" if text[0] == "(" or "-" in text else ""
    assert finding.code == "CLN140"
    assert finding.arguments["first"] == f"{minus}1578"
    assert finding.arguments["second"] == f"{minus}1.578"


def test_a_column_may_have_a_locale_of_its_own() -> None:
    contract = field_of({"locale": "en"}, locale="id")
    assert cast(pl.DataFrame({"v": ["1,234.5"]}), contract)[0].item() == 1234.5


def test_a_language_may_be_named_with_another_mark() -> None:
    contract = field_of({"locale": {"language": "id", "decimal": "."}})
    assert cast(pl.DataFrame({"v": ["1.234"]}), contract)[0].item() == 1.234


def test_a_locale_of_no_language() -> None:
    with pytest.raises(Problem) as caught:
        field_of({}, locale="xx")
    assert caught.value.diagnostics[0].code == "CFG110"


def test_marks_and_kinds_of_missing_are_kept_as_flags() -> None:
    contract = field_of(
        {"flag": True, "written": {"marks": {"*": "preliminary"}}},
        locale="id",
        missing={"-": "not applicable", "..": "not available"},
    )
    frame = pl.DataFrame({"v": ["1,5*", "-", "..", "2", "0", None], "_row": [1, 2, 3, 4, 5, 6]})
    typed, findings = cast(frame, contract)
    assert findings == ()
    assert typed.columns == ["v", "v_flag", "_row"]
    assert typed.get_column("v").to_list() == [1.5, None, None, 2.0, 0.0, None]
    assert typed.get_column("v_flag").to_list() == [
        "preliminary",
        "not applicable",
        "not available",
        None,
        None,
        None,
    ]


def test_flags_that_a_reader_gave_stay() -> None:
    contract = field_of({"flag": True}, missing=["99", "98"])
    frame = pl.DataFrame({"v": [1, 99, None, 98], "v_flag": [None, None, "-9", "x"]})
    typed, _ = cast(frame, contract)
    assert typed.to_dict(as_series=False) == {
        "v": [1.0, None, None, None],
        "v_flag": [None, "99", "-9", "x"],
    }


def test_a_column_of_flags_can_be_declared() -> None:
    fields = [{"name": "v_flag", "type": "string"}, {"name": "v", "type": "integer", "flag": True}]
    contract = contract_of("t", "t", {"raw": ["a"], "schema": {"fields": fields}, "missing": ["-"]})
    typed, _ = cast(pl.DataFrame({"v": ["-", "3"]}), contract)
    assert typed.to_dict(as_series=False) == {"v_flag": ["-", None], "v": [None, 3]}


@pytest.mark.parametrize("sign", STANDARD)
def test_the_standard_signs_are_missing_where_the_contract_says_so(sign: str) -> None:
    listed = cast(pl.DataFrame({"v": [f" {sign} ", "0"]}), field_of({}, missing="standard"))
    assert listed[0].get_column("v").to_list() == [None, 0.0]
    assert listed[1] == ()
    _, findings = cast(pl.DataFrame({"v": [sign or "-"]}), field_of({}))
    assert [note.key for note in findings[0].notes] == ["cause-missing"]


def test_a_column_may_have_signs_of_its_own_for_what_is_missing() -> None:
    contract = field_of({"missing": ["x"]}, missing=["-"])
    typed, findings = cast(pl.DataFrame({"v": ["x", "-"]}), contract)
    assert typed.get_column("v").to_list() == [None, None]
    assert [finding.arguments["value"] for finding in findings] == ["-"]


@given(
    text=st.text(alphabet="0123456789.,-\u2212+ eE()Rp*%", max_size=12),
    locale=st.sampled_from(EITHER),
)
def test_a_text_is_one_value_at_most_and_never_without_digits(
    text: str, locale: dict[str, str]
) -> None:
    """What is read without a locale is read the same wherever it is read at all."""
    plain = numeral(text, writing_of("t", {}, {}))
    there = numeral(text, writing_of("t", {"locale": locale}, {}))
    assert plain is None or there is None or plain == there
    assert there is None or any(sign in "0123456789" for sign in text)


@given(value=st.decimals(-(10**30), 10**30, places=3, allow_nan=False, allow_infinity=False))
@pytest.mark.parametrize("locale", EITHER)
def test_a_number_is_read_exactly_as_it_was_written(value: Decimal, locale: dict[str, str]) -> None:
    signs = str.maketrans({",": locale["group"], ".": locale["decimal"]})
    written = writing_of("t", {"locale": locale}, {"written": {"prefix": "Rp", "marks": "*"}})
    found = numeral(f"Rp {value:,f} *".translate(signs), written)
    assert found is not None
    assert (found.value, found.mark) == (value, "*")


FIELD = {"name": "v", "type": "number"}


@pytest.mark.parametrize(
    ("field", "table", "faults"),
    [
        ({"written": {"prefix": ["Rp", "US$"], "suffix": ",-", "marks": ["*", "1)"]}}, {}, 0),
        ({"flag": True, "missing": "standard", "locale": "id"}, {}, 0),
        ({}, {"missing": {"-": "none"}, "locale": {"decimal": ",", "group": "."}}, 0),
        ({}, {"missing": ["0"]}, 1),
        ({}, {"missing": {"0,0": "none"}}, 1),
        ({"written": {"prefix": "5"}}, {}, 1),
        ({"written": {"prefix": "."}}, {}, 1),
        ({"written": {"marks": "1"}}, {}, 1),
        ({"written": {"marks": ","}}, {}, 1),
        ({"written": {}}, {}, 1),
        ({"locale": {"decimal": ".", "group": "."}}, {}, 1),
    ],
)
def test_what_a_contract_may_say_of_its_values(
    field: dict[str, Any], table: dict[str, Any], faults: int, tmp_path: Path
) -> None:
    data = {"raw": ["a.csv"], "schema": {"fields": [{**FIELD, **field}]}, **table}
    (tmp_path / "t.yaml").write_text(json.dumps(data))
    found = check_document(read_yaml(tmp_path / "t.yaml", shown_as="t.yaml"), "contract")
    assert len(found) == faults
