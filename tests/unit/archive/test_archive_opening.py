"""Archives of strangers: what is not whole, safe and as it says is refused, and leaves nothing."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bukti.archive.contents import Limits, crate_id
from bukti.archive.layout import CRATE, SUMS
from bukti.archive.names import colliding, is_safe
from bukti.archive.packing import packed, sealed, stated_sums, sums, with_sums
from bukti.archive.step import opened
from bukti.base.diagnostic import Problem

PAPER = {
    "bukti.yaml": b"name: library\n",
    "bukti": b"#!/bin/sh\n",
    "data/raw/months.csv": b"month,loans\n1,24\n" * 40,
    "engine/bukti-0.1.0-py3-none-any.whl": b"PK\x03\x04 no real wheel",
    "manuscript/id/01-hasil é.md": b"Peminjaman naik tajam.\n" * 9,
}


def crate(names: object = PAPER) -> bytes:
    entities: list[dict[str, object]] = [
        {"@id": "./", "@type": "Dataset", "identifier": "library", "version": "1.0"},
        {"@id": SUMS},
    ]
    assert isinstance(names, Mapping)
    entities += [{"@id": crate_id(name), "@type": "File"} for name in names]
    return json.dumps({"@context": "", "@graph": entities}).encode()


def whole(files: Mapping[str, bytes] = PAPER) -> dict[str, bytes]:
    """The files with the lists that name them."""
    return with_sums({**files, CRATE: crate(files)})


def zipped(
    files: Mapping[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda entry: None
) -> bytes:
    """A sealed zip as other programs may write it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            change(entry)
            archive.writestr(entry, data)
    return sealed(buffer.getvalue())


def codes(data: bytes | Path, into: Path, limits: Limits | None = None) -> list[str]:
    """The codes with which an archive is refused, having left nothing."""
    with pytest.raises(Problem) as raised:
        opened(data, into, limits=limits or Limits())
    assert not into.exists()
    return [each.code for each in raised.value.diagnostics]


def notes(data: bytes, into: Path) -> list[str]:
    with pytest.raises(Problem) as raised:
        opened(data, into)
    return [note.key for each in raised.value.diagnostics for note in each.notes]


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "open"


def test_a_whole_archive_is_unpacked(into: Path, tmp_path: Path) -> None:
    files = whole()
    place = tmp_path / "library-1.0.zip"
    place.write_bytes(packed(files))
    archive = opened(place, into)
    assert (archive.name, archive.version) == ("library", "1.0")
    assert archive.wheel == "engine/bukti-0.1.0-py3-none-any.whl"
    assert archive.files.keys() == files.keys()
    assert {name: (into / name).read_bytes() for name in files} == files
    assert (into / "bukti").stat().st_mode & 0o111
    assert not (into / "bukti.yaml").stat().st_mode & 0o111


def test_the_same_files_in_any_order_give_the_same_bytes() -> None:
    files = whole()
    assert packed(files) == packed(dict(reversed(files.items())))
    with zipfile.ZipFile(BytesIO(packed(files))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(files)


def test_digests_are_listed_as_sha256sum_does() -> None:
    digest = "0" * 63 + "a"
    assert sums({"b c": digest, "a": digest, SUMS: digest}) == f"{digest}  a\n{digest}  b c\n"
    assert stated_sums(f"{digest}  a b\n") == {"a b": digest}
    broken = (f"{digest} a\n", "x\n", f"{digest}  a\n{digest}  a\n", f"{digest}  \n")
    assert [stated_sums(text) for text in broken] == [None] * 4


ARCHIVE = packed(whole())


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(ARCHIVE) - 1), flip=st.integers(1, 255))
def test_a_changed_byte_is_found_wherever_it_is(into: Path, place: int, flip: int) -> None:
    changed = bytearray(ARCHIVE)
    changed[place] ^= flip
    assert codes(bytes(changed), into)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(length=st.integers(0, len(ARCHIVE) - 1))
