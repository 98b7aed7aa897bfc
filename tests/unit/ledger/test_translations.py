"""Passages that changed on one side since both were declared to say the same."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.ledger.test_alignment import edition, passage

from bukti.ledger.comparison import compare
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import PartRecord, PassageRecord
from bukti.ledger.translations import (
    accepted_with,
    declared_of,
    one_sided_changes,
    translations_of,
    words_of,
)

ID = ["Satu kalimat pertama.", "Kalimat kedua yang jauh lebih panjang daripada itu.", "Akhir."]
EN = ["One first sentence.", "A second sentence that is longer than that by a good deal.", "End."]


def both(here: Sequence[str] = ID, there: Sequence[str] = EN) -> tuple[EditionRecord, ...]:
    return tuple(
        edition([passage(text, line) for line, text in enumerate(texts, 1)], language)
        for texts, language in ((here, "id"), (there, "en"))
    )


DECLARED = translations_of(both())


def changed(here: Sequence[str], there: Sequence[str]) -> list[tuple[str, str]]:
    found = one_sided_changes(compare(*both(here, there)), DECLARED)
    return [(each.arguments["language"], each.arguments["opening"]) for each in found]


def test_nothing_is_said_without_a_declaration() -> None:
    assert list(one_sided_changes(compare(*both()), ())) == []


def test_a_change_on_one_side_is_told_there() -> None:
    assert changed(ID, [EN[0], EN[1] + " More.", EN[2]])[0][0] == "en"
    assert changed(["Satu kalimat yang pertama.", *ID[1:]], EN) == [
        ("id", "Satu kalimat yang pertama.")
    ]


def test_it_ends_when_the_other_follows() -> None:
    assert changed([*ID[:2], "Tamat."], [*EN[:2], "The end."]) == []


def test_records_survive_a_passage_that_moves_on_both_sides() -> None:
    assert changed(ID[::-1], EN[::-1]) == []


@given(st.sampled_from(["  ", "\u00a0", " "]), st.sampled_from(["", ",", " ;", "!"]))
def test_spacing_and_punctuation_do_not_count(space: str, sign: str) -> None:
    assert changed([text.replace(" ", space) + sign for text in ID], EN) == []


def test_numbers_in_marks_and_citations_do_not_count() -> None:
    def words(number: str, cited: str) -> str:
        text = f"Turun {number} persen {cited}."
        begin = text.index(cited)
        parts = (
            PartRecord(kind="mark", start=6, end=6 + len(number), name="claim:a"),
            PartRecord(kind="citation", start=begin, end=begin + len(cited), name="a"),
        )
        base = passage(text, 1)
        return words_of(
            [PassageRecord(kind=base.kind, section="", text=text, span=base.span, parts=parts)]
        )

    assert words("2,3", "[@a]") == words("14.250", "[@a, hlm. 3]") == "Turun persen"


def test_sections_are_declared_one_by_one() -> None:
    old = declared_of(
        [
            {"section": "sec:a", "digests": {"id": "1", "en": "1"}},
            {"section": "sec:b", "digests": {"id": "2", "en": "2"}},
        ]
    )
    now = declared_of(
        [
            {"section": "sec:a", "digests": {"id": "3", "en": "3"}},
            {"section": "sec:b", "digests": {"id": "4", "en": "4"}},
        ]
    )
    assert accepted_with(old, now, ()) == now
    assert accepted_with(old, now, ["sec:b"]) == (old[0], now[1])
