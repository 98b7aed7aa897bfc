"""The register of sources and the raw files that it describes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bukti.base.diagnostic import Diagnostic, Problem
from bukti.base.digest import digest_bytes
from bukti.project.inventory import take_inventory
from bukti.project.register import Register, register_findings
from bukti.tools.checksums import write_checksums
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import Document, parse_yaml

CONTRACT = "raw: [a.csv]\nschema: {fields: [{name: year, type: integer}]}\n"
REGISTER = "sources: {S: {title: T}}\nraw: {a.csv: {source: S}}\n"


def register(text: str) -> Document:
    document = parse_yaml(text, shown_as="data/sources.yaml")
    assert check_document(document, "sources") == ()
    return document


def told(text: str, accepted: dict[str, str] | None = None) -> list[str]:
    found = register_findings(register(text), accepted or {})
    return [f"{item.code} {item.span}".replace("data/sources.yaml:", "") for item in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sources: {S: {title: {id: J, en: T}, accessed: 2024-02-29}}", []),
        ("sources: {S: {title: T, accessed: 2023-02-29}}", ["CFG107 1:25"]),
        ("sources: {S: {title: T, accessed: yesterday}}", ["CFG107 1:25"]),
        ("sources: {S: {title: T, language: id}}", []),
        ("sources: {S: {title: T, language: xx}}", ["CFG110 1:25"]),
        ("sources: {S: {title: T, access: restricted}}", ["SRC114 1:11"]),
        ("sources: {S: {title: T, access: closed, obtain: not at all}}", []),
        ("sources: {}\nraw: {a: {kind: received}}", ["SRC113 2:7"]),
        ("sources: {}\nraw: {a: {sources: source_id}}", []),
        ("sources: {}\nraw: {a: {source: S}}", ["SRC111 2:11"]),
        (
            "sources: {S: {title: T}}\nraw: {a: {source: S, access: closed}}",
            ["SRC114 2:7"],
        ),
    ],
)
def test_what_is_wrong_in_a_register(text: str, found: list[str]) -> None:
    assert told(text) == found


def test_two_digests_of_one_file() -> None:
    text = (
        "sources: {S: {title: T}}\n"
        f"raw: {{a: {{source: S, fetch: {{url: 'https://a/b', sha256: {'a' * 64}}}}}}}\n"
    )
    assert told(text, {"a": "a" * 64}) == []
    assert told(text, {}) == []
    assert told(text, {"a": "2" * 64}) == ["SRC116 2:50"]


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("url", "https://example.org/a?b=c", True),
        ("url", "http://36.74.103.30/?p=5105", True),
        ("url", "example.org", False),
        ("url", "https://example.org/a b", False),
        ("url", "ftp://example.org/a", False),
        ("doi", "10.22212/jp.v13i2.2990", True),
        ("doi", "doi:10.22212/jp", False),
        ("kind", "press", True),
        ("kind", "primary", False),
        ("standing", "primary", True),
        ("access", "secret", False),
        ("sha256", "a" * 64, True),
        ("sha256", "A" * 64, False),
        ("authors", "Someone", False),
        ("terms", "CC-BY-4.0", True),
    ],
)
def test_what_a_source_may_say(key: str, value: str, fits: bool) -> None:
    text = f"sources: {{S: {{title: T, {key}: '{value}'}}}}"
    faults = check_document(parse_yaml(text, shown_as="r"), "sources")
    assert [fault.code for fault in faults] == ([] if fits else ["CFG107"])


def test_a_raw_file_inherits_what_its_source_says() -> None:
    source = {"title": "T", "access": "restricted", "terms": "on request"}
    raw = {"a": {"source": "S"}, "b": {"source": "S", "access": "open"}, "c": {}}
    known = Register(sources={"S": source}, raw=raw)
    assert [known.access(name) for name in ("a", "b", "c", "d")] == [
        "restricted",
        "open",
        "open",
        "open",
    ]
    assert known.inherited("a", "terms") == "on request"
    assert (known.may_be_absent("a"), known.may_be_absent("b")) == (True, False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "data/contract/a.yaml": CONTRACT,
        "data/raw/a.csv": "year\n2020\n",
        "data/sources.yaml": REGISTER,
        "analysis/cleaning/a.py": "",
        "manuscript/en/01-b.md": "B",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def findings(root: Path) -> tuple[Diagnostic, ...]:
    try:
        return take_inventory(root, ("en",))[1]
    except Problem as problem:
        return problem.diagnostics


def codes(root: Path) -> list[str]:
    return [f"{item.code} {item.span}" for item in findings(root)]


def accept(root: Path, *names: str) -> None:
    raw = root / "data/raw"
    write_checksums(
        root / "data/raw.sha256", {name: digest_bytes((raw / name).read_bytes()) for name in names}
    )


def test_a_link_out_of_the_folder(root: Path, tmp_path: Path) -> None:
    (root / "data/raw/a.csv").rename(root / "elsewhere.csv")
    (root / "data/raw/a.csv").symlink_to(root / "elsewhere.csv")
    assert codes(root) == ["SRC109 data/raw/a.csv"]


@pytest.mark.parametrize("target", ["..", "nothing", "/etc"])
def test_a_link_to_a_folder_elsewhere_or_to_nothing(root: Path, target: str) -> None:
    (root / "data/raw/more").symlink_to(target)
    assert codes(root) == ["SRC109 data/raw/more"]


def test_a_link_within_the_folder_is_a_file_as_any_other(root: Path) -> None:
    (root / "data/raw/a.csv").rename(root / "data/raw/b.csv")
    (root / "data/raw/a.csv").symlink_to("b.csv")
    assert codes(root) == ["SRC106 data/raw/b.csv", "SRC105 data/raw/b.csv"]


def test_a_folder_in_a_raw_files_place(root: Path) -> None:
    (root / "data/raw/a.csv").unlink()
    (root / "data/raw/a.csv").mkdir()
    assert codes(root) == ["SRC110 data/contract/a.yaml:1:7"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads everything")
def test_a_file_that_may_not_be_read(root: Path) -> None:
    (root / "data/raw/a.csv").chmod(0)
    assert codes(root) == ["SRC110 data/raw/a.csv"]


def test_a_renamed_file(root: Path) -> None:
    accept(root, "a.csv")
    (root / "data/raw/a.csv").rename(root / "data/raw/b.csv")
    missing, *rest = findings(root)
    assert (missing.code, missing.notes[0].key) == ("SRC103", "raw-renamed")
    assert missing.notes[0].arguments == {"found": "b.csv"}
    assert [item.code for item in rest] == ["SRC106", "SRC105"]


@pytest.mark.parametrize("other", ["A.csv", "a.CSV"])
def test_a_name_in_other_letters(root: Path, other: str) -> None:
    (root / "data/raw/a.csv").rename(root / "data/raw" / other)
    missing, *_ = findings(root)
    assert (missing.code, missing.notes[0].key) == ("SRC103", "raw-name-alike")


def test_an_accent_stored_in_two_ways(root: Path) -> None:
    contract = root / "data/contract/a.yaml"
    contract.write_text(CONTRACT.replace("a.csv", "caf\u00e9.csv"))
    (root / "data/raw/a.csv").rename(root / "data/raw/cafe\u0301.csv")
    missing, *_ = findings(root)
    assert (missing.code, missing.notes[0].key) == ("SRC103", "raw-name-alike")


def test_a_file_that_was_listed_once(root: Path) -> None:
    (root / "data/raw/b.csv").write_text("b")
    accept(root, "a.csv", "b.csv")
    (root / "data/raw/b.csv").unlink()
    assert codes(root) == ["SRC107 data/raw.sha256:2"]


def test_a_file_that_was_registered_once(root: Path) -> None:
    (root / "data/sources.yaml").write_text(REGISTER.replace("raw: {", "raw: {b: {source: S}, "))
    assert codes(root) == ["SRC108 data/sources.yaml:2:7"]


def test_an_unused_file_that_changed(root: Path) -> None:
    (root / "data/raw/b.csv").write_text("b")
    accept(root, "a.csv", "b.csv")
    (root / "data/raw/b.csv").write_text("c")
    assert codes(root) == [f"SRC10{n} data/raw/b.csv" for n in (6, 2, 5)]


def test_a_restricted_file_may_be_absent(root: Path) -> None:
    register = REGISTER.replace("title: T", "title: T, access: restricted, obtain: ask")
    (root / "data/sources.yaml").write_text(register)
    accept(root, "a.csv")
    (root / "data/raw/a.csv").unlink()
    inventory, found = take_inventory(root, ("en",))
    assert found == ()
    assert inventory.tables[0].absent == ("a.csv",)
