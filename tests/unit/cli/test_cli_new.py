"""`bukti new`: a small paper that has a plan, in whatever languages."""

from __future__ import annotations

import py_compile
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.word import heading, paragraph, png, word

from bukti.base.digest import digest_bytes
from bukti.plan import plan
from bukti.project import load_project
from bukti.tools.checksums import read_checksums
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import read_yaml

Run = Callable[..., Any]
NEW = import_module("bukti.cli.new")


@pytest.mark.parametrize("there", [False, True])
def test_into_a_new_or_an_empty_folder(run: Run, tmp_path: Path, there: bool) -> None:
    root = tmp_path / "my Paper!"
    if there:
        root.mkdir()
    done = run("new", "my Paper!", "-C", tmp_path)
    assert done.status == 0
    assert "my Paper!/bukti.yaml" in done.err
    project = load_project(root)
    assert project.findings == ()
    assert (project.config.name, project.config.languages) == ("my-paper", ("id", "en"))
    assert len(plan(project).steps) == 15
    assert (root / ".gitignore").is_file()
    assert not (root / "gitignore").exists()


@pytest.mark.parametrize("languages", ["id,en", "en", "de,id"])
def test_a_paper_with_coded_interviews(run: Run, tmp_path: Path, languages: str) -> None:
    done = run("new", "p", "--coded", "--languages", languages, "-C", tmp_path)
    assert done.status == 0, done.out
    project = load_project(tmp_path / "p")
    assert project.findings == ()
    assert project.inventory.corpus == ("segments", "codes", "documents")
    assert (tmp_path / "p/Snakefile").is_file()
    claims = read_yaml(tmp_path / "p/manuscript/claims.yaml", shown_as="claims.yaml")
    assert {*languages.split(","), "id", "en"} == {
        *claims.data["documentary"]["few_hands"]["statement"]
    }
    comment = (tmp_path / "p/analysis/cleaning/codes.py").read_text(encoding="utf-8")
    assert "# en:" not in comment and "# id:" not in comment


def test_coded_interviews_and_a_draft_exclude_each_other(run: Run, tmp_path: Path) -> None:
    done = run("new", "p", "--coded", "--from", "naskah.docx", "-C", tmp_path)
    assert done.status == 2
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("kind", ["file", "full", "hidden"])
def test_what_holds_anything_is_left_alone(run: Run, tmp_path: Path, kind: str) -> None:
    root = tmp_path / "paper"
    if kind == "file":
        root.write_text("mine")
    else:
        root.mkdir()
        (root / (".hidden" if kind == "hidden" else "mine")).touch()
    before = sorted(tmp_path.rglob("*"))
    done = run("new", "paper", "-C", tmp_path)
    assert (done.status, "CFG117" in done.out) == (2, True)
    assert sorted(tmp_path.rglob("*")) == before


def test_its_raw_files_are_accepted(run: Run, tmp_path: Path) -> None:
    run("new", "p", "-C", tmp_path)
    raw = tmp_path / "p/data/raw"
    assert read_checksums(tmp_path / "p/data/raw.sha256", shown_as="list") == {
        path.name: digest_bytes(path.read_bytes()) for path in raw.iterdir()
    }


@pytest.mark.parametrize(
    ("given", "languages"),
    [
        ("en", ("en",)),
        ("en, id", ("en", "id")),
        ("id,en,id", ("id", "en")),
        ("pt-BR,fr,id", ("pt-BR", "fr", "id")),
    ],
)
def test_languages(run: Run, tmp_path: Path, given: str, languages: tuple[str, ...]) -> None:
    assert run("new", "p", "--languages", given, "-C", tmp_path).status == 0
    root = tmp_path / "p"
    project = load_project(root)
    assert project.config.languages == languages
    names = {chapter.rpartition("/")[2] for chapter in project.inventory.manuscript[languages[0]]}
    assert names == {"front.md", "00-abstract.md", "01-introduction.md", "02-results.md"}
    labels = read_yaml(root / "manuscript/labels.yaml", shown_as="labels")
    assert check_document(labels, "labels") == ()
    for words in labels.data.values():
        assert set(languages) <= set(words)


@pytest.mark.parametrize("given", ["xx", "ID", "", "en,,id", "english", "en;id"])
def test_what_is_no_language(run: Run, tmp_path: Path, given: str) -> None:
    done = run("new", "p", "--languages", given, "-C", tmp_path)
    assert (done.status, "CFG110" in done.out) == (2, True)
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(("language", "words"), [("id", "Bangun makalah"), ("en", "Build the")])
def test_it_speaks_to_its_author(run: Run, tmp_path: Path, language: str, words: str) -> None:
    run("new", "p", "--lang", language, "-C", tmp_path)
    assert words in (tmp_path / "p/README.md").read_text()
    assert "{" not in (tmp_path / "p/README.md").read_text()


