"""What says whose a paper is, and the copy that does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.anonymous.identity import Identity, divided, identity_of, name_forms
from bukti.anonymous.references import masked_references, renamed
from bukti.anonymous.texts import masked
from bukti.manuscript.bibliography.scan import broken_entries, entries_of

SETTINGS: dict[str, Any] = {
    "languages": ["id", "en"],
    "authors": [
        {
            "name": "Siti Nur Halimah",
            "orcid": "0000-0002-1825-0097",
            "email": "siti@kampus.example",
            "affiliation": {"id": "Universitas Contoh", "en": "Example University"},
        },
        {"name": {"id": "Suharto", "en": "Suharto"}},
    ],
    "affiliations": {"dinas": {"name": {"id": "Dinas Contoh Kota", "en": "City Office"}}},
}
IDENTITY = identity_of(SETTINGS, ["https://example.org/halimah/paper"])

BIB = """@article{halimah2019,
  author = {Halimah, Siti Nur and Someone, Else},
  title = {A {Braced} title},
  journal = {Journal},
  year = {2019},
}

@book{other2020, author = {Halim, Ahmad}, title = {Other}, year = 2020}

@misc{suharto2021,
  editor = "Suharto",
  title = "Third", date = {2021-05}
}
"""


@pytest.mark.parametrize(
    "text",
    [
        "Siti Nur Halimah",
        "siti nur\nhalimah",
        "Halimah, Siti Nur",
        "S. N. Halimah",
        "S.N. Halimah",
        "S. Halimah",
        "Halimah, S. N.",
        "Halimah, S.",
        "Halimah SN",
        "Suharto",
        "SITI@kampus.example",
        "Example University",
        "Dinas Contoh Kota",
        "0000-0002-1825-0097",
        "https://example.org/halimah/paper",
    ],
)
def test_every_form_is_found_and_replaced(text: str) -> None:
    assert IDENTITY.found(f"by {text}.") == (text,)
    assert IDENTITY.replaced(f"by {text}.", "Anonim") == "by Anonim."


@pytest.mark.parametrize(
    "text", ["Halim, Siti", "Halimahtusadiyah", "the university", "Siti", "Suhartono"]
)
def test_other_people_stay(text: str) -> None:
    assert IDENTITY.found(text) == ()


@pytest.mark.parametrize(
    ("name", "family", "wanted"),
    [
        ("Siti Nur Halimah", "", ("Halimah", "Siti Nur")),
        ("Halimah, Siti", "", ("Halimah", "Siti")),
        ("Maria van der Berg", "", ("van der Berg", "Maria")),
        ("Suharto", "", ("Suharto", "")),
        ("Made Wira Putra", "Wira Putra", ("Wira Putra", "Made")),
    ],
)
def test_names_are_divided(name: str, family: str, wanted: tuple[str, str]) -> None:
    assert divided(name, family) == wanted


def test_a_byline_that_names_nobody_finds_nothing() -> None:
    identity = identity_of({"languages": ["en"]})
    assert identity.pattern is None
    assert identity.replaced("text", "x") == "text"


def test_own_references_name_nobody_and_others_stay() -> None:
    text, keys = masked_references(BIB, IDENTITY, "Anonim", "Ditahan")
    assert keys == {"halimah2019": "anonymous1", "suharto2021": "anonymous2"}
    assert not broken_entries(text)
    entries = {entry.key: entry for entry in entries_of(text)}
    assert set(entries) == {"anonymous1", "other2020", "anonymous2"}
    assert entries["anonymous1"].fields["year"].plain == "2019"
    assert entries["anonymous2"].fields["year"].plain == "2021"
    assert entries["other2020"].fields["author"].plain == "Halim, Ahmad"
    assert IDENTITY.found(text) == ()


def test_citations_follow_their_keys() -> None:
    keys = {"a2019": "anonymous1"}
    text = "As [@a2019, p. 3; @a2019b] says, @a2019."
    assert renamed(text, keys) == "As [@anonymous1, p. 3; @a2019b] says, @anonymous1."
    assert renamed("  reference: a2019\n", keys) == "  reference: anonymous1\n"


def _files() -> dict[str, bytes]:
    notebook = {"cells": [{"source": ["# by Siti Nur\n", "Halimah\n", "x = 1"], "metadata": {}}]}
    front = (
        '---\ntitle: "Title: a study"\nstatements:\n  - funding: A grant.\n'
        "  - ethics: None needed.\n  - title: Thanks\n    text: S. Halimah drew the map.\n---\n"
    )
    return {
        "bukti.yaml": b"version: 1\nauthors:\n  - name: Siti Nur Halimah\nlanguages: [id, en]\n",
        "CITATION.cff": b"authors: []\n",
        "LICENSE": b"MIT License\n\nCopyright (c) 2026 Siti Nur Halimah\n\nPermission\n",
        "manuscript/references.bib": BIB.encode(),
        "manuscript/en/front.md": front.encode(),
        "manuscript/en/01-text.md": b"Halimah, S. wrote this [@halimah2019].\n",
        "manuscript/id/01-text.md": b"Ditulis Suharto [@halimah2019].\n",
        "analysis/notebooks/10-a.ipynb": json.dumps(notebook).encode(),
        "data/raw/a.csv": b"name\nSuharto\n",
        "manuscript/images/map.png": b"\x89PNG Suharto",
    }


def test_a_compendium_without_its_authors() -> None:
    files = _files()
    copy = masked(files, SETTINGS, IDENTITY)
    texts = {path: data.decode() for path, data in copy.files.items() if not path.endswith(".png")}
    assert copy.gone == ("CITATION.cff",)
    assert copy.references == 2
    assert texts["manuscript/en/01-text.md"] == "Anonymous wrote this [@anonymous1].\n"
    assert texts["manuscript/id/01-text.md"] == "Ditulis Anonim [@anonymous1].\n"
    assert "Copyright (c) 2026 Anonim\n" in texts["LICENSE"]
    assert "funding: Withheld for anonymous review." in texts["manuscript/en/front.md"]
    assert "ethics: None needed." in texts["manuscript/en/front.md"]
    assert copy.statements == ("manuscript/en/front.md: funding", "manuscript/en/front.md: text")
    assert "name:\n    id: Anonim\n    en: Anonymous" in texts["bukti.yaml"].replace("  - ", "    ")
    left = {path for path, text in texts.items() if IDENTITY.found(text)}
    assert left == {"data/raw/a.csv"}
    assert copy.files["manuscript/images/map.png"] == files["manuscript/images/map.png"]


def test_a_copy_of_the_copy_is_the_same() -> None:
    once = masked(_files(), SETTINGS, IDENTITY)
    twice = masked(once.files, SETTINGS, IDENTITY)
    assert twice.files == once.files


words = st.text(st.characters(categories=["L"]), min_size=4, max_size=9)


@given(words, words)
def test_whatever_the_name_nothing_of_it_is_left(family: str, given_name: str) -> None:
    identity = Identity(people=((family, given_name),), texts=())
    for form in name_forms(family, given_name):
        assert identity.found(identity.replaced(f"({form})", "*")) == ()
