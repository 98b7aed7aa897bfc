"""Made-up records, and the page of them: a small paper in two languages, any words put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bukti.base.diagnostic import diagnose
from bukti.base.span import Span
from bukti.gate.verdict import Judged
from bukti.ledger.join import EditionRecord, edition_record
from bukti.project.register import Register
from bukti.report.assembly import Engine, Paper, Records, report_data

ENGINE = Engine(version="0.1.0", code="c" * 64, python="3.11.7", packages=(("click", "8.3"),))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>'
TEXTS = {
    "id": ("Angkanya ", "2,3 persen", " pada 2020. Kalimat ini tanpa tanda."),
    "en": ("The rate was ", "2.3 percent", " in 2020. This sentence has no mark."),
}
SEGMENT = {"segment": "s1", "document": "d1", "code": "c", "code_path": "A / B", "text": "words"}


def entry(name: str, **changes: Any) -> dict[str, Any]:
    """An entry of the ledger: a value that was read from one cell."""
    row = {"rate": 2.3, "year": 2020}
    evidence = {
        "notebook": "analysis/notebooks/10-rates.ipynb",
        "cell": 1,
        "table": "rates",
        "rows": [row],
        "row_numbers": [1],
        "sources": ["S_A"],
        "locator": "page 3",
    } | changes.pop("evidence", {})
    return {
        "scheme": "claim",
        "id": name,
        "kind": "value",
        "value": 2.3,
        "unit": "percent",
        "evidence": evidence,
        "readings": None,
        "grade": None,
        "status": "holds",
        "accepted": None,
        "marks": {},
        **changes,
    }


def given(name: str) -> dict[str, Any]:
    """A given value."""
    nowhere: dict[str, Any] = {
        "notebook": None,
        "cell": None,
        "table": None,
        "rows": [],
        "row_numbers": [],
    }
    return entry(name, scheme="given", kind="given", evidence=nowhere, value=18, unit="years")


def documentary(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A documentary claim with its passages."""
    evidence = {"notebook": None, "cell": None, "table": None, "rows": rows, "row_numbers": []}
    against = sum(bool(row.get("against")) for row in rows)
    support = len(rows) - against
    grade = {"ground": "segments", "sources": 1, "support": support, "against": against}
    return entry(name, kind="documentary", value=None, unit=None, evidence=evidence, grade=grade)


def ledger_of(entries: Sequence[Mapping[str, Any]], **changes: Any) -> dict[str, Any]:
    """A ledger of some entries."""
    used = sum(each["status"] != "unused" for each in entries)
    statuses = dict.fromkeys(("holds", "stale", "contradicted", "without-evidence"), 0)
    summary = {"claims": len(entries), "used": used, "marks": {}, "numbers": {}}
    return {
        "version": 1,
        "name": "paper",
        "languages": ["id", "en"],
        "claims": list(entries),
        "not_included": [],
        "confinement": {"10-rates": "landlock+seccomp"},
        "summary": {**summary, "statuses": {**statuses, "holds": 2}},
        **changes,
    }


def passage(kind: str, text: str, line: int, path: str, **more: Any) -> dict[str, Any]:
    """A stored passage on one line."""
    place = {"path": path, "line": line, "column": 1, "end_line": line, "end_column": len(text) + 1}
    told = {"kind": kind, "section": "sec:a", "text": text, "parts": [], "runs": [[0, line, 1]]}
    return {**told, **place, **more}


def edition_of(
    language: str,
    claims: Sequence[str],
    title: str = "A title",
    caption: str = "A caption",
    options: str = "",
) -> EditionRecord:
    """An edition with a title, one marked paragraph for each claim, a figure and its caption."""
    path = f"manuscript/{language}/01-results.md"
    before, said, after = TEXTS[language]
    start, end = len(before), len(before) + len(said)
    passages = [passage("title", title, 1, f"manuscript/{language}/front.md", section="")]
    marks = []
    for index, name in enumerate(claims):
        line = index + 3
        part = {"kind": "mark", "start": start, "end": end, "name": f"claim:{name}{options}"}
        passages.append(passage("paragraph", before + said + after, line, path, parts=[part]))
        place = {"path": path, "line": line, "column": start + 1, "end_line": line}
        marks.append(
            {"index": index, "scheme": "claim", "claims": [name], "options": {}, "text": said}
            | {**place, "end_column": end + 1, "section": "sec:a", "status": "holds"}
        )
    line = len(claims) + 4
    passages += [
        passage("caption", caption, line, path),
        passage("alt", "What the figure says", line + 1, path),
    ]
    use = {"kind": "figure", "id": "trend", "path": path, "line": line, "column": 1}
    use |= {"end_line": line, "end_column": 2, "section": "sec:a"}
    section = {"id": "sec:a", "title": "Results", "level": 1, "path": path, "line": 2}
    section |= {"column": 1, "end_line": 2, "end_column": 9}
    data = {
        "language": language,
        "whole": True,
        "front": {},
        "numbers": {"bound": len(claims), "bare": 0, "allowed": {"years": len(claims)}},
        "patterns": [],
        "marks": marks,
        "products": [use],
        "citations": [],
        "references": [],
        "sections": [section],
    }
    return edition_record(data, {"passages": passages})


