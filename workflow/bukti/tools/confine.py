"""What a confined program may read, write and call, as restrictions that the kernel enforces.

Against three things the kernel has no means yet: seeing whether a file exists and how large it is,
changing its mode or times where its owner might, and connecting to a local socket by its path.
"""

from __future__ import annotations

import ctypes
import os
import platform
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from bukti.base.digest import canonical_json
from bukti.tools import seccomp

Level = Literal["landlock+seccomp", "landlock", "unconfined"]

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_CHAR, _MAKE_DIR, _MAKE_REG = (1 << bit for bit in range(4, 9))
_MAKE_SOCK, _MAKE_FIFO, _MAKE_BLOCK, _MAKE_SYM = (1 << bit for bit in range(9, 13))
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_TCP = 0b11
_SCOPES = 0b11
_ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_READ = READ_FILE | READ_DIR
_RUN = _READ | EXECUTE
_DEVICE = READ_FILE | WRITE_FILE | _TRUNCATE | _IOCTL_DEVICE

_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
_SETTINGS = (
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/ssl/openssl.cnf",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/filesystems",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/kernel",
    "/proc/sys/vm",
    "/proc/version",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
    "/sys/fs/cgroup",
    "/sys/kernel/mm/transparent_hugepage",
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full")
_RANDOM = ("/dev/urandom", "/dev/random")
_REFUSED = re.compile(r"permission denied|errno (?:1|13|18)\]|os error 13\)", re.IGNORECASE)
_QUOTED = re.compile(r"['\"`\u2018]([^'\"`\u2018\u2019]+)['\"`\u2019]")
_BEHIND = re.compile(r"\(os error 13\): (.+?)(?: \(set POLARS_VERBOSE=1.*)?$")
SHORTENED = "..."
_BEFORE = re.compile(r"^(.+): permission denied", re.IGNORECASE)
_NOT_PERMITTED = re.compile(r"operation not permitted|errno 1\]|os error 1\)", re.IGNORECASE)
_CONNECTING = re.compile(r"socket|connect|https?://", re.IGNORECASE)
_NO_NETWORK = re.compile(
    r"failure in name resolution|name or service not known|gaierror|nameresolutionerror"
    r"|(?:not|unable to|failed to) resolve|http client error|dns error|network is unreachable",
    re.IGNORECASE,
)
_ENGINE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The files and folders that may be read, and those that may also be written.

    The interpreter's environment, the engine and the system's programs are always readable.
    `listed` are folders of which only the names of files may be read, `run` those whose programs
    may be started too.
    """

    read: tuple[Path, ...] = ()
    write: tuple[Path, ...] = ()
    listed: tuple[Path, ...] = ()
    run: tuple[Path, ...] = ()
    network: bool = False


def level() -> Level:
    """How far this machine can confine a program; asking restricts nothing."""
    if landlock_version() == 0:
        return "unconfined"
    return "landlock+seccomp" if _has_filters() else "landlock"


@cache
def landlock_version() -> int:
    """The version of the kernel's Landlock interface, 0 where there is none."""
    if sys.platform != "linux" or struct.calcsize("P") != 8:
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(ctypes.c_long(444), None, ctypes.c_long(0), ctypes.c_long(1))
    return max(0, int(version))


@cache
def _has_filters() -> bool:
    if sys.platform != "linux" or not seccomp.supported():
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    number = {"x86_64": 317, "aarch64": 277}[platform.machine()]
    action = ctypes.c_uint32(0x00050000)
    asked = libc.syscall(ctypes.c_long(number), ctypes.c_long(2), 0, ctypes.byref(action))
    return int(asked) == 0


def compiled(policy: Policy) -> str:
    """The policy as the guard applies it: numbers and paths, as JSON."""
    version = landlock_version()
    program = b"" if policy.network or not _has_filters() else seccomp.no_network()
    handled = _handled(version, policy.network)
    rules = list(_rules(policy, handled[0])) if version else []
    return canonical_json({"handled": handled, "rules": rules, "filter": program.hex()})


def denied_path(text: str, policy: Policy, folder: Path) -> str | None:
    """The first file that a message says was refused and that the policy gives no leave to write.

    `folder` is what a relative path in the message starts from. A long path that Polars has
    shortened comes back with the three dots at its beginning.
    """
    for line in text.splitlines():
        if _REFUSED.search(line):
            for name in _names(line):
                if name.startswith(SHORTENED):
                    return name
                path = Path(os.path.normpath(folder / name))
                if not _writable(policy, path):
                    return str(path)
    return None


def denied_network(text: str) -> bool:
    """Whether a message says that a connection was refused here, or that a name led nowhere."""
    if _NO_NETWORK.search(text):
        return True
    return bool(_NOT_PERMITTED.search(text) and _CONNECTING.search(text))


def _names(line: str) -> Iterator[str]:
    """What may be a path in a message: in quotes, behind the reason, or before it."""
    yield from (match[1] for match in _QUOTED.finditer(line))
    yield from (match[1].strip() for match in _BEHIND.finditer(line))
    before = _BEFORE.search(line)
    if before:
        yield before[1].rpartition(": ")[2].strip()


def _writable(policy: Policy, path: Path) -> bool:
    real = Path(os.path.realpath(path))
    return any(real.is_relative_to(os.path.realpath(place)) for place in policy.write)


def _handled(version: int, network: bool) -> list[int]:
    """What Landlock governs in this version: files, then connections, then other processes."""
    files = (1 << 13) - 1
    for since, access in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEVICE)):
        files |= access if version >= since else 0
    handled = [files]
    if version >= 4:
        handled.append(0 if network else _TCP)
    if version >= 6:
        handled.append(_SCOPES)
    return handled


def _rules(policy: Policy, handled: int) -> Iterator[tuple[str, int]]:
    everything = handled & ~(_MAKE_CHAR | _MAKE_BLOCK)
    granted: dict[str, int] = {}
    for places, access in (
        (_environment(), _RUN),
        (_SETTINGS, _READ),
        (_DEVICES, _DEVICE),
        (_RANDOM, READ_FILE),
        ((_ENGINE,), _READ),
        ((_ENGINE.parent, *policy.listed), READ_DIR),
        (policy.read, _READ),
        (policy.run, _RUN),
        (policy.write, everything),
    ):
        for place in places:
            granted[str(place)] = granted.get(str(place), 0) | access
    for path, access in granted.items():
        if Path(path).exists():
            possible = handled if Path(path).is_dir() else handled & _ON_FILES
            if access & possible:
                yield path, access & possible


@cache
def _environment() -> tuple[str, ...]:
    """The folders of the interpreter, its packages and the system, but no fonts of the system.

    Which fonts there are differs between machines, and a figure must not.
    """
    executable = Path(os.path.realpath(sys.executable))
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, str(executable.parent.parent)}
    libraries = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    places = {*prefixes, *filter(os.path.isabs, libraries), *_SYSTEM} - {"/", "/usr", "/usr/local"}
    return tuple(sorted({*places, *_without_fonts("/usr"), *_without_fonts("/usr/local")}))


def _without_fonts(prefix: str) -> Iterator[str]:
    for folder, left_out in ((prefix, {"share", "local"}), (f"{prefix}/share", {"fonts"})):
        if Path(folder).is_dir():
            yield from (entry.path for entry in os.scandir(folder) if entry.name not in left_out)
