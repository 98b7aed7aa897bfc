"""Papers, report and archive that do not say whose they are."""

from __future__ import annotations

import io
import zipfile

from bukti.privacy.reading.files import Reading
from tests.projects.conftest import Compendium

AUTHOR = """authors:
  - name: Siti Nur Halimah
    affiliation: Universitas Contoh
    email: siti.halimah@kampus.example
    orcid: 0000-0002-1825-0097
"""
OWN = """
@article{halimah2019, author = {Halimah, Siti Nur}, title = {Days}, journal = {J}, year = {2019},
  langid = {english}}
"""


def _named(paper: Compendium) -> None:
    settings = paper.path("bukti.yaml").read_text(encoding="utf-8")
    start = settings.index("authors:")
    end = settings.index("languages:")
    paper.path("bukti.yaml").write_text(
        settings[:start] + AUTHOR + settings[end:], encoding="utf-8"
    )
    with paper.path("manuscript/references.bib").open("a", encoding="utf-8") as file:
        file.write(OWN)
    for language, words in (("en", "As S. N. Halimah"), ("id", "Seperti S. N. Halimah")):
        with paper.path(f"manuscript/{language}/02-results.md").open("a") as file:
            file.write(f"\n\n{words} [@halimah2019].\n")


def _held(name: str, data: bytes) -> str:
    return "\n".join([name, *(piece.text for piece in Reading().pieces(data, name))])


def _tells(text: str) -> bool:
    return any(each in text for each in ("Halimah", "halimah", "Universitas Contoh", "0000-0002"))


def test_papers_without_their_author(paper: Compendium) -> None:
    _named(paper)
    ended = paper.run("build", "--anonymous")
    assert ended.status == 0, ended.out + ended.err
    made = sorted(paper.path("outputs/anonymous").rglob("*.*"))
    assert {path.name for path in made} >= {"paper.en.pdf", "paper.id.docx", "index.html"}
    texts = {path.name: _held(path.name, path.read_bytes()) for path in made}
    assert [name for name, text in texts.items() if _tells(text)] == []
    assert "Anonymous" in texts["paper.en.html"]
    assert "none is left" in ended.err
    assert "Halimah" in paper.path("bukti.yaml").read_text(encoding="utf-8")


def test_an_archive_without_its_author_and_a_name_that_is_left(paper: Compendium) -> None:
    _named(paper)
    ended = paper.run("archive", "--anonymous")
    assert ended.status == 0, ended.out + ended.err
    (path,) = paper.path("outputs/anonymous").glob("*.zip")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        names = [name for name in packed.namelist() if not name.startswith("engine/")]
        assert [name for name in names if _tells(_held(name, packed.read(name)))] == []

    paper.path("data/raw/notes.txt").write_text("Seen by\nSiti Nur Halimah.\n", encoding="utf-8")
    assert paper.run("accept", "raw").status == 0
    left = paper.run("archive", "--anonymous", "--format", "concise")
    assert left.status == 1
    assert "data/raw/notes.txt:2: error[ARC151] author-still-named" in left.out
