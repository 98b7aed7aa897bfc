"""The work of the stage clean, on a tiny compendium."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from bukti.base.diagnostic import Diagnostic, Problem
from bukti.base.digest import digest_bytes
from bukti.clean.step import work
from bukti.plan import plan
from bukti.project import load_project
from bukti.tools.checksums import write_checksums
from bukti.tools.confine import level
from bukti.tools.records import Products

FILES = {
    "bukti.yaml": "version: 1\nname: a\nlanguages: [en]\n",
    "data/contract/t.yaml": (
        "raw: [t.csv]\nlocale: {decimal: ',', group: .}\nmissing: ['', '-']\n"
        "schema: {fields: [{name: year, type: integer}, {name: rate, type: number}]}\n"
    ),
    "data/raw/t.csv": "year,rate\n2019,-\n2020,'1.234,5'\n".replace("'", '"'),
    "data/sources.yaml": "sources: {}\nraw: {t.csv: {}}\n",
    "manuscript/en/01-a.md": "A",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "analysis/cleaning").mkdir(parents=True)
    digest = digest_bytes((tmp_path / "data/raw/t.csv").read_bytes())
    write_checksums(tmp_path / "data/raw.sha256", {"t.csv": digest})
    return tmp_path


def run(root: Path, script: str) -> Products:
    (root / "analysis/cleaning/t.py").write_text(script)
    project = load_project(root)
    return work(project, plan(project).step("clean", "t"))


DROPPING = """import polars as pl
def clean(raw):
    return raw.drop(raw.csv("t.csv"), pl.col("year") == "2019", reason="r")
