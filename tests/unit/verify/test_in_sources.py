"""Values that were taken over, in the text of included sources; readings as a record."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.verify.builds import claim

from bukti.base.diagnostic import diagnose
from bukti.base.span import Span
from bukti.manuscript.source_texts import SourceText, source_text
from bukti.printed.against import Compared
from bukti.project.register import Register
from bukti.verify.in_sources import documents_of, found_in_sources
from bukti.verify.readings import readings_json, readings_of

REGISTER = Register(
    sources={"S_PLAN": {"language": "id"}, "S_OTHER": {}},
    raw={
        "plan.txt": {"source": "S_PLAN", "kind": "received"},
        "typed.txt": {"source": "S_PLAN", "kind": "transcribed"},
        "table.csv": {"source": "S_PLAN", "kind": "received"},
        "other.txt": {"source": "S_OTHER", "kind": "received"},
    },
)
PLAN = "Halaman satu: 5 desa.\fHalaman dua: 1,27 juta anak, 2,30 persen."


def given(value: Any, locator: str | None, source: str = "S_PLAN") -> Any:
    return claim(
        "x", value, scheme="given", kind="given", notebook=None, sources=[source], locator=locator
    )


def text(name: str) -> SourceText | None:
    assert name in ("plan.txt", "other.txt")
    return source_text((PLAN if name == "plan.txt" else "nothing").encode(), name)


@pytest.mark.parametrize(
    ("value", "locator", "source", "found"),
    [
        (1_270_000, "hlm. 2", "S_PLAN", True),
        (2.3, "hlm. 2", "S_PLAN", True),
        (2.3, "hlm. 1", "S_PLAN", False),
        (5, "hlm. 1", "S_PLAN", True),
        (5, None, "S_PLAN", False),
        (1_270_000, None, "S_PLAN", True),
        (1_280_000, None, "S_PLAN", False),
        (1_270_000, None, "S_OTHER", False),
        ("5 desa", "hlm. 1", "S_PLAN", False),
        (True, None, "S_PLAN", False),
    ],
)
def test_a_number_stands_on_its_page(
    value: Any, locator: str | None, source: str, found: bool
) -> None:
    entries = {("given", "x"): given(value, locator, source)}
    names = ["plan.txt", "other.txt"]
    expected = (("given", "x"),) if found else ()
    assert found_in_sources(entries, REGISTER, names, text) == expected


def test_only_received_documents_count_and_only_those_that_are_there() -> None:
    assert documents_of("S_PLAN", REGISTER) == ("plan.txt",)
    entries = {("given", "x"): given(1_270_000, None)}
    assert found_in_sources(entries, REGISTER, [], text) == ()


def test_readings_come_back_from_their_record() -> None:
    finding = diagnose("VER202", Span(path="paper.en.pdf"), language="en")
    paper = Compared(
        path="paper.en.pdf", marks=7, held=6, numbers={"bound": 7}, findings=(finding,)
    )
    back = readings_of(readings_json([paper], [("given", "x")]))
    assert back.papers == {"paper.en.pdf": paper}
    assert back.found == {("given", "x")}


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"papers": [{}], "found": []},
        {"papers": [], "found": [1]},
        {
            "papers": [
                {"path": "a", "marks": 1, "held": 1, "numbers": {}, "findings": [{"code": "XXX"}]}
            ],
            "found": [],
        },
    ],
)
def test_a_record_of_another_form_is_none(data: Any) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        readings_of(data)
