"""Which passages of two editions say the same."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bukti.base.span import Span
from bukti.ledger.alignment import Pair, aligned
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import PartRecord, PassageRecord

WORDS = [
    "desa",
    "buku",
    "rumah",
    "tangga",
    "pinjam",
    "kembali",
    "hitung",
    "tahun",
    "warga",
    "balai",
    "jumlah",
    "bagian",
]

paragraphs = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=4, max_size=60).map(" ".join),
    min_size=2,
    max_size=12,
)


def passage(
    text: str, line: int, *, kind: str = "paragraph", section: str = "sec:a", path: str = "01.md"
) -> PassageRecord:
    span = Span(path=path, line=line, column=1, end_line=line, end_column=len(text) + 1)
    return PassageRecord(kind=kind, section=section, text=text, span=span)


def edition(passages: Sequence[PassageRecord], language: str = "id") -> EditionRecord:
    sections = dict.fromkeys(each.section for each in passages if each.kind == "heading")
    return EditionRecord(
        language=language,
        marks=(),
        products=(),
        citations=tuple(
            {"key": part.name, **place(each.span)}
            for each in passages
            for part in each.within("citation")
        ),
        references=(),
        sections=tuple({"id": name, "title": name, "level": 1} for name in sections),
        passages=tuple(passages),
    )


def place(span: Span) -> dict[str, object]:
    keys = ("path", "line", "column", "end_line", "end_column")
    return {key: getattr(span, key) for key in keys}


def cited(each: PassageRecord, key: str) -> PassageRecord:
    """A passage that cites a work of its own."""
    parts = (PartRecord(kind="citation", start=0, end=0, name=key),)
    return PassageRecord(
        kind=each.kind, section=each.section, text=each.text, span=each.span, parts=parts
    )


def of_texts(texts: Sequence[str], keys: Sequence[int] = ()) -> EditionRecord:
    """An edition with a paragraph for each text, each with a citation of its own if asked."""
    found = [passage(text, line) for line, text in enumerate(texts, start=1)]
    if keys:
        found = [cited(each, f"k{key}") for each, key in zip(found, keys, strict=True)]
    return edition(found)


def shapes(pairs: Sequence[Pair]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(pair.here, pair.there) for pair in pairs]


@given(paragraphs)
def test_an_edition_beside_itself(texts: list[str]) -> None:
    pairs = aligned(of_texts(texts), of_texts(texts))
    assert shapes(pairs) == [((n,), (n,)) for n in range(len(texts))]


@given(paragraphs, st.data())
def test_what_one_lacks_is_found_by_what_the_others_cite(
    texts: list[str], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(texts) - 1))
    keys = list(range(len(texts)))
    rest = [n for n in keys if n != gone]
    other = of_texts([texts[n] for n in rest], rest)
    expected = [((n,), () if n == gone else (rest.index(n),)) for n in keys]
    assert shapes(aligned(of_texts(texts, keys), other)) == expected
    backwards = aligned(other, of_texts(texts, keys))
    assert sorted((there, here) for here, there in shapes(backwards)) == sorted(expected)


@given(st.lists(st.integers(220, 900), min_size=2, max_size=8, unique=True), st.data())
def test_a_split_paragraph_is_found_by_its_length(sizes: list[int], data: st.DataObject) -> None:
    texts = [(f"kata{n} " * size)[:size].strip() for n, size in enumerate(sizes)]
    place = data.draw(st.integers(0, len(texts) - 1))
    half = texts[place].find(" ", len(texts[place]) // 2)
    parts = [texts[place][:half], texts[place][half + 1 :]]
    pairs = aligned(of_texts(texts), of_texts([*texts[:place], *parts, *texts[place + 1 :]]))
    assert ((place,), (place, place + 1)) in shapes(pairs)
    assert all(pair.matched for pair in pairs)


@given(paragraphs, st.data())
def test_every_passage_is_in_exactly_one_pair(texts: list[str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(texts))))
    kept = order[: data.draw(st.integers(1, len(texts)))]
    other = of_texts([texts[n] for n in kept], kept)
    pairs = aligned(of_texts(texts, range(len(texts))), other)
    assert sorted(n for pair in pairs for n in pair.here) == list(range(len(texts)))
    assert sorted(n for pair in pairs for n in pair.there) == list(range(len(kept)))


def test_a_moved_paragraph_is_beside_its_translation() -> None:
    texts = ["Satu " * 30, "Dua " * 40, "Tiga " * 35, "Empat " * 20]
    pairs = aligned(
        of_texts(texts, [1, 2, 3, 4]),
        of_texts([texts[3], texts[0], texts[1], texts[2]], [4, 1, 2, 3]),
    )
    assert [(pair.here, pair.there, pair.moved) for pair in pairs] == [
        ((0,), (1,), False),
        ((1,), (2,), False),
        ((2,), (3,), False),
        ((3,), (0,), True),
    ]


def test_a_note_goes_with_its_passage() -> None:
    here = [
        passage("Pertama, dengan catatan.", 1),
        passage("Catatan pertama.", 2, kind="note"),
        passage("Kedua, tanpa catatan apa pun di sini.", 3),
    ]
    there = [passage("First, with a note.", 1), passage("Second, without any note here.", 3)]
    pairs = aligned(edition(here), edition(there))
    assert [(pair.kind, pair.here, pair.there) for pair in pairs] == [
        ("paragraph", (0,), (0,)),
        ("note", (1,), ()),
        ("paragraph", (2,), (1,)),
    ]


def test_sections_are_matched_by_their_ids_in_any_order() -> None:
    def chapter(name: str, line: int) -> list[PassageRecord]:
        section = f"sec:{name}"
        heading = passage(name, line, kind="heading", section=section)
        return [heading, passage("Sama saja panjangnya.", line + 1, section=section)]

    here = edition([*chapter("a", 1), *chapter("b", 3)])
    there = edition([*chapter("b", 1), *chapter("a", 3)])
    pairs = aligned(here, there)
    assert shapes(pairs) == [((0,), (2,)), ((1,), (3,)), ((2,), (0,)), ((3,), (1,))]


def test_title_and_abstract_are_sections_of_their_own() -> None:
    def whole(language: str) -> EditionRecord:
        folder = f"manuscript/{language}"
        return edition(
            [
                passage("Abstrak.", 1, section="", path=f"{folder}/00-abstract.md"),
                passage("Teks.", 1, section="", path=f"{folder}/01-text.md"),
                passage("Judul.", 2, kind="title", section="", path=f"{folder}/front.md"),
            ],
            language,
        )

    pairs = aligned(whole("id"), whole("en"))
    assert [pair.group for pair in pairs] == ["00-abstract.md", "", "front.md"]
    assert all(pair.matched for pair in pairs)


def test_the_rows_of_a_table_stay_together() -> None:
    def table(rows: Sequence[str]) -> EditionRecord:
        return edition(
            [
                passage(cell, line, kind="cell")
                for line, row in enumerate(rows, start=1)
                for cell in row.split("|")
            ]
        )

    pairs = aligned(table(["Ana|12", "Budi|7", "Cici|9"]), table(["Ana|12", "Cici|9"]))
    assert [pair.here for pair in pairs if not pair.there] == [(2,), (3,)]
    assert [pair.there for pair in pairs if pair.there] == [(0,), (1,), (2,), (3,)]


def test_neighbours_that_changed_places() -> None:
    texts = ["Satu " * 30, "Dua " * 42, "Tiga " * 35]
    pairs = aligned(of_texts(texts, [1, 2, 3]), of_texts([texts[1], texts[0], texts[2]], [2, 1, 3]))
    assert {(pair.here, pair.there) for pair in pairs} == {
        ((0,), (1,)),
        ((1,), (0,)),
        ((2,), (2,)),
    }
    assert sum(pair.moved for pair in pairs) == 1


def test_both_halves_of_a_split_paragraph_are_beside_it_whatever_they_cite() -> None:
    def text(words: int, line: int, *keys: str) -> PassageRecord:
        base = passage("kata " * words, line)
        parts = tuple(PartRecord(kind="citation", start=0, end=0, name=key) for key in keys)
        return PassageRecord(
            kind=base.kind, section=base.section, text=base.text, span=base.span, parts=parts
        )

    here = edition([text(20, 1, "x"), text(110, 2, "a", "b", "c"), text(40, 3, "y")])
    there = edition([text(20, 1, "x"), text(60, 2, "a"), text(50, 3, "b", "c"), text(40, 4, "y")])
    assert shapes(aligned(here, there)) == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]
