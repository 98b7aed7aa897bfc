"""The finished papers, read back."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from bukti.printed.annex import without_annex
from bukti.printed.papers import read_paper
from bukti.printed.step import check_papers
from bukti.project import load_project
from tests.projects.conftest import Compendium

SENTENCES = {
    "en": ("A common year has 365 days.", "Figure 1 shows that 7 of its months have 31 days"),
    "id": ("Satu tahun biasa mempunyai 365 hari.", "Gambar 1 menunjukkan bahwa 7 bulan"),
}


def _pdf_text(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(text.replace("\u00a0", " ").split())


def _docx(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode("utf-8")


@pytest.mark.parametrize("language", SENTENCES)
def test_the_pdf_says_what_the_text_says(built_once: Compendium, language: str) -> None:
    text = _pdf_text(built_once.path(f"outputs/papers/paper.{language}.pdf"))
    for sentence in SENTENCES[language]:
        assert sentence in text


@pytest.mark.parametrize("language", SENTENCES)
def test_the_pdf_claims_its_standards(built_once: Compendium, language: str) -> None:
    data = built_once.path(f"outputs/papers/paper.{language}.pdf").read_bytes()
    assert b"<pdfaid:part>3</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data


@pytest.mark.parametrize("language", SENTENCES)
def test_word_can_count_refer_and_find_the_claims(built_once: Compendium, language: str) -> None:
    document = _docx(built_once.path(f"outputs/papers/paper.{language}.docx"))
    fields = re.findall(r'w:instr="\s*(\w+) (\S+)', document)
    assert ("REF", "fig_months") in fields
    assert ("REF", "tbl_months") in fields
    assert [name for name, _ in fields].count("SEQ") == 2
    tags = set(re.findall(r'<w:tag w:val="([^"]+)"', document))
    assert {"claim:days_total", "given:leap_year.days"} <= tags
    assert "data:image" not in document


@pytest.mark.parametrize("language", SENTENCES)
def test_a_page_carries_its_evidence(built_once: Compendium, language: str) -> None:
    page = built_once.path(f"outputs/papers/paper.{language}.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}"' in page
    found = re.search(
        r'<script type="application/ld\+json" id="evidence">(.*?)</script>', page, re.DOTALL
    )
    assert found
    article = json.loads(found[1])
    assert article["@type"] == "ScholarlyArticle"
    assert article["inLanguage"] == language
    assert "days_total" in {each["identifier"] for each in article["hasPart"]}
    evidence = article["evidence"]
    assert {claim["id"] for claim in evidence["claims"]} >= {"days_total", "leap_year.days"}
    assert all(mark["status"] == "holds" for mark in evidence["marks"])


def test_drafts_say_so_and_submitted_papers_do_not(paper: Compendium) -> None:
    target = paper.path("outputs/papers/paper.en.pdf")
    assert "DRAFT" in _pdf_text(target).upper()
    paper.submit()
    ended = paper.run("build")
    assert ended.status == 0, ended.out + ended.err
    assert "DRAFT" not in _pdf_text(target).upper()


def test_a_submitted_paper_with_an_error_is_a_draft_again(paper: Compendium) -> None:
    paper.submit()
    paper.replace("manuscript/en/02-results.md", "[365 days]", "[364 days]")
    assert paper.run("build", "paper.en.pdf", "paper.id.pdf").status == 1
    assert "DRAFT" in _pdf_text(paper.path("outputs/papers/paper.en.pdf")).upper()
    assert "DRAF" not in _pdf_text(paper.path("outputs/papers/paper.id.pdf")).upper()


def test_a_parallel_edition_has_both_texts_and_changes_nothing_else(paper: Compendium) -> None:
    before = paper.digests()
    settings = paper.path("bukti.yaml")
    settings.write_text(settings.read_text(encoding="utf-8") + "parallel: true\n", encoding="utf-8")
    ended = paper.run("build")
    assert ended.status == 0, ended.out + ended.err
    made = {name for name in paper.digests() if "papers" in name} - before.keys()
    assert made == {f"outputs/papers/paper.id-en.{suffix}" for suffix in ("html", "pdf")}
    assert {name: paper.digests()[name] for name in before if "papers" in name} == {
        name: digest for name, digest in before.items() if "papers" in name
    }
    data = paper.path("outputs/papers/paper.id-en.pdf")
    text = _pdf_text(data)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data.read_bytes()
    for sentences in SENTENCES.values():
        assert sentences[0] in text
    page = paper.path("outputs/papers/paper.id-en.html").read_text(encoding="utf-8")
    assert page.count('id="evidence-') == 2


def test_papers_with_the_evidence_as_an_annex_say_what_their_editions_say(
    paper: Compendium,
) -> None:
    settings = paper.path("bukti.yaml")
    text = settings.read_text(encoding="utf-8")
    assert "\npage:" not in text
    settings.write_text(f"{text}\npage: {{annex: true}}\n", encoding="utf-8")
    assert paper.run("build").status == 0
    project = load_project(paper.root)
    found = {each.path: each for each in check_papers(project)}
    assert [finding for each in found.values() for finding in each.findings] == []
    for name in ("paper.en.pdf", "paper.id.docx"):
        printed = read_paper(paper.path(f"outputs/papers/{name}").read_bytes(), name)
        assert len(without_annex(printed, name.split(".")[1]).passages) < len(printed.passages)
