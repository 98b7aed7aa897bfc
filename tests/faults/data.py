"""Faults in what the numbers come from: raw files, notebooks, registered claims, figures."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bukti.challenge.fault import Edit, Fault, Kind, Place, lines
from bukti.challenge.prose import marks
from tests.faults.paper import Paper, has_words

CLAIMS = "manuscript/claims.yaml"
_NOT_DATA = ("year", "note", "source_id", "locator", "programme_period", "age_group")


def _results(paper: Paper) -> Iterator[dict[str, Any]]:
    for path in sorted((paper.root / "outputs/results").glob("*.json")):
        yield json.loads(path.read_bytes())


def _shown(paper: Paper) -> set[frozenset[str]]:
    """The texts of each row behind a claim."""
    found = set()
    for result in _results(paper):
        for claim in result["claims"].values():
            for row in claim["evidence"]["rows"]:
                texts = (
                    f"{value:g}" if isinstance(value, float) else value for value in row.values()
                )
                found.add(frozenset(str(text) for text in texts))
    return found


def _cells(paper: Paper) -> Iterator[tuple[str, int, int, str]]:
    """File, start and end of each number of the raw files that stands behind a claim."""
    rows = _shown(paper)
    for file in sorted((paper.root / "data/raw").glob("*.csv")):
        path = f"data/raw/{file.name}"
        text = paper.text(path)
        names = next(csv.reader(io.StringIO(text)))
        start = 0
        for line in text.splitlines(keepends=True):
            cells = next(csv.reader([line.rstrip("\n")]))
            texts = set(cells) | {cell[:4] for cell in cells}
            at = 0
            for name, cell in zip(names, cells, strict=False):
                place = line.index(cell, at)
                at = place + len(cell)
                if name in _NOT_DATA or not re.fullmatch(r"(?=.*[1-9])[0-9]+(?:\.[0-9]+)?", cell):
                    continue
                if any(cell in row and len(row & texts) > 1 for row in rows):
                    yield path, start + place, start + at, cell
            start += len(line)


def _other_digit(cell: str, number: int) -> tuple[int, str]:
    at = [index for index, sign in enumerate(cell) if sign in "123456789"]
    index = at[number % len(at)]
    return index, str(int(cell[index]) % 9 + 1)


def unaccepted(paper: Paper) -> Iterator[Fault]:
    """A digit of a raw file is another, and nobody accepted the file."""
    for number, (path, start, _, cell) in enumerate(_cells(paper)):
        index, new = _other_digit(cell, number)
        edit = Edit(path=path, start=start + index, end=start + index + 1, new=new)
        yield Fault(kind="a digit in the data", edits=(edit,), places=((Place(path=path),),))


def accepted(paper: Paper) -> Iterator[Fault]:
    """A digit of a raw file is another, and the file was accepted."""
    for number, (path, start, _, cell) in enumerate(_cells(paper)):
        index, new = _other_digit(cell, number)
        edit = Edit(path=path, start=start + index, end=start + index + 1, new=new)
        yield Fault(
            kind="a digit in data that were accepted",
            edits=(edit,),
            accepted=(path,),
            stale=True,
            moved=True,
        )


def _superlatives(paper: Paper) -> Iterator[tuple[str, str, tuple[tuple[Place, ...], ...]]]:
    """The claim that a superlative is said of, its family, and the places of its marks."""
    places: dict[tuple[str, str], list[tuple[Place, ...]]] = {}
    for language in filter(has_words, paper.languages):
        for path in paper.chapters(language):
            text = paper.text(path)
            for mark in marks(text):
                if mark.of:
                    place = lines(path, text, mark.start, mark.end)
                    places.setdefault((mark.ids[0], mark.of), []).append((place,))
    for (name, family), found in sorted(places.items()):
        yield name, family, tuple(found)


def overtaken(paper: Paper) -> Iterator[Fault]:
    """The data of another member of the family change so that a superlative is no longer true."""
    values = {
        name: (claim["value"], claim["evidence"]["rows"])
        for result in _results(paper)
        for name, claim in result["claims"].items()
    }
    cells = list(_cells(paper))
    for name, family, places in _superlatives(paper):
        others = [each for each in values if each.startswith(f"{family}.") and each != name]
        highest = all(values[each][0] < values[name][0] for each in others)
        for other in others:
            value, _ = values[other]
            key = other.rpartition(".")[2]
            for path, start, end, cell in cells:
                row = _line(paper.text(path), start)
                if float(cell) != float(value) or not re.search(rf"\b{key}\b", row):
                    continue
                new = _beyond(values[name][0], highest=highest)
                yield Fault(
                    kind="a superlative that the data end",
                    edits=(Edit(path=path, start=start, end=end, new=new),),
                    places=places,
                    accepted=(path,),
                    stale=True,
                    moves=other,
                )


def _line(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : text.find("\n", at)]


def _beyond(value: float, *, highest: bool) -> str:
    other = value * (1.01 if highest else 0.99)
    return str(round(other)) if isinstance(value, int) else f"{other:.2f}"


def _uses(paper: Paper, scheme: str, name: str) -> tuple[tuple[Place, ...], ...]:
    found: list[tuple[Place, ...]] = []
    for language in paper.languages:
        for path in paper.chapters(language):
            text = paper.text(path)
            for mark in marks(text):
                named = any(each == name or each.startswith(f"{name}.") for each in mark.ids)
                if mark.scheme == scheme and named:
                    found.append((lines(path, text, mark.start, mark.end),))
    return tuple(found)


def removed(paper: Paper) -> Iterator[Fault]:
    """A claim that marks use is gone, or has another name, where it was stated."""
    kind = "a claim removed or renamed"
    text = paper.text(CLAIMS)
    scheme = "given"
    for match in re.finditer(r"^(documentary:)|^  ([a-z][a-z0-9_.]*):$", text, re.MULTILINE):
        if match[1]:
            scheme = "claim"
            continue
        places = _uses(paper, scheme, match[2])
        edit = Edit(path=CLAIMS, start=match.end(2), end=match.end(2), new="_then")
        if places:
            yield Fault(kind=kind, edits=(edit,), places=places)
    for path in sorted((paper.root / "analysis/notebooks").glob("*.ipynb")):
        name = f"analysis/notebooks/{path.name}"
        source = paper.text(name)
        for match in re.finditer(r'claims?\(\\"([a-z0-9_.]+)\\"', source):
            places = _uses(paper, "claim", match[1])
            edit = Edit(path=name, start=match.end(1), end=match.end(1), new="_then")
            if places:
                yield Fault(kind=kind, edits=(edit,), places=places, stale=True)


def figures(paper: Paper) -> Iterator[Fault]:
    """A figure that no longer shows its data: its file, or what was read for it, is another."""
    kind = "a figure's data"
    for path in sorted((paper.root / "outputs/results").glob("*/*.svg")):
        name = path.relative_to(paper.root).as_posix()
        end = len(path.read_text(encoding="utf-8"))
        notebook = f"analysis/notebooks/{path.parent.name}.ipynb"
        edit = Edit(path=name, start=end, end=end, new="<!-- 1 -->")
        yield Fault(kind=kind, edits=(edit,), places=((Place(path=notebook),),))
    for fault in accepted(paper):
        readers = tuple(_readers(paper, fault))
        places = (Place(path=fault.edits[0].path), *readers)
        if readers:
            yield replace(fault, kind=kind, stale=False, moved=False, places=(places,))


def _readers(paper: Paper, fault: Fault) -> Iterator[Place]:
    """The notebooks that read a table made of the raw file that a fault changes."""
    raw = Path(fault.edits[0].path).name
    tables = {
        path.stem
        for path in (paper.root / "data/contract").glob("*.yaml")
        if raw in path.read_text(encoding="utf-8")
    }
    for path in sorted((paper.root / "analysis/notebooks").glob("*.ipynb")):
        read = set(re.findall(r'read\(\\"(\w+)\\"', path.read_text(encoding="utf-8")))
        if tables & read:
            yield Place(path=f"analysis/notebooks/{path.name}")


KINDS: tuple[Kind, ...] = (unaccepted, accepted, overtaken, removed, figures)
