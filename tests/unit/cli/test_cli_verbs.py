"""Every verb: its help, its options, its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bukti.cli import bukti
from bukti.tools.records import failure_path

Run = Callable[..., Any]
VERBS = list(bukti.commands)


def edit(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_every_verb_in_the_order_of_use(run: Run, flag: str) -> None:
    done = run(flag)
    assert done.status == 0
    places = [done.out.index(f"\n  {verb} ") for verb in VERBS]
    assert places == sorted(places)
    assert VERBS[0] == "build"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_the_same_options(run: Run, verb: str) -> None:
    done = run(verb, "--help")
    assert done.status == 0
    for option in ("-C DIR", "-q, --quiet", "-v, --verbose", "--format", "--lang"):
        assert option in done.out
    sentence = done.out.split("\n\n")[1].strip()
    assert sentence.endswith(".") and len(sentence) > 20


def test_version(run: Run) -> None:
    done = run("--version")
    assert (done.status, done.out.split()[0]) == (0, "bukti")


@pytest.mark.parametrize("words", [("nothing",), ("check", "--nothing"), ("why",), ("accept", "x")])
def test_a_wrong_word_is_status_2(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.status, done.out) == (2, "")
    assert "Error" in done.err


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ("new", "schema")])
def test_without_a_compendium_a_verb_is_status_2(run: Run, verb: str, tmp_path: Path) -> None:
    given = {"why": ("x",), "accept": ("raw",), "export": ("x", "y"), "coding": ("x",)}
    given["diff"] = ("HEAD",)
    words = given.get(verb, ())
    done = run(verb, *words, "-C", tmp_path)
    assert done.status == 2
    assert "CFG101" in done.out
    assert str(tmp_path) in done.out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--lang", "id"), "tidak ada bukti.yaml"),
        (("--lang=id",), "tidak ada bukti.yaml"),
        (("--lang", "en"), "there is no bukti.yaml"),
        ((), "there is no bukti.yaml"),
    ],
)
def test_messages_speak_the_language_asked_for(
    run: Run, tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    assert sentence in run("check", "-C", tmp_path, *options).out


def test_messages_speak_the_language_of_the_locale(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert "tidak ada bukti.yaml" in run("check", "-C", tmp_path).out
    monkeypatch.setenv("BUKTI_LANG", "en")
    assert "there is no bukti.yaml" in run("check", "-C", tmp_path).out


def test_a_folder_below_will_do(run: Run, paper: Path) -> None:
    assert run("check", "-C", paper / "manuscript/en").status == 0


def test_check_clean_is_status_0(run: Run, paper: Path) -> None:
    done = run("check", "-C", paper)
    assert (done.status, done.out) == (0, "")
    assert "No findings." in done.err
    assert run("check", "-C", paper, "-q").err == ""


def test_check_with_an_error_is_status_1(run: Run, paper: Path) -> None:
    edit(paper, "manuscript/en/02-results.md", "[365 days]", "[364 days]")
    done = run("check", "-C", paper)
    assert done.status == 1
    assert "manuscript/en/02-results.md:3:20: error[CLM201]" in done.out
    assert "1 error" in done.err


def test_check_finds_only_a_warning_at_the_level_draft(run: Run, paper: Path) -> None:
    (paper / "data/raw/left.csv").write_text("a\n1\n")
    done = run("check", "-C", paper)
    assert (done.status, "SRC106" in done.out) == (0, True)
    edit(paper, "bukti.yaml", "level: draft", "level: ready")
    assert run("check", "-C", paper).status == 1


def test_a_waiver_lets_a_finding_pass(run: Run, paper: Path) -> None:
    edit(paper, "manuscript/en/02-results.md", "[365 days]", "[364 days]")
    with (paper / "bukti.yaml").open("a") as config:
        config.write("waivers:\n  - {code: CLM201, reason: a test of waivers}\n")
    done = run("check", "-C", paper)
    assert (done.status, done.out) == (0, "")
    assert "bukti.yaml: 1." in done.err


def test_check_that_cannot_be_done_is_status_2(run: Run, paper: Path) -> None:
    edit(paper, "bukti.yaml", "languages:", "langauges:")
    done = run("check", "-C", paper)
    assert done.status == 2
    assert "CFG103" in done.out
    assert "languages" in done.out


def test_check_before_the_first_build_is_status_2(run: Run, paper: Path) -> None:
    (paper / "outputs/results/10-months.json").unlink()
    done = run("check", "-C", paper)
    assert (done.status, "CFG118" in done.out) == (2, True)


def test_check_fix_corrects_a_number_and_nothing_else(run: Run, paper: Path) -> None:
    before = (paper / "manuscript/en/02-results.md").read_bytes()
    edit(paper, "manuscript/en/02-results.md", "[365 days]", "[364 days]")
    done = run("check", "--fix", "-C", paper)
    assert done.status == 0
    assert "364" in done.err
    assert (paper / "manuscript/en/02-results.md").read_bytes() == before


def test_json_is_a_list_of_findings(run: Run, paper: Path) -> None:
    edit(paper, "manuscript/en/02-results.md", "[365 days]", "[364 days]")
    done = run("check", "-C", paper, "--format", "json")
    (finding,) = json.loads(done.out)
    keys = "code name severity path line column end_line end_column message notes hint"
    assert set(keys.split()) <= set(finding)
    assert (finding["code"], finding["line"]) == ("CLM201", 3)


@pytest.mark.parametrize("form", ["concise", "github"])
def test_other_formats_name_the_place(run: Run, paper: Path, form: str) -> None:
    edit(paper, "manuscript/en/02-results.md", "[365 days]", "[364 days]")
    done = run("check", "-C", paper, "--format", form)
    assert "manuscript/en/02-results.md" in done.out
    assert len(done.out.splitlines()) == 1


@pytest.mark.parametrize("words", [("clean", "months"), ("clean",), ("ledger",)])
def test_a_stage_by_its_own_verb(run: Run, paper: Path, words: tuple[str, ...]) -> None:
    assert run(*words, "-C", paper).status == 0


def test_a_stage_that_cannot_be_done_is_status_2_and_says_why(run: Run, paper: Path) -> None:
    (paper / "data/raw/months.csv").write_text("month\n1\n")
    done = run("clean", "-C", paper)
    assert (done.status, "SRC102" in done.out) == (2, True)
    assert failure_path(paper, "clean.months").is_file()


def test_an_unknown_table_is_named(run: Run, paper: Path) -> None:
    done = run("clean", "moths", "-C", paper)
    assert done.status == 2
    assert "CFG112" in done.out and "months" in done.out


def test_a_dry_run_tells_what_is_stale(run: Run, paper: Path) -> None:
    done = run("build", "--dry-run", "-C", paper)
    assert done.status == 0
    assert "render.en.pdf\n  it was never made" in done.out
    assert "clean.months" not in done.out


def test_a_fault_of_bukti_itself_is_status_2_and_names_a_log(
    run: Run, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError("of its own")

    monkeypatch.setattr("bukti.cli.check.check", crash)
    done = run("check", "-C", paper)
    assert done.status == 2
    assert "ZeroDivisionError: of its own" in done.err
    log = Path(next(word for word in done.err.split() if ".log" in word).rstrip(";,."))
    assert "Traceback" in log.read_text()
    log.unlink()


def test_an_interruption_is_status_2(
    run: Run, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bukti.cli.check.check", interrupt)
    done = run("check", "-C", paper)
    assert (done.status, "Interrupted" in done.err) == (2, True)
