"""A journal's Word document: which file it is, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.word import paragraph, word, zipped

from bukti.base.span import Span
from bukti.project.reference_document import REFERENCE, reference_of
from bukti.tools.yaml_files import Document, read_yaml


def settings(root: Path, text: str) -> Document:
    (root / "bukti.yaml").write_text(text, encoding="utf-8")
    return read_yaml(root / "bukti.yaml", shown_as="bukti.yaml")


def place(root: Path, data: bytes, name: str = REFERENCE) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(data)


def test_without_a_document_nothing_is_said(tmp_path: Path) -> None:
    assert reference_of(settings(tmp_path, "name: x\n"), tmp_path) == ("", ())


def test_the_usual_name_needs_no_setting(tmp_path: Path) -> None:
    place(tmp_path, word(paragraph("Jurnal")))
    assert reference_of(settings(tmp_path, "name: x\n"), tmp_path) == (REFERENCE, ())


def test_a_path_in_the_settings_wins(tmp_path: Path) -> None:
    place(tmp_path, b"")
    place(tmp_path, word(paragraph("Jurnal")), "jurnal.dotx")
    document = settings(tmp_path, "page:\n  reference: jurnal.dotx\n")
    assert reference_of(document, tmp_path) == ("jurnal.dotx", ())


@pytest.mark.parametrize("path", ["hilang.docx", "../luar.docx"])
def test_a_file_that_is_not_of_the_compendium(tmp_path: Path, path: str) -> None:
    root = tmp_path / "paper"
    root.mkdir()
    place(tmp_path, word(paragraph("Jurnal")), "luar.docx")
    name, (found,) = reference_of(settings(root, f"page:\n  reference: {path}\n"), root)
    assert (name, found.code) == ("", "REN150")
    assert found.span is not None
    assert (found.span.path, found.span.line) == ("bukti.yaml", 2)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Bukan dokumen.", "no-word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "no-word"),
        (word(paragraph("Jurnal"), more={"word/header9.xml": b"<w:hdr"}), "damaged"),
        (word(paragraph("Jurnal"))[:-30], "no-word"),
    ],
    ids=["text", "old", "other", "broken", "cut"],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, data: bytes, why: str) -> None:
    place(tmp_path, data)
    name, (found,) = reference_of(settings(tmp_path, "name: x\n"), tmp_path)
    assert (name, found.code, found.span) == ("", "REN151", Span(path=REFERENCE))
    assert [each.key for each in found.notes] == [f"reference-{why}"]


def test_macros_are_left_out(tmp_path: Path) -> None:
    place(tmp_path, word(paragraph("Jurnal"), more={"word/vbaProject.bin": b"\0"}))
    name, (found,) = reference_of(settings(tmp_path, "name: x\n"), tmp_path)
    assert (name, found.code) == (REFERENCE, "REN152")
