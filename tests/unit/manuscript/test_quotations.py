"""Quoted words are found in a source as strictly as they can be, and what differs is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.claims import Claim, Evidence, Kind
from bukti.base.matching import Tier, find_quotation
from bukti.base.nearest import nearest_passage
from bukti.base.span import Span
from bukti.manuscript.appendix_items import item_of
from bukti.manuscript.documentary import grade_of, resolve
from bukti.manuscript.quotations import stated_pages
from bukti.manuscript.quoting import misquoted
from bukti.manuscript.segments import queried_segments
from bukti.manuscript.source_texts import SourceText, source_text

SOURCE = (
    "The govern-\nment has said: \u201cchildren  aged 5 to 17\u201d \u2014 all of them \u2014 "
    "must learn.\n"
    "They went to the \ufb01rst of\ufffe\nfice. Anak-\nanak bekerja, dan anak-anak bermain."
)


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ("children  aged 5", Tier.EXACT),
        ("children aged 5", Tier.SPACING),
        ("government has said", Tier.SPACING),
        ("Anak-anak bekerja", Tier.SPACING),
        ('"children aged 5 to 17" - all', Tier.SIGNS),
        ("first office", Tier.SIGNS),
        ("government [...] must learn", Tier.CHANGES),
        ("children aged 5 \u2026 must learn", Tier.CHANGES),
        ("must [always] learn", Tier.CHANGES),
        ("[t]hey went", Tier.CHANGES),
        ("Government has said", Tier.FIRST_LETTER),
        ("they went [...] first", Tier.FIRST_LETTER),
    ],
)
def test_the_strictest_tier_is_told(words: str, tier: Tier) -> None:
    found = find_quotation(words, SOURCE)
    assert found is not None
    assert found.tier is tier


@pytest.mark.parametrize(
    "words",
    [
        "children aged 6",
        "the govern",  # half a word
        "overnment has said",
        "must learn [...] children aged",  # the other way round
        "anakanak bermain",
        "THEY WENT",
        "[...]",
        "",
    ],
)
def test_other_words_are_not_found(words: str) -> None:
    assert find_quotation(words, SOURCE) is None


WORD = st.text("abcdefgh", min_size=1, max_size=6)


@given(st.lists(WORD, min_size=1, max_size=12), st.data())
def test_every_run_of_words_is_found_whatever_the_white_space(
    words: list[str], data: st.DataObject
) -> None:
    gaps = [data.draw(st.sampled_from([" ", "\n", "\r\n", "  ", "\u00a0"])) for _ in words]
    source = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    found = find_quotation(" ".join(words[first : last + 1]), source)
    assert found is not None
    assert found.tier in (Tier.EXACT, Tier.SPACING)
    assert all(source[start:end].split() == words[first : last + 1] for start, end in found.places)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_compared_without_a_failure(words: str, source: str) -> None:
    found = find_quotation(words, source)
    assert found is None or all(0 <= start < end <= len(source) for start, end in found.places)
    near = nearest_passage(words, source)
    assert near is None or 0 <= near.start < near.end <= len(source)


def test_a_text_without_pages_has_none() -> None:
    assert SourceText(path="x.txt", text="One line.").pages_of(0, 3) == ()


def test_the_nearest_passage_shows_what_differs() -> None:
    near = nearest_passage("the goverment has said children aged 6 to 17", SOURCE)
    assert near is not None
    assert near.differences == (("The government", "the goverment"), ("5", "6"))


def test_nothing_near_is_no_passage() -> None:
    assert nearest_passage("quite other words altogether", SOURCE) is None


def test_a_web_page_is_read_without_its_scripts() -> None:
    page = b"<html><head><title>T</title></head><p>One <b>bo</b>ld</p><script>no()</script><p>two"
    text = source_text(page, "a.html")
    assert text is not None
    assert text.text.split() == ["One", "bold", "two"]


def test_emphasis_of_markdown_is_no_part_of_the_words() -> None:
    text = source_text(b"Be *very* careful, __always__, with snake_case and 2 * 3.", "a.md")
    assert text is not None
    assert text.text == "Be very careful, always, with snake_case and 2 * 3."


def test_a_form_feed_begins_a_page() -> None:
    text = source_text(b"one\ftwo\fthree", "a.txt")
    assert text is not None
    assert text.pages_of(4, 7) == (2,)
    assert text.pages_of(5, 10) == (2, 3)


def test_a_text_without_form_feeds_has_no_pages() -> None:
    text = source_text(b"one two", "a.txt")
    assert text is not None
    assert text.pages_of(0, 3) == ()


@pytest.mark.parametrize(
    ("locator", "pages"),
    [
        ("page 12", {"12"}),
        ("hlm. 3-5", {"3", "4", "5"}),
        ("para. 4, p. 9", {"9"}),
        ("chapter 3", set()),
        ("", set()),
    ],
)
def test_pages_are_read_from_a_locator(locator: str, pages: set[str]) -> None:
    assert stated_pages(locator) == pages


def test_words_of_a_mark_are_compared_with_the_translation_of_their_language() -> None:
    quotation = {"text": "All work.", "translations": {"id": "Semua bekerja."}}
    assert misquoted("\u201cSemua bekerja,\u201d", quotation, "id", Span(path="a")) is None
    assert misquoted("Semua bekerja", quotation, "en", Span(path="a")) is not None
    assert misquoted("all work", quotation, "id", Span(path="a")) is None


ROWS = [
    {"segment": "1", "document": "a", "code": "x", "code_path": "A / B", "state": "agrees"},
    {"segment": "1", "document": "a", "code": "y", "code_path": "C / B", "state": "agrees"},
    {"segment": "2", "document": "b", "code": "z", "code_path": "A / B / D", "state": "agrees"},
    {"segment": "3", "document": "b", "code": "x", "code_path": "A / B", "state": "differs"},
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"code": "A / B"}, ["1"]),
        ({"code": "x"}, ["1"]),
        ({"code": "A / B", "below": True}, ["1", "2"]),
        ({"code": "D"}, ["2"]),
        ({"code": "A", "below": True}, ["1", "2"]),
        ({"code": "A", "below": True, "where": {"document": ["b"]}}, ["2"]),
    ],
)
def test_a_query_finds_passages_under_its_code(query: dict[str, object], found: list[str]) -> None:
    rows, lacks = queried_segments("c", query, ROWS)
    assert [row["segment"] for row in rows] == found
    assert [lack for lack in lacks if not lack.shifted] == []


def test_a_name_of_two_codes_is_refused() -> None:
    rows, (lack,) = queried_segments("c", {"code": "B"}, ROWS)
    assert rows == []
    assert lack.why[0] == "CLM607"


@pytest.mark.parametrize(
    ("states", "ground"),
    [
        (["agrees"], "segments"),
        (["unverifiable"], "locators"),
        (["unverifiable", "found"], "segments"),
    ],
)
def test_passages_that_no_text_confirms_are_no_more_than_locators(
    states: list[str], ground: str
) -> None:
    rows = tuple(
        {"segment": str(n), "document": "D", "source": "S", "state": state}
        for n, state in enumerate(states)
    )
    claim = Claim(id="c", kind=Kind.DOCUMENTARY, evidence=Evidence(rows=rows))
    grade = grade_of(claim)
    assert grade is not None
    assert (grade["ground"], grade["sources"], grade["support"]) == (ground, 1, len(states))


def test_a_passage_keeps_its_source_its_place_and_its_memos() -> None:
    row = {
        **ROWS[0],
        "source_id": "S1",
        "locator": "p. 3",
        "memo": "told",
        "memo_id": "disebut",
        "x": 1,
    }
    (found,), _ = queried_segments("c", {"code": "A / B"}, [row])
    wanted = {"source": "S1", "locator": "p. 3", "memo": "told", "memo_id": "disebut"}
    assert wanted.items() <= found.items()
    assert "x" not in found


def test_what_evidence_shows_is_said_in_the_language_of_the_edition() -> None:
    evidence = [
        {"source": "S", "shows": {"id": "Begini.", "en": "So."}},
        {"source": "T", "shows": "Thus.", "against": True},
    ]
    written = {"documentary": {"c": {"statement": {}, "evidence": evidence}}}
    rows = resolve(written, {}, {}, lambda _: Span(path="a")).claims["c"].evidence.rows
    shown = {
        language: [item_of(row, {}, language, 600, hidden=False)["shows"] for row in rows]
        for language in ("id", "en", "fr")
    }
    assert shown == {"id": ["Begini.", "Thus."], "en": ["So.", "Thus."], "fr": [None, "Thus."]}
    assert [row.get("against", False) for row in rows] == [False, True]


def test_the_summary_and_actors_of_a_passage_are_those_of_the_language() -> None:
    row = {"segment": "1", "memo": "told", "memo_id": "disebut", "actor": "Office"}
    row |= {"actor_id": "Kantor"}
    said = [item_of(row, {}, language, 600, hidden=False) for language in ("id", "en")]
    assert [(each["shows"], each["actor"]) for each in said] == [
        ("disebut", "Kantor"),
        ("told", "Office"),
    ]
