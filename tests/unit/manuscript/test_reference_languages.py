"""The language of entries in the list of references."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.manuscript.reference_languages import code_of, set_entry_languages
from bukti.tools import pandoc


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("id", "id"),
        ("en-US", "en-US"),
        ("en_GB", "en-GB"),
        ("indonesian", "id"),
        ("Bahasa", "id"),
        ("malay", "ms"),
        ("bukan bahasa", ""),
        ("", ""),
    ],
)
def test_languages_by_code_and_by_name(name: str, code: str) -> None:
    assert code_of(name) == code


def entry(key: str) -> dict[str, Any]:
    return {"t": "Div", "c": [[f"ref-{key}", ["csl-entry"], []], []]}


def test_entries_in_another_language_say_so() -> None:
    bibliography = b"""
@book{a, title={Children}, langid={english}}
@book{b, title={Anak}, langid={indonesian}}
@book{c, title={Kinderen}}
"""
    entries, _ = pandoc.read_document(bibliography, "biblatex")
    tree = {"blocks": [entry("a"), entry("b"), entry("c"), entry("d")]}
    set_entry_languages(tree, entries["meta"], "id")
    assert [block["c"][0][2] for block in tree["blocks"]] == [[["lang", "en-US"]], [], [], []]
