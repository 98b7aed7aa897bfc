"""What is left of the starter, and settings of other programs."""

from __future__ import annotations

import pytest

from bukti.base.diagnostic import diagnose
from bukti.manuscript import foreign_settings as forms
from bukti.manuscript.foreign_settings import explained_settings
from bukti.manuscript.starter import left_over, sentences_of
from bukti.tools.environment import starter_settings, starter_texts
from bukti.tools.schemas import schema

TEXTS = [path.read_text(encoding="utf-8") for path in starter_texts()]


def test_every_file_of_the_starter_has_sentences_that_are_found_in_it() -> None:
    assert len(TEXTS) >= 8
    assert len(starter_settings()) >= 2
    for text in TEXTS:
        assert sentences_of([text])
        assert len(list(left_over("x.md", text, sentences_of([text])))) >= 1


def test_a_sentence_is_found_over_lines_and_only_whole() -> None:
    sentences = sentences_of(["# Title here of five words\n\nOne two three [four](claim:x) five."])
    assert sentences == ("One two three [four](claim:x) five.",)
    text = "So. One two\nthree [four](claim:x)\n  five. And on.\nOne two three four five."
    (found,) = left_over("x.md", text, sentences)
    assert found.span is not None
    assert (found.span.line, found.span.column, found.span.end_line) == (1, 5, 3)


@pytest.mark.parametrize("words", ["None was used.", "No persons were studied.", "Too short."])
def test_what_any_paper_might_say_is_let_pass(words: str) -> None:
    assert list(left_over("x.md", words, sentences_of(TEXTS))) == []


def test_keys_of_other_programs_say_where_they_belong() -> None:
    unknown = [
        diagnose("CFG103", None, key=key, known="title")
        for key in ("author", "Date", "toc", "abstract", "tags", "colour")
    ]
    found = list(explained_settings(unknown))
    keys = [each.hint.key if each.hint else each.code for each in found]
    assert keys == [
        "setting-in-config",
        "setting-in-config",
        "setting-needless",
        "setting-elsewhere",
        "write-instead",
        "CFG103",
    ]


def test_the_places_that_are_named_are_keys_of_the_settings() -> None:
    config, front = schema("bukti")["properties"], schema("front")["properties"]
    assert {form.partition(":")[0] for form in forms._IN_CONFIG} <= set(config)
    assert {form.partition(":")[0] for form in forms._IN_FRONT} <= set(front)
    known = [key for keys in forms._IN_CONFIG.values() for key in keys.split()]
    assert len(known) == len(set(known))
