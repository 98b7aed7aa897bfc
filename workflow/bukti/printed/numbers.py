"""Every number of an edition's text by what it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from bukti.base.quantities import parse_quantities
from bukti.base.quantity import Form, Quantity
from bukti.manuscript.allowed_forms import AllowedForms
from bukti.printed.records import Kind, PrintedPassage

BOUND, CELL, LABEL, REFERENCE = "bound", "cell", "label", "reference"
ALLOWED, UNMARKED = "allowed", "unmarked"
GROUNDS = (BOUND, CELL, LABEL, REFERENCE, ALLOWED, UNMARKED)
_HEADING = re.compile(r"\S+")
_CAPTION = re.compile(r"([^\W\d_]+)\s\S*?\d+(?=\.\s|\.\Z)")


def numbers_by_ground(
    passages: Sequence[PrintedPassage], forms: Callable[[str], AllowedForms]
) -> Mapping[str, int]:
    """How many numbers of a text rest on what: one of GROUNDS each.

    `forms` gives the forms that are allowed in a language. Numbers in words count within marks
    alone, for elsewhere they are more often style than result.
    """
    labels = _label_pattern(passages)
    counts: Counter[str] = Counter(dict.fromkeys(GROUNDS, 0))
    for passage in passages:
        counts.update(_grounds(passage, labels, forms(passage.language)))
    return dict(counts)


def _grounds(
    passage: PrintedPassage, labels: re.Pattern[str], forms: AllowedForms
) -> Iterator[str]:
    named = [match.span() for match in labels.finditer(passage.text)]
    if passage.kind is Kind.HEADING and (lead := _HEADING.match(passage.text)):
        named.append(lead.span())
    marked = [(mark.start, mark.end) for mark in passage.marks]
    allowed = [
        (each.start, each.end)
        for each in forms.within(passage.text, legend=passage.kind is Kind.CAPTION)
    ]
    for quantity in parse_quantities(passage.text, passage.language):
        if _within(quantity, marked):
            yield BOUND
        elif quantity.form is not Form.DIGITS:
            continue
        elif passage.kind in (Kind.CELL, Kind.REFERENCE):
            yield str(passage.kind)
        elif _within(quantity, named):
            yield LABEL
        else:
            yield ALLOWED if _within(quantity, allowed) else UNMARKED


def _within(quantity: Quantity, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= quantity.start and quantity.end <= end for start, end in stretches)


def _label_pattern(passages: Sequence[PrintedPassage]) -> re.Pattern[str]:
    """What names figures and tables in the text: the words before the numbers of their captions."""
    words = {
        match[1]
        for passage in passages
        if passage.kind is Kind.CAPTION and (match := _CAPTION.match(passage.text))
    }
    names = "|".join(map(re.escape, sorted(words))) or "(?!)"
    return re.compile(rf"(?:{names})s?\s[A-Z]?\d+[a-z]?")
