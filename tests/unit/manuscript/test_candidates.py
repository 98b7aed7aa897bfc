"""What may be a mark or citation: found at its exact place, numbered, and un-numbered again."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bukti.manuscript.candidates import (
    Candidate,
    Shape,
    Source,
    find_candidates,
    id_place,
    index_in_key,
    index_in_target,
    numbers_in,
    title_place,
    unknown_schemes,
    without_numbers,
)

PIECES = st.sampled_from(
    [
        "[2,30 persen](claim:rate.2020)",
        "[x](claim:a?of=b)",
        "[](given:age)",
        "![C](figure:trend){alt='x'}",
        "[t]{claim=a.b}",
        "[@key, hlm. 3]",
        "-@key",
        "@fig:trend",
        "<claim:x>",
        "[r]: claim:x",
        "(claim: x)",
        "{claim=",
        "](table:",
        "\\[a\\](claim:x)",
        "\n\n",
        "`(claim:x)`",
        "é𝛼[",
        "]",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=8).map("".join))


def marks(text: str) -> list[Candidate]:
    source = find_candidates("a.md", text, 0)
    return [found for found in source.candidates.values() if found.shape is Shape.MARK]


def one(text: str) -> tuple[str, str]:
    """The construct and the words of the only candidate for a mark."""
    (found,) = marks(text)
    return text[found.start : found.end], text[found.text_start : found.text_end]


@pytest.mark.parametrize(
    ("text", "construct", "words"),
    [
        ("naik [2,30 %](claim:rate.2020) lagi", "[2,30 %](claim:rate.2020)", "2,30 %"),
        ("a [](claim:rate.2020)", "[](claim:rate.2020)", ""),
        ("a [b](given:age.child?digits=2) c", "[b](given:age.child?digits=2)", "b"),
        ("a [b [c] d](claim:x)", "[b [c] d](claim:x)", "b [c] d"),
        (r"a [b \] d](claim:x)", r"[b \] d](claim:x)", r"b \] d"),
        ("[a\nb](claim:x)", "[a\nb](claim:x)", "a\nb"),
        ("[a]{claim=x.y}", "[a]{claim=x.y}", "a"),
        ('[a]{claim="x.y"}', '[a]{claim="x.y"}', "a"),
        ("[a]{.b claim=x}", "[a]{.b claim=x}", "a"),
        ("[a](<claim:x>)", "[a](<claim:x>", "a"),
        ("![a](figure:trend){alt=b}", "[a](figure:trend)", "a"),
        ('{alt="naik [2,3](claim:x) lagi"}', "[2,3](claim:x)", "2,3"),
        ("a [b] (claim:x)", "[b] (claim:x)", ""),
        ("naik (claim:x) lagi", "(claim:x)", ""),
        (r"[a](b) dan \[c\](claim:x)", "(claim:x)", ""),
        ("[r]: claim:x.y\n", "[r]: claim:x.y", ""),
        ("[𝛼é](claim:x)", "[𝛼é](claim:x)", "𝛼é"),
    ],
)
def test_a_candidate_covers_its_construct_and_its_words(
    text: str, construct: str, words: str
) -> None:
    assert one(text) == (construct, words)


def test_two_marks_in_one_attribute_are_both_found() -> None:
    text = '![c](figure:a){alt="[1](claim:x) dan [2](claim:y)"}'
    assert [text[each.start : each.end] for each in marks(text)] == [
        "[c](figure:a)",
        "[1](claim:x)",
        "[2](claim:y)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "lihat tabel (table: di bawah)",
        "the claim: it holds",
        "figure: one",
        "{alt='in this table: rows'}",
        "[a](https://example.org/claim)",
        "[a](claims:x)",
    ],
)
def test_prose_is_no_candidate(text: str) -> None:
    assert marks(text) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@sari2018; @budi_2019]", ["@sari2018", "@budi_2019"]),
        ("@sari2018.", ["@sari2018"]),
        ("[-@sari:2018, hlm. 3]", ["-@sari:2018"]),
        ("(@fig:loans)", ["@fig:loans"]),
        ("surat ke a@b.org", []),
        (r"\@sari", []),
    ],
)
def test_citations_are_candidates(text: str, keys: list[str]) -> None:
    source = find_candidates("a.md", text, 0)
    assert [text[each.start : each.end] for each in source.candidates.values()] == keys


def numbered(text: str, first: int = 0) -> Source:
    return find_candidates("a.md", text, first)


def test_numbers_count_on_from_the_first_in_the_order_of_places() -> None:
    source = numbered("[a](claim:x) @key [b](claim:y?of=z) [c]{claim=q}", 7)
    assert source.numbered == (
        "[a](claim:x?bktat=7) @key:bktat8 [b](claim:y?of=z&bktat=9) [c]{claim=q?bktat=10}"
    )
    assert list(source.candidates) == [7, 8, 9, 10]
    assert numbers_in(source.numbered) == {7, 8, 9, 10}


@given(text=TEXTS, first=st.integers(0, 10**6))
@example(text="[a](claim:x)[a](claim:x)@a@b", first=0)
def test_a_numbered_text_without_its_numbers_is_the_text(text: str, first: int) -> None:
    source = numbered(text, first)
    assert without_numbers(source.numbered) == text
    assert numbers_in(source.numbered) == set(source.candidates)


@given(text=TEXTS)
def test_places_lie_in_the_text_and_words_within_their_construct(text: str) -> None:
    for found in numbered(text).candidates.values():
        assert 0 <= found.start < found.end <= len(text)
        assert found.text_start <= found.text_end
        if found.text_start < found.text_end:
            assert text[found.text_start - 1] == "["
            assert text[found.text_end] == "]"
            assert found.start < found.text_start <= found.text_end < found.end
        assert not text[found.start : found.end].startswith((" ", "\n"))


def test_spans_point_to_words_else_to_the_construct() -> None:
    source = numbered("é\n  [2,30](claim:x) [](claim:y)")
    words, empty = source.span_of(0), source.span_of(1)
    assert (words.line, words.column, words.end_column) == (2, 4, 8)
    assert (empty.line, empty.column, empty.end_column) == (2, 19, 30)


@pytest.mark.parametrize("address", ["claim:x", "claim:x?of=y", "given:a.b", "https://a.b/?q=1"])
def test_an_address_gives_its_number_back(address: str) -> None:
    text = f"[a]({address})"
    source = numbered(text)
    target = source.numbered.removeprefix("[a](").removesuffix(")")
    expected = 0 if address.startswith(("claim", "given")) else None
    assert index_in_target(target) == (address, expected)


def test_a_key_gives_its_number_back() -> None:
    assert index_in_key("sari2018:bktat12") == ("sari2018", 12)
    assert index_in_key("sari2018") == ("sari2018", None)


def test_unknown_schemes_are_slips_but_common_ones_are_not() -> None:
    source = numbered("[a](klaim:x.y) [b](https:x) [c](mailto:a) [d](claim:x) [e](Claim:x+y)")
    assert [scheme for _, scheme in unknown_schemes(source)] == ["klaim", "Claim"]


@pytest.mark.parametrize(
    ("text", "identifier", "earlier", "place"),
    [
        ("# A {#sec:a}", "sec:a", 0, (1, 6)),
        ("[see](#sec:a)\n# A {.x #sec:a y=1}", "sec:a", 0, (2, 9)),
        ("# A {#sec:ab}\n# A {#sec:a}", "sec:a", 0, (2, 6)),
        ("# A {#sec:a}\n# A {#sec:a}", "sec:a", 1, (2, 6)),
        ("# A {#sec:a}", "sec:a", 5, (1, 6)),
        ("# A\n[see](#a)", "a", 0, None),
    ],
)
def test_the_place_of_an_id_is_where_the_text_gives_it(
    text: str, identifier: str, earlier: int, place: tuple[int, int] | None
) -> None:
    where = id_place(find_candidates("a.md", text, 0), identifier, earlier)
    assert (where and (where.line, where.column)) == place


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x\n## Two words ##\n", 2),
        ("Two words\n=====", 1),
        ("# [Two](claim:a) words", 1),
        ("Two words here", None),
    ],
)
def test_a_heading_without_an_id_is_found_by_its_words(text: str, line: int | None) -> None:
    assert title_place(find_candidates("a.md", text, 0), "Two words").line == line