"""


def test_rows_that_went_are_listed_unless_they_may_not_be_passed_on(root: Path) -> None:
    (change,) = json.loads(run(root, DROPPING).files["data/clean/t.json"])["changes"]
    row = {"row": 2, "before": {"year": "2019", "rate": "-"}, "after": None}
    assert (change["concerned"], change["listed"]) == (1, [row])
    (root / "data/sources.yaml").write_text(
        "sources: {}\nraw: {t.csv: {access: restricted, obtain: ask}}\n"
    )
    (change,) = json.loads(run(root, DROPPING).files["data/clean/t.json"])["changes"]
    assert (change["concerned"], change["rows"], change["listed"]) == (1, [2], [])


def refused(root: Path, script: str = "def clean(raw): return raw.csv('t.csv')") -> Diagnostic:
    with pytest.raises(Problem) as caught:
        run(root, script)
    (finding,) = caught.value.diagnostics
    return finding


def test_a_table_is_made(root: Path) -> None:
    products = run(root, "def clean(raw):\n    return raw.csv('t.csv')\n")
    assert products.findings == ()
    assert products.files["data/clean/t.csv"] == b"year,rate\n2019,\n2020,1234.5\n"
    frame = pl.read_parquet(products.files["data/clean/t.parquet"])
    assert frame.to_dicts() == [{"year": 2019, "rate": None}, {"year": 2020, "rate": 1234.5}]
    ledger = json.loads(products.files["data/clean/t.json"])
    assert (ledger["origin"], ledger["rows_out"]) == ([2, 3], 2)


@pytest.mark.parametrize(
    ("script", "place", "kind"),
    [
        ("def clean(raw):\n    return 1 / 0\n", "analysis/cleaning/t.py:2", "ZeroDivisionError"),
        ("def clean(raw:\n", "analysis/cleaning/t.py:1", "SyntaxError"),
        ("import nothing_such\n", "analysis/cleaning/t.py:1", "ModuleNotFoundError"),
        ("x = 1\n", "analysis/cleaning/t.py", "AttributeError"),
        ("import sys\nsys.exit(0)\n", "analysis/cleaning/t.py:2", "SystemExit"),
        (
            "def clean(raw):\n    frame = raw.csv('t.csv')\n    return frame.select('no')\n",
            "analysis/cleaning/t.py:3",
            "ColumnNotFoundError",
        ),
        ("def clean(raw):\n    raise KeyError\n", "analysis/cleaning/t.py:2", "KeyError"),
    ],
)
def test_a_script_that_fails_is_named_with_its_line(
    root: Path, script: str, place: str, kind: str
) -> None:
    finding = refused(root, script)
    assert (finding.code, str(finding.span)) == ("CLN102", place)
    assert finding.arguments["kind"] == kind
    assert finding.arguments["reason"]


def test_a_raw_file_that_was_never_accepted(root: Path) -> None:
    (root / "data/raw.sha256").unlink()
    assert refused(root).code == "SRC101"


def test_a_raw_file_that_changed(root: Path) -> None:
    (root / "data/raw/t.csv").write_text("year,rate\n")
    finding = refused(root)
    assert (finding.code, str(finding.span)) == ("SRC102", "data/raw/t.csv")
    assert set(finding.arguments) == {"path", "accepted", "found"}


def test_a_file_that_the_contract_does_not_name(root: Path) -> None:
    assert refused(root, "def clean(raw): return raw.csv('u.csv')").code == "CLN104"


def test_the_raw_file_is_left_as_it_is(root: Path) -> None:
    before = (root / "data/raw/t.csv").stat()
    run(root, "def clean(raw):\n    return raw.csv('t.csv')\n")
    assert (root / "data/raw/t.csv").stat().st_mtime_ns == before.st_mtime_ns
    assert not (root / "data/clean").exists()


CONFINED = pytest.mark.skipif(level() == "unconfined", reason="this machine cannot confine")
LEVEL_OF_CALLS = pytest.mark.skipif(level() != "landlock+seccomp", reason="no filter of calls")


def body(line: str) -> str:
    return f"import os\ndef clean(raw):\n    {line}\n    return raw.csv('t.csv')\n"


@CONFINED
@pytest.mark.parametrize(
    ("line", "code", "path"),
    [
        ("open('bukti.yaml')", "CLN180", "bukti.yaml"),
        ("open('/etc/passwd')", "CLN180", "/etc/passwd"),
        ("import polars; polars.read_csv('data/raw.sha256')", "CLN180", "data/raw.sha256"),
        ("os.listdir('data')", "CLN180", "data"),
        ("open('data/raw/t.csv', 'a')", "CLN181", "data/raw/t.csv"),
        ("open('data/new.csv', 'w')", "CLN181", "data/new.csv"),
    ],
)
def test_what_a_script_may_not_touch(root: Path, line: str, code: str, path: str) -> None:
    finding = refused(root, body(line))
    assert (finding.code, str(finding.span)) == (code, "analysis/cleaning/t.py:3")
    assert finding.arguments["path"] == path


def test_a_script_may_read_its_own_raw_file_by_its_path(root: Path) -> None:
    assert run(root, body("open('data/raw/t.csv').read()")).findings == ()


@LEVEL_OF_CALLS
def test_a_script_has_no_network(root: Path) -> None:
    finding = refused(root, body("import socket; socket.create_connection(('127.0.0.1', 9))"))
    assert (finding.code, str(finding.span)) == ("CLN182", "analysis/cleaning/t.py:3")


def limited(root: Path, limits: str) -> None:
    (root / "bukti.yaml").write_text(f"{FILES['bukti.yaml']}cleaning: {limits}\n")


def test_a_loop_without_end(root: Path) -> None:
    limited(root, "{seconds: 1}")
    finding = refused(root, body("while True: pass"))
    assert (finding.code, str(finding.span)) == ("CLN183", "analysis/cleaning/t.py:3")
    assert finding.arguments["seconds"] == "1"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("'x' * 10**9", ":3"),
        ("import polars; polars.int_range(0, 10**9, eager=True).sort(descending=True)", ""),
    ],
)
def test_memory_without_bounds(root: Path, line: str, place: str) -> None:
    limited(root, "{memory: 512}")
    finding = refused(root, body(line))
    assert (finding.code, str(finding.span)) == ("CLN184", f"analysis/cleaning/t.py{place}")


@pytest.mark.parametrize(
    ("line", "status"), [("os._exit(0)", "0"), ("os._exit(3)", "3"), ("os.abort()", "-6")]
)
def test_a_script_that_ends_its_process(root: Path, line: str, status: str) -> None:
    finding = refused(root, body(line))
    assert (finding.code, finding.arguments["status"]) == ("CLN185", status)


def test_what_a_script_prints_goes_to_the_log(root: Path) -> None:
    products = run(root, body("print('one'); os.system('echo two')"))
    (notice,) = products.findings
    assert (notice.code, notice.arguments["lines"]) == ("CLN186", "2")
    assert products.said.split() == ["one", "two"]
    assert products.files["data/clean/t.csv"] == b"year,rate\n2019,\n2020,1234.5\n"


@pytest.mark.parametrize("line", ["return None", "return raw.csv('t.csv').lazy()"])
def test_a_script_that_returns_no_table(root: Path, line: str) -> None:
    assert refused(root, body(line)).code == "CLN108"


def test_a_frame_that_no_file_can_hold(root: Path) -> None:
    line = "import polars; return polars.DataFrame({'a': [object()]})"
    assert refused(root, body(line)).code == "CLN102"


def test_what_a_script_records_comes_back(root: Path) -> None:
    script = (
        "import polars as pl\n"
        "def clean(raw):\n"
        "    frame = raw.csv('t.csv')\n"
        "    frame = raw.replace(frame, 'rate', {'-': '1,5'}, reason='seen in print')\n"
        "    return raw.drop(frame, pl.col('year') == '2020', reason='not yet out')\n"
    )
    ledger = json.loads(run(root, script).files["data/clean/t.json"])
    assert [change["kind"] for change in ledger["changes"]] == ["replace", "drop"]
    assert ledger["changes"][0]["values"] == [{"old": "-", "new": "1,5", "count": 1}]
    assert (ledger["rows_in"], ledger["rows_out"]) == ({"t.csv": 2}, 1)
