"""What a contract says of single columns: their constraints and their keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.clean.checks import causes
from bukti.clean.checks.subject import Subject, number
from bukti.clean.contract import Field
from bukti.clean.periods import PERIOD

Test = Callable[[Any, Any], bool]
Rule = tuple[str, Any, Test]

UNFIT = (TypeError, ValueError, AttributeError, ArithmeticError, re.error)


def cells(subject: Subject, field: Field) -> Iterator[Diagnostic]:
    """Every cell of a column that breaks one of its constraints."""
    values = subject.frame.get_column(field.name).to_list()
    rules: list[Rule] = []
    for rule, wanted in field.constraints.items():
        if rule not in TESTS:
            continue
        if _applies(values, wanted, TESTS[rule]):
            rules.append((rule, wanted, TESTS[rule]))
        else:
            where = subject.contract.at_field(field.name, "constraints", rule)
            key = f"{field.name}.{rule}"
            yield diagnose("CFG107", where, key=key, value=wanted, rule=field.type)
    for index, value in enumerate(values):
        if value is not None:
            yield from _broken(subject, field, rules, index, values)
        elif field.constraints.get("required"):
            where = subject.place(index)
            at = subject.cell(index, field.name)
            yield diagnose("CLN202", where, notes=at, column=field.name, row=index + 1)


def _broken(
    subject: Subject, field: Field, rules: list[Rule], index: int, values: list[Any]
) -> Iterator[Diagnostic]:
    value = values[index]
    for rule, wanted, test in rules:
        if not test(value, wanted):
            yield diagnose(
                "CLN203",
                subject.place(index),
                notes=(*subject.cell(index, field.name), *_cause(field, rules, index, values)),
                column=field.name,
                value=value,
                rule=rule,
                wanted=", ".join(map(str, wanted)) if isinstance(wanted, list) else wanted,
            )


def _cause(field: Field, rules: list[Rule], index: int, values: list[Any]) -> tuple[Note, ...]:
    value = values[index]
    if isinstance(value, str):
        listed = [str(word) for rule, wanted, _ in rules if rule == "enum" for word in wanted]
        return causes.of_spelling(value, listed)
    if field.type not in ("integer", "number"):
        return ()

    def holds(candidate: Any) -> bool:
        return all(test(candidate, wanted) for _, wanted, test in rules)

    others = [
        number(other)
        for place, other in enumerate(values)
        if place != index and other is not None and holds(other)
    ]
    return causes.of_cell(field.name, number(value), others, holds)


def _applies(values: list[Any], wanted: Any, test: Test) -> bool:
    present = [value for value in values if value is not None][:1]
    try:
        return all(test(value, wanted) in (True, False) for value in present)
    except UNFIT:
        return False


def _limit(value: Any, wanted: Any) -> Any:
    if isinstance(value, str):
        if not (PERIOD.fullmatch(value) and PERIOD.fullmatch(str(wanted))):
            raise TypeError(wanted)
        return wanted
    return type(value).fromisoformat(wanted) if isinstance(wanted, str) else wanted


def _length(value: Any) -> int:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return len(value)


TESTS: dict[str, Test] = {
    "minimum": lambda value, wanted: bool(value >= _limit(value, wanted)),
    "maximum": lambda value, wanted: bool(value <= _limit(value, wanted)),
    "minLength": lambda value, wanted: _length(value) >= wanted,
    "maxLength": lambda value, wanted: _length(value) <= wanted,
    "enum": lambda value, wanted: value in wanted or str(value) in map(str, wanted),
    "pattern": lambda value, wanted: re.fullmatch(wanted, str(value)) is not None,
}


def repeated(subject: Subject, key: tuple[str, ...], *, nulls: bool) -> Iterator[Diagnostic]:
    """Every row whose key another row above has; with `nulls`, missing values are alike too."""
    seen: dict[tuple[Any, ...], int] = {}
    contents = [field.name for field in subject.contract.fields]
    rows = subject.frame.select(contents).rows()
    for index, values in enumerate(subject.frame.select(key).iter_rows() if key else ()):
        if None in values and not nulls:
            continue
        first = seen.setdefault(values, index)
        if first != index:
            yield diagnose(
                "CLN204",
                subject.place(index),
                notes=(note("cause-whole-row-twice"),) if rows[first] == rows[index] else (),
                key=", ".join(key),
                value=", ".join(str(value) for value in values),
                row=first + 1,
            )
