"""Sets up bukti's own environment where it is missing or outdated, then hands over to the engine.

Standard library only; it has to start on Python 3.8 too, to say politely that this is too old.
Imports stand where they are used if they are seldom needed: each start pays for those on top.
Settings: BUKTI_PYTHON (a Python to use), BUKTI_INSTALLER=pip (never uv), BUKTI_LANG (en or id).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Mapping  # noqa: UP035  # collections.abc: not in 3.8

VERSION = "1"  # raise it when environments that older bootstraps made no longer do
OLDEST, TOO_NEW = (3, 11), (3, 14)
PYTHONS = ("python3.13", "python3.12", "python3.11", "python3")
# Sums of the sizes of what `pip download --no-deps --require-hashes -r FILE` fetched on Linux
# x86_64 with Python 3.11: about 269 MB in 122 files, and about 98 MB in 53 more for the tests.
DOWNLOAD_MB, TEST_DOWNLOAD_MB, ROOM_MB = 269, 98, 1500
TEXTS = Path(__file__).with_suffix(".json")
MARKER, RECORD = "made-by-bukti", "bukti-environment.json"
TEST_RECORD = "bukti-test-environment.json"
# Each part of the environment: the file that says what it is, and the part that it rests on.
PARTS = {
    "backend": ("requirements-build.lock", ""),
    "packages": ("requirements.lock", "backend"),
    "project": ("pyproject.toml", "packages"),
    "tests": ("requirements-test.lock", "packages"),
}
# An archive carries the engine as a wheel and may carry its packages, each platform's in a folder.
ENGINE, WHEELS = "engine/bukti-*.whl", "engine/wheels"
# The entries of requirements.lock for which there are no wheels; the backend builds these.
SOURCE_ONLY = r"(?m)^connection-pool==.*(?:\n .*)*\n"
PIP_SETTINGS = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "PIP_USER": "0",
    "PIP_USE_PEP517": "1",  # else old pips run a setup.py themselves, without wheel or record
}

# What installers print, in lower case, for each fault that has a remedy of its own.
SIGNS = {
    "disk": "no space left on device|disk quota exceeded|errno 28|os error 28",
    "hashes": "do not match the hashes|hash mismatch",
    "ensurepip": "ensurepip is not available|no module named '?(venv|ensurepip)",
    "network": "name resolution|service not known|nor servname|dns error|from versions: none"
    "|failed to lookup address|new connection|connection (refused|reset|aborted|error)"
    "|network is unreachable|no route to host|timed? ?out|proxyerror|sslerror|error sending",
}


class SetupError(Exception):
    """A fault that ends the run, with what fills its message and what the installer printed."""

    def __init__(self, fault: str, output: str = "", **fields: object) -> None:
        super().__init__(fault)
        self.fault, self.output, self.fields = fault, output, fields


class World:
    """The machine as bootstrap sees and changes it; tests put another one in its place."""

    def __init__(self, root: Path, environ: Mapping[str, str], python: tuple[str, str, str]):
        self.root, self.environ = root, environ
        self.version, self.platform, self.python = python
        self.folder = root / ".venv"
        self.interpreter = str(self.folder / "bin" / "python")
        self.wheels = f"{WHEELS}/{self.platform}"

    def run(self, command: list[str], environ: Mapping[str, str], *kept: int) -> tuple[int, str]:
        """Run a program out of sight, keeping files open; its exit status and its output."""
        from subprocess import DEVNULL, PIPE, STDOUT, run

        streams: dict[str, Any] = {"stdin": DEVNULL, "stdout": PIPE, "stderr": STDOUT}
        ran = run(command, cwd=self.root, env=environ, pass_fds=kept, check=False, **streams)
        return ran.returncode, ran.stdout.decode("utf-8", "replace")

    def show(self, command: list[str], environ: Mapping[str, str]) -> int:
        """Run a program in view of the user."""
        from subprocess import call

        return call(command, cwd=self.root, env=environ)

    def become(self, command: list[str]) -> int:
        """Put a program in the place of this one."""
        os.execv(command[0], command)  # noqa: S606

    def free_mb(self) -> int:
        """The free space of the disk that holds the environment."""
        disk = os.statvfs(self.folder)
        return disk.f_bavail * disk.f_frsize // 1_000_000

    def say(self, text: str) -> None:
        """Tell the user; the standard output is the engine's alone."""
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def language(environ: Mapping[str, str]) -> str:
    """Indonesian where the user asks for it or the locale is Indonesian, or else English."""
    names = ("BUKTI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environ[name] for name in names if environ.get(name)), "en")
    return "id" if chosen.replace(".", "_").split("_")[0].lower() == "id" else "en"


def texts() -> dict[str, dict[str, str]]:
    """What the user reads, by key and language; a fault has a hint too."""
    read: dict[str, dict[str, str]] = json.loads(TEXTS.read_bytes())
    return read


def told(world: World, key: str, **fields: object) -> str:
    """A text in the user's language."""
    return texts()[key][language(world.environ)].format(**fields)


def complain(world: World, error: SetupError) -> int:
    """Show a fault and its remedy below the last lines of the installer; the exit status."""
    for line in [line for line in error.output.splitlines() if line.strip()][-12:]:
        world.say(f"  | {line[:200]}")
    world.say(f"bukti: {told(world, error.fault, **error.fields)}")
    world.say(f"  {told(world, f'{error.fault}.hint', **error.fields)}")
    return 2


def fits(version: str) -> bool:
    """Whether bukti runs on this version of Python."""
    return OLDEST <= tuple(int(part) for part in version.split(".")[:2] if part.isdigit()) < TOO_NEW


def on_path(world: World, name: str) -> Iterator[str]:
    """Every program of this name on the PATH: the first may be the shim of a version manager."""
    for folder in world.environ.get("PATH", os.defpath).split(os.pathsep):
        program = Path(folder or ".") / name
        if program.is_file() and os.access(program, os.X_OK):
            yield str(program.absolute())


def other_python(world: World) -> str:
    """A Python that fits and runs."""
    own = [world.interpreter] if os.access(world.interpreter, os.X_OK) else []
    for program in own + [found for name in PYTHONS for found in on_path(world, name)]:
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        status, output = world.run([program, "-I", "-S", "-c", code], world.environ)
        if status == 0 and fits(output.strip()):
            return program
    raise SetupError("python", version=world.version)


def file_of(world: World, key: str) -> str:
    """The file that says what a part is: of the engine, its project or its wheel."""
    file, _ = PARTS[key]
    engines = [] if (world.root / file).is_file() else sorted(world.root.glob(ENGINE))
    return str(engines[0].relative_to(world.root)) if key == "project" and engines else file


def wanted(world: World, key: str) -> str:
    """The digest that the record of a fitting environment holds."""
    file, beneath = file_of(world, key), PARTS[key][1]
    place = (VERSION, world.version, world.platform, str(world.folder))
    rests_on = (wanted(world, beneath),) if beneath else place
    known = b"\0".join([*map(os.fsencode, rests_on), (world.root / file).read_bytes()])
    return hashlib.sha256(known).hexdigest()


def has(world: World, record: str, key: str) -> bool:
    """Whether the environment runs and its record holds the digest that is wanted."""
    try:
        found = str(json.loads((world.folder / record).read_bytes())[key])
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return found == wanted(world, key) and os.access(world.interpreter, os.X_OK)


def write_record(record: Path, content: dict[str, str]) -> None:
    """Write a record beside its place and move it there, so that half of one is never read."""
    beside = record.with_suffix(".part")
    beside.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="ascii")
    beside.replace(record)


