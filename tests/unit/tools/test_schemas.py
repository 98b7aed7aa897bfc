"""What is not as its schema says, at its line and column, in words."""

from __future__ import annotations

import pytest

from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import parse_yaml

CONTRACT = """\
raw: [a.csv]
schema:
  fields:
    - {name: year, type: integer}
"""


def faults(text: str, name: str = "bukti") -> list[tuple[str, str, dict[str, str]]]:
    found = check_document(parse_yaml(text, shown_as="f.yaml"), name)
    return [(item.code, str(item.span), dict(item.arguments)) for item in found]


@pytest.mark.parametrize(
    ("line", "place", "key", "near"),
    [
        ("langauges: [id]", "f.yaml:4:1", "langauges", "languages"),
        ("paper: {versoin: 1.0.0}", "f.yaml:4:9", "versoin", "version"),
        ("authors: [{name: A, orcd: x}]", "f.yaml:4:21", "orcd", "orcid"),
    ],
)
def test_an_unknown_key_with_the_nearest(line: str, place: str, key: str, near: str) -> None:
    text = f"version: 1\nname: a\nlanguages: [id]\n{line}\n"
    assert faults(text) == [("CFG103", place, {"key": key, "known": near})]


def test_an_unknown_key_that_is_near_to_none_gets_all() -> None:
    text = "version: 1\nname: a\nlanguages: [id]\nnumbers: {zzz: 1}\n"
    assert faults(text) == [
        ("CFG103", "f.yaml:4:11", {"key": "zzz", "known": "rounding, tolerance, allow"})
    ]


def test_each_missing_key_is_named_once() -> None:
    assert [(code, values["key"]) for code, _, values in faults("version: 1\n")] == [
        ("CFG108", "languages"),
        ("CFG108", "name"),
    ]


def test_several_faults_come_by_place() -> None:
    text = "level: done\nversion: 2\nname: A\nlanguages: []\n"
    assert [place for _, place, _ in faults(text)] == [f"f.yaml:{line}:1" for line in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("line", "key", "value", "rule"),
    [
        ("level: done", "level", '"done"', "draft | ready | submit"),
        ("notebooks: {seconds: 0}", "notebooks.seconds", "0", "minimum: 1"),
        ("formats: [pdf, pdf]", "formats", '["pdf", "pdf"]', "uniqueItems: true"),
        ("authors: [{name: 3}]", "authors.0.name", "3", "a text, or a text for each language"),
    ],
)
def test_a_wrong_value(line: str, key: str, value: str, rule: str) -> None:
    ((code, _, arguments),) = faults(f"version: 1\nname: a\nlanguages: [id]\n{line}\n")
    assert (code, arguments) == ("CFG107", {"key": key, "value": value, "rule": rule})


def test_a_file_that_is_no_mapping() -> None:
    ((code, place, arguments),) = faults("- a\n")
    assert (code, place, arguments["key"]) == ("CFG107", "f.yaml:1:1", "f.yaml")


def test_a_long_value_is_cut() -> None:
    ((_, _, arguments),) = faults(f"version: 1\nname: {'A' * 99}\nlanguages: [id]\n")
    assert len(arguments["value"]) == 60


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("{kind: rows, minimum: 1}", []),
        ("{kind: sum, parts: [a], totl: b}", ["CFG103 f.yaml:6:29", "CFG108 f.yaml:6:5"]),
        ("{kind: rows, minimum: -1}", ["CFG107 f.yaml:6:18"]),
        ("{kind: distinct, columns: [a]}", ["CFG107 f.yaml:6:22"]),
    ],
)
def test_a_check_is_judged_by_its_kind(check: str, expected: list[str]) -> None:
    found = faults(f"{CONTRACT}checks:\n  - {check}\n", "contract")
    assert sorted(f"{code} {place}" for code, place, _ in found) == expected


def test_an_unknown_kind_of_check_gets_the_kinds_there_are() -> None:
    found = faults(f"{CONTRACT}checks:\n  - {{kind: summ}}\n", "contract")
    ((code, place, arguments),) = found
    assert (code, place, arguments["value"]) == ("CFG107", "f.yaml:6:6", '"summ"')
    assert {"sum", "distinct", "rows"} <= set(arguments["rule"].split(" | "))


@pytest.mark.parametrize(
    ("locale", "sound"),
    [
        ("{decimal: ',', group: .}", True),
        ("{decimal: ., group: ','}", True),
        ("{group: ','}", True),
        ("{decimal: ',', group: ' '}", True),
        ("{decimal: ','}", True),
        ("{group: .}", False),
        ("{decimal: ., group: .}", False),
        ("{decimal: ',', group: ','}", False),
    ],
)
def test_one_sign_is_not_both_decimal_mark_and_group(locale: str, sound: bool) -> None:
    assert (faults(f"{CONTRACT}locale: {locale}\n", "contract") == []) is sound


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("sub/a.csv", True),
        ("a..b.csv", True),
        (".a.csv", True),
        ("../a.csv", False),
        ("sub/../../a.csv", False),
        ("./a.csv", False),
        ("sub/..", False),
        ("/etc/passwd", False),
    ],
)
def test_raw_files_lie_below_their_folder(name: str, sound: bool) -> None:
    text = CONTRACT.replace("a.csv", f"'{name}'")
    assert (faults(text, "contract") == []) is sound
