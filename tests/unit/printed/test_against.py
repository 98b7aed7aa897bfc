from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.printed.conftest import Finished
from tests.unit.printed.test_reading import changed
from tests.unit.render.conftest import invocation, typeset

from bukti.base.diagnostic import Diagnostic
from bukti.manuscript.saying import Words
from bukti.printed.against import Compared, Edition, edition_of, printed_against_ledger
from bukti.printed.evidence import evidence_of_paper
from bukti.printed.papers import embedded, read_paper
from bukti.printed.records import Printed
from bukti.printed.side_by_side import parallel_against_ledger
from bukti.render.html import render_parallel_html
from bukti.render.pdf import render_parallel_pdf, render_pdf
from bukti.tools import pandoc

SUFFIXES = ["pdf", "docx", "html"]
EVIDENCE: dict[str, Any] = {
    "cell": None,
    "locator": None,
    "notebook": None,
    "row_numbers": [],
    "rows": [],
    "sources": [],
    "table": None,
}
VALUES = {
    ("claim", "rate.2019"): (1.98, "percent"),
    ("claim", "rate.2020"): (2.3, "percent"),
    ("given", "age.child"): (19, "years"),
}


def claims(values: Mapping[tuple[str, str], tuple[float, str]] = VALUES) -> list[dict[str, Any]]:
    return [
        {
            "scheme": scheme,
            "id": name,
            "kind": "value" if scheme == "claim" else "given",
            "value": value,
            "unit": unit,
            "evidence": EVIDENCE,
        }
        for (scheme, name), (value, unit) in values.items()
    ]


def marks() -> dict[str, Any]:
    """The marks of the sample, which all hold."""
    indices = (17, 1, 2, 3, 4)
    return {"marks": [{"index": each, "status": "holds", "options": {}} for each in indices]}


@functools.cache
def edition(language: str = "id") -> Edition:
    words = Words(language=language, rounding="half-even", labels={}, families={})
    return edition_of(invocation(language).tree, marks(), claims(), words)


@functools.cache
def paper(language: str, suffix: str, finish: Finished) -> Printed:
    return read_paper(finish(language, suffix), f"paper.{language}.{suffix}")


def told(compared: Compared) -> list[tuple[str, str, str]]:
    return [
        (each.code, each.arguments.get("printed", ""), each.arguments.get("wanted", ""))
        for each in compared.findings
    ]


def place(finding: Diagnostic) -> dict[str, str]:
    return dict(finding.notes[0].arguments)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_sound_paper_says_what_its_edition_says(
    finished: Finished, language: str, suffix: str
) -> None:
    compared = printed_against_ledger(paper(language, suffix, finished), "p", edition(language))
    assert compared.findings == ()
    assert compared.held == compared.marks > 1


def test_every_number_of_the_text_has_a_ground(finished: Finished) -> None:
    compared = printed_against_ledger(paper("id", "html", finished), "p", edition())
    assert compared.numbers["bound"] == 6
    assert compared.numbers["label"] > 5
    assert compared.numbers["cell"] == 10
    assert set(compared.numbers) == {
        "bound", "cell", "label", "reference", "allowed", "unmarked"
    }  # fmt: skip


def pdf_with(old: str, new: str) -> Printed:
    """The PDF of a manuscript in which words were changed."""
    given = invocation("id")
    text = json.dumps(given.tree, ensure_ascii=False)
    assert old in text
    tree = json.loads(text.replace(old, new))
    data, _ = render_pdf(replace(given, tree=tree), convert=pandoc.convert, typeset=typeset)
    return read_paper(data, "paper.id.pdf")


def test_a_digit_changed_in_the_pdf_is_found_at_its_page() -> None:
    compared = printed_against_ledger(pdf_with("1,98", "1,89"), "paper.id.pdf", edition())
    (finding,) = compared.findings
    assert finding.code == "VER211"
    assert "1,89" in finding.arguments["printed"]
    assert "1,98" in finding.arguments["wanted"]
    assert finding.arguments["claims"] == "rate.2019"
    assert finding.span is not None
    assert finding.span.path == "paper.id.pdf"
    assert place(finding) == {"page": "1"}
    assert compared.held == compared.marks - 1


def test_a_word_changed_in_the_pdf_is_found() -> None:
    compared = printed_against_ledger(pdf_with("mempertimbangkan", "mengabaikan"), "p", edition())
    assert [code for code, _, _ in told(compared)] == ["VER221"]
    assert "mengabaikan perbedaan" in told(compared)[0][1]
    assert compared.held == compared.marks


SENTENCE = b"besarnya perubahan menurut provinsi;"


def test_words_dropped_from_the_document_are_found(finished: Finished) -> None:
    data = changed(finished("id", "docx"), "word/document.xml", SENTENCE, b"besarnya provinsi;")
    compared = printed_against_ledger(read_paper(data, "p.docx"), "p", edition())
    (finding,) = compared.findings
    assert finding.code == "VER222"
    assert "perubahan menurut" in finding.arguments["wanted"]
    assert set(place(finding)) == {"passage"}


