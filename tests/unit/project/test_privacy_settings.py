"""The list of names, which lies elsewhere, and the patterns of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bukti.base.diagnostic import Problem
from bukti.base.digest import digest_bytes
from bukti.project.privacy_settings import VARIABLE, Privacy, check_patterns, read_privacy
from bukti.tools.yaml_files import parse_yaml


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "work/paper"
    folder.mkdir(parents=True)
    (tmp_path / "names.txt").write_text("Siti Aminah\n", encoding="utf-8")
    return folder


def read(root: Path, names: str = "") -> Privacy:
    text = f"privacy:\n  names: {names}\n" if names else "name: a\n"
    return read_privacy(parse_yaml(text, shown_as="bukti.yaml"), root)


def test_no_list_is_asked_for(root: Path) -> None:
    assert read(root) == Privacy()


@pytest.mark.parametrize("names", ["../../names.txt", "{elsewhere}/names.txt"])
def test_a_list_elsewhere(root: Path, names: str) -> None:
    found = read(root, names.format(elsewhere=root.parent.parent))
    assert (found.names, found.digest) == ("Siti Aminah\n", digest_bytes(b"Siti Aminah\n"))
    assert "Siti" not in repr(found)


def test_the_variable_stands_in_the_place_of_the_setting(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "../../names.txt")
    found = read(root, "../../other.txt")
    assert (found.names, found.span) == ("Siti Aminah\n", None)


def test_a_list_that_is_not_there(root: Path) -> None:
    for names in ("../../gone.txt", "../.."):
        found = read(root, names)
        assert (found.digest, found.names) == ("", "")
        assert found.path is not None and found.span is not None and found.span.line == 2


def test_a_list_in_another_encoding(root: Path) -> None:
    path = root.parent.parent / "names.txt"
    for text in (b"\xef\xbb\xbfSit\xc3\xad", b"Sit\xed", "Sití".encode("utf-16")):
        path.write_bytes(text)
        assert read(root, "../../names.txt").names == "Sití"


def test_a_list_inside_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for names in ("names.txt", "data/../names.txt", str(root / "gone.txt"), "../paper/names.txt"):
        with pytest.raises(Problem, match="QUA301") as caught:
            read(root, names)
        assert str(caught.value.diagnostics[0].span) == "bukti.yaml:2:3"
    monkeypatch.setenv(VARIABLE, "names.txt")
    with pytest.raises(Problem, match="QUA301"):
        read(root)


def test_a_link_that_leads_inside_is_refused(root: Path) -> None:
    (root / "names.txt").touch()
    (root.parent.parent / "link.txt").symlink_to(root / "names.txt")
    with pytest.raises(Problem, match="QUA301"):
        read(root, "../../link.txt")


def test_a_list_beside_the_paper_in_the_same_repository_is_refused(root: Path) -> None:
    read(root, "../names.txt")
    (root.parent / ".git").mkdir()
    assert not read(root, "../names.txt").digest  # a paper that was unpacked there to be verified
    (root.parent / "names.txt").touch()
    with pytest.raises(Problem, match="QUA301"):
        read(root, "../names.txt")
    assert read(root, "../../names.txt").digest


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("'INF-\\d+'", ""),
        ("'('", "unclosed group"),
        ("'(?<=a)b'", "look-around"),
        ("'(a)\\1'", "backreferences are not supported"),
        ("'a*'", "empty text"),
        ("'(?:a{1000}){1000}'", "exceeds size limit"),
        ("'(a+)+b'", ""),
    ],
)
def test_patterns(pattern: str, reason: str) -> None:
    document = parse_yaml(f"privacy:\n  patterns:\n    own: {pattern}\n", shown_as="bukti.yaml")
    found = check_patterns(document)
    assert [reason in each.arguments["reason"] for each in found] == ([True] if reason else [])
    assert all(str(each.span) == "bukti.yaml:3:5" for each in found)
