"""`bukti suggest`: bare numbers bound to the claims that they state."""

from __future__ import annotations

import json
import os
import pty
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Ended

from bukti.base.diagnostic import Problem
from bukti.cli.session import Session
from bukti.cli.suggest import suggest

BARE = {
    "id": """# Panjang {#sec:length}

Tahun biasa mempunyai 365 hari, dan bulan terpanjang hampir 32 hari.[^n] Desa itu punya 41 rumah.

[^n]: Setiap tahun **36**5 hari.
""",
    "en": """# Length {#sec:length}

A common year has 365 days, and the longest month nearly 32 days.[^n] The village has 41 houses.

[^n]: Every year **36**5 days.
""",
}


@pytest.fixture(name="bare")
def bare_fixture(paper: Path) -> Path:
    for language, text in BARE.items():
        (paper / "manuscript" / language / "03-length.md").write_text(text, encoding="utf-8")
    return paper


def written(paper: Path, language: str) -> str:
    return (paper / "manuscript" / language / "03-length.md").read_text(encoding="utf-8")


def typed(paper: Path, keys: str) -> int:
    answers: Iterator[str] = iter([*keys, *"q" * 9])
    session = Session(folder=paper, language="en", form="full", quiet=True, verbose=False)
    return suggest(session, yes=False, keys=lambda: next(answers))


def test_a_key_binds_and_the_other_language_follows(bare: Path) -> None:
    assert typed(bare, "1y" * 3) == 1
    assert "mempunyai [365](claim:days_total) hari, dan" in written(bare, "id")
    assert "terpanjang [hampir 32](claim:days_longest) hari." in written(bare, "id")
    assert "A common year has [365](claim:days_total) days, and" in written(bare, "en")
    assert "41 rumah" in written(bare, "id")


def test_numbers_in_markup_are_left_to_the_author(bare: Path) -> None:
    typed(bare, "1y" * 9)
    assert "[^n]: Setiap tahun **36**5 hari." in written(bare, "id")


def test_enter_skips_q_ends_and_other_keys_mean_nothing(bare: Path) -> None:
    typed(bare, "x7\r1nq")
    assert "365 hari, dan bulan terpanjang [hampir 32](claim:days_longest)" in written(bare, "id")
    assert written(bare, "en") == BARE["en"]


def test_u_takes_back_what_was_bound_last(bare: Path) -> None:
    typed(bare, "1nuq")
    assert written(bare, "id") == BARE["id"]


def test_yes_binds_what_one_claim_alone_fits(bare: Path, run: Callable[..., Ended]) -> None:
    ended = run("suggest", "--yes", "-C", bare)
    assert (ended.status, "Numbers bound: 2" in ended.err) == (1, True)
    assert "[365](claim:days_total)" in written(bare, "id")
    assert "hampir 32 hari." in written(bare, "id")  # two figures may agree by chance


def test_line_ends_and_marks_of_order_stay(bare: Path, run: Callable[..., Ended]) -> None:
    path = bare / "manuscript/id/03-length.md"
    path.write_bytes(b"\xef\xbb\xbf" + BARE["id"].replace("\n", "\r\n").encode())
    run("suggest", "--yes", "-C", bare)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# Panjang {#sec:length}\r\n\r\nTahun biasa")
    assert data.count(b"\n") == data.count(b"\r\n") == BARE["id"].count("\n")
    assert b"[365](claim:days_total)" in data


def test_without_a_terminal_it_only_lists(bare: Path, run: Callable[..., Ended]) -> None:
    ended = run("suggest", "-C", bare)
    assert 'id/03-length.md:3:23: "365": claim:days_total (365 days' in ended.out
    assert 'id/03-length.md:3:89: "41": fits no claim' in ended.out
    assert written(bare, "id") == BARE["id"]


