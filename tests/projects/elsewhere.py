"""Another place to build in: another user, name of the machine, clock, core, locale and folder.

As root and with the programs of util-linux and a C compiler, all of that; else what is possible.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.projects.conftest import Ended

ENGINE = Path(__file__).resolve().parents[2] / "workflow"
NOBODY = 65534
YEAR = 365 * 86400
PROGRAMS = ("unshare", "setpriv", "taskset", "mount", "hostname", "cc")
CLOCK = f"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
int clock_gettime(clockid_t id, struct timespec *at) {{
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(id, at);
    if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE) at->tv_sec += {YEAR};
    return done;
}}
time_t time(time_t *out) {{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    if (out) *out = at.tv_sec;
    return at.tv_sec;
}}
int gettimeofday(struct timeval *restrict out, void *restrict zone) {{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    if (out) {{ out->tv_sec = at.tv_sec; out->tv_usec = at.tv_nsec / 1000; }}
    return 0;
}}
"""
SCRIPT = """
set -e
around=$1 interpreter=$2 barred=$3
shift 3
hostname elsewhere
mount -t tmpfs -o mode=755 none /usr/local/games
install -m 755 "$around/clock.so" /usr/local/games/clock.so
mount --bind "$around/etc" /etc
if [ -n "$barred" ]; then
    mount --bind "$interpreter" "$around/interpreter"
    mount -t tmpfs -o mode=755 none "$barred"
    mkdir -p "$interpreter"
    mount --bind "$around/interpreter" "$interpreter"
fi
umask 077
exec taskset --cpu-list 0 setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
"""


def barred(place: Path) -> str:
    """The folder around a place that others may not go through; empty where they may."""
    for folder in reversed((place, *place.parents)):
        if not folder.stat().st_mode & 0o001:
            return str(folder)
    return ""


def lacking() -> str:
    """Why the other place is only another folder, locale and umask; empty where it is all."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "another user and clock need root"
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    command = ["unshare", "--mount", "--uts", "hostname", "elsewhere"]
    tried = subprocess.run(command, capture_output=True, check=False)
    return "" if tried.returncode == 0 else "no namespaces may be made here"


@dataclass(frozen=True)
class Elsewhere:
    """The other place; `around` holds its home and its copy of `/etc`."""

    around: Path
    whole: bool

    @classmethod
    def made(cls, around: Path) -> Elsewhere:
        """Prepare the other place."""
        place = cls(around, whole=not lacking())
        for name in ("home", "temporary", "interpreter"):
            (around / name).mkdir(parents=True)
            if place.whole:
                os.chown(around / name, NOBODY, NOBODY)
        if place.whole:
            (around / "clock.c").write_text(CLOCK, encoding="ascii")
            shared = ["cc", "-shared", "-fPIC", "-o", "clock.so", "clock.c", "-ldl"]
            subprocess.run(shared, cwd=around, check=True)
            shutil.copytree("/etc", around / "etc", symlinks=True)
            preload = around / "etc/ld.so.preload"
            preload.write_text("/usr/local/games/clock.so\n", encoding="ascii")
        return place

    def own(self, folder: Path) -> None:
        """Give a folder with all in it to the other user."""
        if self.whole:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)

    def run(self, folder: Path, *command: str) -> Ended:
        """A command in a folder of the other place."""
        before = ["sh", "-c", 'umask 077; exec "$@"', "sh"]
        if self.whole:
            interpreter = Path(sys.base_prefix)
            before = ["unshare", "--mount", "--uts", "sh", "-c", SCRIPT, "sh"]
            before += [str(self.around), str(interpreter), barred(interpreter)]
        done = subprocess.run(
            [*before, *command],
            cwd=folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def build(self, folder: Path) -> Ended:
        """Build the compendium in a folder."""
        return self.run(folder, sys.executable, "-m", "bukti", "build")

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ENGINE),
            "PYTHONHASHSEED": "4711",
            "HOME": str(self.around / "home"),
            "TMPDIR": str(self.around / "temporary"),
            "USER": "nobody",
            "LOGNAME": "nobody",
            "LANG": "id_ID.UTF-8",
            "LC_ALL": "C",
            "BUKTI_LANG": "id",
            "TZ": "Asia/Jayapura",
        }


def copied_backwards(source: Path, target: Path) -> None:
    """Copy a folder's files, the last by name first, so that the disk lists them otherwise."""
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)


def products(root: Path) -> dict[str, bytes]:
    """Everything that must be the same wherever it is built, by its path."""
    apart = {"logs", "benchmarks", "verification"}
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("outputs", "data/clean")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and apart.isdisjoint(path.relative_to(root).parts)
    }


def first_difference(here: dict[str, bytes], there: dict[str, bytes]) -> str:
    """The first file, and the first place in it, at which two sets of files differ; or nothing."""
    for name in sorted({*here, *there}):
        if name not in here or name not in there:
            return f"{name}: only {'here' if name in here else 'elsewhere'}"
        if here[name] != there[name]:
            return f"{name}: {next(_differences(here[name], there[name]))}"
    return ""


def _differences(here: bytes, there: bytes) -> Iterator[str]:
    if here.startswith(b"PK\x03\x04") and there.startswith(b"PK\x03\x04"):
        ours, theirs = (zipfile.ZipFile(io.BytesIO(data)) for data in (here, there))
        if ours.namelist() != theirs.namelist():
            yield f"members {ours.namelist()} and {theirs.namelist()}"
        for member in ours.namelist():
            pair = ours.read(member), theirs.read(member)
            if pair[0] != pair[1]:
                yield f"member {member}: {next(_differences(*pair))}"
    pairs = enumerate(zip(here, there, strict=False))
    place = next((at for at, (one, other) in pairs if one != other), min(len(here), len(there)))
    around = slice(max(place - 40, 0), place + 40)
    yield f"byte {place}: {here[around]!r} and {there[around]!r}"