def results(words: str = "words") -> dict[str, Any]:
    """The results of the notebook."""
    product = {"cell": 1, "sources": ["S_A"], "tables": ["rates"], "computed": False}
    return {
        "version": 1,
        "notebook": "analysis/notebooks/10-rates.ipynb",
        "confinement": "landlock+seccomp",
        "reads": ["rates"],
        "claims": {},
        "figures": {"trend": {**product, "width": 160, "digests": {}}},
        "tables": {
            "rates": {**product, "columns": ["name"], "digits": {}, "rows": [{"name": words}]}
        },
    }


def notebook(source: str = "claim()", output: str = "2.3", html: str = "<b>2.3</b>") -> Any:
    """The executed notebook, with one output of every kind."""
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": [output]},
        {"output_type": "display_data", "data": {"text/plain": output, "text/html": html}},
        {"output_type": "display_data", "data": {"text/html": html}},
        {"output_type": "error", "ename": "E", "evalue": output, "traceback": []},
    ]
    return {"cells": [{"cell_type": "code", "source": [source], "outputs": outputs}]}


def cleaning(reason: str = "a reason", value: str = "old") -> dict[str, Any]:
    """The cleaning ledger of the table."""
    change = {"kind": "replace", "reason": reason, "before": 3, "after": 3, "rows": [2]}
    change |= {"column": "name", "values": [{"old": value, "new": "new", "count": 1}]}
    change |= {"listed": [{"row": 2, "before": {"name": value}, "after": None}], "concerned": 1}
    return {
        "version": 1,
        "table": "rates",
        "from": "raw",
        "raw": {"rates.csv": "d" * 64},
        "rows_in": {"rates.csv": 3},
        "rows_out": 3,
        "changes": [change],
        "sources": [{"id": "S_A", "path": "data/raw/rates.csv", "line": 2}],
        "readings": [],
        "origin": [2, 3, 4],
    }


def sample(claims: int = 3, words: str = "") -> dict[str, Any]:
    """The data of a page; `words` stand wherever an author or a notebook can put words."""
    told = words or "told"
    names = [f"rate.{2000 + number}" for number in range(claims)]
    entries = [entry(name, unit=words or "percent") for name in names]
    rows: list[Mapping[str, Any]] = [
        {**SEGMENT, "text": told, "code_path": told, "document_name": told}
    ]
    rows += [
        {**SEGMENT, "against": True, "shows": told},
    ]
    entries += [documentary("seen", rows), given("age.child")]
    steps = [
        {"id": "clean.rates", "stage": "clean", "name": "rates"}
        | {"inputs": ["data/raw/rates.csv"], "outputs": ["data/clean/rates.parquet"]},
        {"id": "analyse.10-rates", "stage": "analyse", "name": "10-rates"}
        | {"inputs": ["data/clean/rates.parquet"], "outputs": ["outputs/results/10-rates.json"]},
    ]
    source = {
        "title": told,
        "publisher": told,
        "standing": "secondary",
        "url": "https://a.example/",
    }
    records = Records(
        ledger=ledger_of(entries),
        editions=tuple(
            edition_of(each, [*names, "seen"], title=told, caption=told) for each in ("id", "en")
        ),
        results={"10-rates": results(told)},
        notebooks={"10-rates": notebook(words or "claim()", words or "2.3", words or "<b>2.3</b>")},
        cleaning={"rates": cleaning(told, told)},
        judged=(
            Judged(finding=diagnose("CLM301", Span(path=told), id=told)),
            Judged(finding=diagnose("CLM301", Span(path="a.md", line=1), id="seen"), waived=told),
        ),
        written={"documentary": {"seen": {"statement": {"id": told, "en": told}}}},
        labels={told: {"id": told, "en": told}},
        register=Register(sources={"S_A": source}, raw={"rates.csv": {"title": told}}),
        pictures={"trend": {"id": (SVG, b""), "en": (SVG, b"")}},
        raw_lines={"rates.csv": {"2": told}},
        steps=steps,
    )
    paper = Paper(
        name=told,
        level="draft",
        languages=("id", "en"),
        editions=("id", "en"),
        authors=(told,),
        papers=("outputs/papers/paper.en.pdf",),
    )
    return report_data(records, paper, ENGINE)