def test_json_is_for_other_programs(bare: Path, run: Callable[..., Ended]) -> None:
    first = json.loads(run("suggest", "-C", bare, "--format", "json").out)[0]
    assert (first["line"], first["column"], first["text"]) == (3, 23, "365")
    assert first["fits"][0]["address"] == "claim:days_total"


def test_nothing_is_left_to_bind(paper: Path, run: Callable[..., Ended]) -> None:
    ended = run("suggest", "-C", paper)
    assert (ended.status, ended.out) == (0, "")


def test_a_file_that_changed_meanwhile_is_not_overwritten(bare: Path) -> None:
    path = bare / "manuscript/id/03-length.md"

    def press() -> Iterator[str]:
        yield from "1n"
        path.write_text("Lain.", encoding="utf-8")
        yield "1"

    keys = press()
    session = Session(folder=bare, language="en", form="full", quiet=True, verbose=False)
    with pytest.raises(Problem, match="CLM403"):
        suggest(session, yes=False, keys=lambda: next(keys))
    assert path.read_text(encoding="utf-8") == "Lain."


@pytest.mark.parametrize(
    "table",
    [
        "+-------+------+\n| Tahun | 365  |\n+-------+------+\n",
        "  Hari   Tahun\n------  ------\n   365   biasa\n",
    ],
)
def test_a_table_that_a_mark_would_break_is_left_as_it_is(bare: Path, table: str) -> None:
    path = bare / "manuscript/id/03-length.md"
    path.write_text(f"# Panjang {{#sec:length}}\n\n{table}", encoding="utf-8")
    before = path.read_bytes()
    typed(bare, "1")
    assert path.read_bytes() == before


def test_settings_that_a_mark_would_break_are_left_as_they_are(bare: Path) -> None:
    path = bare / "manuscript/id/front.md"
    text = path.read_text(encoding="utf-8").replace("title: ", "title: 365 hari, ", 1)
    path.write_text(text, encoding="utf-8")
    typed(bare, "1")
    assert path.read_text(encoding="utf-8") == text


def test_keys_of_a_real_terminal(bare: Path) -> None:
    child, terminal = pty.fork()
    if child == 0:
        words = [sys.executable, "-m", "bukti", "suggest", "-C", str(bare), "--lang", "en"]
        os.execv(sys.executable, words)
    shown = b""
    answers = iter([b"1", b"y", b"q"])
    try:
        while True:
            shown += os.read(terminal, 4096)
            if shown.rstrip().endswith((b"q ends", b"leaves it")):
                shown = b""
                os.write(terminal, next(answers, b"q"))
    except OSError:
        pass  # the terminal closes when the program ends
    finally:
        os.close(terminal)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 1
    assert "[365](claim:days_total)" in written(bare, "id")
    assert "[365](claim:days_total)" in written(bare, "en")


def test_a_draft_of_120_numbers_is_bound_without_typing_the_notation(paper: Path) -> None:
    values = [1000 + 137 * number for number in range(60)]
    claims = paper / "manuscript/claims.yaml"
    given = "".join(
        f"  count.n{value}: {{value: {value}, source: S_ISO8601}}\n" for value in values
    )
    before = claims.read_text(encoding="utf-8")
    assert "\ngiven:\n" in before
    claims.write_text(before.replace("\ngiven:\n", f"\ngiven:\n{given}"), encoding="utf-8")
    for language, group, words in (
        ("id", ".", "Ada {} rumah."),
        ("en", ",", "There are {} houses."),
    ):
        text = " ".join(words.format(f"{value:,}".replace(",", group)) for value in values)
        path = paper / "manuscript" / language / "03-length.md"
        path.write_text(f"# X {{#sec:length}}\n\n{text}\n", encoding="utf-8")
    assert typed(paper, "1y" * 60) == 0
    for language in ("id", "en"):
        assert written(paper, language).count("](given:count.n") == 60
    assert "Ada [1.137](given:count.n1137) rumah." in written(paper, "id")
    assert "There are [9,083](given:count.n9083) houses." in written(paper, "en")
