"""Whose engine is in an archive: the one at hand, or another."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from bukti.verify.engine import compared_engine

NAME = "engine/bukti-0.1.0-py3-none-any.whl"
OWN = {"bukti/__init__.py": b"1", "bukti/cli/__init__.py": b"2"}


def wheel(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_the_same_engine() -> None:
    found = compared_engine(NAME, wheel({**OWN, "bukti-0.1.0.dist-info/RECORD": b""}), OWN)
    assert (found.version, found.unmodified, found.differing) == ("0.1.0", True, ())


@pytest.mark.parametrize(
    ("inside", "differing"),
    [
        ({**OWN, "bukti/__init__.py": b"evil"}, ("bukti/__init__.py",)),
        ({**OWN, "bukti/more.py": b""}, ("bukti/more.py",)),
        ({"bukti/__init__.py": b"1"}, ("bukti/cli/__init__.py",)),
    ],
)
def test_another_engine(inside: dict[str, bytes], differing: tuple[str, ...]) -> None:
    found = compared_engine(NAME, wheel(inside), OWN)
    assert (found.unmodified, found.differing) == (False, differing)


def test_no_wheel_at_all() -> None:
    found = compared_engine(NAME, b"no wheel", OWN)
    assert (found.unmodified, found.readable) == (False, False)