@contextmanager
def one_at_a_time(world: World) -> Iterator[int]:
    """Hold the lock of the set-up."""
    import fcntl

    (world.root / ".bukti").mkdir(exist_ok=True)
    with (world.root / ".bukti" / "setup.lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            world.say(told(world, "waiting"))
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:
            pass  # file systems of clusters may have no locks: unguarded is better than unusable
        yield file.fileno()


def claim_folder(world: World) -> None:
    """Mark the folder as bukti's own before anything is put in it; nobody else's is touched."""
    names = {path.name for path in world.folder.iterdir()} if world.folder.exists() else set()
    if (names and names.isdisjoint({MARKER, RECORD})) or serves_another(world):
        raise SetupError("foreign", folder=world.folder)
    world.folder.mkdir(exist_ok=True)
    (world.folder / MARKER).write_text(str(world.root), encoding="utf-8")


def serves_another(world: World) -> bool:
    """Whether the folder is a link to the environment of another compendium that is still there."""
    marker = world.folder / MARKER
    owner = marker.read_text(encoding="utf-8") if marker.is_file() else ""
    return world.folder.is_symlink() and owner not in ("", str(world.root)) and Path(owner).is_dir()


def clear_folder(world: World) -> None:
    """Empty the folder but for its mark; the record goes first, lest it speak for half a folder."""
    from shutil import rmtree

    (world.folder / RECORD).unlink(missing_ok=True)
    for path in world.folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            rmtree(path)
        elif path.name != MARKER:
            path.unlink()


def uv_of(world: World) -> list[str]:
    """The uv to use, if any."""
    return [] if world.environ.get("BUKTI_INSTALLER") == "pip" else [*on_path(world, "uv")][:1]


def make_environment(world: World, lock: int) -> None:
    """Make an environment with nothing in it but, at the most, pip."""
    python, uv = world.python, uv_of(world)
    with_uv = [*uv, "venv", "--quiet", "--allow-existing", "--python", python]
    command = with_uv if uv else [python, "-I", "-m", "venv"]
    phase(world, lock, "venv", [*command, str(world.folder)])


def install(world: World, lock: int, key: str, *what: str) -> None:
    """Install with uv, or else with pip, which an environment that uv made is still without.

    Never in isolation: what is built there is built with whatever is newest that day.
    """
    python, uv = [world.interpreter, "-I", "-m"], uv_of(world)
    if not uv and not any(world.folder.glob("lib/*/site-packages/pip")):
        phase(world, lock, "venv", [*python, "ensurepip"])
    with_uv = [*uv, "pip", "install", "--python", world.interpreter]
    command = with_uv if uv else [*python, "pip", "install"]
    carried = (world.root / world.wheels).is_dir()
    offline = ["--no-index", "--find-links", world.wheels] if carried else []
    phase(world, lock, key, [*command, "--quiet", "--no-build-isolation", *offline, *what])


def install_locked(world: World, lock: int, key: str) -> None:
    """Install what a lock file names, exactly that: it is complete, so nothing is resolved anew."""
    install(world, lock, key, "--no-deps", "--require-hashes", "-r", PARTS[key][0])


def install_source_only(world: World, lock: int) -> None:
    """Build what has no wheel; a cached build may be the work of another backend."""
    file, _ = PARTS["packages"]
    entries = re.findall(SOURCE_ONLY, (world.root / file).read_text(encoding="utf-8"))
    some = world.folder / "source-only.lock"
    some.write_text("".join(entries), encoding="utf-8")
    options = ["--no-cache-dir", "--no-deps", "--require-hashes"]
    install(world, lock, "source", *options, "-r", str(some))


def explain(world: World, output: str) -> SetupError:
    """The fault that an installer's output speaks of."""
    faults = (key for key, sign in SIGNS.items() if re.search(sign, output.lower()))
    package = "python{}.{}-venv".format(*world.version.split("."))
    return SetupError(next(faults, "installer"), output, free=world.free_mb(), package=package)


def phase(world: World, lock: int, key: str, command: list[str]) -> None:
    """Do one part; its program keeps the lock too, lest an orphan meet the next set-up."""
    world.say(told(world, key, size=TEST_DOWNLOAD_MB))
    environ = {name: value for name, value in world.environ.items() if name != "PYTHONPATH"}
    status, output = world.run(command, {**environ, **PIP_SETTINGS}, lock)
    if status:
        raise explain(world, output)


def set_up(world: World, lock: int) -> None:
    """Make the environment anew, or only install bukti again where the packages are right."""
    record, begun = world.folder / RECORD, time.monotonic()
    packages, project = wanted(world, "packages"), wanted(world, "project")
    claim_folder(world)
    if not has(world, RECORD, "packages"):
        clear_folder(world)
        if world.free_mb() < ROOM_MB:
            raise SetupError("disk", free=world.free_mb())
        size = 0 if (world.root / world.wheels).is_dir() else DOWNLOAD_MB
        world.say(told(world, "begin", folder=world.folder, python=world.version, size=size))
        make_environment(world, lock)
        install_locked(world, lock, "backend")
        install_source_only(world, lock)
        install_locked(world, lock, "packages")
    write_record(record, {"packages": packages})
    engine = file_of(world, "project")
    what = ["--force-reinstall", engine] if engine.endswith(".whl") else ["-e", "."]
    install(world, lock, "project", "--no-deps", *what)
    for link in world.folder.glob("lib/*/site-packages/_bukti.pth"):
        # Relative, for Python reads it in the encoding of the locale, and é is not in all of them.
        link.write_text("../../../../workflow\n", encoding="ascii")
    write_record(record, {"packages": packages, "project": project})
    world.say(told(world, "ready", seconds=round(time.monotonic() - begun)))


def set_up_tests(world: World, lock: int) -> None:
    """Add what the tests need."""
    tests = wanted(world, "tests")
    (world.folder / TEST_RECORD).unlink(missing_ok=True)
    install_locked(world, lock, "tests")
    write_record(world.folder / TEST_RECORD, {"tests": tests})


def make_ready(world: World, testing: bool) -> None:
    """Set up what is missing; the second look sees what another set-up did in the meantime."""
    parts = [(RECORD, "project", set_up), (TEST_RECORD, "tests", set_up_tests)]
    for record, key, make in parts if testing else parts[:1]:
        if not has(world, record, key):
            with one_at_a_time(world) as lock:
                if not has(world, record, key):
                    make(world, lock)


def run_tests(world: World, arguments: list[str]) -> int:
    """Run every check and then pytest; only pytest where it was given arguments."""
    python, tools = [world.interpreter, "-m"], world.folder / "bin"
    checks = {
        "ruff check": [*python, "ruff", "check"],
        "ruff format --check": [*python, "ruff", "format", "--check"],
        "mypy": [*python, "mypy"],
        "lint-imports": [world.interpreter, str(tools / "lint-imports")],
        "pytest": [*python, "pytest", *arguments],
    }
    path = os.pathsep.join([str(tools), world.environ.get("PATH", os.defpath)])
    failed: list[str] = []
    for name in ["pytest"] if arguments else checks:
        if name == "pytest" and failed:
            world.say(told(world, "failed", names=", ".join(failed)))
        world.say(f"== {name}")
        if world.show(checks[name], {**world.environ, "PATH": path}):
            failed.append(name)
    return 1 if failed else 0


def start(world: World, arguments: list[str]) -> int:
    """Find the Python, make the environment ready, and hand over."""
    if world.platform.startswith("win32"):
        raise SetupError("windows")
    if not fits(world.version):
        python = other_python(world)
        world.say(told(world, "other", version=world.version, python=python))
        return world.become([python, "-I", "-S", str(Path(__file__).resolve()), *arguments])
    testing = arguments[:1] == ["test"]
    make_ready(world, testing)
    if testing:
        return run_tests(world, arguments[1:])
    return world.become([world.interpreter, "-P", "-m", "bukti", *arguments])


def main(world: World, arguments: list[str]) -> int:
    """The exit status of a run that does not become the engine's."""
    try:
        return start(world, arguments)
    except SetupError as error:
        return complain(world, error)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return complain(world, SetupError("disk" if full else "system", reason=error, free=0))
    except KeyboardInterrupt:
        world.say(told(world, "interrupted"))
        return 130


def this_world(root: Path) -> World:
    """The real machine; its Python is the one beneath an environment, which outlives it."""
    kind = (sys.platform, sys.implementation.cache_tag, getattr(sys, "abiflags", ""))
    machine = os.uname().machine if hasattr(os, "uname") else ""
    program = getattr(sys, "_base_executable", None) or sys.executable
    version = ".".join(map(str, sys.version_info[:3]))
    return World(root, dict(os.environ), (version, "-".join([*kind, machine]), program))


if __name__ == "__main__":
    sys.exit(main(this_world(Path(__file__).resolve().parent.parent), sys.argv[1:]))
