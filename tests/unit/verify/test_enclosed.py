"""A program in an enclosure: what it may not do, and what it may not use up."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from bukti.tools.confine import level
from bukti.tools.enclosed import Bounds, Enclosed, descendants, disk_used, printable, run_enclosed

BOUNDS = Bounds(seconds=20, memory_bytes=400 << 20, disk_bytes=64 << 20, processes=20)
confined = pytest.mark.skipif(level() != "landlock+seccomp", reason="needs Landlock and seccomp")


def run(folder: Path, code: str, bounds: Bounds = BOUNDS, **environment: str) -> Enclosed:
    return run_enclosed(
        [sys.executable, "-I", "-c", code],
        folder=folder,
        cwd=folder,
        read=(),
        environment={"PATH": os.defpath, **environment},
        bounds=bounds,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "enclosure"
    place.mkdir()
    return place


def test_what_it_says_is_kept_and_told_line_by_line(folder: Path) -> None:
    heard: list[str] = []
    code = "import sys; print('out'); sys.stderr.write('one\\ntwo \\x1b[31m\\n')"
    done = run_enclosed(
        [sys.executable, "-c", code],
        folder=folder,
        cwd=folder,
        read=(),
        environment={},
        bounds=BOUNDS,
        hear=heard.append,
    )
    assert (done.status, done.printed, done.ended_by) == (0, "out", None)
    assert heard == ["one", "two ?[31m"]
    assert done.said == "one\ntwo ?[31m"


@confined
@pytest.mark.parametrize(
    "code",
    [
        "open('{secret}').read()",
        "open('{outside}', 'w').write('x')",
        "import os; os.listdir('{home}')",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "import os; os.symlink('{secret}', 'here'); open('here').read()",
        "import subprocess; subprocess.run(['cat', '{secret}'], check=True)",
    ],
    ids=["reads a secret", "writes outside", "lists", "socket", "link", "child"],
)
def test_what_is_refused(folder: Path, tmp_path: Path, code: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    secret, outside = home / "id_rsa", tmp_path / "new"
    secret.write_text("secret")
    done = run(folder, code.format(secret=secret, outside=outside, home=home))
    assert done.status == 1
    assert "ermitted" in done.said or "denied" in done.said or "non-zero" in done.said
    assert not outside.exists()
    assert "secret" not in done.printed


def test_it_writes_its_own_folder(folder: Path) -> None:
    assert run(folder, "open('new', 'w').write('x')").status == 0
    assert (folder / "new").read_text() == "x"


@pytest.mark.parametrize(
    ("limit", "code", "bounds"),
    [
        ("time", "while True: pass", {"seconds": 0.5}),
        (
            "memory",
            "x = b'1' * (300 << 20); import time; time.sleep(60)",
            {"memory_bytes": 99 << 20},
        ),
        (
            "disk",
            "for n in range(9):\n open(str(n), 'wb').write(b'1' * (9 << 20))\n"
            "import time; time.sleep(60)",
            {},
        ),
        (
            "processes",
            "import os, time\nfor n in range(30):\n if os.fork() == 0: time.sleep(60)\n"
            "time.sleep(60)",
            {},
        ),
    ],
)
def test_what_it_uses_up_ends_it(
    folder: Path, limit: str, code: str, bounds: dict[str, float]
) -> None:
    if sys.platform != "linux" and limit in ("memory", "processes"):
        pytest.skip("the system does not tell what processes use")
    named = {name: getattr(BOUNDS, name) for name in BOUNDS.__slots__}
    begun = time.monotonic()
    done = run(folder, code, Bounds(**{**named, **bounds}))
    assert done.ended_by == limit
    assert done.status != 0
    assert time.monotonic() - begun < 20


def test_no_file_becomes_larger_than_the_disk_allowed(folder: Path) -> None:
    done = run(folder, "open('big', 'wb').write(b'1' * (80 << 20))")
    assert done.status != 0
    assert (folder / "big").stat().st_size <= 64 << 20


def test_no_child_is_left(folder: Path) -> None:
    code = "import os, time\nif os.fork() == 0:\n os.setsid(); time.sleep(300)"
    before = set(descendants(os.getpid()))
    assert run(folder, code).status == 0
    assert set(descendants(os.getpid())) <= before


def test_the_size_of_a_folder(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "b").write_bytes(b"1" * 10_000)
    (folder / "link").symlink_to("/")
    assert 8_000 <= disk_used(folder) <= 40_000


def test_signs_that_steer_a_terminal_are_shown() -> None:
    assert printable("a\x1b[2Jb\u202ec") == "a?[2Jb?c"