def test_compiled_files_of_an_installed_engine_are_not_copied(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "installed"
    shutil.copytree(Path(str(NEW.__file__)).parent / "starter", installed / "starter")
    py_compile.compile(str(installed / "starter/common/analysis/cleaning/months.py"))
    monkeypatch.setattr(NEW, "files", lambda package: installed)
    assert run("new", "p", "-C", tmp_path).status == 0
    assert not list((tmp_path / "p").rglob("__pycache__"))
    assert (tmp_path / "p/analysis/cleaning/months.py").is_file()


def test_a_draft_becomes_a_compendium(run: Run, tmp_path: Path) -> None:
    text = "Kajian ini membahas kerja sama yang dilakukan oleh negara untuk anak pada 5 daerah."
    (tmp_path / "naskah.docx").write_bytes(word(heading("Pendahuluan"), paragraph(text)))
    done = run("new", "p", "--from", "naskah.docx", "--formats", "pdf", "-C", tmp_path)
    assert done.status == 0, done.out
    assert "1 number, without evidence" in done.err
    assert "p/IMPORT.md" in done.err
    project = load_project(tmp_path / "p")
    assert project.findings == ()
    assert (project.config.languages, project.config.formats) == (("id",), ("pdf",))
    assert text in (tmp_path / "p/manuscript/id/01-pendahuluan.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--from", "none.docx"), "CFG104"),
        (("--from", "zz=naskah.docx"), "CFG104"),
        (("--from", "naskah.docx"), "CFG145"),
        (("--from", "en=naskah.docx", "--languages", "en,de"), "CFG147"),
        (("--formats", "pdf,epub"), "CFG107"),
        (("--languages", "en,zz"), "CFG110"),
    ],
)
def test_nothing_is_written_where_something_is_wrong(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    (tmp_path / "naskah.docx").write_bytes(word(paragraph("Lorem ipsum.")))
    done = run("new", "p", *words, "-C", tmp_path)
    assert (done.status, code in done.out) == (2, True), done.out
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("language", ["en", "id"])
def test_comments_are_in_the_authors_language(run: Run, tmp_path: Path, language: str) -> None:
    run("new", "p", "--lang", language, "-C", tmp_path)
    text = (tmp_path / "p/data/sources.yaml").read_text(encoding="utf-8")
    first = {"en": "# Every document", "id": "# Setiap dokumen"}[language]
    assert text.startswith(first)
    assert sum(line.startswith("#") for line in text.split("\n")) == 1


def test_a_language_that_is_no_edition_has_title_and_abstract(run: Run, tmp_path: Path) -> None:
    assert run("new", "p", "--editions", "en", "-C", tmp_path).status == 0
    project = load_project(tmp_path / "p")
    assert (project.config.languages, project.config.editions) == (("id", "en"), ("en",))
    assert project.findings == ()
    names = [path.name for path in sorted((tmp_path / "p/manuscript/id").iterdir())]
    assert names == ["00-abstract.md", "front.md"]


def test_an_edition_in_no_language_of_the_paper(run: Run, tmp_path: Path) -> None:
    done = run("new", "p", "--languages", "id", "--editions", "en", "-C", tmp_path)
    assert (done.status, "CFG128" in done.out) == (2, True)
    assert not (tmp_path / "p").exists()


TEXTS = {
    "id": "Kajian ini membahas kerja sama yang dilakukan oleh negara untuk anak di daerah.",
    "en": "This study is about the cooperation of the state and of an agency for the children.",
}


@pytest.mark.parametrize(
    ("words", "languages", "editions"),
    [
        ((), ("id", "en"), ("id", "en")),
        (("--languages", "en,id"), ("en", "id"), ("en", "id")),
        (("--editions", "en"), ("id", "en"), ("en",)),
        (("--editions", "id,en", "--languages", "en"), ("en", "id"), ("en", "id")),
    ],
)
def test_drafts_in_two_languages_and_the_editions_among_them(
    run: Run,
    tmp_path: Path,
    words: tuple[str, ...],
    languages: tuple[str, ...],
    editions: tuple[str, ...],
) -> None:
    for code, text in TEXTS.items():
        (tmp_path / f"{code}.docx").write_bytes(word(heading("Satu"), paragraph(text)))
    drafts = ("--from", "id=id.docx", "--from", "en=en.docx")
    done = run("new", "p", *drafts, *words, "-C", tmp_path)
    assert done.status == 0, done.out
    project = load_project(tmp_path / "p")
    expected = {"CFG131", "CFG132"} if "id" not in editions else set()
    assert {each.code for each in project.findings} == expected
    assert (project.config.languages, project.config.editions) == (languages, editions)
    assert (tmp_path / "p/manuscript/id/01-satu.md").is_file()
    assert ("1 text whose language is no edition" in done.err) is ("id" not in editions)


def test_an_edition_needs_a_draft(run: Run, tmp_path: Path) -> None:
    body = (heading("Abstract"), paragraph("It fell."), heading("Satu"), paragraph(TEXTS["id"]))
    (tmp_path / "naskah.docx").write_bytes(word(*body))
    given = ("--from", "id=naskah.docx", "--editions", "id,en")
    done = run("new", "p", *given, "-C", tmp_path)
    assert (done.status, "CFG149" in done.out) == (2, True), done.out
    assert not (tmp_path / "p").exists()


def test_a_draft_in_markdown_brings_its_files_along(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in/figs").mkdir(parents=True)
    (tmp_path / "in/figs/a b.png").write_bytes(png(2, 2, (0, 0, 0)))
    (tmp_path / "in/works.bib").write_text("@book{ani2020, title={A}}\n", encoding="utf-8")
    text = f"---\nbibliography: works.bib\n---\n\n# Satu\n\n{TEXTS['id']}\n\n![X](<figs/a b.png>)\n"
    (tmp_path / "in/paper.qmd").write_text(text, encoding="utf-8")
    assert run("new", "p", "--from", "in/paper.qmd", "-C", tmp_path).status == 0
    assert (tmp_path / "p/manuscript/pictures/a-20b.png").is_file()
    written = (tmp_path / "p/manuscript/references.bib").read_text(encoding="utf-8")
    assert written == "@book{ani2020, title={A}}\n"
