"""Two states of a paper, compared."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bukti.diff.compare import compared
from bukti.diff.outline import reworded
from bukti.diff.records import Exhibit, Revision, Sentence
from bukti.diff.sentences import changed_sentences, sentences_of

BOOK = "analysis/notebooks/10-rate.ipynb"


def claim(value: Any = 2.3, **other: Any) -> dict[str, Any]:
    evidence = {"notebook": BOOK, "cell": 3, "rows": [{"rate": value}], "row_numbers": [1]}
    return {
        "kind": "value",
        "value": value,
        "unit": "percent",
        "status": "holds",
        "grade": None,
        "evidence": evidence,
        "marks": {"en": [{"path": "manuscript/en/02-results.md", "line": 4}]},
        **other,
    }


def revision(name: str = "old", **other: Any) -> Revision:
    settings: dict[str, Any] = {
        "name": name,
        "claims": {"claim:rate": claim()},
        "sentences": {},
        "exhibits": {},
        "rests_on": {BOOK: {"data/raw/a.csv": "1", BOOK: "2"}, "": {}},
        "texts": {"data/raw/a.csv": "year,rate\n2020,2.3\n"},
        "packages": {"polars": "1.0"},
    }
    return Revision(**{**settings, **other})


def sentence(text: str, line: int = 1, section: str = "sec:a") -> Sentence:
    return Sentence(section=section, text=text, path="manuscript/en/01.md", line=line)


def test_nothing_changed() -> None:
    assert compared(revision(), revision("new")).empty


def test_a_value_changed_with_its_raw_file_and_the_line() -> None:
    new = revision(
        "new",
        claims={"claim:rate": claim(2.4)},
        rests_on={BOOK: {"data/raw/a.csv": "9", BOOK: "2"}, "": {}},
        texts={"data/raw/a.csv": "year,rate\n2020,2.4\n"},
    )
    (change,) = compared(revision(), new).claims
    assert (change.aspect, change.old, change.new) == ("value", "2.3 percent", "2.4 percent")
    assert change.places == ("manuscript/en/02-results.md:4",)
    (cause,) = change.causes
    assert (cause.kind, cause.name) == ("raw", "data/raw/a.csv")
    assert cause.lines == ((2, "2020,2.3", "2020,2.4"),)


def test_where_no_file_changed_the_packages_are_the_cause() -> None:
    new = revision("new", claims={"claim:rate": claim(2.4)}, packages={"polars": "1.1"})
    (change,) = compared(revision(), new).claims
    (cause,) = change.causes
    assert (cause.kind, cause.name, cause.old, cause.new) == ("package", "polars", "1.0", "1.1")


def test_a_notebook_that_another_claim_rests_on_is_no_cause() -> None:
    new = revision("new", claims={"claim:rate": claim(2.4)})
    (change,) = compared(revision(), new).claims
    assert change.causes == ()


def test_other_rows_with_the_same_value_are_said() -> None:
    other = copy.deepcopy(claim())
    other["evidence"]["rows"] = [{"rate": 2.2}, {"rate": 2.4}]
    (change,) = compared(revision(), revision("new", claims={"claim:rate": other})).claims
    assert (change.aspect, change.old, change.new) == ("evidence", "", "")


def test_a_cell_that_moved_in_its_notebook_changes_nothing() -> None:
    other = copy.deepcopy(claim())
    other["evidence"]["cell"] = 9
    assert compared(revision(), revision("new", claims={"claim:rate": other})).empty


def test_claims_that_come_and_go() -> None:
    new = revision("new", claims={"claim:other": claim(7)})
    changes = compared(revision(), new).claims
    assert [(each.name, each.change) for each in changes] == [
        ("claim:other", "added"),
        ("claim:rate", "removed"),
    ]


def table(*rows: dict[str, Any]) -> dict[str, Exhibit]:
    exhibit = Exhibit(
        kind="table",
        name="table:rates",
        notebook=BOOK,
        digests={},
        columns=("year", "rate"),
        rows=rows,
    )
    return {"table:rates": exhibit}


def test_cells_of_a_table_by_the_first_column() -> None:
    old = revision(exhibits=table({"year": 2019, "rate": 1}, {"year": 2020, "rate": 2}))
    new = revision(
        "new",
        exhibits=table(
            {"year": 2018, "rate": 5}, {"year": 2019, "rate": 1}, {"year": 2020, "rate": 3}
        ),
    )
    (change,) = compared(old, new).exhibits
    assert [(cell.row, cell.column, cell.old, cell.new) for cell in change.cells] == [
        ("2018", "year", "", "2018"),
        ("2018", "rate", "", "5"),
        ("2020", "rate", "2", "3"),
    ]
    assert (change.old_rows, change.new_rows) == (2, 3)


def test_a_figure_that_changed_in_one_language() -> None:
    def drawn(digest: str) -> dict[str, Exhibit]:
        digests = {"en": "1", "id": digest}
        figure = Exhibit(kind="figure", name="figure:a", notebook=BOOK, digests=digests)
        return {"figure:a": figure}

    (change,) = compared(revision(exhibits=drawn("1")), revision("n", exhibits=drawn("2"))).exhibits
    assert change.languages == ("id",)


def test_sentences_reworded_moved_added_and_removed() -> None:
    old = [sentence("The rate rose to two percent."), sentence("Nobody counted."), sentence("End.")]
    new = [
        sentence("End.", 1),
        sentence("The rate rose to three percent.", 2),
        sentence("A wholly new thought stands here.", 3),
    ]
    found = changed_sentences("en", old, new)
    assert [(each.change, each.line) for each in found] == [
        ("changed", 2),
        ("added", 3),
        ("removed", 1),
    ]


def test_a_sentence_that_moved_is_told_once() -> None:
    texts = ["First.", "Second.", "Third.", "Fourth."]
    moved = ["Second.", "Third.", "Fourth.", "First."]
    (change,) = changed_sentences("en", [*map(sentence, texts)], [*map(sentence, moved)])
    assert (change.change, change.new) == ("moved", "First.")


def test_a_section_that_changed_in_one_language_only() -> None:
    old = revision(sentences={"en": (sentence("One."),), "id": (sentence("Satu."),)})
    new = revision("new", sentences={"en": (sentence("Two."),), "id": (sentence("Satu."),)})
    assert compared(old, new).one_sided == {"sec:a": ("en",)}


def test_sentences_have_their_lines() -> None:
    passage = {
        "path": "manuscript/en/01.md",
        "section": "sec:a",
        "line": 3,
        "text": "It rose (cf. p. 3). Then it fell. “So what?” they said.",
        "runs": [[0, 3, 1], [20, 4, 1], [34, 5, 1]],
    }
    found = sentences_of({"passages": [passage]})
    assert [(each.text, each.line) for each in found] == [
        ("It rose (cf. p. 3).", 3),
        ("Then it fell.", 4),
        ("“So what?” they said.", 5),
    ]


texts = st.lists(st.sampled_from(["One.", "Two.", "Three came.", "Four went."]), max_size=6)


@given(texts, texts)
def test_sentences_that_are_the_same_are_no_change(old: list[str], new: list[str]) -> None:
    found = changed_sentences("en", [sentence(each) for each in old], [*map(sentence, new)])
    assert (old == new) == (not found)


@given(st.text(max_size=40), st.text(max_size=40))
def test_rewording_keeps_every_word_of_both(old: str, new: str) -> None:
    runs = list(reworded(old, new))
    before = "".join(text for style, text in runs if style != "new").split()
    after = "".join(text for style, text in runs if style != "old").split()
    assert (before, after) == (old.split(), new.split())
