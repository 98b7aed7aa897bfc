"""Anchors lead from each word of pandoc's tree back to its place, and disturb nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bukti.base.tree import walk
from bukti.manuscript.anchors import Anchors, anchored, anchors_of, replaced, shape
from bukti.tools import pandoc

WITH_SETTINGS = pandoc.READER.replace("-yaml_metadata_block", "+yaml_metadata_block")

EVERYTHING = """\
# Hasil Utama

Kata *miring sekali* dan "kutipan" 13.305 anak.[^n] Mr. Smith, naïve, e\u0301tude ^[sebaris 12].

[^n]: Catatan kaki 55, [tautan](http://example.org/a_(b)) dan [label][l].

[l]: http://example.org/2020 "Judul"

1. satu
2. dua 3

a) huruf

- [x] sudah 7
- [ ] belum

  Kiri     Kanan
-------  -------
    12       34
   123      456

+-------+------+
| a b   | c 12 |
+=======+======+
| 1     | 2    |
+-------+------+

| x | y |
|---|--:|
| 1 | 2 |

: Judul tabel 9 {#tbl:x}

Istilah
:   Definisi 5

| baris satu
| baris dua

> Kutipan 8

$x^2 + 5$ seharga $20 dan 30$ serta `kode 5` &eacute;t&eacute; <span>di sini 6</span>
1\\. bukan daftar.

``` python
x = 4
```

![Gambar 3](a.png){#fig:a alt="Teks
pengganti 42"}
"""


def read(text: str) -> dict[str, Any]:
    return pandoc.read_markdown(text)[0]


def anchor(text: str) -> tuple[dict[str, Any], Anchors]:
    return anchored(text, read, read(text))


def strings(tree: Any, kind: str) -> list[str]:
    content = [node["c"] for node in walk(tree) if node["t"] == kind]
    return [item if isinstance(item, str) else item[1] for item in content]


def test_every_word_of_every_construction_has_its_place() -> None:
    tree, anchors = anchor(EVERYTHING)
    assert shape(anchors.plain(tree)) == shape(read(EVERYTHING))
    for text in strings(tree["blocks"], "Str"):
        decoded, places = anchors.decoded(text)
        for character, place in zip(decoded, places, strict=True):
            assert place is None or EVERYTHING[place] == character
    found = {"".join(anchors.decoded(text)[0]): anchors.decoded(text)[1] for text in
             strings(tree["blocks"], "Str")}  # fmt: skip
    for word in ("13.305", "55,", "12", "123", "456", "Utama", "sebaris", "5", "8", "9"):
        assert any(place is not None for place in found[word]), word


@pytest.mark.parametrize("kind", ["Code", "CodeBlock", "Math"])
def test_code_and_formulas_keep_their_anchors(kind: str) -> None:
    tree, anchors = anchor(EVERYTHING)
    assert all(anchors.pattern.search(text) for text in strings(tree["blocks"], kind))


def test_one_line_that_letters_would_disturb_gets_none_and_the_others_keep_theirs() -> None:
    text = "Lihat [satu] di sini.\n\nBaris kedua 20.\n\n[satu]: http://example.org\n"
    _, anchors = anchor(text)
    offsets = {found.offset for found in anchors.by_letters.values()}
    assert text.index("20") in offsets
    assert text.index("satu") + 2 not in offsets


def test_settings_keep_their_keys() -> None:
    text = "---\ntitle: Judul 5\nkeywords:\n  - satu\nstatements:\n  - data: Ada 7.\n---\n"
    tree = pandoc.read_markdown(text, from_format=WITH_SETTINGS)[0]
    result, anchors = anchored(
        text,
        lambda copy: pandoc.read_markdown(copy, from_format=WITH_SETTINGS)[0],
        tree,
        settings=True,
    )
    assert set(result["meta"]) == {"title", "keywords", "statements"}
    offsets = {found.offset for found in anchors.by_letters.values()}
    assert {text.index("5"), text.index("7"), text.index("tu\n")} <= offsets


def test_letters_that_the_text_uses_itself_are_not_taken() -> None:
    text = "\U00012000\U00012001 dan \U00014400 kata"
    letters = {letter for found in anchors_of(text) for letter in found.letters}
    assert not letters & set(text)


def test_a_text_of_many_single_characters_runs_out_of_letters_and_not_into_an_error() -> None:
    text = "a " * 2000
    assert 500 < len(anchors_of(text)) < 2000


PIECES = st.sampled_from(
    [
        "kata ", "12,5 ", "*tebal* ", "**5**", "[2 persen](claim:a)", "[^1]", "\n\n[^1]: isi 3\n\n",
        "\n\n", "\n", "1. ", "- ", "> ", "`x 1` ", "$a_1$", "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "<!-- 4 --> ", "&amp; ", "\\* ", "@key ", "[a][b] ", "\n\n[b]: http://x.y\n\n", "{.c}",
        "::: {.n}\n", ":::\n", "```\n", "    ", "# ", "[", "]", "(", "_a_", "^2^", "~3~", '"',
        "'s ",
        "\u00e9", "\u0301", "\u2013", "...", "x\n:   y\n",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
@example("$1$ 2$ $3")
@example("[a]\n\n[a]: x\n")
def test_the_tree_is_never_disturbed(text: str) -> None:
    tree, anchors = anchor(text)
    assert shape(anchors.plain(tree)) == shape(read(text))
    for found in anchors.by_letters.values():
        assert text[found.offset :].startswith(found.characters)


@given(st.text(max_size=200))
def test_the_copy_is_as_long_as_the_text(text: str) -> None:
    anchors = anchors_of(text)
    copy = replaced(text, anchors)
    assert len(copy) == len(text)
    assert all(copy[found.offset :].startswith(found.letters) for found in anchors)
