"""`bukti why`: from a claim, a line of the text or an output back to where it comes from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
TEXT = "manuscript/en/02-results.md"


SOURCE = (
    "S_ISO8601: Date and time. Representations for information interchange. "
    "Part 1: Basic rules (ISO 8601-1:2019)"
)
CLAIM = f"""\
claim: days_longest
├── value: 31 days
├── computed in: analysis/notebooks/10-months.ipynb, cell 1
│   └── row of: months 12: days=31, month=12
│       └── raw file: data/raw/months.csv:13
│           └── source: {SOURCE}
├── in the text: en manuscript/en/00-abstract.md:1:74 "31" holds
├── in the text: en {TEXT}:4:18 "31 days" holds
├── in the text: id manuscript/id/00-abstract.md:1:89 "31" holds
└── in the text: id manuscript/id/02-results.md:4:41 "31 hari" holds
"""


def test_a_claim_back_to_its_raw_row_and_source(run: Run, paper: Path) -> None:
    done = run("why", "days_longest", "-C", paper)
    assert (done.status, done.out) == (0, CLAIM)
    assert run("why", "claim:days_longest", "-C", paper).out == CLAIM
    assert run("why", "given:days_longest", "-C", paper).status == 2


def test_a_claim_from_whole_tables_names_their_raw_files(run: Run, paper: Path) -> None:
    out = run("why", "days_total", "-C", paper).out
    assert "│   └── clean table: months\n│       └── raw file: data/raw/months.csv\n" in out


def test_the_tree_in_the_other_language(run: Run, paper: Path) -> None:
    out = run("why", "days_longest", "--lang", "id", "-C", paper).out
    assert out.startswith("klaim: days_longest\n├── nilai: 31 days\n")


def kinds(branch: dict[str, Any]) -> list[Any]:
    return [branch["kind"], *map(kinds, branch["children"])]


def test_the_tree_as_data(run: Run, paper: Path) -> None:
    (tree,) = json.loads(run("why", "days_longest", "-C", paper, "--format", "json").out)
    origin = ["cell", ["row", ["raw", ["source"]]]]
    assert kinds(tree) == ["claim", ["value"], origin, *4 * [["text"]]]
    raw = tree["children"][1]["children"][0]["children"][0]
    assert (raw["path"], raw["line"], raw["label"]) == ("data/raw/months.csv", 13, "raw file")
    assert [each["line"] for each in tree["children"][2:]] == [1, 4, 1, 4]


def test_a_family_lists_its_claims(run: Run, paper: Path) -> None:
    path = paper / "outputs/ledger.json"
    ledger = json.loads(path.read_bytes())
    for entry in ledger["claims"]:
        entry["id"] = entry["id"].replace("days_", "days.")
    path.write_text(json.dumps(ledger))
    lines = run("why", "days", "-C", paper).out.splitlines()
    assert lines[0] == "family of claims: days"
    assert lines[1] == "├── claim: days.longest: 31 days"


def test_what_is_stale_is_told_where_it_stands(run: Run, paper: Path) -> None:
    with (paper / "analysis/cleaning/months.py").open("a") as script:
        script.write("# more\n")
    out = run("why", "days_longest", "-C", paper).out
    assert "│       ├── stale: analysis/cleaning/months.py has changed\n" in out
    assert out.count("stale") == 1


def test_a_given_value_with_its_source(run: Run, paper: Path) -> None:
    done = run("why", "leap_year.days", "-C", paper)
    assert "source: S_ISO8601: Date and time" in done.out
    assert "place in the source: 4.2.1" in done.out


def test_the_approved_value(run: Run, paper: Path) -> None:
    run("accept", "values", "-C", paper)
    run("ledger", "-C", paper)
    assert "├── approved value: 365" in run("why", "days_total", "-C", paper).out


def test_a_claim_and_a_given_value_of_one_name_are_both_told(run: Run, paper: Path) -> None:
    path = paper / "outputs/ledger.json"
    ledger = json.loads(path.read_bytes())
    (given,) = (entry for entry in ledger["claims"] if entry["scheme"] == "given")
    given["id"] = "days_total"
    path.write_text(json.dumps(ledger))
    out = run("why", "days_total", "-C", paper).out
    assert "value: 365 days" in out
    assert "value: 366 days" in out


def test_of_several_raw_files_no_line_is_made_up(run: Run, paper: Path) -> None:
    path = paper / "data/clean/months.json"
    ledger = json.loads(path.read_bytes())
    ledger["raw"]["other.csv"] = "0" * 64
    path.write_text(json.dumps(ledger))
    assert "raw file: data/raw/months.csv:13\n" in run("why", "days_longest", "-C", paper).out
    ledger["rows_in"]["other.csv"] = 1
    path.write_text(json.dumps(ledger))
    out = run("why", "days_longest", "-C", paper).out
    assert "raw file: data/raw/months.csv\n" in out
    assert "raw file: data/raw/other.csv\n" in out


def test_who_read_the_rows_again(run: Run, paper: Path) -> None:
    def entry() -> Any:
        claims = json.loads((paper / "outputs/ledger.json").read_bytes())["claims"]
        return next(each for each in claims if each["id"] == "days_longest")

    assert entry()["readings"] is None
    reading = {"row": 12, "by": "AB", "on": "2024-03-01", "agrees": True, "line": 2}
    change_ledger(paper, readings=[reading])
    run("ledger", "-C", paper)
    days = {"first": "2024-03-01", "last": "2024-03-01"}
    assert entry()["readings"] == {"rows": 1, "twice": 1, "differ": 0, "by": ["AB"], **days}
    out = run("why", "days_longest", "-C", paper).out
    assert "├── second reading: 1 of 1 rows, by AB (2024-03-01); rows that differ: 0\n" in out


def change_ledger(paper: Path, **changes: Any) -> None:
    path = paper / "data/clean/months.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **changes}))


def test_a_row_of_a_clean_table_both_ways(run: Run, paper: Path) -> None:
    done = run("why", "data/clean/months.csv:13", "-C", paper)
    assert done.status == 0
    first, *lines = done.out.splitlines()
    assert first == "data/clean/months.csv:13"
    assert lines[:2] == [
        "├── row of: months 12: month=12, days=31",
        "├── raw file: data/raw/months.csv:13",
    ]
    assert "├── claims: days_longest" in lines
    assert "└── claims from the whole table: days_total, months_long" in lines


def test_a_row_of_a_raw_file_up_to_the_claims(run: Run, paper: Path) -> None:
    out = run("why", "data/raw/months.csv:13", "-C", paper).out
    assert "├── row of: months 12: month=12, days=31\n" in out
    assert "├── claims: days_longest\n" in out
    assert "days_longest" not in run("why", "data/raw/months.csv:3", "-C", paper).out


def test_what_cleaning_did_to_a_row(run: Run, paper: Path) -> None:
    def step(kind: str, before: object, after: object) -> dict[str, object]:
        listed = [{"row": 3, "before": before, "after": after}]
        return {"kind": kind, "reason": f"by {kind}", "rows": [3], "listed": listed}

    changes = [
        step("replace", {"days": "82"}, {"days": "28"}),
        step("merge", {"month": "2", "days": "28"}, {"month": "2"}),
        step("drop", {"month": "2", "days": "28"}, None),
        {"kind": "keep", "reason": "kept earlier", "rows": [3]},
        {"kind": "notes", "reason": "x", "rows": [3]},
    ]
    reading = {"row": 2, "by": "AB", "on": "2024-03-01", "agrees": False, "line": 9}
    change_ledger(paper, changes=changes, readings=[reading])
    steps = [
        "├── changed: by replace (days=82 -> days=28)",
        "├── changed: by merge (month=2)",
        "├── dropped: by drop",
        "├── dropped: kept earlier",
    ]
    lines = run("why", "data/raw/months.csv:3", "-C", paper).out.splitlines()
    assert lines[1:5] == steps
    assert "├── second reading: AB, 2024-03-01, differs" in lines
    lines = run("why", "data/clean/months.csv:3", "-C", paper).out.splitlines()
    assert lines[3:7] == steps


def test_the_row_that_a_second_reading_reads(run: Run, paper: Path) -> None:
    (paper / "data/raw/again.csv").write_text("x\n")
    reading = {"row": 2, "by": "AB", "on": "2024-03-01", "agrees": True, "line": 9}
    raw = {"months.csv": "0" * 64, "again.csv": "0" * 64}
    change_ledger(paper, raw=raw, readings=[reading])
    lines = run("why", "data/raw/again.csv:9", "-C", paper).out.splitlines()
    assert lines[1:3] == [
        "├── row of: months 2: month=2, days=28",
        "├── second reading: AB, 2024-03-01, agrees",
    ]


def test_rows_of_several_raw_files_are_not_told_apart(run: Run, paper: Path) -> None:
    for name in ("other.csv", "words.csv"):
        (paper / "data/raw" / name).write_text("x\n")
    raw = dict.fromkeys(("months.csv", "other.csv", "words.csv"), "0" * 64)
    rows_in = {"months.csv": 12, "other.csv": 1}
    change_ledger(paper, raw=raw, rows_in=rows_in, looked_up={"words.csv": 1})
    among = "└── one of several raw files, which rows do not tell apart, of the table: months\n"
    assert among in run("why", "data/raw/months.csv:3", "-C", paper).out
    looked = "└── only looked up in, for the table: months\n"
    assert looked in run("why", "data/raw/words.csv:1", "-C", paper).out
    out = run("why", "data/clean/months.csv:3", "-C", paper).out
    assert "raw file: data/raw/months.csv\n" in out
    assert "raw file: data/raw/other.csv\n" in out


@pytest.mark.parametrize("place", ["data/raw/months.csv:1", "data/clean/months.csv:99"])
def test_a_line_without_a_row(run: Run, paper: Path, place: str) -> None:
    done = run("why", place, "-C", paper)
    assert (done.status, done.out) == (0, f"{place}\n└── no row of data begins on this line\n")


@pytest.mark.parametrize("gone", ["data/clean/months.json", "data/clean/months.csv"])
def test_a_table_that_was_not_made(run: Run, paper: Path, gone: str) -> None:
    (paper / gone).unlink()
    done = run("why", "data/clean/months.csv:3", "-C", paper)
    assert done.status == 2
    assert "CFG118" in done.err + done.out


def test_a_line_of_the_text(run: Run, paper: Path) -> None:
    done = run("why", f"{TEXT}:4", "-C", paper)
    assert done.status == 0
    head = f'{TEXT}:4\n├── mark: 4:18 "31 days" holds\n│   └── claim: days_longest\n'
    assert done.out.startswith(head)
    assert "raw file: data/raw/months.csv:13\n" in done.out
    assert "days_total" not in done.out


def write(paper: Path, text: str) -> None:
    path = paper / TEXT
    path.write_text(f"# Results {{#sec:results}}\n\n{text}\n")


def test_every_mark_of_a_line_and_the_one_at_a_column(run: Run, paper: Path) -> None:
    write(paper, "It has [365\ndays](claim:days_total) or [31](claim:days_longest).")
    out = run("why", f"{TEXT}:4", "-C", paper).out
    assert '├── mark: 3:9 "365 days" holds\n' in out
    assert '└── mark: 4:29 "31" holds\n' in out
    assert "days_longest" not in run("why", f"{TEXT}:3", "-C", paper).out
    assert "days_longest" not in run("why", f"{TEXT}:4:3", "-C", paper).out
    assert "days_total" not in run("why", f"{TEXT}:4:30", "-C", paper).out
    assert "nothing here rests" in run("why", f"{TEXT}:4:27", "-C", paper).out


def test_a_number_without_evidence_and_what_fits_it(run: Run, paper: Path) -> None:
    write(paper, "It has 365 days, and 77 others.")
    out = run("why", f"{TEXT}:3", "-C", paper).out
    assert '├── number without evidence: 3:8 "365"\n' in out
    assert "│   └── it could state: claim:days_total (365 days; analysis/notebooks/" in out
    assert '└── number without evidence: 3:22 "77"\n    └── no claim has this value\n' in out


def test_figures_citations_and_references_of_a_line(run: Run, paper: Path) -> None:
    write(
        paper, "See @fig:months and @sec:results [@iso8601; @nobody].\n\n![Months](figure:months)"
    )
    (paper / "manuscript/references.bib").write_text(
        "@book{iso8601,\n  title = {Dates}, author = {ISO}, year = {2019}}\n"
    )
    out = run("why", f"{TEXT}:3", "-C", paper).out
    made = "    └── computed in: analysis/notebooks/10-months.ipynb\n"
    assert f"├── cross-reference: 3:5 @fig:months\n│   └── figure: 5:3 months\n│   {made}" in out
    assert f"@sec:results\n│   └── leads to: {TEXT}:1:12\n" in out
    entry = "entry: manuscript/references.bib:1: ISO, Dates, 2019"
    assert f"├── citation: 3:35 @iso8601\n│   └── {entry}\n" in out
    assert "@nobody\n│   └── it is not in manuscript/references.bib\n" in out
    assert "└── finding: REF101 " in out
    out = run("why", f"{TEXT}:5", "-C", paper).out
    assert f"├── figure: 5:3 months\n│   {made.lstrip(' ')}" in out


def test_a_line_is_read_as_it_is_now(run: Run, paper: Path) -> None:
    (paper / "outputs/ledger.json").unlink()
    write(paper, "It has [99](claim:days_total) and [1](claim:nothing).")
    out = run("why", f"{TEXT}:3", "-C", paper).out
    assert '"99" stale\n' in out
    assert "└── claim: nothing\n" in out and "there is no such claim\n" in out
    assert "finding: CLM201 " in out


def test_a_line_without_anything(run: Run, paper: Path) -> None:
    done = run("why", f"{TEXT}:1", "-C", paper)
    nothing = "nothing here rests on evidence: no mark, number, figure, table or citation"
    assert (done.status, done.out) == (0, f"{TEXT}:1\n└── {nothing}\n")


def test_a_whole_file_of_the_text(run: Run, paper: Path) -> None:
    out = run("why", TEXT, "-C", paper).out
    assert "claim: days_total" in out and "claim: months_long" in out
    assert "── used by the step: manuscript.en\n" in out


def test_a_file_named_from_where_one_stands(
    run: Run, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(paper / "manuscript/en")
    assert "claim: days_longest" in run("why", "02-results.md:4").out
    assert "claim: days_longest" in run("why", f"{paper}/{TEXT}:4").out


def test_a_source_tells_who_uses_it(run: Run, paper: Path) -> None:
    out = run("why", "data/raw/months.csv", "-C", paper).out
    assert out == (
        "data/raw/months.csv\n├── used by the step: clean.months\n"
        "├── used by the step: privacy\n└── used by the step: report\n"
    )


def test_an_output_that_is_current(run: Run, paper: Path) -> None:
    done = run("why", "data/clean/months.parquet", "-C", paper)
    assert done.out.splitlines() == [
        "data/clean/months.parquet",
        "└── made by the step: clean.months",
        "    ├── current: nothing it depends on has changed",
        "    ├── data/contract/months.yaml",
        "    ├── analysis/cleaning/months.py",
        "    ├── data/raw/months.csv",
        "    └── data/raw.sha256",
    ]


def test_an_output_that_is_stale(run: Run, paper: Path) -> None:
    with (paper / "analysis/cleaning/months.py").open("a") as script:
        script.write("# more\n")
    out = run("why", "data/clean/months.parquet", "-C", paper).out
    assert "stale: analysis/cleaning/months.py has changed" in out
    (paper / "data/clean/months.csv").unlink()
    out = run("why", "data/clean/months.csv", "-C", paper).out
    assert "; data/clean/months.csv is not as it was made" in out
    out = run("why", "outputs/ledger.json", "-C", paper).out
    assert out.count("stale: analysis/cleaning/months.py has changed") > 1


@pytest.mark.parametrize("what", ["outputs/papers/paper.en.pdf", "render.en.pdf"])
def test_an_output_that_was_never_made(run: Run, paper: Path, what: str) -> None:
    done = run("why", what, "-C", paper)
    assert done.status == 0
    assert "made by the step: render.en.pdf\n    ├── stale: it was never made" in done.out
    assert "outputs/manuscript/en/tree.json (manuscript.en)" in done.out


def test_what_is_nothing(run: Run, paper: Path) -> None:
    done = run("why", "days_totl", "-C", paper)
    assert done.status == 2
    assert "CFG119" in done.out and "days_total" in done.out


def test_before_the_first_build(run: Run, paper: Path) -> None:
    (paper / "outputs/ledger.json").unlink()
    done = run("why", "days_total", "-C", paper)
    assert (done.status, "CFG118" in done.out) == (2, True)


def test_a_source_and_what_rests_on_it(run: Run, paper: Path) -> None:
    register = paper / "data/sources.yaml"
    words = "kind: standard\n    terms: for sale\n    access: closed\n    obtain: Buy it.\n"
    text = register.read_text().replace("kind: standard\n", words)
    register.write_text(text)
    lines = run("why", "S_ISO8601", "-C", paper, "--lang", "en").out.splitlines()
    assert lines[0].startswith("source: S_ISO8601: Date and time.")
    shown = [line[4:].partition(":")[0] for line in lines[1:]]
    assert shown == [
        "published",
        "terms",
        "how to get it",
        "access",
        "raw file",
        "clean tables",
        "claims",
    ]
    assert "data/raw/months.csv " in lines[5] and "not here" not in lines[5]
    assert lines[-2:] == ["├── clean tables: months", lines[-1]]
    assert "days_total" in lines[-1]
