"""Places by their official code, from the spellings that a register of places lists."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, Note, Problem, diagnose, note
from bukti.base.span import Span
from bukti.clean.reading.frames import ROW

_BETWEEN = re.compile(r"[\s.,()\-/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place: its code, its name, and the first and last year in which there is such a place."""

    code: str
    name: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """A register of places in one system of codes; its keys are spellings in plain form.

    `designators` are words such as "Province" that may stand before or behind a name.
    """

    name: str
    places: Mapping[str, Place]
    totals: frozenset[str]
    designators: frozenset[str]

    def plain(self, name: str) -> str:
        """A name in small letters, without points, commas, double spaces and designators."""
        words = _plain(name).split()
        if len(words) > 1 and words[0] in self.designators:
            words = words[1:]
        if len(words) > 1 and words[-1] in self.designators:
            words = words[:-1]
        return " ".join(words)


def gazetteer(register: str, codes: str | None, raw: Mapping[str, bytes], script: str) -> Gazetteer:
    """A register that is a raw file of the table, or one that bukti brings along, by its name.

    Raises Problem where there is none, where it is broken, and where it has several systems of
    codes and `codes` names none of them.
    """
    shipped = files("bukti.base").joinpath("places", f"{register}.toml")
    where = Span(path=script)
    try:
        if register in raw:
            data = tomllib.loads(raw[register].decode("utf-8"))
        elif re.fullmatch("[a-z-]+", register) and shipped.is_file():
            data = tomllib.loads(shipped.read_text(encoding="utf-8"))
        else:
            raise LookupError("?")
        return _gazetteer(register, codes, data)
    except (KeyError, LookupError, TypeError, AttributeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise Problem(diagnose("CLN144", where, register=register, reason=reason)) from error


def _gazetteer(register: str, codes: str | None, data: Mapping[str, Any]) -> Gazetteer:
    systems = list(data["systems"])
    if codes is None and len(systems) == 1:
        codes = systems[0]
    if codes not in systems:
        raise ValueError("codes=" + " | ".join(map(repr, systems)))
    places: dict[str, Place] = {}
    for given in data["place"]:
        place = Place(
            code=str(given["codes"][codes]),
            name=next(iter(given["names"].values())),
            first=given.get("from"),
            last=given.get("until"),
        )
        for spelling in (*given["names"].values(), *given.get("spellings", ())):
            if places.setdefault(_plain(spelling), place) != place:
                raise ValueError(spelling)
    return Gazetteer(
        name=register,
        places=places,
        totals=frozenset(map(_plain, data.get("totals", ()))),
        designators=frozenset(map(_plain, data.get("designators", ()))),
    )


def _plain(name: str) -> str:
    return _BETWEEN.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


def placed(
    frame: pl.DataFrame,
    column: str,
    register: Gazetteer,
    *,
    path: str,
    year: str | int | None,
    total: str | None,
    at: Callable[[int, str], tuple[Note, ...]],
) -> list[str | None]:
    """The code of each row; `total` is that of rows which hold a total.

    `at` gives the notes that name the cell on a line of the raw file, in a column.

    Raises Problem with every name that is no place of the register, each once with its first line
    and the number of its rows, and every place that there was not in the year of its row.
    """
    names = frame.get_column(column).cast(pl.String).to_list()
    lines = frame.get_column(ROW).to_list() if ROW in frame.columns else [None] * len(names)
    years = frame.get_column(year).to_list() if isinstance(year, str) else [year] * len(names)
    codes: list[str | None] = []
    faults: dict[tuple[str, str], tuple[int | None, Any]] = {}
    for name, line, when in zip(names, lines, years, strict=True):
        code, fault = _code(name, when, register, total)
        codes.append(code)
        if fault and name is not None:
            faults.setdefault((fault, name), (line, when))
    if faults:
        found = _findings(faults, names, column, register, path)
        raise Problem(*(_with_cell(finding, column, at) for finding in found))
    return codes


def _with_cell(
    finding: Diagnostic, column: str, at: Callable[[int, str], tuple[Note, ...]]
) -> Diagnostic:
    line = finding.span.line if finding.span else None
    return finding if line is None else replace(finding, notes=(*at(line, column), *finding.notes))


def _code(
    name: str | None, year: Any, register: Gazetteer, total: str | None
) -> tuple[str | None, str]:
    plain = "" if name is None else register.plain(name)
    if not plain:
        return None, ""
    if plain in register.totals:
        return total, "" if total is not None else "CLN142"
    place = register.places.get(plain)
    if place is None:
        return None, "CLN141"
    when = int(year) if year is not None and str(year).strip().isdigit() else None
    early = when is not None and place.first is not None and when < place.first
    late = when is not None and place.last is not None and when > place.last
    return place.code, "CLN143" if early or late else ""


def _findings(
    faults: Mapping[tuple[str, str], tuple[int | None, Any]],
    names: list[str | None],
    column: str,
    register: Gazetteer,
    path: str,
) -> Iterator[Diagnostic]:
    for (fault, name), (line, year) in faults.items():
        where = Span(path=path, line=None if line is None else int(line))
        count = names.count(name)
        if fault == "CLN142":
            yield diagnose("CLN142", where, column=column, name=name, rows=count)
        elif fault == "CLN143":
            place = register.places[register.plain(name)]
            span = f"{place.first or ''}-{place.last or ''}"
            yield diagnose("CLN143", where, column=column, name=name, year=year, span=span)
        else:
            near = get_close_matches(register.plain(name), register.places, n=3)
            shown = ", ".join(dict.fromkeys(register.places[each].name for each in near))
            notes = [note("perhaps-place", near=shown)] if shown else []
            yield diagnose(
                "CLN141",
                where,
                notes=notes,
                column=column,
                name=name,
                rows=count,
                register=register.name,
            )
