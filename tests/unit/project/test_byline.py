"""The byline: names, ids, and what the settings of the title block must agree on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.diagnostic import Diagnostic
from bukti.project.byline import given_name, is_orcid
from bukti.project.byline_checks import check_byline
from bukti.tools.yaml_files import parse_yaml


@pytest.mark.parametrize(
    "orcid",
    ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X", "0000-0002-9079-593X"],
)
def test_published_orcids_pass_their_check(orcid: str) -> None:
    assert is_orcid(orcid)
    assert is_orcid(f"https://orcid.org/{orcid}")


@given(st.lists(st.integers(0, 9), min_size=15, max_size=15), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_never_passes(digits: list[int], place: int, more: int) -> None:
    good = next(_orcid(digits, last) for last in "0123456789X" if is_orcid(_orcid(digits, last)))
    wrong = [*digits]
    wrong[place] = (wrong[place] + more) % 10
    assert not is_orcid(_orcid(wrong, good[-1]))


def _orcid(digits: list[int], last: str) -> str:
    text = "".join(map(str, digits)) + last
    return "-".join(text[place : place + 4] for place in range(0, 16, 4))


@pytest.mark.parametrize(
    ("name", "family", "rest"),
    [
        ("Sukarno", "", "Sukarno"),
        ("Sukarno", "Sukarno", ""),
        ("Siti Rahmawati", "Rahmawati", "Siti"),
        ("Nguyễn Thị Minh", "Nguyễn", "Thị Minh"),
        ("Ursula von der Leyen", "von der Leyen", "Ursula"),
        ("Siti Rahmawati", "ahmawati", None),
        ("Siti Nur Rahmawati", "Nur", None),
    ],
)
def test_what_of_a_name_is_not_the_family_name(name: str, family: str, rest: str | None) -> None:
    assert given_name(name, family) == rest


def found(text: str, *languages: str) -> list[str]:
    document = parse_yaml(text, shown_as="bukti.yaml")
    findings: tuple[Diagnostic, ...] = check_byline(document, languages or ("id", "en"))
    return [f"{finding.code} {finding.span}" for finding in findings]


def test_nothing_to_print_is_nothing_to_say() -> None:
    assert found("name: x\n") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("paper:\n  journal:\n    name: {id: J}\n", ["CFG126 bukti.yaml:3:5"]),
        ("paper:\n  copyright: {id: a, en: b, fr: c}\n", ["CFG129 bukti.yaml:2:29"]),
        ("affiliations:\n  a:\n    name: A\n", ["CFG124 bukti.yaml:2:3"]),
        ("paper:\n  received: 2026-02-01\n  published: 2026-01-01\n", ["CFG130 bukti.yaml:3:3"]),
        ("paper:\n  received: 2026-02-01\n  published: 2026-02-01\n", []),
        ("authors:\n  - name: A\n    email: a@b.c\n    corresponding: true\n", []),
    ],
)
def test_faults_at_their_place(text: str, codes: list[str]) -> None:
    assert found(text) == codes
