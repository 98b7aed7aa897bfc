"""The set-up, on a machine that only pretends: no network, no installer, no waiting."""

from __future__ import annotations

import ast
import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(bootstrap.__file__).parent.parent
PYTHON = ("3.11.7", "linux-cpython-311--x86_64", "/usr/bin/python3")
PARTS = {"requirements.lock": "packages", "requirements-test.lock": "tests", "-e": "project"}
ALL = ["venv", "packages", "project"]
OUTPUTS = [
    ("network", "WARNING: NewConnectionError: Failed to establish a new connection"),
    ("network", "[Errno -3] Temporary failure in name resolution"),
    ("network", "error: Failed to fetch\n  Caused by: error sending request for url"),
    ("network", "ReadTimeoutError: Read timed out."),
    ("network", "ERROR: no version that satisfies attrs==26.1.0 (from versions: none)"),
    ("disk", "OSError: [Errno 28] No space left on device"),
    ("disk", "error: failed to write (os error 28)"),
    ("hashes", "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."),
    ("hashes", "error: Hash mismatch for `attrs==26.1.0`"),
    ("ensurepip", "The environment was not created because ensurepip is not available."),
    ("ensurepip", "/usr/bin/python3: No module named venv"),
    ("installer", "error: subprocess-exited-with-error"),
]


class Machine(bootstrap.World):
    """A machine whose programs do nothing but leave behind what the real ones would."""

    def __init__(self, root: Path, python: tuple[str, str, str] = PYTHON, **environ: str) -> None:
        super().__init__(root, {"PATH": "", "LANG": "en_GB.UTF-8", **environ}, python)
        self.said: list[str] = []
        self.ran: list[list[str]] = []
        self.became: list[str] = []
        self.given: list[dict[str, str]] = []
        self.answers: dict[str, tuple[int, str] | BaseException] = {}
        self.free = 9000

    def run(self, command: list[str], environ: Mapping[str, str], *kept: int) -> tuple[int, str]:
        self.ran.append(command)
        self.given.append(dict(environ))
        assert {"venv", "install"}.isdisjoint(command) or os.fstat(*kept)
        answer = next((self.answers[key] for key in self.answers if key in command), (0, ""))
        if isinstance(answer, BaseException):
            raise answer
        if "venv" in command and answer[0] == 0:
            make_environment(self.folder, with_pip="uv" not in command[0])
        if "-e" in command:
            (self.folder / "lib/python3.11/site-packages/_bukti.pth").write_text("/absolute")
        return answer

    def show(self, command: list[str], environ: Mapping[str, str]) -> int:
        return self.run(command, environ)[0]

    def become(self, command: list[str]) -> int:
        self.became = command
        return 0

    def free_mb(self) -> int:
        return self.free

    def say(self, text: str) -> None:
        self.said.append(text)

    @property
    def parts(self) -> list[str]:
        """What was made or installed, in order."""
        names = {"venv": "venv", "ensurepip": "ensurepip", **PARTS}
        return [names[word] for command in self.ran for word in names if word in command]


def make_program(folder: Path, name: str, text: str = "") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)
    return str(folder / name)


def make_environment(folder: Path, with_pip: bool = True) -> None:
    make_program(folder / "bin", "python", '#!/bin/sh\npwd\nfor word; do echo "<$word>"; done\n')
    site = folder / "lib" / "python3.11" / "site-packages"
    (site / "pip" if with_pip else site).mkdir(parents=True, exist_ok=True)


def write_records(world: bootstrap.World) -> None:
    digests = {key: bootstrap.wanted(world, key) for key in ("packages", "project")}
    bootstrap.write_record(world.folder / bootstrap.RECORD, digests)


def start(
    root: Path, *arguments: str, python: tuple[str, str, str] = PYTHON, **environ: str
) -> Machine:
    machine = Machine(root, python, **environ)
    assert bootstrap.main(machine, list(arguments)) == 0
    return machine


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "makalah saya é"
    folder.mkdir()
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml"):
        (folder / name).write_text(f"content of {name}")
    return folder


@pytest.fixture
def ready(root: Path) -> Path:
    start(root, "test")
    return root


