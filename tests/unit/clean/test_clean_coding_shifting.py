"""A source that was edited under its segments."""

from __future__ import annotations

import pytest
from tests.coding_projects import archive, project, selection, text_source

from bukti.clean.coding.reader import read_corpus
from bukti.clean.coding.records import Corpus
from bukti.clean.coding.tables import corpus_table

SOURCE = "The office has three people. They have no car. The budget was cut twice."
SPOTS = [(0, 28), (29, 46), (47, 72)]
OTHERS = "".join(
    text_source(20 + number, selection(200 + number, 0, 5, name="Hello"), inline="Hello.")
    for number in range(30)
)


def read(text: str, names: list[str], rest: str = "") -> Corpus:
    """A project that was coded in SOURCE, whose text is another now."""
    selections = "".join(
        selection(100 + number, *spot, name=name)
        for number, (spot, name) in enumerate(zip(SPOTS, names, strict=True))
    )
    data = archive({"project.qde": project(text_source(10, selections, inline=text) + rest)})
    return read_corpus(data, "data/raw/corpus.qdpx")


WORDS = [SOURCE[start:end] for start, end in SPOTS]


def states(corpus: Corpus) -> list[str]:
    return [segment.state for segment in corpus.segments]


def test_a_sound_project_agrees() -> None:
    corpus = read(SOURCE, WORDS)
    assert states(corpus) == ["agrees"] * 3
    assert corpus.findings == ()
    frame = corpus_table(corpus, "segments")
    assert frame["recorded"].to_list() == [None] * 3


def test_text_before_them_shifts_all_that_follows() -> None:
    corpus = read(SOURCE.replace("They", "Since May they"), WORDS)
    assert states(corpus) == ["agrees", "differs", "differs"]
    row = corpus_table(corpus, "segments").row(2, named=True)
    assert (row["start"], row["end"], row["recorded"]) == (47, 72, WORDS[2])
    assert (row["nearest_start"], row["nearest"]) == (57, WORDS[2])
    assert [finding.code for finding in corpus.findings] == ["QUA119", "QUA119"]


def test_a_letter_that_was_changed_is_shown_with_what_is_most_like_it() -> None:
    corpus = read(SOURCE.replace("no car", "one car"), WORDS)
    row = corpus_table(corpus, "segments").row(1, named=True)
    assert row["state"] == "differs"
    assert (row["nearest_start"], row["nearest"]) == (29, "They have one car")


def test_words_that_are_gone_are_nearest_to_nothing() -> None:
    corpus = read(f"{SOURCE[:47]}{'x' * 40}", WORDS, OTHERS)
    row = corpus_table(corpus, "segments").row(2, named=True)
    assert (row["state"], row["nearest"], row["nearest_start"]) == ("differs", None, None)


@pytest.mark.parametrize("title", ["Staff", "On cars and what is missing", "no car"])
def test_titles_of_segments_are_no_words(title: str) -> None:
    corpus = read(SOURCE, ["A", title, "B"])
    assert states(corpus) == ["found"] * 3


def test_one_title_among_recorded_words_is_none_where_the_program_records_words() -> None:
    corpus = read(f"{'x' * 80}", WORDS, OTHERS)
    assert states(corpus)[:3] == ["differs"] * 3


def test_words_that_were_shortened_agree() -> None:
    assert states(read(SOURCE, ["The office…", "They have ...", "The budget"])) == ["agrees"] * 3


def test_what_lies_beyond_the_text_keeps_its_words() -> None:
    corpus = read(SOURCE[:60], WORDS)
    row = corpus_table(corpus, "segments").row(2, named=True)
    assert (row["state"], row["recorded"], row["start"]) == ("impossible", WORDS[2], None)
