"""Texts that nobody writes: what reads them looks at each character a bounded number of times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.manuscript.candidates import find_candidates

ROOT = Path(__file__).resolve().parents[3]
LONG = 200_000
LIMIT = 300  # seconds; what is quadratic takes hours
READ = """
import sys
sys.path.insert(0, "benchmarks")
from hostile_text import READERS
for name in sys.argv[3].split(","):
    READERS[name](sys.argv[1] * (int(sys.argv[2]) // len(sys.argv[1])))
"""


@pytest.mark.parametrize(
    ("piece", "readers"),
    [
        ("](claim:a) ", "candidates,unknown schemes,title,anchors"),
        ("[x](claim:a)", "candidates,anchors"),
        ("[", "candidates,anchors,foreign id"),
        ("[^", "anchors"),
        ("@{", "anchors"),
        ("1", "anchors,allowed id,allowed en,quantities id,quantities en"),
        ("[a](claim:", "marks of alternative texts,title"),
        ("permen", "allowed id"),
        (" {claim:", "candidates,anchors"),
        (">", "candidates,anchors,structure"),
        ("*", "candidates,anchors,structure"),
    ],
)
def test_a_long_line_is_read_in_linear_time(piece: str, readers: str) -> None:
    words = [sys.executable, "-c", READ, piece, str(LONG), readers]
    subprocess.run(words, cwd=ROOT, check=True, timeout=LIMIT)


def partner(text: str, closing: int) -> int | None:
    """The bracket that opens, found by going back character by character."""
    depth = 0
    for place in range(closing, -1, -1):
        if text[place] == "\n" and text[place - 1 : place] == "\n":
            return None
        run = len(text[:place]) - len(text[:place].rstrip("\\"))
        if text[place] in "[]" and run % 2 == 0:
            depth += 1 if text[place] == "]" else -1
            if depth == 0:
                return place
    return None


@given(st.text(alphabet="[]\\\na ", max_size=30))
def test_brackets_belong_together_within_a_paragraph(before: str) -> None:
    text = f"{before}](claim:x)"
    found = find_candidates("id/01.md", text, 0).candidates[0]
    run = len(before) - len(before.rstrip("\\"))
    opening = partner(text, len(before)) if run % 2 == 0 else None
    if opening is not None:
        assert (found.start, found.text_start, found.text_end) == (
            opening,
            opening + 1,
            len(before),
        )
    elif run % 2 == 0:
        assert found.start == len(before) + 1
