"""Which findings are waived, and which ones a level does not let pass."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.gate.verdict import failing, findings_record, judge, judged_from

ERROR = diagnose("CLM102", Span(path="id/a.md", line=3), id="rate", scheme="claim")
WARNING = diagnose("CLM302", Span(path="id/a.md", line=5), id="rate", old="1", new="2")
NOTICE = diagnose("CLM301", Span(path="n.ipynb", cell=2), id="one")
ALL = (ERROR, WARNING, NOTICE)


def waiver(code: str, at: str = "") -> dict[str, str]:
    return {"code": code, "at": at, "reason": "agreed"}


@pytest.mark.parametrize(
    ("level", "fails"),
    [("draft", [ERROR]), ("ready", [ERROR, WARNING]), ("submit", [ERROR, WARNING, NOTICE])],
)
def test_the_level_says_what_fails(level: str, fails: list[Diagnostic]) -> None:
    assert list(failing(judge(ALL, ()), level)) == fails


@pytest.mark.parametrize("at", ["", "id/a.md", "id/a.md:3", "rate"])
def test_a_waiver_names_all_a_file_a_line_or_a_claim(at: str) -> None:
    judged = judge(ALL, [waiver("CLM102", at)])
    assert [item.waived for item in judged] == ["agreed", None, None]
    assert failing(judged, "draft") == ()
    assert failing(judged, "ready") == (WARNING,)


@pytest.mark.parametrize(
    ("code", "at"),
    [("CLM102", "id/a.md:4"), ("CLM102", "en/a.md"), ("CLM102", "rat"), ("CLM103", "")],
)
def test_a_waiver_that_fits_nothing_is_a_finding_itself(code: str, at: str) -> None:
    judged = judge(ALL, [waiver(code, at)])
    assert [item.waived for item in judged] == [None] * 4
    extra = judged[-1].finding
    assert (extra.code, extra.arguments) == ("CFG116", {"code": code, "at": at or "-"})
    assert extra in failing(judged, "ready")


def test_a_waiver_covers_every_finding_that_it_fits() -> None:
    other = diagnose("CLM102", Span(path="id/a.md", line=9), id="x", scheme="claim")
    judged = judge([ERROR, other], [waiver("CLM102", "id/a.md")])
    assert [item.waived for item in judged] == ["agreed", "agreed"]


def test_every_waiver_that_fits_counts_as_used_and_the_first_gives_the_reason() -> None:
    wide, narrow = waiver("CLM102"), waiver("CLM102", "id/a.md:3") | {"reason": "a typing error"}
    assert [item.waived for item in judge([ERROR], [wide, narrow])] == ["agreed"]
    assert [item.waived for item in judge([ERROR], [narrow, wide])] == ["a typing error"]


def test_an_unused_waiver_is_found_at_its_own_line() -> None:
    placed = {**waiver("CLM999"), "line": 7, "column": 5}
    assert str(judge([], [placed])[0].finding.span) == "bukti.yaml:7:5"


def test_a_finding_without_a_place_can_be_waived() -> None:
    placeless = diagnose("REF103", id="fig:a")
    assert judge([placeless], [waiver("REF103", "fig:a")])[0].waived == "agreed"


def test_findings_come_once_and_by_place() -> None:
    assert [item.finding for item in judge([NOTICE, WARNING, ERROR, WARNING], ())] == list(ALL)


@given(st.permutations([*ALL, *ALL]), st.sampled_from(["draft", "ready", "submit"]))
def test_the_verdict_does_not_depend_on_the_order(found: list[Diagnostic], level: str) -> None:
    waivers = [waiver("CLM302", "id/a.md"), waiver("CFG101")]
    assert judge(found, waivers) == judge(ALL, waivers)
    assert failing(judge(found, waivers), level) == failing(judge(ALL, waivers), level)


def test_a_record_gives_the_same_verdict_back() -> None:
    judged = judge(ALL, [waiver("CLM102"), waiver("CLM999", "x")])
    record = findings_record(judged, "ready")
    assert judged_from(json.loads(canonical_json(record))) == judged
    assert (record["level"], len(record["findings"])) == ("ready", 4)


def test_a_waiver_for_what_another_machine_lacks_may_be_unused() -> None:
    absent = diagnose("QUA302")
    assert judge([], [waiver("QUA302")]) == ()
    (judged,) = judge([absent], [waiver("QUA302")])
    assert judged.waived == "agreed"