def test_a_sentence_put_into_the_document_is_found(finished: Finished) -> None:
    more = SENTENCE + b" tidak ada yang lain."
    data = changed(finished("id", "docx"), "word/document.xml", SENTENCE, more)
    compared = printed_against_ledger(read_paper(data, "p.docx"), "p", edition())
    (finding,) = compared.findings
    assert finding.code == "VER223"
    assert "tidak ada yang lain." in finding.arguments["printed"]


def test_exchanged_captions_of_the_page_are_found(finished: Finished) -> None:
    page = finished("id", "html").decode()
    first, second = "Angka perkawinan anak menurut tahun", "Angka perkawinan anak menurut provinsi"
    assert first in page
    assert second in page
    page = page.replace(first, "{1}").replace(second, first).replace("{1}", second)
    compared = printed_against_ledger(read_paper(page.encode(), "p.html"), "p", edition())
    assert {code for code, _, _ in told(compared)} == {"VER221"}
    assert {place(each)["element"] for each in compared.findings} == {
        "fig:trend",
        "tbl:province",
    }


def test_a_mark_that_is_gone_is_found(finished: Finished) -> None:
    page = finished("id", "html").decode()
    start = page.index("<p>Perkawinan pada usia anak menurun")
    page = page[:start] + page[page.index("</p>", start) :]
    compared = printed_against_ledger(read_paper(page.encode(), "p.html"), "p", edition())
    assert {code for code, _, _ in told(compared)} == {"VER211"}
    assert compared.marks - compared.held == 3


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_number_that_the_ledger_has_otherwise_is_found(finished: Finished, suffix: str) -> None:
    other = VALUES | {("claim", "rate.2019"): (2.41, "percent")}
    words = edition().words
    moved = edition_of(invocation("id").tree, marks(), claims(other), words)
    compared = printed_against_ledger(paper("id", suffix, finished), "p", moved)
    found = [each for each in compared.findings if each.arguments["claims"] == "rate.2019"]
    assert [(each.code, each.arguments["printed"]) for each in found] == [
        (
            "VER212",
            "1,98\u00a0persen" if "\u00a0" in found[0].arguments["printed"] else "1,98 persen",
        )
    ]
    assert "2,41" in found[0].arguments["evidence"]


def test_an_empty_paper_lacks_everything() -> None:
    compared = printed_against_ledger(Printed(suffix="pdf", passages=()), "p", edition())
    assert compared.held == 0
    assert compared.findings


Renderer = Callable[..., tuple[bytes, tuple[Diagnostic, ...]]]
PARALLEL: dict[str, Renderer] = {
    "html": render_parallel_html,
    "pdf": functools.partial(render_parallel_pdf, typeset=typeset),
}


@pytest.mark.parametrize("suffix", PARALLEL)
def test_editions_side_by_side_say_what_both_say(suffix: str) -> None:
    here, there = invocation("id"), invocation("en")
    data, _ = PARALLEL[suffix](here, there, convert=pandoc.convert)
    both = (edition("id"), edition("en"))
    compared = parallel_against_ledger(read_paper(data, f"p.{suffix}"), "p", both)
    assert compared.findings == ()
    assert compared.held == compared.marks

    tree = json.loads(json.dumps(there.tree).replace("declined,", "risen,"))
    data, _ = PARALLEL[suffix](here, replace(there, tree=tree), convert=pandoc.convert)
    compared = parallel_against_ledger(read_paper(data, f"p.{suffix}"), "p", both)
    assert [code for code, _, _ in told(compared)] == ["VER221"]
    assert "has risen," in told(compared)[0][1]


def carried(evidence: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    page = Printed(suffix="pdf", passages=(), evidence=evidence)
    wanted = {"id": {"language": "id", "claims": [{"id": "rate.2020", "value": 2.3}]}}
    return evidence_of_paper(page, "paper.id.pdf", wanted)


def test_the_evidence_of_a_paper_is_compared() -> None:
    same = {"language": "id", "claims": [{"id": "rate.2020", "value": 2.3}]}
    assert carried({"id": same}) == ()
    assert [each.code for each in carried({})] == ["VER202"]
    (other,) = carried({"id": {**same, "claims": [{"id": "rate.2020", "value": 2.41}]}})
    assert other.code == "VER203"
    assert other.arguments == {"place": "rate.2020.value", "wanted": "2.3", "printed": "2.41"}
    (fewer,) = carried({"id": {**same, "claims": []}})
    assert fewer.arguments["place"] == "claims[1]"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_carries_the_evidence_of_its_edition(finished: Finished, suffix: str) -> None:
    wanted = json.loads(invocation("id").evidence or b"")
    assert embedded(finished("id", suffix), f"paper.id.{suffix}") == {"id": wanted}
    carried = paper("id", suffix, finished)
    assert evidence_of_paper(carried, "p", {"id": wanted}) == ()
