"""The parts of an archive: the wheel, the lock, the citation, names, and what tells a place."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from bukti.archive.citation import citation_faults
from bukti.archive.layout import archive_file
from bukti.archive.lock import Difference, differences, locked_versions
from bukti.archive.members import betraying, name_faults
from bukti.archive.readme_form import box, size_text, table
from bukti.archive.wheel import wheel_digests, written_wheel
from bukti.tools.engine import LOCKS, SET_UP, carried, checkout, wheel_contents

CONTENTS = {
    "some/__init__.py": b"x = 1\n",
    "some-1.0.dist-info/METADATA": b"Name: some\n",
    "some-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nTag: py3-none-any\n",
    "some-1.0.dist-info/RECORD": b"whatever the builder wrote",
}


def test_a_wheel_lists_what_it_holds_and_has_no_clock() -> None:
    name, data = written_wheel(CONTENTS)
    assert name == "some-1.0-py3-none-any.whl"
    assert written_wheel(dict(reversed(CONTENTS.items())))[1] == data
    with zipfile.ZipFile(BytesIO(data)) as wheel:
        record = wheel.read("some-1.0.dist-info/RECORD").decode()
        assert wheel.read("some/__init__.py") == b"x = 1\n"
    assert record.splitlines() == [
        "some-1.0.dist-info/METADATA,sha256=gn_YSJgljVVbipLzOLIlNa7oPhWoBRifuhaTAnYCIok,11",
        *[line for line in record.splitlines() if "WHEEL" in line],
        *[line for line in record.splitlines() if "__init__" in line],
        "some-1.0.dist-info/RECORD,,",
    ]
    assert wheel_digests(data).keys() == CONTENTS.keys() - {"some-1.0.dist-info/RECORD"}


def test_the_running_engine_can_travel() -> None:
    contents = wheel_contents()
    assert {"bukti/__init__.py", "bukti/_workflow/engine.smk"} <= contents.keys()
    assert not any("__pycache__" in name for name in contents)
    for name in (*SET_UP, *LOCKS):
        assert carried(name)
        assert contents[f"bukti/_workflow/{name.rpartition('/')[2]}"] == carried(name)
    assert checkout() is not None


LOCK = """\
attrs==26.1.0 \\
    --hash=sha256:aa
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:bb
Some_Thing[extra]==1.0 ; python_full_version < '3.12' and sys_platform != 'win32' \\
    --hash=sha256:cc
broken==2 ; this is no marker
"""


def test_a_lock_is_read_for_one_machine() -> None:
    linux = {"sys_platform": "linux", "python_full_version": "3.11.7"}
    found = locked_versions(LOCK, linux)
    assert found == {"attrs": "26.1.0", "some-thing": "1.0", "broken": "2"}
    assert locked_versions(LOCK, {**linux, "sys_platform": "win32"})["colorama"] == "0.4.6"


def test_what_an_environment_has_otherwise() -> None:
    installed = [("Attrs", "26.1.0"), ("some.thing", "1.1"), ("more", "1")]
    found = differences({"attrs": "26.1.0", "some-thing": "1.0", "gone": "3"}, installed)
    assert [*found] == [
        Difference(name="gone", locked="3", installed=""),
        Difference(name="some-thing", locked="1.0", installed="1.1"),
    ]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"date-released": "last week"}, ["ARC133"]),
        ({"authors": []}, ["ARC133"]),
        ({"more": 1}, ["ARC133"]),
    ],
)
def test_a_citation_is_checked(change: dict[str, object], codes: list[str]) -> None:
    whole = {
        "cff-version": "1.2.0",
        "message": "Cite it.",
        "title": "Months",
        "authors": [{"name": "The contributors"}],
    }
    assert [each.code for each in citation_faults({**whole, **change})] == codes
    assert [each.code for each in citation_faults([])] == ["ARC133"]


def test_names_that_cannot_be_archived() -> None:
    names = ["a.csv", "A.csv", "b: c.csv", "d/e.csv"]
    assert [each.code for each in name_faults(names)] == ["ARC131", "ARC132"]


def test_places_that_were_told() -> None:
    files = {"a": b"made in /home/tirta/paper", "b": b"nothing", "c": "é /home/tirta/".encode()}
    found = [*betraying(files, ["/home/tirta/paper", "/home/tirta/"])]
    assert [(each.code, each.arguments["path"]) for each in found] == [
        ("ARC134", "a"),
        ("ARC134", "c"),
    ]


def test_forms_of_the_readme() -> None:
    assert [box(True, "a"), box(False, "b")] == ["- [x] a", "- [ ] b"]
    assert table(("a", "b"), [("x|y", "1\n2")]) == "| a | b |\n| -- | -- |\n| x\\|y | 1 2 |"
    assert [size_text(size) for size in (10, 54_321, 1_500_000)] == ["1 kB", "54 kB", "1.5 MB"]


def test_where_an_archive_lies() -> None:
    assert archive_file("months", "1.0") == "outputs/archive/months-1.0.zip"
    assert archive_file("months", None) == "outputs/archive/months-draft.zip"
