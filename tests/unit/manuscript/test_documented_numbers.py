"""The tables of docs/numbers.md are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bukti.base.claims import Claim, Kind
from bukti.manuscript.compare import compare
from bukti.manuscript.saying import Words

PAGE = Path(__file__).parents[3] / "docs" / "numbers.md"
ROW = re.compile(r"^\| `(?P<text>[^`]+)` \| (?P<claims>[^|]+) \| (?P<result>\S+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, str]]:
    page = PAGE.read_text(encoding="utf-8")
    parts = re.split(r"^## ", page, flags=re.MULTILINE)
    languages = {"Indonesian": "id", "English": "en"}
    return [
        (languages[head], match["text"], match["claims"], match["result"])
        for part in parts
        if (head := part.partition("\n")[0]) in languages
        for match in ROW.finditer(part)
    ]


def claim(number: int, text: str) -> Claim:
    written, _, unit = text.partition(" ")
    value = float(written) if "." in written else int(written)
    return Claim(id=f"x.k{number}", kind=Kind.VALUE, value=value, unit=unit or None)


def test_there_are_examples_in_every_language() -> None:
    assert {language for language, *_ in rows()} == {"id", "en"}
    assert len(rows()) > 50


@pytest.mark.parametrize(("language", "text", "claims", "result"), rows())
def test_an_example_is_true(language: str, text: str, claims: str, result: str) -> None:
    words = Words(language=language, rounding="half-even", labels={}, families={})
    held = [claim(number, each) for number, each in enumerate(claims.split(", "))]
    codes = [fault.code for fault in compare(text, held, "", words)[1]]
    assert codes == ([] if result == "holds" else [result])
