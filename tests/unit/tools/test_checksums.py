"""Digest lists in the form of `sha256sum`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bukti.base.diagnostic import Problem
from bukti.base.digest import digest_bytes
from bukti.tools.checksums import checksum_lines, read_checksums, write_checksums

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).filter(
    lambda name: name.strip() != ""
)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
HARD = [
    "a.csv",
    "sub/b c.csv",
    " leading",
    "trailing ",
    "new\nline",
    "back\\slash",
    "a\rb",
    "é\x85",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(digests=st.dictionaries(NAMES, DIGESTS, max_size=5))
def test_what_is_written_is_read(tmp_path: Path, digests: dict[str, str]) -> None:
    write_checksums(tmp_path / "list", digests)
    assert read_checksums(tmp_path / "list", shown_as="list") == digests


@pytest.mark.parametrize("name", HARD)
def test_sha256sum_agrees(tmp_path: Path, name: str) -> None:
    raw = tmp_path / "raw"
    file = raw / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(name.encode())
    write_checksums(tmp_path / "raw.sha256", {name: digest_bytes(file.read_bytes())})
    checked = subprocess.run(["sha256sum", "--strict", "-c", "../raw.sha256"], cwd=raw, check=False)
    assert checked.returncode == 0
    file.write_bytes(b"changed")
    checked = subprocess.run(["sha256sum", "--strict", "-c", "../raw.sha256"], cwd=raw, check=False)
    assert checked.returncode == 1


def test_what_sha256sum_writes_is_read(tmp_path: Path) -> None:
    for name in ("a.csv", "b c.csv", "back\\slash"):
        (tmp_path / name).write_text(name)
    command = ["sha256sum", "a.csv", "b c.csv", "back\\slash"]
    listing = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout
    (tmp_path / "list").write_bytes(listing)
    expected = {name: digest_bytes(name.encode()) for name in ("a.csv", "b c.csv", "back\\slash")}
    assert read_checksums(tmp_path / "list", shown_as="list") == expected


def test_no_list_is_an_empty_one(tmp_path: Path) -> None:
    assert read_checksums(tmp_path / "none", shown_as="none") == {}


@pytest.mark.parametrize(
    "line", ["<<<<<<< HEAD", "abc  a.csv", f"{'0' * 64}a.csv", f"{'0' * 64}  "]
)
def test_a_line_that_is_no_digest_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "list").write_text(f"{'0' * 64}  a.csv\n\n{line}\n")
    with pytest.raises(Problem) as caught:
        read_checksums(tmp_path / "list", shown_as="data/raw.sha256")
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(finding.span)) == ("SRC104", "data/raw.sha256:3")


def test_two_digests_for_one_file(tmp_path: Path) -> None:
    lines = [f"{digit * 64}  {name}\n" for digit, name in ("1a", "2b", "1a", "3b")]
    (tmp_path / "list").write_text("".join(lines))
    with pytest.raises(Problem) as caught:
        read_checksums(tmp_path / "list", shown_as="data/raw.sha256")
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(finding.span)) == ("SRC118", "data/raw.sha256:4")
    assert checksum_lines(tmp_path / "list", shown_as="list") == {"a": 1, "b": 2}
