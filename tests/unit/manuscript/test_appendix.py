"""The evidence appendix as a record: what the text uses, in its order, and its ground."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bukti.base.claims import Claim, Evidence, Kind
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.manuscript.appendix import LIMITS, Ground, TableGround, appendix_json, shown_value
from bukti.manuscript.appendix_items import excerpt
from bukti.manuscript.appendix_places import AROUND, places_of, sentence_around
from bukti.manuscript.pool import Pool
from bukti.manuscript.products import Products, Use
from bukti.manuscript.saying import Words
from bukti.manuscript.source_lines import Register
from bukti.tools.pandoc import read_markdown
from bukti.tools.schemas import schema

TEXT = """
# Results {#sec:results number=1}

It fell. The rate was [2.30 percent]{.mark .holds claims=rate.2020 index=4 kind=claim} in
2020.[^1] See Art. 3 of the [plan]{.mark .stale claims=by_plan+rate.2020 index=5 kind=claim}.

- Nobody [asks for a fee]{.mark .holds claims=plan.fee index=7 kind=claim}.

[^1]: At [18 years]{.mark .holds claims=age.child index=6 kind=given}.
"""
ROWS = tuple({"year": 2010 + number, "percent": 2.5, "note": None} for number in range(9))
CLAIMS = {
    "rate.2020": Claim(
        id="rate.2020",
        kind=Kind.VALUE,
        value=2.3,
        unit="percent",
        evidence=Evidence(
            notebook="analysis/notebooks/10-x.ipynb",
            cell=3,
            table="rates",
            rows=ROWS,
            row_numbers=tuple(range(1, 10)),
            sources=("S_BOOK",),
        ),
    ),
    "by_plan": Claim(
        id="by_plan",
        kind=Kind.DOCUMENTARY,
        evidence=Evidence(
            rows=(
                {
                    "segment": "1",
                    "document": "d1",
                    "actor": "A; B",
                    "text": "word " * 200,
                    "memo": "Said twice.",
                    "memo_id": "Dikatakan dua kali.",
                },
                {"source": "S_BOOK", "locator": "page 2", "against": True},
            ),
            sources=("S_BOOK",),
        ),
    ),
    "plan.fee": Claim(
        id="plan.fee",
        kind=Kind.QUOTATION,
        evidence=Evidence(
            rows=({"quotation": "plan.fee", "source": "S_BOOK", "text": "asks no fee"},),
            sources=("S_BOOK",),
        ),
    ),
}
GIVEN = Claim(
    id="age.child",
    kind=Kind.GIVEN,
    value=18,
    unit="years",
    evidence=Evidence(sources=("S_BOOK",), locator="art. 1"),
)
QUOTATION = {
    "source": "S_BOOK",
    "text": "asks no fee",
    "language": "en",
    "translations": {"id": "tidak memungut biaya"},
}


def words(language: str = "en") -> Words:
    return Words(
        language=language,
        rounding="half-even",
        labels={"unit.years": {"id": "tahun", "en": "years"}},
        families={},
    )


def ground(language: str = "en", **changes: Any) -> Ground:
    pool = Pool(
        claims=CLAIMS,
        given={"age.child": GIVEN},
        statements={"by_plan": {"en": "It is so.", "id": "Demikian."}},
        quotations={"plan.fee": QUOTATION},
    )
    register = Register(
        sources={
            "S_BOOK": {"title": {"en": "Book", "id": "Buku"}, "year": 2018, "doi": "10.1234/x"}
        },
        origins={},
        keys=frozenset(),
    )
    plain = Ground(
        pool=pool,
        words=words(language),
        products=Products(
            figures={},
            tables={},
            columns={"percent": {"title": {"en": "Per cent", "id": "Persen"}}},
            register=register,
        ),
        tables={"rates": TableGround(title={"en": "Rates"}, raw=("rates.csv",))},
        held={"S_BOOK": ["book.txt"]},
    )
    return replace(plain, **changes)


def tree() -> dict[str, Any]:
    read, _ = read_markdown(TEXT)
    abstract, _ = read_markdown("[Low]{.mark .holds claims=rate.2020 index=1 kind=claim} it is.")
    read["meta"] = {"abstract": {"t": "MetaBlocks", "c": abstract["blocks"]}}
    return read


def record(language: str = "en", **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        canonical_json(appendix_json(tree(), (), ground(language, **changes)))
    )
    return made


def test_entries_stand_in_the_order_of_the_text() -> None:
    entries = record()["entries"]
    assert [each["id"] for each in entries] == ["rate.2020", "by_plan", "age.child", "plan.fee"]
    assert [each["number"] for each in entries] == [1, 2, 3, 4]
    assert [place["index"] for place in entries[0]["places"]] == [1, 4, 5]


def test_a_place_has_its_sentence_and_the_heading_above() -> None:
    _, place, last = record()["entries"][0]["places"]
    assert (place["before"], place["text"], place["after"]) == (
        "The rate was ",
        "2.30 percent",
        " in 2020.",
    )
    assert (place["section"], place["title"], place["status"]) == (
        "sec:results",
        "1 Results",
        "holds",
    )
    assert (last["before"], last["status"]) == ("See Art. 3 of the ", "stale")
    assert last["with"] == ["by_plan"]


@pytest.mark.parametrize(
    ("language", "value", "head"),
    [("en", "2.3 percent", "Per cent"), ("id", "2,3 persen", "Persen")],
)
def test_values_and_rows_are_written_as_the_edition_writes(
    language: str, value: str, head: str
) -> None:
    entry = record(language)["entries"][0]
    assert entry["value"] == value
    assert entry["data"]["columns"] == [head, "year"]
    assert len(entry["data"]["rows"]) == LIMITS["rows"]
    assert entry["data"]["more"] == len(ROWS) - LIMITS["rows"]
    assert entry["data"]["tables"][0]["raw"] == ["rates.csv"]


def test_for_and_against_are_counted_apart() -> None:
    entry = record()["entries"][1]
    assert entry["statement"] == "It is so."
    assert entry["counts"]["for"] == {"passages": 1, "documents": 1, "actors": 2, "more": 0}
    assert entry["counts"]["against"]["passages"] == 1
    assert [each["against"] for each in entry["items"]] == [False, True]
    assert entry["items"][0]["cut"] and len(entry["items"][0]["text"]) <= LIMITS["characters"]


@pytest.mark.parametrize(
    ("language", "memo"), [("en", "Said twice."), ("id", "Dikatakan dua kali.")]
)
def test_a_passage_has_its_memo_in_the_language(language: str, memo: str) -> None:
    assert record(language)["entries"][1]["items"][0]["shows"] == memo


def test_a_quotation_has_its_translation_in_the_other_language() -> None:
    assert record("id")["entries"][3]["items"][0]["translation"] == "tidak memungut biaya"
    assert record("en")["entries"][3]["items"][0]["translation"] is None


def test_a_source_has_its_address_and_says_whether_its_file_is_there() -> None:
    source = record("id")["sources"][0]
    assert (source["title"], source["address"]) == ("Buku", "https://doi.org/10.1234/x")
    assert source["held"] == ["book.txt"]


def test_rows_and_passages_that_are_not_for_everyone_are_not_shown() -> None:
    entries = record(tables={"rates": TableGround(open=False)}, hides=True)["entries"]
    assert entries[0]["data"]["rows"] == [] and entries[0]["data"]["hidden"]
    assert entries[0]["data"]["more"] == len(ROWS)
    assert entries[1]["items"][0]["hidden"] and entries[1]["items"][0]["text"] is None


def test_figures_and_tables_name_their_data() -> None:
    figure = {
        "notebook": "a.ipynb",
        "cell": 2,
        "reads": ["rates"],
        "tables": ["rates"],
        "sources": ["S_BOOK"],
    }
    products = replace(ground().products, figures={"trend": figure})
    shown, _ = read_markdown("![The trend](x.png){#fig:trend}")
    shown["blocks"][0]["c"][0][2] = [["label", "Figure 1"]]
    use = Use(kind="figure", id="trend", span=Span(path="a.md"), section="")
    made = appendix_json(shown, (use, use), ground(products=products))
    (exhibit,) = made["exhibits"]
    assert (exhibit["label"], exhibit["caption"], exhibit["cell"]) == ("Figure 1", "The trend", 2)
    assert exhibit["sources"] == ["S_BOOK"] and made["sources"][0]["id"] == "S_BOOK"
    assert not [*Draft202012Validator(schema("appendix")).iter_errors(made)]


@pytest.mark.parametrize("language", ["en", "id", "fr"])
def test_the_record_is_as_its_schema_says(language: str) -> None:
    assert not [*Draft202012Validator(schema("appendix")).iter_errors(record(language))]


def test_a_unit_is_named_in_the_words_of_the_author() -> None:
    assert shown_value(GIVEN, words("id")) == "18 tahun"
    long = replace(CLAIMS["rate.2020"], value=26.7100977199)
    assert shown_value(long, words("id")) == "26,7101 persen"


def test_a_mark_that_stands_twice_in_the_tree_is_one_place() -> None:
    read, _ = read_markdown(f"{TEXT}\n\n[2.30]{{.mark .holds claims=rate.2020 index=4 kind=claim}}")
    read["meta"] = {}
    assert [each.index for each in places_of(read, "en")].count(4) == 1


@pytest.mark.parametrize(
    ("text", "words_", "expected"),
    [
        ("One. Two is here. Three.", "is", ("Two ", " here.")),
        (
            "As Safira et al. (2022) say, it is here.",
            "is",
            ("As Safira et al. (2022) say, it ", " here."),
        ),
        ("See No. 3 of 2003, which is law. Next.", "is", ("See No. 3 of 2003, which ", " law.")),
        ("No end here is", "is", ("No end here ", "")),
    ],
)
def test_a_sentence_ends_where_the_next_begins(
    text: str, words_: str, expected: tuple[str, str]
) -> None:
    start = text.index(f" {words_}") + 1
    assert sentence_around(text, start, start + len(words_), ("No.",)) == expected


@given(st.text(alphabet="aB .?!(1\u201c\u00e9\n", max_size=600), st.data())
def test_what_stands_around_is_part_of_the_text_and_short(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, after = sentence_around(text, start, end, ("B.",))
    assert len(before) <= AROUND + 2 and len(after) <= AROUND + 2
    line = "".join(text.split())
    assert "".join(before.removeprefix("\u2026").split()) in line
    assert "".join(after.removesuffix("\u2026").split()) in line


@given(st.text(max_size=200), st.integers(1, 50))
def test_an_excerpt_is_the_beginning_of_its_text(text: str, longest: int) -> None:
    shown, cut = excerpt(text, longest)
    whole = " ".join(text.split())
    assert whole.startswith(shown) and len(shown) <= longest and cut == (shown != whole)