def test_first_use_sets_up_and_hands_over(root: Path) -> None:
    machine = start(root, "build", "-C", "a b", PIP_INDEX_URL="kept", PYTHONPATH="dropped")
    own = str(root / ".venv" / "bin" / "python")
    pip = [own, "-I", "-m", "pip", "install", "--quiet"]
    assert machine.ran == [
        ["/usr/bin/python3", "-I", "-m", "venv", str(root / ".venv")],
        [*pip, "--require-hashes", "-r", "requirements.lock"],
        [*pip, "--no-deps", "--no-build-isolation", "-e", "."],
    ]
    assert machine.became == [own, "-P", "-m", "bukti", "build", "-C", "a b"]
    assert all(environ["PIP_INDEX_URL"] == "kept" for environ in machine.given)
    assert not any("PYTHONPATH" in environ for environ in machine.given)
    assert re.search("Setting up .* 226 MB", machine.said[0])
    site = root / ".venv/lib/python3.11/site-packages"  # the locale may lack letters of the path
    line = (site / "_bukti.pth").read_text(encoding="ascii").strip()
    assert os.path.normpath(site / line) == str(root / "workflow")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["why", "test"]])
def test_nothing_is_done_twice(ready: Path, arguments: list[str]) -> None:
    machine = start(ready, *arguments)
    assert (machine.ran, machine.said) == ([], [])
    assert machine.became[3:] == ["bukti", *arguments]


@pytest.mark.parametrize(
    ("changed", "parts"),
    [("requirements.lock", ALL), ("pyproject.toml", ["project"]), ("requirements-test.lock", [])],
)
def test_a_change_renews_what_rests_on_it(ready: Path, changed: str, parts: list[str]) -> None:
    (ready / changed).write_text("changed")
    assert start(ready, "build").parts == parts


@pytest.mark.parametrize("python", [("3.12.1", *PYTHON[1:]), (PYTHON[0], "macos", PYTHON[2])])
def test_another_python_renews_everything(ready: Path, python: tuple[str, str, str]) -> None:
    assert start(ready, "build", python=python).parts == ALL


def test_a_moved_folder_and_a_lost_python_renew_everything(ready: Path) -> None:
    moved = ready.rename(ready.parent / "moved")
    for _ in range(2):
        machine = start(moved, "build")
        assert machine.parts == ALL
        Path(machine.interpreter).unlink()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"packages": 1}', b"\xff"])
def test_a_damaged_record_counts_as_none(ready: Path, content: bytes) -> None:
    (ready / ".venv" / bootstrap.RECORD).write_bytes(content)
    assert start(ready, "build").parts == ALL


@pytest.mark.parametrize(
    ("word", "again"), [("venv", ALL), ("requirements.lock", ALL), ("-e", ["project"])]
)
@pytest.mark.parametrize(("stop", "status"), [(KeyboardInterrupt(), 130), ((1, "broken"), 2)])
def test_an_interrupted_set_up_is_repeated(
    root: Path, word: str, again: list[str], stop: BaseException | tuple[int, str], status: int
) -> None:
    stopped = Machine(root)
    stopped.answers[word] = stop
    assert (bootstrap.main(stopped, ["build"]), stopped.became) == (status, [])
    left_over = root / ".venv" / "lib" / "half a package"
    left_over.parent.mkdir(exist_ok=True)
    left_over.touch()
    machine = start(root, "build")
    assert (machine.parts, machine.became[-1]) == (again, "build")
    assert left_over.exists() == (word == "-e")


