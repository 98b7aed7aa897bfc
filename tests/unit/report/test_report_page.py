"""The page as a file: inert data, a policy that fits, words in both languages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report_samples import sample

from bukti.base.codes import LANGUAGES, report_words
from bukti.report.page import SCRIPTS, inert, page_of

TEMPLATES = files("bukti.report").joinpath("templates")
_KEYS = re.compile(r'(?<![\w.])w\("([a-z-]+)"|"([a-z]+-[a-z-]+|true|false|yes|no)"')
_PREFIXES = re.compile(r"w\(`([a-z-]+-)\$\{")


def scripts() -> str:
    return "\n".join(TEMPLATES.joinpath(f"{name}.js").read_text("utf-8") for name in SCRIPTS)


@given(st.text() | st.dictionaries(st.text(), st.text()))
def test_data_hold_no_sign_of_markup_and_come_back(value: object) -> None:
    text = inert(value)
    assert not {*"<>&\u2028\u2029"} & {*text}
    assert json.loads(text) == value


def test_the_policy_names_the_one_style_and_the_one_script() -> None:
    page = page_of(sample()).decode()
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    for text in (style, script):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert "unsafe" not in page.partition("<style>")[0]


def test_the_same_records_give_the_same_bytes() -> None:
    assert page_of(sample()) == page_of(sample())


def test_broken_signs_do_not_stop_the_page() -> None:
    assert b"\\u0000" in page_of(sample(words="a\x00b\ud800c"))


def test_the_script_and_the_style_name_no_address_but_the_one_of_dois() -> None:
    text = scripts() + TEMPLATES.joinpath("report.css").read_text("utf-8")
    assert {*re.findall(r"https?://[^\s\"'`)$]+", text)} == {
        "http://www.w3.org/2000/svg",
        "https://doi.org/",
    }
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch("):
        assert word not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_both_languages_with_the_same_fields(language: str) -> None:
    fields = re.compile(r"\{(\w+)\}")
    english = report_words("en")
    for key, text in report_words(language).items():
        assert text.strip(), key
        assert sorted(fields.findall(text)) == sorted(fields.findall(english[key])), key


def test_every_word_is_used_and_every_word_that_is_used_is_there() -> None:
    known = set(report_words("en")) - {"without-script"}
    said = {
        name for match in re.finditer(r'(?<![\w.])w\("([a-z-]+)"', scripts()) for name in [match[1]]
    }
    assert said <= known
    quoted = {match[1] or match[2] for match in _KEYS.finditer(scripts())}
    begun = tuple(_PREFIXES.findall(scripts()))
    assert {key for key in known - quoted if not key.startswith(begun)} == set()
