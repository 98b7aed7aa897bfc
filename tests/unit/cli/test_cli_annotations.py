"""The evidence of an edition as annotations: their words are found, their form is the W3C's."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

from bukti.cli.annotations import collection, selectors_of, sheet

PAGE = (
    b"<html><body><main><article><p>The rate was <a class='mark' id='mark-4' href='#e'>2.30 <em>per"
    b"</em> cent</a> then.</p><script>no</script></article><section class='evidence'>"
    b"<p>The rate was 2.30</p></section></main></body></html>"
)
ITEM: dict[str, Any] = {
    **dict.fromkeys(("document", "codes", "actor", "attested", "shows")),
    "text": "=asks no fee",
    "language": "en",
    "translation": "tanpa biaya",
    "locator": "page 2",
    "source": "S_PLAN",
    "against": True,
}
PLACE = {"index": 4, "title": "1 Results"}
ENTRY: dict[str, Any] = {
    "scheme": "claim",
    "id": "rate.2020",
    "statement": None,
    "value": "2,3 persen",
    "places": [PLACE, {**PLACE, "index": 5}],
    "items": [ITEM],
    "data": {"notebook": "a.ipynb", "cell": 3},
    "sources": ["S_PLAN"],
    "locator": None,
}
APPENDIX = {
    "language": "id",
    "entries": [ENTRY],
    "sources": [{"id": "S_PLAN", "title": "Rencana", "address": "https://example.org/plan"}],
}


def test_the_words_of_a_mark_are_found_by_those_around_them() -> None:
    (selector,) = selectors_of(PAGE).values()
    assert selector == {
        "type": "TextQuoteSelector",
        "exact": "2.30 per cent",
        "prefix": "The rate was ",
        "suffix": " then.",
    }


def test_an_annotation_is_as_the_model_asks() -> None:
    made = collection(APPENDIX, selectors_of(PAGE), "paper")
    assert made == collection(APPENDIX, selectors_of(PAGE), "paper")
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (made["type"], made["total"]) == ("AnnotationCollection", 1)
    (annotation,) = made["first"]["items"]
    assert annotation["type"] == "Annotation"
    names = [made["id"], made["first"]["id"], annotation["id"]]
    assert len({uuid.UUID(each) for each in names}) == 3
    assert annotation["target"]["source"] and annotation["target"]["selector"]["exact"]
    texts = [each for each in annotation["body"] if "value" in each]
    assert all(each["type"] == "TextualBody" and each["value"] for each in texts)
    assert [each["language"] for each in texts] == ["id", "en", "id"]
    assert annotation["body"][-1] == {"id": "https://example.org/plan"}


def test_the_sheet_has_a_row_for_each_item_and_no_formula() -> None:
    text = sheet(APPENDIX, selectors_of(PAGE)).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["words"], row["side"], row["place"]) == ("2.30 per cent", "against", "page 2")
    assert row["excerpt"] == "'=asks no fee"
    assert row["address"] == "https://example.org/plan"