def test_clearing_may_be_interrupted(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (ready / "requirements.lock").write_text("changed")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", lambda path: iter(sorted(path.glob("*"))))
        patch.setattr("shutil.rmtree", lambda _path: (_ for _ in ()).throw(KeyboardInterrupt))
        assert bootstrap.main(Machine(ready), ["build"]) == 130
    assert not (ready / ".venv" / bootstrap.RECORD).exists()
    assert start(ready, "build").parts == ALL


def test_an_environment_of_somebody_else_stays_as_it_is(root: Path) -> None:
    make_environment(root / ".venv")
    before = sorted(root.rglob("*"))
    machine = Machine(root)
    assert (bootstrap.main(machine, ["build"]), "did not make" in machine.said[0]) == (2, True)
    assert sorted(path for path in root.rglob("*") if ".bukti" not in path.parts) == before


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize(("fault", "output"), OUTPUTS)
def test_a_failure_is_explained(root: Path, fault: str, output: str, language: str) -> None:
    machine = Machine(root, BUKTI_LANG=language)
    part = "venv" if fault == "ensurepip" else "requirements.lock"
    machine.answers[part] = (1, "dropped\n" + "filler\n" * 99 + output)
    assert bootstrap.main(machine, ["build"]) == 2
    fields = {"free": 9000, "package": "python3.11-venv"}
    texts = [f"{fault}.{language}", f"{fault}.hint.{language}"]
    headline, hint = (bootstrap.TEXTS[key].format(**fields) for key in texts)
    assert machine.said[-2:] == [f"bukti: {headline}", f"  {hint}"]
    shown = [text for text in machine.said if text.startswith("  | ")]
    assert (len(shown), shown[-1]) == (12, f"  | {output.splitlines()[-1]}")
    assert not (root / ".venv" / bootstrap.RECORD).exists()


def test_a_full_disk_is_noticed_before_anything_is_downloaded(root: Path) -> None:
    machine = Machine(root)
    machine.free = 1499
    assert (bootstrap.main(machine, ["build"]), machine.ran) == (2, [])
    assert "1499 MB" in machine.said[0]


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize(
    ("fault", "version", "platform"),
    [("windows", "3.12.1", "win32"), ("python", "3.8.18", "linux"), ("python", "3.14.0", "linux")],
)
def test_no_way_to_run(root: Path, fault: str, version: str, platform: str, language: str) -> None:
    program = make_program(root / "bin", "python3")
    machine = Machine(root, (version, platform, ""), PATH=str(root / "bin"), BUKTI_LANG=language)
    machine.answers[program] = (0, "3.8\n")
    assert bootstrap.main(machine, ["build"]) == 2
    texts = [bootstrap.TEXTS[f"{key}.{language}"] for key in (fault, f"{fault}.hint")]
    assert machine.said == [f"bukti: {texts[0].format(version=version)}", f"  {texts[1]}"]


def test_an_incomplete_folder_is_named(root: Path) -> None:
    (root / "requirements.lock").unlink()
    machine = Machine(root)
    assert (bootstrap.main(machine, ["build"]), (root / ".venv").exists()) == (2, False)
    assert "requirements.lock" in machine.said[0]


@pytest.mark.parametrize("version", ["3.8.18", "3.10.13", "3.14.0", "4.0.0"])
def test_an_unfit_python_gives_way_to_one_that_runs(root: Path, version: str) -> None:
    shims, real = root / "shims", root / "real"
    shim, second = make_program(shims, "python3.12"), make_program(real, "python3.12")
    machine = Machine(root, (version, "linux", "python3"), PATH=f"{shims}:{real}")
    machine.answers = {shim: (127, "3.12"), second: (0, "3.12\n")}
    assert bootstrap.main(machine, ["build", "x y"]) == 0
    assert [command[0] for command in machine.ran] == [shim, second]
    script = str(Path(bootstrap.__file__).resolve())
    assert machine.became == [second, "-I", "-S", script, "build", "x y"]
    assert version in machine.said[0]


def test_the_versions_that_fit() -> None:
    versions = ["2.7.18", "3.10.13", "3.11.0", "3.12.9", "3.13.1", "3.14.0", "4.0", ""]
    assert [version for version in versions if bootstrap.fits(version)] == versions[2:5]


@pytest.mark.parametrize("environ", ["", "LANG=idle", "LC_ALL=C LANG=id", "BUKTI_LANG=en LANG=id"])
def test_english(environ: str) -> None:
    assert bootstrap.language(dict(word.split("=") for word in environ.split())) == "en"


@pytest.mark.parametrize("environ", ["LANG=id_ID.UTF-8", "LC_ALL= LC_MESSAGES=id LANG=en"])
def test_indonesian(environ: str) -> None:
    assert bootstrap.language(dict(word.split("=") for word in environ.split())) == "id"


def test_every_text_is_in_both_languages_and_every_fault_has_a_hint() -> None:
    texts, fields = bootstrap.TEXTS, re.compile(r"\{\w+\}").findall
    faults = {key.split(".")[0] for key in texts if ".hint." in key}
    keys = {key.rpartition(".")[0] for key in texts}
    assert set(texts) == {f"{key}.{language}" for key in keys for language in ("en", "id")}
    assert all(
        sorted(fields(texts[f"{key}.en"])) == sorted(fields(texts[f"{key}.id"])) for key in keys
    )
    assert {*bootstrap.SIGNS, "installer"} <= faults <= keys


def test_all_checks_run_and_pytest_comes_last(root: Path) -> None:
    machine = Machine(root)
    machine.answers["mypy"] = (1, "")
    assert bootstrap.main(machine, ["test"]) == 1
    assert machine.parts == [*ALL, "tests"]
    words = ["ruff", "ruff", "mypy", str(root / ".venv" / "bin" / "lint-imports"), "pytest"]
    assert all(word in ran for word, ran in zip(words, machine.ran[4:], strict=True))
    assert machine.said[-2:] == ["failed so far: mypy", "== pytest"]
    assert machine.given[-1]["PATH"].startswith(str(root / ".venv" / "bin") + os.pathsep)


@pytest.mark.parametrize("status", [0, 1])
def test_with_arguments_only_pytest_runs(ready: Path, status: int) -> None:
    machine = Machine(ready)
    machine.answers["pytest"] = (5 * status, "")
    assert bootstrap.main(machine, ["test", "-k", "a b"]) == status
    assert machine.ran == [[machine.interpreter, "-m", "pytest", "-k", "a b"]]


@pytest.mark.parametrize("changed", ["requirements.lock", "requirements-test.lock"])
def test_the_needs_of_the_tests_have_a_record_of_their_own(ready: Path, changed: str) -> None:
    (ready / changed).write_text("changed")
    start(ready, "build")
    stopped = Machine(ready)
    stopped.answers["requirements-test.lock"] = KeyboardInterrupt()
    assert bootstrap.main(stopped, ["test"]) == 130
    assert not (ready / ".venv" / bootstrap.TEST_RECORD).exists()
    assert start(ready, "test").parts == ["tests"]


def test_uv_is_used_where_there_is_one(root: Path) -> None:
    uv = make_program(root / "tools", "uv")
    machine = start(root, "build", PATH=str(root / "tools"))
    made, *installed = machine.ran
    options = ["--quiet", "--allow-existing", "--python", "/usr/bin/python3"]
    assert made == [uv, "venv", *options, str(root / ".venv")]
    own = [uv, "pip", "install", "--quiet", "--python", machine.interpreter]
    assert [command[: len(own)] for command in installed] == [own, own]
    assert "--require-hashes" in installed[0]


def test_pip_takes_over_from_uv(root: Path) -> None:
    make_program(root / "tools", "uv")
    start(root, "build", PATH=str(root / "tools"))
    machine = start(root, "test", PATH=str(root / "tools"), BUKTI_INSTALLER="pip")
    assert machine.parts == ["ensurepip", "tests"]


def test_the_second_of_two_set_ups_waits_and_finds_the_work_done(root: Path) -> None:
    class Waiting(Machine):
        def say(self, text: str) -> None:
            super().say(text)
            make_environment(self.folder)
            write_records(self)
            fcntl.flock(file, fcntl.LOCK_UN)

    machine = Waiting(root)
    (root / ".bukti").mkdir()
    with (root / ".bukti" / "setup.lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert bootstrap.main(machine, ["build"]) == 0
    assert (machine.ran, machine.said) == ([], [bootstrap.TEXTS["waiting.en"]])
    assert machine.became[-1] == "build"


def test_an_orphan_keeps_the_lock(root: Path) -> None:
    world = bootstrap.World(root, os.environ, PYTHON)
    code = "import fcntl, sys; fcntl.flock(int(sys.argv[1]), fcntl.LOCK_EX); sys.exit('é')"
    with bootstrap.one_at_a_time(world) as lock:
        command = [sys.executable, "-X", "utf8", "-I", "-S", "-c", code, str(lock)]
        assert world.run(command, os.environ, lock) == (1, "é\n")


def test_the_source_starts_on_old_pythons_and_needs_nothing() -> None:
    source = Path(bootstrap.__file__).read_text(encoding="utf-8")
    assert ast.parse(source, feature_version=(3, 8))
    imported = re.findall(r"^ *(?:from|import) (\w+)", source, re.MULTILINE)
    assert set(imported) <= sys.stdlib_module_names


@pytest.mark.parametrize("way", [["sh"], []])
def test_the_wrapper_works_from_an_unpacked_zip(root: Path, tmp_path: Path, way: list[str]) -> None:
    wrapper, script = root / "bukti", root / "workflow" / "bootstrap.py"
    script.parent.mkdir()
    script.write_bytes(Path(bootstrap.__file__).read_bytes())
    wrapper.write_bytes((ROOT / "bukti").read_bytes())
    wrapper.chmod(0o644 if way else 0o755)
    make_environment(root / ".venv")
    write_records(bootstrap.this_world(root))
    arguments = ["build", "two words", "é", ""]
    environ = {"BUKTI_PYTHON": sys.executable, "PATH": os.defpath, "LC_ALL": "C"}
    command = [*way, str(wrapper), *arguments]
    ran = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=False)
    lines = [str(tmp_path), *(f"<{word}>" for word in ["-P", "-m", "bukti", *arguments])]
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    assert ran.stdout.decode().splitlines() == lines


def test_the_wrapper_says_when_there_is_no_python(root: Path) -> None:
    (root / "bukti").write_bytes((ROOT / "bukti").read_bytes())
    (root / "dirname").symlink_to("/usr/bin/dirname")
    command = ["/bin/sh", str(root / "bukti")]
    ran = subprocess.run(command, env={"PATH": str(root)}, capture_output=True, check=False)
    assert ran.returncode == 2
    assert b"Python 3.11-3.13" in ran.stderr
