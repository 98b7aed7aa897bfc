"""Places in texts and files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.span import LineIndex, Span

TEXTS = st.text(st.one_of(st.characters(), st.just("\n")), max_size=60)


@given(text=TEXTS, data=st.data())
def test_a_position_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = LineIndex(text).position(offset)
    lines = text.split("\n")
    assert sum(len(each) + 1 for each in lines[: line - 1]) + column - 1 == offset
    assert 1 <= column <= len(lines[line - 1]) + 1


@given(text=TEXTS, data=st.data())
def test_a_span_covers_the_characters_up_to_its_end(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    index = LineIndex(text)
    span = index.span("a.md", start, end)
    assert (span.line, span.column) == index.position(start)
    assert (span.end_line, span.end_column) == index.position(end)


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Span(path="a.md"), "a.md"),
        (Span(path="a.md", line=3), "a.md:3"),
        (Span(path="a.md", line=3, column=7), "a.md:3:7"),
        (Span(path="a.ipynb", cell=2, line=3, column=7), "a.ipynb:cell 2:3:7"),
        (Span(path="a.ipynb", cell=2), "a.ipynb:cell 2"),
        (Span(path="a.md", column=7), "a.md"),
    ],
)
def test_a_span_is_shown_as_editors_read_it(span: Span, shown: str) -> None:
    assert str(span) == shown