def test_an_archive_cut_off_anywhere_is_refused(into: Path, length: int) -> None:
    assert codes(ARCHIVE[:length], into)[0] in ("ARC101", "ARC102", "ARC103")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ARC101"),
        (b"<!DOCTYPE html><title>Log in</title>", "ARC101"),
        (b"PK\x03\x04", "ARC102"),
        (ARCHIVE[:-200], "ARC102"),
        (b"#!/bin/sh\n" + ARCHIVE, "ARC101"),
        (ARCHIVE + b"\n", "ARC103"),
        (ARCHIVE[:-1] + b"g", "ARC103"),
    ],
)
def test_what_is_no_whole_archive(into: Path, tmp_path: Path, data: bytes, code: str) -> None:
    assert codes(data, into) == [code]
    place = tmp_path / "some.zip"
    place.write_bytes(data)
    assert codes(place, into) == [code]


def test_one_that_another_program_packed_anew(into: Path) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in whole().items():
            archive.writestr(name, data)
    assert codes(buffer.getvalue(), into) == ["ARC103"]


def test_bytes_that_belong_to_nothing(into: Path) -> None:
    (end,) = struct.unpack("<L", ARCHIVE[-77:-73])
    body = ARCHIVE[:end] + b"hidden" + ARCHIVE[end:-77]
    moved = body + struct.pack("<L", end + 6) + ARCHIVE[-73:-71]
    assert notes(sealed_again(moved), into) == ["archive-gap"]


def sealed_again(body: bytes) -> bytes:
    return sealed(body[:-2] + b"\0\0")


@pytest.mark.parametrize("offset", [14, 18, 22, 26])
def test_two_headers_that_disagree(into: Path, offset: int) -> None:
    body = bytearray(ARCHIVE[:-71])
    body[offset] ^= 1
    assert notes(sealed_again(bytes(body)), into) == ["archive-headers"]


def test_lengths_that_both_headers_state_wrongly(into: Path) -> None:
    for step, key in ((-1, "archive-longer"), (1, "archive-shorter")):
        body = bytearray(ARCHIVE[:-71])
        (list_at,) = struct.unpack("<L", ARCHIVE[-77:-73])
        for place in (22, list_at + 24):
            (size,) = struct.unpack_from("<L", body, place)
            struct.pack_into("<L", body, place, size + step)
        assert notes(sealed_again(bytes(body)), into) == [key]


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../../x",
        "/etc/x",
        "C:/x",
        "C:x",
        "a\\b",
        "a//b",
        "./a",
        "a/./b",
        "NUL",
        "aux.txt",
        "a\x00b",
        "a\nb",
        "a\u202eb",
        "e\u0301.csv",
        "dots.",
        "space ",
        "x" * 300,
    ],
)
def test_names_that_are_not_safe(into: Path, name: str) -> None:
    assert not is_safe(name)
    data = zipped({**whole(), "placeholder": b"x"}) if "\x00" in name else zipped({name: b"x"})
    if "\x00" in name:
        data = sealed_again(data[:-71].replace(b"placeholder", b"a\x00b/cdefghi"[:11]))
    assert codes(data, into) == ["ARC104"]
    assert not (into.parent / "x").exists()


@pytest.mark.parametrize("name", ["a", "a/b c.csv", "data/raw/été.csv", "x..y", "-rf", "a=b,c"])
def test_names_that_are_safe(name: str) -> None:
    assert is_safe(name)


@pytest.mark.parametrize(
    ("first", "second"),
    [("a.csv", "A.csv"), ("d/a", "D/a"), ("d", "d/a"), ("straße", "STRASSE"), ("D/a", "d")],
)
def test_names_that_are_one_file_somewhere(into: Path, first: str, second: str) -> None:
    assert [*colliding([first, second])] == [(first, second)]
    assert codes(zipped({first: b"1", second: b"2"}), into) == ["ARC106"]


