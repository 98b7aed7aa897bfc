"""Coded passages whose source no longer says what was coded, and what that means for claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.base.claims import Claim
from bukti.base.diagnostic import Note, note
from bukti.base.nearest import nearest_passage

Row = Mapping[str, Any]
LOST = ("differs", "impossible")
_MOST = 5
_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """The rows of such passages, by the name of their clean table and their number in it from 1."""

    rows: Mapping[str, Mapping[int, Row]] = field(default_factory=dict)

    def behind(self, claim: Claim) -> tuple[Row, ...]:
        """Those among the rows that a claim rests on."""
        lost = self.rows.get(claim.evidence.table or "", {})
        return tuple(lost[number] for number in claim.evidence.row_numbers if number in lost)


def shifted_in(tables: Mapping[str, Sequence[Row] | None]) -> Shifted:
    """The passages that have shifted in tables of segments, by the tables' names."""
    rows = {
        name: {number: row for number, row in enumerate(found or (), 1) if row.get("state") in LOST}
        for name, found in tables.items()
    }
    return Shifted(rows={name: lost for name, lost in rows.items() if lost})


def compared(segments: Sequence[Row], documents: Sequence[Row]) -> list[Row]:
    """The rows of segments, those with another text than their document has there as `differs`.

    Compared is where the table of documents has a column `text`, and the segments have `start`,
    `end` (characters from 0, the end exclusive) and `text`; white space apart.
    """
    texts = {row["document"]: row["text"] for row in documents if row.get("text")}
    return [_compared(row, texts.get(row.get("document"))) for row in segments]


def _compared(row: Row, source: str | None) -> Row:
    start, end, said = (row.get(key) for key in ("start", "end", "text"))
    if source is None or not said or row.get("state") in LOST:
        return row
    if not isinstance(start, int) or not isinstance(end, int):
        return row
    there = source[start:end] if 0 <= start <= end <= len(source) else ""
    if there.split() == said.split():
        return row
    near = nearest_passage(said, source)
    now = {"nearest_start": near.start, "nearest": near.text} if near else {}
    return {**row, "state": "differs", "recorded": said, "text": there, **now}


def shifted_notes(rows: Iterable[Row]) -> tuple[Note, ...]:
    """What was coded in each passage, what stands there, and where its words are now.

    The first five passages are told, the others counted.
    """
    passages = list({str(row.get("segment")): row for row in rows}.values())
    notes = [each for row in passages[:_MOST] for each in _notes(row)]
    if len(passages) > _MOST:
        notes.append(note("shifted-more", count=len(passages) - _MOST))
    return tuple(notes)


def _notes(row: Row) -> Iterator[Note]:
    recorded, text = _short(row.get("recorded")), _short(row.get("text"))
    told = {
        "document": row.get("document_name") or row.get("document"),
        "segment": row.get("segment"),
    }
    if not recorded:
        yield note("shifted-unrecorded", text=text, **told)
        return
    if row.get("start") is None:
        yield note("shifted-beyond", recorded=recorded, **told)
    else:
        place = {"start": row["start"], "end": row["end"]}
        yield note("shifted-passage", recorded=recorded, text=text, **place, **told)
    yield from _now(row, told["document"])


def _now(row: Row, document: Any) -> Iterator[Note]:
    """Where the words of a passage stand now, or what is most like them, differences marked."""
    if not row.get("nearest"):
        yield note("shifted-gone", document=document)
        return
    near = nearest_passage(str(row["recorded"]), str(row["nearest"]))
    differences = near.differences if near else ()
    start = row.get("nearest_start")
    if near is not None and not differences:
        yield note("shifted-now", start=start)
        return
    yield note("shifted-nearest", start=start, text=_short(row["nearest"]))
    for source, coded in differences:
        yield note("coded-words-differ", source=source or "-", coded=coded or "-")


def _short(text: Any) -> str:
    words = " ".join(str(text or "").split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
