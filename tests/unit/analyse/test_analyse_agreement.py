"""Agreement of coders, against worked examples that were published."""

from __future__ import annotations

import krippendorff
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti import coding
from bukti.analyse.coding.coefficients import alpha, interval, kappa, percent, weighted_alpha
from bukti.analyse.coding.sweeping import characters_of

CODES = pl.DataFrame(
    {"code": ["a", "b"], "path": ["Capacity", "Capacity / Staff"], "parent": [None, "a"]}
)
# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section A: binary data, two
# observers, no missing data; alpha is 0.095.
FIRST = "0100000010"
SECOND = "1110010000"


def patterns(first: str, second: str) -> dict[tuple[bool, ...], int]:
    found: dict[tuple[bool, ...], int] = {}
    for pair in zip(first, second, strict=True):
        key = tuple(each == "1" for each in pair)
        found[key] = found.get(key, 0) + 1
    return found


def table(both: int, first: int, second: int, neither: int) -> dict[tuple[bool, ...], int]:
    keys = ((True, True), (True, False), (False, True), (False, False))
    return dict(zip(keys, (both, first, second, neither), strict=True))


def test_alpha_of_krippendorffs_example() -> None:
    assert alpha(patterns(FIRST, SECOND)) == pytest.approx(0.095, abs=5e-4)
    assert percent(patterns(FIRST, SECOND)) == 60


# Feinstein and Cicchetti, Journal of Clinical Epidemiology 43 (1990): 543-549, tables 1 and 2.
@pytest.mark.parametrize(
    ("cells", "agreed", "expected"), [((40, 9, 6, 45), 85, 0.70), ((80, 10, 5, 5), 85, 0.32)]
)
def test_kappa_of_two_published_tables(
    cells: tuple[int, int, int, int], agreed: int, expected: float
) -> None:
    assert percent(table(*cells)) == pytest.approx(agreed)
    assert kappa(table(*cells)) == pytest.approx(expected, abs=5e-3)


@given(st.lists(st.tuples(*[st.booleans()] * 3), min_size=1, max_size=30))
def test_the_weighted_formula_is_that_of_the_library(units: list[tuple[bool, bool, bool]]) -> None:
    found: dict[tuple[bool, ...], int] = {}
    for unit in units:
        found[unit] = found.get(unit, 0) + 1
    value = weighted_alpha(found)
    counts = [[3 - sum(unit), sum(unit)] for unit in units]
    if value is None:
        assert len({each for unit in units for each in unit}) == 1
    else:
        expected = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
        assert value == pytest.approx(float(expected))


def test_what_is_not_defined_is_empty() -> None:
    never: dict[tuple[bool, ...], int] = {(False, False): 5}
    assert alpha(never) is None
    assert kappa(never) is None
    assert percent(never) == 100
    assert percent({}) is None
    assert kappa({(True, True, False): 2}) is None
    assert interval([never] * 5, 100, 1) == (None, None)
    assert interval([table(1, 0, 0, 1)], 100, 1) == (None, None)


def test_the_interval_is_the_same_each_time_and_holds_alpha() -> None:
    units = [{pattern: 1} for pattern, n in table(20, 5, 4, 21).items() for _ in range(n)]
    low, high = interval(units, 500, 7)
    assert (low, high) == interval(units, 500, 7)
    value = weighted_alpha(table(20, 5, 4, 21))
    assert low is not None and high is not None and value is not None
    assert low < value < high < 1


def test_characters_are_swept_once() -> None:
    found = characters_of([[(0, 4), (2, 6)], [(5, 30)]], 10)
    assert found == {(True, False): 5, (True, True): 1, (False, True): 4}
    assert characters_of([[], []], 3) == {(False, False): 3}
    assert characters_of([[(9, 2)], []], 0) == {}


def coder(name: str, *rows: tuple[str, str, int, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [(f"{name}{number}", *row, name) for number, row in enumerate(rows)],
        schema=["segment", "document", "code", "start", "end", "coder"],
        orient="row",
    )


DOCUMENTS = pl.DataFrame({"document": ["x", "y", "z"], "length": [10, 10, 20]})
ONE = coder("one", ("x", "a", 0, 5), ("y", "b", 0, 10))
TWO = coder("two", ("x", "a", 0, 4), ("y", "a", 5, 10))


def test_documents_are_compared_by_code_and_over_all() -> None:
    found = coding.agreement(
        ONE, TWO, codes=CODES, documents=DOCUMENTS, unit="document", children=False
    )
    assert found["key"].to_list() == ["all", "capacity", "staff"]
    assert found["units"].to_list() == [6, 3, 3]
    assert found["found"].to_list() == [3, 2, 1]
    assert found["agreement_percent"].to_list() == pytest.approx([400 / 6, 200 / 3, 200 / 3])


def test_characters_are_compared_with_the_codes_below() -> None:
    found = coding.agreement(
        ONE, TWO, codes=CODES, documents=DOCUMENTS, unit="character", children=True
    )
    row = found.row(1, named=True)
    assert (row["units"], row["found"], row["children"]) == (40, 15, True)
    assert row["agreement_percent"] == pytest.approx(100 * (40 - 1 - 5) / 40)


def test_two_passes_of_one_coder_are_called_stability() -> None:
    again = coder("one", ("x", "a", 0, 5))
    with pytest.raises(ValueError, match=r"coding\.stability"):
        coding.agreement(
            ONE, again, codes=CODES, documents=DOCUMENTS, unit="document", children=False
        )
    found = coding.stability(
        ONE, again, codes=CODES, documents=DOCUMENTS, unit="document", children=False
    )
    assert not [name for name in found.columns if "agreement" in name]
    assert found["stability_percent"].to_list() == pytest.approx([500 / 6, 100, 200 / 3])


def test_one_pass_and_an_unknown_unit_are_refused() -> None:
    with pytest.raises(ValueError, match="two passes or more"):
        coding.agreement(ONE, codes=CODES, documents=DOCUMENTS, unit="document", children=False)
    with pytest.raises(ValueError, match="document, character"):
        coding.agreement(
            ONE,
            TWO,
            codes=CODES,
            documents=DOCUMENTS,
            unit="word",  # type: ignore[arg-type]
            children=False,
        )