def test_a_name_that_stands_twice(into: Path) -> None:
    data = zipped({"aaa": b"1", "aab": b"2"})
    assert codes(sealed_again(data[:-71].replace(b"aab", b"aaa")), into) == ["ARC106"]


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o060666, 0o010644, 0o040755, 0o140755])
def test_what_is_no_plain_file(into: Path, mode: int) -> None:
    def change(entry: zipfile.ZipInfo) -> None:
        entry.external_attr = mode << 16

    assert codes(zipped({"link": b"/etc/passwd"}, change), into) == ["ARC105"]


def test_a_folder(into: Path) -> None:
    assert codes(zipped({"folder/": b""}), into) == ["ARC105"]


def test_a_file_that_is_locked_or_packed_otherwise(into: Path) -> None:
    def bzip(entry: zipfile.ZipInfo) -> None:
        entry.compress_type = zipfile.ZIP_BZIP2

    assert codes(zipped({"a": b"x" * 99}, bzip), into) == ["ARC108"]
    body = bytearray(ARCHIVE[:-71])
    (list_at,) = struct.unpack("<L", ARCHIVE[-77:-73])
    body[6] |= 1
    body[list_at + 8] |= 1
    assert codes(sealed_again(bytes(body)), into) == ["ARC107"]


def test_archives_that_would_become_too_large(into: Path) -> None:
    zeros = {"zeros": bytes(10**6)}
    assert codes(zipped(zeros), into, Limits(free=10**5, ratio=10)) == ["ARC109", "ARC109"]
    assert codes(zipped(zeros), into, Limits(size=10**5)) == ["ARC109", "ARC109"]
    many = {f"f{number}": b"" for number in range(12)}
    assert codes(zipped(many), into, Limits(files=11)) == ["ARC109"]


def test_an_archive_within_the_archive_that_would(into: Path) -> None:
    inner = zipped({"zeros": bytes(10**6)})
    files = whole({**PAPER, "data/raw/book.xlsx": inner})
    assert codes(packed(files), into, Limits(free=10**5, ratio=10)) == ["ARC109"]
    opened(packed(files), into)


def test_files_and_lists_that_do_not_agree(into: Path) -> None:
    files = whole()
    changed = {**files, "data/raw/months.csv": b"month,loans\n1,25\n"}
    assert codes(packed(changed), into) == ["ARC111"]
    assert codes(packed({**files, "more.py": b""}), into) == ["ARC112"]
    assert codes(packed({k: v for k, v in files.items() if k != "bukti"}), into) == ["ARC113"]
    assert codes(packed({k: v for k, v in files.items() if k != SUMS}), into) == ["ARC117"]
    assert codes(packed({**files, SUMS: b"\xff"}), into) == ["ARC117"]


def test_no_crate_and_no_paper(into: Path) -> None:
    assert codes(packed(with_sums(PAPER)), into) == ["ARC114"]
    for text in (b"{", b"[]", b'{"@graph": [1]}', b'{"@graph": []}', b"[" * 10**5):
        assert codes(packed(with_sums({**PAPER, CRATE: text})), into) == ["ARC114"]
    assert codes(packed(whole({"a": b""})), into) == ["ARC115"]
    described = with_sums({**PAPER, "more.py": b"", CRATE: crate()})
    assert codes(packed(described), into) == ["ARC118"]


def test_a_place_that_is_taken(into: Path) -> None:
    into.mkdir()
    (into / "mine").write_bytes(b"x")
    with pytest.raises(Problem) as raised:
        opened(ARCHIVE, into)
    assert [each.code for each in raised.value.diagnostics] == ["ARC116"]
    assert [path.name for path in into.iterdir()] == ["mine"]


def test_a_file_that_is_not_there(into: Path, tmp_path: Path) -> None:
    assert codes(tmp_path / "none.zip", into) == ["CFG104"]
    assert codes(tmp_path, into) == ["CFG105"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
def test_any_bytes_are_refused_without_a_traceback(into: Path, data: bytes) -> None:
    assert codes(data, into)
    assert codes(b"PK\x03\x04" + data, into)
