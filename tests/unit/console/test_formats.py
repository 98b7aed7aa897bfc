"""Diagnostics as people, editors and CI read them."""

from __future__ import annotations

import json
import unicodedata

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.codes import all_codes, note_text
from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.span import Span
from bukti.console import FORMATS, Console

LINE = "Bagian [2,06 persen](claim:rate.2020) pada 2020."
PLACE = Span(path="id/a.md", line=7, column=9, end_line=7, end_column=13)
STALE = diagnose(
    "CLM201",
    PLACE,
    notes=[note("evidence-cell", notebook="n.ipynb", cell=3)],
    id="rate.2020",
    text="2,06 persen",
    evidence="2,30 persen",
)
PLACELESS = diagnose("CFG101", folder="/x")


def rendered(
    form: str, *findings: Diagnostic, language: str = "en", line: str | None = LINE
) -> str:
    console = Console(language=language, form=form, source_line=lambda span: line)
    return click.unstyle(console.render(findings))


def excerpt(line: str, start: int, end: int) -> tuple[str, str]:
    """The shown line and the arrows below it, for characters from `start` up to `end`."""
    span = Span(path="a", line=1, column=start + 1, end_line=1, end_column=end + 1)
    found = diagnose("CLM101", span, scheme="claim")
    _, shown, arrows, *_ = rendered("full", found, line=line).split("\n")
    return shown.removeprefix("  1 | "), arrows.removeprefix("    | ")


def test_full() -> None:
    assert rendered("full", STALE) == (
        'id/a.md:7:9: error[CLM201] stale-number: the text says "2,06 persen", '
        "the evidence says 2,30 persen\n"
        "  7 | Bagian [2,06 persen](claim:rate.2020) pada 2020.\n"
        "    |         ^^^^\n"
        "  note: stated in n.ipynb, cell 3\n"
        "  hint: `bukti check --fix` corrects the digits; the words around them stay yours\n"
    )


def test_full_in_indonesian() -> None:
    text = rendered("full", STALE, language="id")
    assert 'teks menyatakan "2,06 persen", buktinya menyatakan 2,30 persen' in text
    assert "  catatan: dinyatakan di n.ipynb, sel 3\n" in text
    assert "  saran: `bukti check --fix`" in text


def test_concise_is_one_line_for_each() -> None:
    lines = rendered("concise", STALE, PLACELESS).split("\n")
    assert len(lines) == 2
    assert lines[0].startswith("id/a.md:7:9: error[CLM201] stale-number: ")
    assert lines[1].startswith("error[CFG101] no-compendium: ")


def test_json_is_a_list_of_objects() -> None:
    first, second = json.loads(rendered("json", STALE, PLACELESS))
    assert first == {
        "code": "CLM201",
        "name": "stale-number",
        "severity": "error",
        "path": "id/a.md",
        "cell": None,
        "line": 7,
        "column": 9,
        "end_line": 7,
        "end_column": 13,
        "message": 'the text says "2,06 persen", the evidence says 2,30 persen',
        "notes": ["stated in n.ipynb, cell 3"],
        "hint": "`bukti check --fix` corrects the digits; the words around them stay yours",
    }
    assert second["path"] is None and second["line"] is None
    assert rendered("json") == "[]"


def test_github_commands_escape_what_they_must() -> None:
    found = diagnose(
        "CLM201",
        Span(path="a,b:c.md", line=7, column=9, end_line=7, end_column=13),
        id="x",
        text="5%",
        evidence="6",
    )
    text = rendered("github", found)
    assert text.startswith(
        "::error file=a%2Cb%3Ac.md,line=7,col=9,endLine=7,endColumn=13,"
        'title=CLM201 stale-number::the text says "5%25", the evidence says 6%0A'
    )
    assert "\n" not in text


def test_github_gives_no_line_for_a_cell_since_it_is_none_of_the_file() -> None:
    found = diagnose("CLM301", Span(path="n.ipynb", cell=2, line=3, column=1), id="x")
    assert rendered("github", found).startswith("::notice file=n.ipynb,title=CLM301 claim-unused::")


def test_a_hint_of_the_finding_replaces_that_of_the_code() -> None:
    found = diagnose("CLM102", hint=note("perhaps-claim", near="b"), id="a", scheme="claim")
    hint = note_text("perhaps-claim", "en").format(near="b")
    assert json.loads(rendered("json", found))[0]["hint"] == hint


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_code_can_be_shown(form: str, language: str) -> None:
    fields = {
        name: f"<{name}>"
        for code in all_codes()
        for text in (code.texts["en"]["message"], code.texts["en"]["hint"])
        for name in _fields(text)
    }
    for code in all_codes():
        found = Diagnostic(code=code.code, span=PLACE, arguments=fields)
        text = rendered(form, found, language=language)
        assert code.code in text and code.name in text


def _fields(text: str) -> list[str]:
    from string import Formatter

    return [field for _, field, _, _ in Formatter().parse(text) if field]


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "arrows"),
    [
        ("abc def", 4, 7, "abc def", "    ^^^"),
        ("abc", 0, 0, "abc", "^"),
        ("abc", 3, 3, "abc", "   ^"),
        ("a\tb [x]", 4, 7, "a b [x]", "    ^^^"),
        ("東京 [x]", 3, 6, "東京 [x]", "     ^^^"),
        ("ab 東京 c", 3, 5, "ab 東京 c", "   ^^^^"),
        ("e\u0301e\u0301 x", 5, 6, "e\u0301e\u0301 x", "   ^"),
        ("", 0, 1, "", "^"),
    ],
)
def test_arrows_stand_under_the_characters(
    line: str, start: int, end: int, shown: str, arrows: str
) -> None:
    assert excerpt(line, start, end) == (shown, arrows)


@pytest.mark.parametrize("start", [0, 5, 80, 150, 390, 395])
def test_a_long_line_is_shown_around_the_place(start: int) -> None:
    line = "".join(f"{number:04d} " for number in range(80))
    shown, arrows = excerpt(line, start, start + 4)
    first = arrows.index("^")
    assert len(shown) <= 98
    assert shown[first : first + 4] == line[start : start + 4]
    assert arrows.count("^") == 4
    assert shown.startswith("…") == (start > 32)


def test_a_long_span_has_arrows_as_far_as_the_line_is_shown() -> None:
    shown, arrows = excerpt("x" * 400, 0, 400)
    assert len(arrows) <= len(shown)


def test_a_span_over_several_lines_has_arrows_to_the_end_of_its_first() -> None:
    span = Span(path="a", line=1, column=3, end_line=2, end_column=2)
    text = rendered("full", diagnose("CLM101", span, scheme="claim"), line="abcdef")
    assert "    |   ^^^^\n" in text


@pytest.mark.parametrize("line", [None, "abc"])
def test_without_a_source_line_or_column_there_are_no_arrows(line: str | None) -> None:
    span = Span(path="a", line=1)
    text = rendered("full", diagnose("CLM101", span, scheme="claim"), line=line)
    assert "^" not in text
    assert ("  1 | abc" in text) == (line is not None)


@given(
    line=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=300),
    data=st.data(),
)
def test_arrows_never_raise_and_stand_where_the_span_begins(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    _, arrows = excerpt(line, start, end)
    gap = len(arrows) - len(arrows.lstrip(" "))
    if not line or len(line) > 96:
        return
    assert gap == sum(width(sign) for sign in line[:start])
    assert len(arrows.strip()) == max(1, sum(width(sign) for sign in line[start:end]))


def width(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
