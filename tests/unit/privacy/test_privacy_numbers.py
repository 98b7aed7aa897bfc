"""Identity numbers, telephone numbers, e-mail addresses, and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.privacy.contacts import email_addresses, telephone_numbers
from bukti.privacy.finds import masked
from bukti.privacy.identity import identity_numbers
from bukti.privacy.own_patterns import own_finds
from bukti.privacy.search import personal_details, public_details

NIK = "3201014501900001"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(find.kind, find.text) for find in personal_details(text)]


@pytest.mark.parametrize(
    "written",
    [
        NIK,
        "3201 0145 0190 0001",
        "320101-450190-0001",
        "32.01.01.450190.0001",
        "32-01-01-45-01-90-0001",
        "320101\u00a0450190\u00a00001",
    ],
)
def test_identity_numbers(written: str) -> None:
    assert kinds(f"NIK: {written}, lahir 1990") == [("identity", written)]
    assert kinds(f"({written})") == [("identity", written)]


@pytest.mark.parametrize(
    "text",
    [
        "0132014501900001",
        "9901014501900001",
        "3201013201900001",
        "3201017201900001",
        "3201014513900001",
        "3201014500900001",
        "3201014501900000",
        "2016 2017 2018 2019",
        "1998 1999 2000 2001",
        f"0.{NIK}",
        f"{NIK}9",
        f"a{NIK}",
        f"10.1234/{NIK}",
        "9f3201014501900001ab",
    ],
)
def test_what_is_no_identity_number(text: str) -> None:
    assert not list(identity_numbers(text))


@pytest.mark.parametrize(
    "written",
    [
        "0812-3456-7890",
        "081234567890",
        "0812 3456 789",
        "+62 812-3456-7890",
        "+62 (21) 555 1234",
        "+44 20 7946 0958",
        "+16505550123",
        "(021) 555 1234",
        "021-5551234",
        "0274-123456",
    ],
)
def test_telephone_numbers(written: str) -> None:
    assert kinds(f"hubungi {written}.") == [("telephone", written)]
    assert kinds(f"hubungi {written}, ya") == [("telephone", written)]


@pytest.mark.parametrize(
    "text",
    [
        "ISBN 0812216547",
        "ISSN 0852-1234567",
        "https://example.org/081234567890",
        "doi: 10.1234/0812345678901",
        "naik +1.234.567.890 rupiah",
        "naik +12 345 678",
        "0,81234567890",
        "1.081.234.567.890",
        "ORCID 0000-0002-1825-0097",
        "978-0-8122-1654-7",
        "2016-2020, 1990-1995",
        "0.08123456789",
        "20161231081234567",
        "12/0812345678",
        "7.234.567,89",
    ],
)
def test_what_is_no_telephone_number(text: str) -> None:
    assert not list(telephone_numbers(text))


def test_one_number_has_one_key() -> None:
    ways = (
        "0812-3456-7890",
        "+62 812 3456 7890",
        "+62 (0)812 34567890",
        "https://wa.me/6281234567890",
    )
    assert {find.key for way in ways for find in telephone_numbers(way)} >= {"81234567890"}
    for way in ways:
        assert list(telephone_numbers(way)), way


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Tulis ke ani.b@ui.ac.id.", "ani.b@ui.ac.id"),
        ("<mailto:Ani@Example.ORG>", "ani@example.org"),
        ("ani [at] example [dot] org", "ani@example.org"),
        ("ani(at)ui.ac.id", "ani@ui.ac.id"),
    ],
)
def test_email_addresses(text: str, key: str) -> None:
    assert [find.key for find in email_addresses(text)] == [key]


@pytest.mark.parametrize(
    "text", ["[@sari2018]", "fig@2x.png", "a@b", "@media x.yz", "x@1.2", "a@@b.cc"]
)
def test_what_is_no_email_address(text: str) -> None:
    assert not [find for find in email_addresses(text) if find.key != "@b.cc"]


def test_contacts_that_are_public_already() -> None:
    public = public_details(["ani@example.org, 0812-3456-7890", f"NIK {NIK}"])
    assert public == {("email", "ani@example.org"), ("telephone", "81234567890")}


def test_own_patterns_take_time_by_the_length_of_the_text() -> None:
    text = "a" * 200_000 + "!"
    before = time.process_time()
    assert not list(own_finds({"slow": r"(a+)+b", "nested": r"((a*)*)*c"}, [text]))
    assert time.process_time() - before < 20
    found = list(own_finds({"informant": r"INF-\d+"}, ["x INF-7, INF-07", "none", "é INF-9"]))
    assert [(number, find.kind, find.text, find.start) for number, find in found] == [
        (0, "own:informant", "INF-7", 2),
        (0, "own:informant", "INF-07", 9),
        (2, "own:informant", "INF-9", 2),
    ]


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    for find in personal_details(text):
        assert text[find.start : find.start + len(find.text)] == find.text


@given(st.text(min_size=2, max_size=60).filter(lambda text: len("".join(text.split())) > 1))
def test_a_masked_detail_does_not_show_it(text: str) -> None:
    shown = masked(text)
    assert text not in shown
    first = shown.partition("…")[0]
    assert len(first) <= 1


@given(st.from_regex(r"[1-9][0-9]{15}", fullmatch=True))
def test_a_masked_number_shows_one_digit(digits: str) -> None:
    assert masked(digits) == f"{digits[0]}… (16)"
