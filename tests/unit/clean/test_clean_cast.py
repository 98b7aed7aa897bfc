"""From text to the types of a contract: what does not fit is a finding, never a guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.clean.cast import cast
from bukti.clean.contract import Contract, contract_of

MakeContract = Callable[..., Contract]
MISFIT = object()


def one(kind: str, value: Any, locale: dict[str, str] | str | None = None, **more: Any) -> Any:
    """What one value becomes; MISFIT where it is a finding."""
    data = {"raw": ["a.csv"], "schema": {"fields": [{"name": "v", "type": kind}]}}
    contract = contract_of("t", "t.yaml", {**data, "locale": locale or {}, **more})
    frame, findings = cast(pl.DataFrame({"v": [value]}), contract)
    if not findings:
        return frame.item()
    (finding,) = findings
    assert finding.code in ("CLN140", "CLN201")
    assert (finding.arguments["column"], finding.arguments["value"]) == ("v", str(value))
    return MISFIT


INDONESIAN = {"decimal": ",", "group": "."}
ENGLISH = {"decimal": ".", "group": ","}
SPACED = {"decimal": ",", "group": " "}


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("13.305", INDONESIAN, 13305.0),
        ("122.436,58", INDONESIAN, 122436.58),
        ("2,06", INDONESIAN, 2.06),
        ("1.234.567", INDONESIAN, 1234567.0),
        ("1234567", INDONESIAN, 1234567.0),
        ("-1.000,5", INDONESIAN, -1000.5),
        ("\u22121,5", INDONESIAN, -1.5),
        ("+3", INDONESIAN, 3.0),
        (" 4 ", INDONESIAN, 4.0),
        ("1.5", INDONESIAN, MISFIT),
        ("13.30", INDONESIAN, MISFIT),
        ("1.2345", INDONESIAN, MISFIT),
        ("1234.567", INDONESIAN, MISFIT),
        ("1,2,3", INDONESIAN, MISFIT),
        (",5", INDONESIAN, MISFIT),
        ("13,305", ENGLISH, 13305.0),
        ("1.5", ENGLISH, 1.5),
        ("1 234,5", SPACED, 1234.5),
        ("1234", {}, 1234.0),
        ("1,234", {}, MISFIT),
        ("1.5e3", {}, 1500.0),
        ("1e-3", {}, 0.001),
        ("1e999", {}, MISFIT),
        ("1e99999999999999999999", {}, MISFIT),
        ("nan", {}, MISFIT),
        ("inf", {}, MISFIT),
        ("5%", {}, MISFIT),
        ("-", {}, MISFIT),
        ("0x10", {}, MISFIT),
        ("1_000", {}, MISFIT),
        ("٣", {}, MISFIT),
        ("13.305", {}, MISFIT),
        ("-13.305", {}, MISFIT),
        ("1.234.567", {}, MISFIT),
        ("2,30", {}, MISFIT),
        ("0.305", {}, 0.305),
        ("1234.567", {}, 1234.567),
        ("1.2345", {}, 1.2345),
        ("1.70e+04", {}, 17000.0),
        ("13305e-3", {}, 13.305),
        ("13305e-3", INDONESIAN, 13.305),
        ("13305e-3", ENGLISH, 13.305),
        ("-13305e-3", SPACED, -13.305),
        ("1.705e3", INDONESIAN, MISFIT),
        ("1,70E+04", INDONESIAN, 17000.0),
        ("0.305", INDONESIAN, MISFIT),
        ("1.23.456", INDONESIAN, MISFIT),
        ("1\u202f234\u202f567,8", SPACED, 1234567.8),
        ("1\u00a0234,5", SPACED, 1234.5),
        ("1\u00a0234 567", SPACED, MISFIT),
        ("1.234,5", "id", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("1 234,5", "fr", 1234.5),
        ("--1", {}, MISFIT),
        ("9007199254740993", {}, MISFIT),
        ("9007199254740992", {}, 9007199254740992.0),
        ("(5)", {}, MISFIT),
    ],
)
def test_numbers(text: str, locale: dict[str, str] | str, value: Any) -> None:
    assert one("number", text, locale) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("12,0", 12),
        ("1.000", 1000),
        ("12,5", MISFIT),
        ("9.007.199.254.740.993", 2**53 + 1),
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("9223372036854775808", MISFIT),
        ("1e99999", MISFIT),
        ("1e3", 1000),
    ],
)
def test_integers_keep_every_digit(text: str, value: Any) -> None:
    assert one("integer", text, INDONESIAN) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("boolean", "true", True),
        ("boolean", "Ya", True),
        ("boolean", "1", True),
        ("boolean", "NO", False),
        ("boolean", "tidak", False),
        ("boolean", "2", MISFIT),
        ("boolean", "t", MISFIT),
        ("date", "2020-02-29", date(2020, 2, 29)),
        ("date", "2021-02-29", MISFIT),
        ("date", "29/02/2020", MISFIT),
        ("date", "2020", MISFIT),
        ("string", " a b ", "a b"),
        ("string", "007", "007"),
    ],
)
def test_other_types(kind: str, text: str, value: Any) -> None:
    assert one(kind, text) == value


@pytest.mark.parametrize("kind", ["integer", "number", "boolean", "date", "string"])
def test_nothing_stays_nothing(kind: str) -> None:
    assert one(kind, None) is None
    assert one(kind, "") is None
    assert one(kind, "  ") is None


def test_what_stands_for_missing_is_what_the_contract_says() -> None:
    assert one("number", "-", missing=["-", "n.a."]) is None
    assert one("number", " n.a. ", missing=["-", "n.a."]) is None
    assert one("number", "0", missing=["-"]) == 0.0
    assert one("number", "", missing=["-"]) is MISFIT
    assert one("string", "", missing=["-"]) == ""


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("integer", 3, 3),
        ("integer", 3.0, 3),
        ("integer", 2.7, MISFIT),
        ("integer", True, MISFIT),
        ("integer", Decimal("4"), 4),
        ("integer", 1e300, MISFIT),
        ("number", 3, 3.0),
        ("number", Decimal("1.5"), 1.5),
        ("number", float("nan"), MISFIT),
        ("number", float("inf"), MISFIT),
        ("number", False, MISFIT),
        ("number", [1.0], MISFIT),
        ("boolean", True, True),
        ("boolean", 1, MISFIT),
        ("date", date(2020, 1, 2), date(2020, 1, 2)),
        ("date", datetime(2020, 1, 2), date(2020, 1, 2)),
        ("date", datetime(2020, 1, 2, 3), MISFIT),
        ("date", 5, MISFIT),
        ("string", 5, "5"),
        ("string", date(2020, 1, 2), "2020-01-02"),
    ],
)
def test_what_a_script_typed_itself_is_kept_only_if_it_is_the_same(
    kind: str, value: Any, expected: Any
) -> None:
    if expected is MISFIT:
        data = {"raw": ["a"], "schema": {"fields": [{"name": "v", "type": kind}]}}
        _, (finding,) = cast(pl.DataFrame({"v": [value]}), contract_of("t", "t", data))
        assert finding.code == "CLN201"
    else:
        assert one(kind, value) == expected


def test_columns_come_as_the_contract_has_them(contract: MakeContract) -> None:
    wanted = contract({"name": "b", "type": "integer"}, {"name": "a", "type": "string"})
    frame = pl.DataFrame({"a": ["x"], "more": ["y"], "_row": [7], "b": ["1"]})
    typed, findings = cast(frame, wanted)
    assert findings == ()
    assert typed.to_dicts() == [{"b": 1, "a": "x", "_row": 7}]
    assert typed.schema["b"] == pl.Int64


def test_a_column_that_is_missing(contract: MakeContract) -> None:
    wanted = contract({"name": "b", "type": "integer"}, {"name": "a", "type": "string"})
    _, (finding,) = cast(pl.DataFrame({"a": ["x"], "c": ["y"], "_row": [1]}), wanted)
    assert (finding.code, str(finding.span)) == ("CLN106", "data/contract/t.yaml")
    assert finding.arguments == {"column": "b", "found": "a, c"}


def test_a_misfit_is_at_its_raw_line(contract: MakeContract) -> None:
    frame = pl.DataFrame({"v": ["1", "x"], "_row": [3, 8]})
    field = {"name": "v", "type": "integer"}
    _, (finding,) = cast(frame, contract(field))
    assert str(finding.span) == "data/raw/a.csv:8"
    _, (finding,) = cast(frame.drop("_row"), contract(field))
    assert str(finding.span) == "data/contract/t.yaml"
    _, (finding,) = cast(frame, contract(field, raw=["a.csv", "b.csv"]))
    assert str(finding.span) == "data/contract/t.yaml"


@given(
    value=st.decimals(-(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False),
    locale=st.sampled_from([INDONESIAN, ENGLISH, SPACED]),
    grouped=st.booleans(),
)
def test_a_number_written_in_the_locale_is_read_as_it_was(
    value: Decimal, locale: dict[str, str], grouped: bool
) -> None:
    signs = str.maketrans({",": locale["group"] if grouped else "", ".": locale["decimal"]})
    assert one("number", f"{value:,f}".translate(signs), locale) == float(value)


@given(value=st.integers(-(2**63), 2**63 - 1))
def test_every_integer_is_read_as_it_was(value: int) -> None:
    assert one("integer", f"{value:,}".replace(",", "."), INDONESIAN) == value
