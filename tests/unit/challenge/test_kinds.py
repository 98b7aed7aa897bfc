"""Faults that any paper can have: written where they say, and told where they must be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.diagnostic import diagnose
from bukti.base.span import Span
from bukti.challenge import kinds
from bukti.challenge.fault import Fault, Place, changed
from bukti.challenge.kinds import KINDS, Texts
from bukti.challenge.outcome import Outcome, Seeded, outcome_of, table
from bukti.challenge.prose import paragraphs
from bukti.challenge.seeding import drawn, in_turn, places_moved, texts_of

EN = """# Results {#sec:results}

The rate was [2.30 percent](claim:rate.2020) in 2020 [@bps2021, p. 4].

A second paragraph says more.
"""
ID = """# Hasil {#sec:results}

Tingkatnya [2,30 persen](claim:rate.2020) pada 2020 [@bps2021, hlm. 4].

Paragraf kedua mengatakan lebih banyak.
"""
CLAIMS = """quotations:
  plan.fee:
    source: S_PLAN
    text: The library asks for [no] fee.
documentary:
  free:
    evidence:
      - {segment: [8a1f, 90c2]}
"""
PAPER = Texts(
    files={
        "manuscript/en/02-results.md": EN,
        "manuscript/id/02-results.md": ID,
        "manuscript/claims.yaml": CLAIMS,
        "data/raw/rates.csv": "year,rate\n2019,1.58\n2020,2.30\n",
    },
    languages=("id", "en"),
)
FAULTS = {fault.kind: list(kind(PAPER)) for kind in KINDS for fault in kind(PAPER)}


def test_every_kind_finds_candidates() -> None:
    assert len(FAULTS) == len(KINDS)


@pytest.mark.parametrize("kind", sorted(FAULTS))
def test_each_fault_changes_the_text_and_only_there(kind: str) -> None:
    for fault in FAULTS[kind]:
        for edit in fault.edits:
            text = PAPER.text(edit.path)
            after = changed(text, fault.edits, edit.path)
            assert after != text
            assert after.startswith(text[: edit.start])
            assert after.endswith(text[edit.end :])
        assert fault.places or fault.moved


def test_digits_stay_digits_and_years_of_the_data_stay() -> None:
    new = {fault.edits[0].new for fault in FAULTS[kinds.UNACCEPTED]}
    assert all(each.isdigit() and each != "0" for each in new)
    text = PAPER.text("data/raw/rates.csv")
    starts = {fault.edits[0].start for fault in FAULTS[kinds.UNACCEPTED]}
    assert starts == {text.index("1.58"), text.index("2.30")}


def test_insertions_in_a_quotation_are_no_words_of_the_source() -> None:
    at = CLAIMS.index("[no]")
    edits = [fault.edits[0] for fault in FAULTS[kinds.LETTERS]]
    assert edits
    assert not any(at <= edit.start < at + 4 for edit in edits)


def test_a_paper_in_one_language_cannot_lose_a_paragraph_on_one_side() -> None:
    alone = Texts(files=PAPER.files, languages=("en",))
    assert list(kinds.dropped(alone)) == list(kinds.citations(alone)) == []


@given(st.integers())
def test_the_seed_alone_decides(seed: int) -> None:
    assert drawn(PAPER, seed) == drawn(PAPER, seed)


def test_kinds_take_turns() -> None:
    faults = [*in_turn(drawn(PAPER, 1))]
    assert len({fault.kind for fault in faults[: len(KINDS)]}) == len(KINDS)
    assert len(faults) == sum(map(len, FAULTS.values()))


def test_what_moved_must_be_told_at_every_mark() -> None:
    fault = FAULTS[kinds.ACCEPTED][0]
    places = places_moved(PAPER, fault, frozenset({"rate.2020"}), refused=False)
    assert [(place.path, place.first) for (place,) in places] == [
        ("manuscript/id/02-results.md", 3),
        ("manuscript/en/02-results.md", 3),
    ]
    ((line, whole),) = places_moved(PAPER, fault, frozenset(), refused=True)
    assert (line.path, whole.first) == ("data/raw/rates.csv", None)
    assert places_moved(PAPER, fault, frozenset({"other"}), refused=False) == ()


def test_a_caption_is_no_paragraph() -> None:
    text = "One.\n\n| a |\n|---|\n| b |\n\n: Words {#tbl:words}\n\nTwo.\n"
    assert [block.text for _, block in paragraphs(text)] == ["One.\n", "Two.\n"]


def test_texts_are_read_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "data/raw"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(b"a\r\n1\r\n")
    (folder / "b.csv").write_bytes(b"\xff\xfe1")
    (folder / "link.csv").symlink_to(folder / "a.csv")
    assert texts_of(tmp_path, ("en",)).files == {"data/raw/a.csv": "a\r\n1\r\n"}


def test_the_table_counts_what_became_of_them() -> None:
    place = Place(path="a.md", first=3, last=3)
    fault = Fault(kind="k", edits=(), places=((place,),))
    found = [diagnose("CLM201", Span(path="a.md", line=line)) for line in (3, 4)]
    outcomes = [outcome_of(fault, found[:1]), outcome_of(fault, found[1:]), outcome_of(fault, [])]
    assert outcomes == [Outcome.AT_LINE, Outcome.ELSEWHERE, Outcome.MISSED]
    seeded = [Seeded(paper="p", fault=fault, outcome=each, findings=()) for each in outcomes]
    assert table(seeded).endswith("| all | 3 | 1 | 1 | 1 |")
