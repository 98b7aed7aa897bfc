"""The text of a mark that the author left empty."""

from __future__ import annotations

import pytest

from bukti.base.claims import Claim, Kind, Value
from bukti.manuscript.compare import compare
from bukti.manuscript.fill import fill, joined
from bukti.manuscript.saying import Words

LABELS = {"papua": {"id": "Papua", "en": "Papua"}, "ntt": {"id": "NTT", "en": "East Nusa"}}


def words(language: str, rounding: str = "half-even") -> Words:
    return Words(language=language, rounding=rounding, labels=LABELS, families={})


def filled(value: Value, language: str, **options: str) -> str | None:
    return fill(Claim(id="x", kind=Kind.VALUE, value=value), options, words(language))


@pytest.mark.parametrize(
    ("value", "language", "options", "text"),
    [
        (2.3, "id", {}, "2,3"),
        (2.3, "en", {"digits": "2"}, "2.30"),
        (1_270_000, "id", {}, "1.270.000"),
        (1_270_000, "id", {"scale": "million"}, "1,27\u00a0juta"),
        (1_270_000, "id", {"scale": "juta", "digits": "1"}, "1,3\u00a0juta"),
        (1_270_000, "en", {"scale": "million", "digits": "0"}, "1\u00a0million"),
        (1_270_000, "de", {"digits": "1"}, "1.270.000,0"),
        ("ntt", "en", {}, "East Nusa"),
        ("other", "en", {}, "other"),
        (("papua", "ntt"), "id", {}, "Papua dan NTT"),
        (0.125, "id", {"digits": "2", "of": "rate"}, "0,12"),
    ],
)
def test_a_value_is_written_for_the_language(
    value: Value, language: str, options: dict[str, str], text: str
) -> None:
    assert filled(value, language, **options) == text


@pytest.mark.parametrize(
    ("value", "language", "options"),
    [
        (None, "id", {}),
        (True, "id", {}),
        (1_270_000, "id", {"scale": "millon"}),
        (1_270_000, "en", {"scale": "juta"}),
        (1_270_000, "de", {"scale": "million"}),
        (1_270_000, "id", {"digits": "two"}),
        (1_270_000, "id", {"digits": "²"}),
        (1_270_000, "id", {"digits": "99"}),
        (1_270_000, "id", {"scale": ""}),
    ],
)
def test_nothing_is_written_where_it_would_be_wrong_or_meaningless(
    value: Value, language: str, options: dict[str, str]
) -> None:
    assert filled(value, language, **options) is None


def test_rounding_is_the_papers() -> None:
    claim = Claim(id="x", kind=Kind.VALUE, value=0.125)
    assert fill(claim, {"digits": "2"}, words("en", "half-up")) == "0.13"


@pytest.mark.parametrize("scale", ["ratus", "ribu", "juta", "miliar", "triliun"])
@pytest.mark.parametrize("language", ["id"])
def test_what_is_filled_in_holds_when_it_is_compared(scale: str, language: str) -> None:
    claim = Claim(id="x", kind=Kind.VALUE, value=1_234_567)
    text = fill(claim, {"scale": scale, "digits": "3"}, words(language))
    assert text is not None
    assert compare(text, [claim], "", words(language))[1] == ()


@pytest.mark.parametrize(
    ("items", "language", "text"),
    [
        ([], "id", ""),
        (["a"], "id", "a"),
        (["a", "b"], "id", "a dan b"),
        (["a", "b", "c"], "id", "a, b, dan c"),
        (["a", "b", "c"], "en", "a, b, and c"),
        (["a", "b"], "de", "a & b"),
    ],
)
def test_a_list_in_words(items: list[str], language: str, text: str) -> None:
    assert joined(items, language) == text
