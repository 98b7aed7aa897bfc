"""A paper in one language with a title block in two."""

from __future__ import annotations

import json
import re
import zipfile

import pypdfium2

from tests.projects.conftest import Compendium

FRONT = {
    "editions": "languages: [id, en]\neditions: [id]\n",
    "authors": """authors:
  - name: Siti Rahmawati
    family: Rahmawati
    affiliations: [un]
    orcid: 0000-0002-1825-0097
    email: siti@example.org
    corresponding: true
    roles: [conceptualization]
  - name: Suparman
    affiliations: [un, stats]
affiliations:
  un: {name: {id: Universitas Nusantara, en: Nusantara University}}
  stats: {name: {id: Badan Statistik, en: Bureau of Statistics}}
""",
}


def _settings(paper: Compendium) -> None:
    text = paper.path("bukti.yaml").read_text(encoding="utf-8")
    text = re.sub(r"authors:.*?(?=languages:)", FRONT["authors"], text, flags=re.DOTALL)
    text = re.sub(r"languages:[^\n]*\n", FRONT["editions"], text)
    paper.path("bukti.yaml").write_text(text, encoding="utf-8")


def _pdf(paper: Compendium) -> str:
    pages = pypdfium2.PdfDocument(paper.path("outputs/papers/paper.id.pdf"))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_one_edition_with_a_title_block_in_two_languages(fresh: Compendium) -> None:
    _settings(fresh)
    for chapter in ("01-introduction.md", "02-results.md"):
        fresh.path(f"manuscript/en/{chapter}").unlink()
    fresh.submit()
    ended = fresh.run("build")
    assert ended.status == 0, ended.out + ended.err
    findings = json.loads(fresh.path("outputs/findings.json").read_bytes())["findings"]
    assert [finding for finding in findings if not finding["waived"]] == []
    papers = sorted(path.name for path in fresh.path("outputs/papers").iterdir())
    assert papers == ["paper.id.docx", "paper.id.html", "paper.id.pdf"]
    figures = [path.name for path in fresh.path("outputs/results").rglob("*.svg")]
    assert figures and all(".id." in name for name in figures)
    text = _pdf(fresh)
    for said in (
        "Panjang bulan",
        "The length of the months",
        "A common year has 365 days",
        "Universitas Nusantara",
        "Korespondensi: Siti Rahmawati, siti@example.org",
        "Siti Rahmawati: Konseptualisasi.",
    ):
        assert said in text
    assert "Nusantara University" not in text
    assert "DRAF" not in text
    page = fresh.path("outputs/papers/paper.id.html").read_text(encoding="utf-8")
    assert '<meta name="citation_author" content="Rahmawati, Siti">' in page
    with zipfile.ZipFile(fresh.path("outputs/papers/paper.id.docx")) as package:
        core = package.read("docProps/core.xml").decode()
    assert "<dc:creator>Siti Rahmawati; Suparman</dc:creator>" in core

    marks = json.loads(fresh.path("outputs/manuscript/en/marks.json").read_bytes())
    assert not marks["whole"] and marks["marks"]
    fresh.replace("manuscript/en/00-abstract.md", "365", "366")
    ended = fresh.run("build")
    assert ended.status == 1
    assert "manuscript/en/00-abstract.md:1:" in ended.out and "CLM201" in ended.out
    assert "DRAF" in _pdf(fresh), "what is printed of the other language does not hold"

    fresh.replace("manuscript/en/00-abstract.md", "366", "365")
    fresh.replace("bukti.yaml", "0097", "0098")
    ended = fresh.run("build")
    assert ended.status == 1
    assert "bukti.yaml:" in ended.out and "CFG122" in ended.out
    assert "DRAF" in _pdf(fresh), "an iD that is nobody's is printed"
