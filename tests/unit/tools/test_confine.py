"""What a confined program can reach, and what is read out of the messages about it."""

from __future__ import annotations

import struct
import subprocess
import sys
from errno import EOPNOTSUPP, EPERM
from pathlib import Path

import pytest

from bukti.tools import seccomp
from bukti.tools.confine import Policy, compiled, denied_network, denied_path, level
from bukti.tools.process import guarded, run

ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | EPERM
LACK = 0x00050000 | EOPNOTSUPP
MACHINES = {"x86_64": (0xC000003E, 41, 53), "aarch64": (0xC00000B7, 198, 199)}


class Place:
    """A scratch folder, a file that may be read and one that may not."""

    def __init__(self, root: Path) -> None:
        self.scratch = root / "scratch"
        self.scratch.mkdir()
        self.given = root / "given.csv"
        self.given.write_text("a\n1\n")
        self.secret = root / "secret.csv"
        self.secret.write_text("a\n2\n")
        self.policy = Policy(read=(self.given,), write=(self.scratch,))
        self.file = root / "policy.json"

    def python(self, code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        self.file.write_text(compiled(self.policy))
        command = [sys.executable, "-c", code, *map(str, arguments)]
        return subprocess.run(
            guarded(command, policy=self.file),
            cwd=self.scratch,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def confined() -> bool:
    """Whether the checks below can be made; where not, the machine has to say so."""
    if sys.platform == "linux" and level() != "unconfined":
        return True
    assert level() == "unconfined"
    return False


def test_what_is_given_is_read(place: Place) -> None:
    done = place.python("import sys; print(open(sys.argv[1]).read())", place.given)
    assert done.stdout.startswith("a\n1\n"), done.stderr


def test_the_scratch_folder_is_written(place: Place) -> None:
    code = "import os; open('x', 'w').write('1'); os.rename('x', 'y'); os.truncate('y', 0)"
    assert place.python(code).returncode == 0
    assert (place.scratch / "y").read_bytes() == b""


@pytest.mark.parametrize(
    "code",
    [
        "open(path)",
        "open(path, 'a')",
        "__import__('os').remove(path)",
        "__import__('os').truncate(path, 0)",
        "__import__('os').rename('/dev/null', path)",
        "__import__('os').mkdir(path + '.d')",
        "__import__('os').listdir(path.rpartition('/')[0])",
        "__import__('polars').read_csv(path)",
        "__import__('subprocess').run([path])",
    ],
)
def test_nothing_else_is_reached(place: Place, code: str) -> None:
    if not confined():
        return
    done = place.python(f"import sys; path = sys.argv[1]; {code}", place.secret)
    assert done.returncode == 1
    assert denied_path(done.stderr, place.policy, place.scratch), done.stderr
    assert place.secret.read_text() == "a\n2\n"


def test_a_child_process_is_confined_too(place: Place) -> None:
    if not confined():
        return
    done = place.python(
        "import subprocess, sys; subprocess.run(['cat', sys.argv[1]])", place.secret
    )
    assert done.stdout == ""
    assert denied_path(done.stderr, place.policy, place.scratch) == str(place.secret)


def test_a_symbolic_link_leads_nowhere_else(place: Place) -> None:
    if not confined():
        return
    (place.scratch / "link").symlink_to(place.secret)
    assert "PermissionError" in place.python("open('link')").stderr


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_PACKET", "AF_VSOCK"])
@pytest.mark.parametrize("kind", ["SOCK_STREAM", "SOCK_DGRAM"])
def test_no_way_to_a_network(place: Place, family: str, kind: str) -> None:
    if level() != "landlock+seccomp":
        assert level() in ("landlock", "unconfined")
        return
    done = place.python(f"import socket as s; s.socket(s.{family}, s.{kind})")
    assert done.stderr.endswith("PermissionError: [Errno 1] Operation not permitted\n")
    assert denied_network(done.stderr)


def test_local_sockets_work(place: Place) -> None:
    code = "import socket as s; s.socketpair(); s.socket(s.AF_UNIX).bind('here')"
    assert place.python(code).returncode == 0


def test_other_processes_get_no_signal(place: Place) -> None:
    if not confined() or '"handled":[65535,3,3]' not in compiled(place.policy):
        return
    assert "PermissionError" in place.python("import os; os.kill(os.getppid(), 0)").stderr


def test_fonts_of_the_system_are_not_read(place: Place) -> None:
    if not confined() or not Path("/usr/share/fonts").exists():
        return
    assert "PermissionError" in place.python("import os; os.listdir('/usr/share/fonts')").stderr


def test_a_policy_that_cannot_be_applied_runs_nothing(place: Place) -> None:
    place.file.write_text('{"handled": [], "rules": [["/", 1]], "filter": ""}')
    command = guarded(["sh", "-c", "echo ran"], policy=place.file)
    done = run(command, cwd=place.scratch, seconds=20)
    assert done.status != 0
    assert done.stdout == b""


def test_asking_for_the_level_restricts_nothing(place: Place) -> None:
    level()
    assert place.secret.read_text()


def verdict(program: bytes, audit: int, number: int, argument: int) -> int:
    """What a filter says of one call: a reading of the few operations that it uses."""
    data = {0: number, 4: audit, 16: argument}
    steps = list(struct.iter_unpack("=HBBI", program))
    place, loaded = 0, 0
    while True:
        operation, true, false, value = steps[place]
        place += 1
        if operation == 0x06:
            return int(value)
        if operation == 0x20:
            loaded = data[value]
        else:
            holds = loaded == value if operation == 0x15 else loaded >= value
            place += true if holds else false


@pytest.mark.parametrize("machine", sorted(MACHINES))
def test_the_filter_on_each_machine(machine: str) -> None:
    audit, socket, pair = MACHINES[machine]
    program = seccomp.no_network(machine)
    assert verdict(program, audit, socket, 1) == ALLOW
    assert verdict(program, audit, socket, 16) == LACK
    assert {verdict(program, audit, socket, family) for family in (0, 2, 10, 17, 40)} == {REFUSE}
    assert verdict(program, audit, pair, 2) == ALLOW
    assert verdict(program, audit, 425, 0) == REFUSE
    assert verdict(program, audit ^ 1, 0, 0) == REFUSE


def test_the_second_numbering_of_one_machine_is_refused() -> None:
    program = seccomp.no_network("x86_64")
    assert verdict(program, MACHINES["x86_64"][0], 0x40000000 + 41, 1) == REFUSE


def test_other_machines_have_no_filter() -> None:
    assert not seccomp.supported("riscv64")
    assert seccomp.no_network("riscv64") == b""


@pytest.mark.parametrize(
    "message",
    [
        "PermissionError: [Errno 13] Permission denied: '/data/a b.csv'",
        "Permission denied (os error 13): /data/a b.csv",
        "attempting to read `/data/a b.csv` resulted in an error: Permission denied (os error 13)",
        "cat: '/data/a b.csv': Permission denied",
        "bash: line 1: /data/a b.csv: Permission denied",
        "head: cannot open '/data/a b.csv' for reading: Permission denied",
        "[Errno 13] Permission denied: 'x' -> '/data/a b.csv'",
        "OSError: [Errno 18] Invalid cross-device link: '/data/a b.csv' -> 'x'",
        'failed to load "/data/a b.csv": Permission denied',
        "cat: ../data/a b.csv: Permission denied",
    ],
)
def test_the_path_in_a_message(message: str) -> None:
    policy = Policy(write=(Path("/scratch"),))
    assert denied_path(f"first\n{message}\n", policy, Path("/scratch")) == "/data/a b.csv"


@pytest.mark.parametrize(
    "message",
    [
        "PermissionError: [Errno 13] Permission denied: 'own.csv'",
        "PermissionError: Permission denied (os error 13)",
        "FileNotFoundError: [Errno 2] No such file or directory: '/data/a.csv'",
        "ValueError: [Errno 130] '/data/a.csv'",
    ],
)
def test_no_path_in_a_message(message: str) -> None:
    assert denied_path(message, Policy(write=(Path("/scratch"),)), Path("/scratch")) is None


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("<urlopen error [Errno -3] Temporary failure in name resolution>", True),
        ("curl: (6) Could not resolve host: example.org", True),
        ("socket.create_connection(x)\nPermissionError: [Errno 1] Operation not permitted", True),
        ("os.kill(1, 9)\nPermissionError: [Errno 1] Operation not permitted", False),
        ("ConnectionError: the socket was closed", False),
    ],
)
def test_the_network_in_a_message(message: str, expected: bool) -> None:
    assert denied_network(message) is expected
