"""Whether the terms of the glossary have their counterparts in the passages that correspond."""

from __future__ import annotations

import pytest
from tests.unit.ledger.test_alignment import edition, passage

from bukti.ledger.comparison import compare
from bukti.ledger.terms import terms_of, unmatched_terms

GLOSSARY = {
    "terms": [
        {
            "id": "eksploitasi ekonomi anak",
            "en": "economic exploitation of children",
            "forbidden": {"id": {"eksplorasi ekonomi anak": "reason"}},
        },
        {"id": "pekerja anak", "en": "child labour", "forms": {"en": ["child labourers"]}},
        {"id": "hanya di sini"},
    ]
}


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        ("Eksploitasi ekonomi anak luas.", "The economic exploitation of children is wide.", []),
        ("Pekerja anak-anak.", "Child labourers.", []),
        ("Para pekerja anaknya.", "Some workers.", ["Pekerja anaknya id"]),
        ("Anak bekerja.", "There is child labour, child labour.", ["child labour en"]),
        ("Eksplorasi ekonomi anak luas.", "The economic exploitation of children is wide.", []),
        ("Hanya di sini.", "Only here.", []),
    ],
)
def test_a_term_and_its_counterpart(here: str, there: str, found: list[str]) -> None:
    both = compare(edition([passage(here, 1)], "id"), edition([passage(there, 1)], "en"))
    terms = terms_of(GLOSSARY, ["id", "en"])
    told = [
        f"{each.arguments['term']} {each.arguments['language']}"
        for each in unmatched_terms(both, terms)
    ]
    assert [each.casefold() for each in told] == [each.casefold() for each in found]


def test_a_passage_left_in_the_other_language_is_not_told_twice() -> None:
    left = passage("Pekerja anak bertambah.", 1)
    both = compare(edition([passage("Pekerja anak bertambah.", 1)], "id"), edition([left], "en"))
    terms = terms_of(GLOSSARY, ["id", "en"])
    assert len(list(unmatched_terms(both, terms))) == 1
    assert list(unmatched_terms(both, terms, {left.span})) == []
