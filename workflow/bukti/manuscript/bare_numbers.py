"""Numbers of the prose that stand in no mark: what each might be bound to, and what is allowed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bukti.base.language import language_data
from bukti.base.quantities import parse_quantities
from bukti.base.quantity import Form, Quantity, Sort
from bukti.manuscript.allowed_forms import ENUMERATIONS, YEARS, Allowed, AllowedForms
from bukti.manuscript.passages import Cell, Passage

DATES = "dates"
QUOTATIONS = "quotations"
_MARKED = "mark"
_APART = frozenset({"citation", "reference", "link", "code", "math", "equation"})
_HOLE = "\ufffc"
_ORDINAL = re.compile(r"\(?([1-9]\d{0,2})[.)]?\Z|.*\d", re.DOTALL)
_FIRST_WORD = 11  # number words below it are more often style than result
_QUOTED_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BareNumber:
    """A number in no mark: the passage, the quantity, and where it begins and ends there."""

    passage: Passage
    quantity: Quantity

    @property
    def text(self) -> str:
        """The number with its unit, as it is written."""
        return self.passage.text[self.quantity.whole_start : self.quantity.whole_end]


@dataclass(slots=True)
class Numbers:
    """The numbers of an edition: how many are bound, those that are bare, the allowed by form.

    `patterns` are those of the author that fit a number which stands in no mark.
    """

    bound: int = 0
    bare: list[BareNumber] = field(default_factory=list)
    allowed: Counter[str] = field(default_factory=Counter)
    patterns: set[str] = field(default_factory=set)


def numbers_of(
    passages: Iterable[Passage], forms: AllowedForms, language: str, years: frozenset[int]
) -> Numbers:
    """The numbers of all passages, each place once.

    `years` are values of claims that could be taken for a year: where one is stated, the form of
    years does not allow it.
    """
    numbers = Numbers()
    seen: set[tuple[str, int]] = set()
    passages = tuple(passages)
    counting = counting_columns(passages) if ENUMERATIONS in forms.patterns else frozenset()
    for passage in passages:
        start = next((place for place in passage.places if place is not None), None)
        if start is not None and (passage.source.path, start) in seen:
            continue  # a note that is used twice
        if start is not None:
            seen.add((passage.source.path, start))
        if (passage.source.path, passage.cell) in counting:
            numbers.allowed[ENUMERATIONS] += 1
            continue
        _count(numbers, passage, forms, language, years)
    return numbers


def counting_columns(passages: Iterable[Passage]) -> frozenset[tuple[str, Cell]]:
    """The cells, with their file, of first columns that count the rows of a table from one on."""
    columns: dict[tuple[str, int], list[tuple[Cell, str]]] = {}
    for passage in passages:
        cell = passage.cell
        if cell and cell.column == 1 and passage.kind == "cell":
            column = columns.setdefault((passage.source.path, cell.table), [])
            column.append((cell, open_text(passage).strip()))
    found: set[tuple[str, Cell]] = set()
    for (path, _), column in columns.items():
        numbered = [(cell, match) for cell, text in column if (match := _ORDINAL.match(text))]
        counts = [int(match[1]) if match[1] else None for _, match in numbered]
        if len(counts) > 1 and counts == list(range(1, len(counts) + 1)):
            found |= {(path, cell) for cell, _ in numbered}
    return frozenset(found)


def _count(
    numbers: Numbers,
    passage: Passage,
    forms: AllowedForms,
    language: str,
    years: frozenset[int],
) -> None:
    for part in passage.within(_MARKED):
        text = passage.text[part.start : part.end]
        numbers.bound += len(parse_quantities(text, language))
    quantities = parse_quantities(open_text(passage), language)
    if not quantities:
        return
    allowed = (*forms.within(passage.text, legend=passage.below), *_quotations(passage))
    for quantity in quantities:
        if not _states(quantity, passage.text, language):
            continue
        numbers.patterns |= {each.pattern for each in allowed if _covers(each, quantity)} - {""}
        form = _form_of(quantity, allowed, years)
        if form:
            numbers.allowed[form] += 1
        else:
            numbers.bare.append(BareNumber(passage=passage, quantity=quantity))


def open_text(passage: Passage) -> str:
    """The text of a passage with a sign in the place of what is a mark or no prose."""
    text = passage.text
    for part in passage.parts:
        if part.kind == _MARKED or part.kind in _APART:
            text = text[: part.start] + _HOLE * (part.end - part.start) + text[part.end :]
    return text


def _states(quantity: Quantity, text: str, language: str) -> bool:
    """Whether words or digits state a number that a reader could take for a result."""
    if quantity.form is Form.DIGITS:
        return True
    if quantity.sort is Sort.ORDINAL:
        return False
    if quantity.sort is Sort.FRACTION:
        behind = text[quantity.whole_end :].lstrip().casefold()
        words = language_data(language).get("fractions", {}).get("of", ())
        return any(behind.startswith(f"{word} ") for word in words)
    if quantity.sort in (Sort.RATIO, Sort.RANGE):
        return True
    if quantity.unit or quantity.scale:
        return True
    if quantity.sort is Sort.MULTIPLE:
        return _compares(quantity, text, language)
    return quantity.value is not None and abs(quantity.value) >= _FIRST_WORD


def _compares(quantity: Quantity, text: str, language: str) -> bool:
    """Whether a multiple in words compares ("twice as many") and does not count ("met twice")."""
    behind = text[quantity.start :].casefold()
    length = quantity.whole_end - quantity.start
    phrases = language_data(language).get("multiples", {}).get("comparing", ())
    return any(phrase in behind[: length + len(phrase)] for phrase in phrases)


def _form_of(quantity: Quantity, allowed: Sequence[Allowed], years: frozenset[int]) -> str | None:
    """The form that allows a quantity, or each of its parts; None where none does."""
    if quantity.sort is Sort.DATE:
        return DATES
    found = next((each for each in allowed if _covers(each, quantity)), None)
    if found and found.form == YEARS and not _is_year(quantity, years):
        found = None
    if found:
        return found.form
    if quantity.sort in (Sort.RANGE, Sort.RATIO) and quantity.parts:
        forms = [_form_of(part, allowed, years) for part in quantity.parts]
        return forms[0] if all(forms) else None
    return None


def _covers(allowed: Allowed, quantity: Quantity) -> bool:
    return allowed.start <= quantity.start and quantity.end <= allowed.end


def _is_year(quantity: Quantity, years: frozenset[int]) -> bool:
    """Whether a number of four digits counts nothing and is the value of no claim."""
    parts = quantity.parts or (quantity,)
    counted = any(part.unit or part.scale for part in (quantity, *parts))
    return not counted and not any(part.value in years for part in parts)


def _quotations(passage: Passage) -> Iterator[Allowed]:
    """What is quoted word for word, with its source named in the same passage."""
    if not any(True for _ in passage.within("citation")):
        return
    if passage.kind == "quote":
        yield Allowed(form=QUOTATIONS, start=0, end=len(passage.text))
    for part in passage.within("quoted"):
        if len(passage.text[part.start : part.end].split()) >= _QUOTED_WORDS:
            yield Allowed(form=QUOTATIONS, start=part.start, end=part.end)
