"""Reading and writing: whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bukti.base.diagnostic import Problem
from bukti.tools.files import read_text, remove_leftovers, write_bytes, write_json, write_text


def test_bom_and_line_ends_are_removed(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert read_text(file, shown_as="a.txt") == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("make", "code", "line"),
    [
        (lambda path: None, "CFG104", None),
        (lambda path: path.mkdir(), "CFG105", None),
        (lambda path: path.write_bytes(b"a\nb\n\xff\n"), "CFG106", 3),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, make: object, code: str, line: int | None) -> None:
    make(tmp_path / "x")  # type: ignore[operator]
    with pytest.raises(Problem) as caught:
        read_text(tmp_path / "x", shown_as="shown/x")
    (finding,) = caught.value.diagnostics
    assert finding.span is not None
    assert (finding.code, finding.span.path, finding.span.line) == (code, "shown/x", line)


def test_a_write_makes_its_folders_and_replaces(tmp_path: Path) -> None:
    file = tmp_path / "deep/er/a.txt"
    write_text(file, "old")
    write_text(file, "baru \u2212")
    assert file.read_bytes() == "baru \u2212".encode()
    assert [entry.name for entry in file.parent.iterdir()] == ["a.txt"]


def test_a_write_obeys_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_bytes(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_write_that_fails_half_way_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    write_text(file, "old")

    def no_space(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(Problem, match="CFG121"):
        write_text(file, "new")
    assert file.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_a_record_that_is_no_json_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    write_json(file, {"b": 1, "a": 2})
    assert file.read_text() == '{\n  "a": 2,\n  "b": 1\n}\n'
    with pytest.raises(ValueError, match="JSON"):
        write_json(file, {"a": float("nan")})
    assert file.read_text() == '{\n  "a": 2,\n  "b": 1\n}\n'


def test_leftovers_of_one_file_are_removed_and_no_others(tmp_path: Path) -> None:
    kept = ["a[1].txt", ".b.txt.x1.part", ".a[1].txt", ".a1.txt.x1.part"]
    for name in [*kept, ".a[1].txt.x1.part", ".a[1].txt.x2.part"]:
        (tmp_path / name).touch()
    remove_leftovers(tmp_path / "a[1].txt")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(kept)
