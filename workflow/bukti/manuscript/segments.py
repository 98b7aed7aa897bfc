"""Coded passages as evidence: named ones, and those that a query finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Note
from bukti.manuscript.shifted import LOST, shifted_notes

Row = Mapping[str, Any]
_SEPARATOR = " / "
UNVERIFIABLE = "unverifiable"
_SOURCE = "source_id"
_PLACE = ("document", "document_name", _SOURCE, "locator", "year", "page")
_KEPT = ("segment", *_PLACE, "code", "code_path", "actor", "text", "state", "memo")
_BY_LANGUAGE = ("memo_", "actor_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Why evidence does not resolve: the key at fault, a code of the catalogue, its arguments.

    `shifted` says that the passages are there, but their source has changed under them.
    """

    key: str
    why: tuple[str, Mapping[str, Any]]
    notes: tuple[Note, ...] = ()
    shifted: bool = False


def named_segments(
    claim: str, names: Sequence[str], rows: Sequence[Row]
) -> tuple[list[Row], list[Lack]]:
    """The passages of some identifiers, one row for each, and those that are not there."""
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(str(row["segment"]), []).append(row)
    found: list[Row] = []
    lacks: list[Lack] = []
    for name in names:
        same = by_id.get(name, [])
        if not same:
            lacks.append(Lack(key="segment", why=("CLM603", {"id": claim, "segment": name})))
        elif same[0].get("state") in LOST:
            told = {"id": claim, "segment": name, "text": _shown(same[0])}
            notes = shifted_notes(same)
            lacks.append(Lack(key="segment", why=("CLM604", told), notes=notes, shifted=True))
        else:
            found.append(_merged(same))
    return found, lacks


def queried_segments(
    claim: str, query: Mapping[str, Any], rows: Sequence[Row]
) -> tuple[list[Row], list[Lack]]:
    """The passages that a query finds, one row for each, and why they are not enough."""
    matches, lack = _coded(claim, str(query["code"]), bool(query.get("below")), rows)
    if lack is not None:
        return [], [lack]
    columns = {*query.get("where", {}), *(("year",) if "years" in query else ())}
    missing = sorted(columns - rows[0].keys()) if rows else []
    if missing:
        return [], [Lack(key="query", why=("CLM606", {"id": claim, "column": missing[0]}))]
    by_id: dict[str, list[Row]] = {}
    lost: list[Row] = []
    for row in rows:
        if not matches(row) or not _fits(query, row):
            continue
        if row.get("state") in LOST:
            lost.append(row)
        else:
            by_id.setdefault(str(row["segment"]), []).append(row)
    gone = list(_lost_of(claim, str(query["code"]), lost))
    found = [_merged(same) for _, same in sorted(by_id.items())]
    documents = {row["document"] for row in found}
    wanted, sources = query.get("at_least", 1), query.get("from_documents", 1)
    with_lost = (
        len({*by_id, *(str(row["segment"]) for row in lost)}),
        len({*documents, *(str(row["document"]) for row in lost)}),
    )
    if with_lost[0] >= wanted and with_lost[1] >= sources:
        return found, gone
    told = {
        "id": claim,
        "code": query["code"],
        "found": len(found),
        "documents": len(documents),
        "wanted": wanted,
        "sources": sources,
    }
    return found, [*gone, Lack(key="query", why=("CLM605", told))]


def _lost_of(claim: str, code: str, rows: Sequence[Row]) -> Iterator[Lack]:
    """That the source has changed under passages which a query finds."""
    count = len({row["segment"] for row in rows})
    if count:
        told = {"id": claim, "code": code, "count": count}
        yield Lack(key="query", why=("QUA134", told), notes=shifted_notes(rows), shifted=True)


def _coded(
    claim: str, code: str, below: bool, rows: Sequence[Row]
) -> tuple[Callable[[Row], bool], Lack | None]:
    """Whether a row is under a code, which is a path, an identifier or a name of its own."""
    paths = {str(row["code_path"]) for row in rows if row.get("code_path")}
    identifiers = {str(row["code"]): str(row.get("code_path") or "") for row in rows if row["code"]}
    path = code if code in paths else identifiers.get(code, "")
    if not path and code not in identifiers:
        above = {each for each in paths if each.startswith(code + _SEPARATOR)} if below else set()
        named = sorted(each for each in paths if each.rpartition(_SEPARATOR)[2] == code)
        if len(named) > 1 and not above:
            told = {"id": claim, "code": code, "paths": "; ".join(named)}
            return _never, Lack(key="query", why=("CLM607", told))
        path = code if above or not named else named[0]

    def under(row: Row) -> bool:
        its = str(row.get("code_path") or "")
        return its == path or row["code"] == code or (below and its.startswith(path + _SEPARATOR))

    return under, None


def _never(_: Row) -> bool:
    return False


def _fits(query: Mapping[str, Any], row: Row) -> bool:
    if "years" in query:
        first, last = query["years"]
        year = str(row["year"])[:4]
        if not (year.isdecimal() and first <= int(year) <= last):
            return False
    return all(
        str(row[column])
        in {str(each) for each in (wanted if isinstance(wanted, list) else [wanted])}
        for column, wanted in query.get("where", {}).items()
    )


def _merged(same: Sequence[Row]) -> Row:
    """One row for a passage with all its codes; `source` is that of the register, if told."""
    names = [*_KEPT, *(each for each in same[0] if each.startswith(_BY_LANGUAGE))]
    row = {key: same[0][key] for key in names if same[0].get(key) not in (None, "")}
    for key in ("code", "code_path"):
        codes = list(dict.fromkeys(str(each[key]) for each in same if each.get(key)))
        if codes:
            row[key] = "; ".join(codes)
    told = {("source" if key == _SOURCE else key): value for key, value in row.items()}
    return {key: value if isinstance(value, int) else str(value) for key, value in told.items()}


def _shown(row: Row) -> str:
    return " ".join(str(row.get("recorded") or row.get("text") or "").split())[:80]


def needed_columns(rows: Sequence[Row]) -> Iterator[str]:
    """The columns without which a table holds no coded passages."""
    if rows:
        yield from (name for name in ("segment", "document", "code") if name not in rows[0])
