"""`bukti accept`: the one door by which raw files and values are approved."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bukti.base.digest import digest_bytes
from bukti.tools.accepted import read_accepted_values
from bukti.tools.checksums import read_checksums

Run = Callable[..., Any]


def accepted(root: Path) -> dict[str, str]:
    return read_checksums(root / "data/raw.sha256", shown_as="data/raw.sha256")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "bukti.yaml").touch()
    for name in ("a.csv", "sub/b.csv", ".hidden"):
        (tmp_path / "data/raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data/raw" / name).write_text(name)
    return tmp_path


def test_all_raw_files(run: Run, root: Path) -> None:
    done = run("accept", "raw", "-C", root)
    assert done.status == 0
    assert "Accepted the raw file a.csv" in done.err
    assert accepted(root) == {name: digest_bytes(name.encode()) for name in ("a.csv", "sub/b.csv")}
    assert run("accept", "raw", "-C", root).err == "Everything is accepted already.\n"


@pytest.mark.parametrize("name", ["sub/b.csv", "data/raw/sub/b.csv", "./data/raw/sub/b.csv"])
def test_one_raw_file_and_no_other(run: Run, root: Path, name: str) -> None:
    assert run("accept", "raw", name, "-C", root).status == 0
    assert list(accepted(root)) == ["sub/b.csv"]


def test_a_changed_and_a_removed_file(run: Run, root: Path) -> None:
    run("accept", "raw", "-C", root)
    (root / "data/raw/a.csv").write_text("changed")
    (root / "data/raw/sub/b.csv").unlink()
    done = run("accept", "raw", "-C", root)
    assert "Took sub/b.csv off the list" in done.err
    assert accepted(root) == {"a.csv": digest_bytes(b"changed")}


def test_a_removed_file_named_twice(run: Run, root: Path) -> None:
    run("accept", "raw", "-C", root)
    (root / "data/raw/a.csv").unlink()
    assert run("accept", "raw", "a.csv", "data/raw/a.csv", "-C", root).status == 0
    assert list(accepted(root)) == ["sub/b.csv"]


def test_an_unknown_raw_file_changes_nothing(run: Run, root: Path) -> None:
    done = run("accept", "raw", "a.csv", "b.csv", "-C", root)
    assert done.status == 2
    assert "CFG119" in done.out and "sub/b.csv" in done.out
    assert not (root / "data/raw.sha256").exists()


def test_a_broken_list_is_made_anew_by_accepting_all(run: Run, root: Path) -> None:
    (root / "data/raw.sha256").write_text("<<<<<<< HEAD\n")
    done = run("accept", "raw", "a.csv", "-C", root)
    assert (done.status, "SRC104" in done.out) == (2, True)
    assert run("accept", "raw", "-C", root).status == 0
    assert sorted(accepted(root)) == ["a.csv", "sub/b.csv"]


def values(root: Path) -> dict[str, Any]:
    return read_accepted_values(root / "manuscript/accepted/values.json", shown_as="v")


def state(root: Path, name: str, value: Any) -> None:
    path = root / "outputs/results/10-months.json"
    results = json.loads(path.read_bytes())
    results["claims"][name]["value"] = value
    path.write_text(json.dumps(results))


def test_all_values(run: Run, paper: Path) -> None:
    done = run("accept", "values", "-C", paper)
    assert done.status == 0
    assert "Accepted days_total: - -> 365" in done.err
    assert values(paper) == {
        "days_longest": {"value": 31, "unit": "days"},
        "days_total": {"value": 365, "unit": "days"},
        "months_long": {"value": 7, "unit": "months"},
    }
    assert "Everything is accepted already." in run("accept", "values", "-C", paper).err


def test_one_value_and_no_other(run: Run, paper: Path) -> None:
    run("accept", "values", "-C", paper)
    state(paper, "days_total", 366)
    state(paper, "months_long", 8)
    done = run("accept", "values", "months_long", "-C", paper)
    assert "Accepted months_long: 7 -> 8" in done.err
    assert values(paper)["months_long"]["value"] == 8
    assert values(paper)["days_total"]["value"] == 365


def test_a_value_that_moved_is_a_finding_until_it_is_accepted(run: Run, paper: Path) -> None:
    run("accept", "values", "-C", paper)
    state(paper, "months_long", 8)
    assert "CLM302" in run("check", "-C", paper, "-v").out
    run("accept", "values", "-C", paper)
    assert "CLM302" not in run("check", "-C", paper, "-v").out


def test_a_value_whose_claim_is_gone_is_dropped(run: Run, paper: Path) -> None:
    run("accept", "values", "-C", paper)
    path = paper / "outputs/results/10-months.json"
    results = json.loads(path.read_bytes())
    del results["claims"]["months_long"]
    path.write_text(json.dumps(results))
    assert run("accept", "values", "months_long", "-C", paper).status == 0
    assert "months_long" not in values(paper)


def test_an_unknown_value_changes_nothing(run: Run, paper: Path) -> None:
    done = run("accept", "values", "days_totl", "-C", paper)
    assert done.status == 2
    assert "CFG119" in done.out and "days_total" in done.out
    assert values(paper) == {}


def test_values_before_the_first_build(run: Run, paper: Path) -> None:
    (paper / "outputs/results/10-months.json").unlink()
    assert "CFG118" in run("accept", "values", "-C", paper).out


def test_a_broken_record_of_values(run: Run, paper: Path) -> None:
    (paper / "manuscript/accepted").mkdir()
    (paper / "manuscript/accepted/values.json").write_text("{")
    done = run("accept", "values", "-C", paper)
    assert (done.status, "CFG115" in done.out) == (2, True)
