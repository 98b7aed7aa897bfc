"""The set-up, on a machine that only pretends: no network, no installer, no waiting."""

from __future__ import annotations

import fcntl
import os
import re
import sys
from pathlib import Path

import pytest
from tests.unit.bootstrap.machine import (
    ALL,
    FILES,
    PYTHON,
    Machine,
    make_environment,
    make_program,
    start,
    write_records,
)

import bootstrap

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


def test_first_use_sets_up_and_hands_over(root: Path) -> None:
    machine = start(root, "build", "-C", "a b", PIP_INDEX_URL="kept", PYTHONPATH="dropped")
    own = str(root / ".venv" / "bin" / "python")
    pip = [own, "-I", "-m", "pip", "install", "--quiet", "--no-build-isolation"]
    source = ["--no-cache-dir", "--no-deps", "--require-hashes"]
    assert machine.ran == [
        ["/usr/bin/python3", "-I", "-m", "venv", str(root / ".venv")],
        [*pip, "--no-deps", "--require-hashes", "-r", "requirements-build.lock"],
        [*pip, *source, "-r", str(root / ".venv" / "source-only.lock")],
        [*pip, "--no-deps", "--require-hashes", "-r", "requirements.lock"],
        [*pip, "--no-deps", "-e", "."],
    ]
    assert machine.became == [own, "-P", "-m", "bukti", "build", "-C", "a b"]
    assert all(environ["PIP_INDEX_URL"] == "kept" for environ in machine.given)
    assert all(environ["PIP_USE_PEP517"] == "1" for environ in machine.given)
    assert not any("PYTHONPATH" in environ for environ in machine.given)
    assert re.search("Setting up .* 269 MB", machine.said[0])
    site = root / ".venv/lib/python3.11/site-packages"  # the locale may lack letters of the path
    line = (site / "_bukti.pth").read_text(encoding="ascii").strip()
    assert os.path.normpath(site / line) == str(root / "workflow")


def test_what_has_no_wheel_is_built_alone_from_its_entry_in_the_lock(root: Path) -> None:
    entry = "connection-pool==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
    lock = f"attrs==1.0 \\\n    --hash=sha256:cc\n{entry}connection-pool-more==1.0\n"
    (root / "requirements.lock").write_text(lock)
    start(root, "build")
    assert (root / ".venv" / "source-only.lock").read_text() == entry


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_the_locks_agree_on_what_has_no_wheel(name: str) -> None:
    root = Path(bootstrap.__file__).parent.parent
    locks = [(root / lock).read_text(encoding="utf-8") for lock in (name, "requirements.lock")]
    found, expected = (re.findall(bootstrap.SOURCE_ONLY, lock) for lock in locks)
    assert found == expected
    assert [entry.count("--hash") for entry in found] == [1]  # a wheel would be a second file


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["why", "test"]])
def test_nothing_is_done_twice(ready: Path, arguments: list[str]) -> None:
    machine = start(ready, *arguments)
    assert (machine.ran, machine.said) == ([], [])
    assert machine.became[3:] == ["bukti", *arguments]


@pytest.mark.parametrize(
    ("changed", "parts"),
    [
        ("requirements-build.lock", ALL),
        ("requirements.lock", ALL),
        ("pyproject.toml", ["project"]),
        ("requirements-test.lock", []),
    ],
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
    ("word", "again"),
    [
        ("venv", ALL),
        ("requirements-build.lock", ALL),
        ("--no-cache-dir", ALL),
        ("requirements.lock", ALL),
        ("-e", ["project"]),
    ],
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


def test_a_link_to_the_environment_of_another_compendium_is_not_cleared(
    ready: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in FILES:
        (other / name).write_text(f"other {name}")
    (other / ".venv").symlink_to(ready / ".venv")
    before = sorted((ready / ".venv").rglob("*"))
    machine = Machine(other)
    assert (bootstrap.main(machine, ["build"]), "did not make" in machine.said[0]) == (2, True)
    assert sorted((ready / ".venv").rglob("*")) == before


def test_the_environment_may_be_a_link_to_another_disk(root: Path, tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    (root / ".venv").symlink_to(tmp_path / "scratch")
    assert start(root, "build").parts == ALL
    (root / "requirements.lock").write_text("changed")
    assert start(root, "build").parts != []


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize(("fault", "output"), OUTPUTS)
def test_a_failure_is_explained(root: Path, fault: str, output: str, language: str) -> None:
    machine = Machine(root, BUKTI_LANG=language)
    part = "venv" if fault == "ensurepip" else "requirements.lock"
    machine.answers[part] = (1, "dropped\n" + "filler\n" * 99 + output)
    assert bootstrap.main(machine, ["build"]) == 2
    fields = {"free": 9000, "package": "python3.11-venv"}
    texts = [bootstrap.texts()[key][language] for key in (fault, f"{fault}.hint")]
    headline, hint = (text.format(**fields) for text in texts)
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
    texts = [bootstrap.texts()[key][language] for key in (fault, f"{fault}.hint")]
    assert machine.said == [f"bukti: {texts[0].format(version=version)}", f"  {texts[1]}"]


def test_an_incomplete_folder_is_named(root: Path) -> None:
    (root / "requirements.lock").unlink()
    machine = Machine(root)
    assert (bootstrap.main(machine, ["build"]), (root / ".venv").exists()) == (2, False)
    assert "requirements.lock" in machine.said[0]


@pytest.mark.parametrize("environ", ["", "LANG=idle", "LC_ALL=C LANG=id", "BUKTI_LANG=en LANG=id"])
def test_english(environ: str) -> None:
    assert bootstrap.language(dict(word.split("=") for word in environ.split())) == "en"


@pytest.mark.parametrize("environ", ["LANG=id_ID.UTF-8", "LC_ALL= LC_MESSAGES=id LANG=en"])
def test_indonesian(environ: str) -> None:
    assert bootstrap.language(dict(word.split("=") for word in environ.split())) == "id"


def test_every_text_is_in_both_languages_and_every_fault_has_a_hint() -> None:
    texts, fields = bootstrap.texts(), re.compile(r"\{\w+\}").findall
    faults = {key.removesuffix(".hint") for key in texts if key.endswith(".hint")}
    assert all(set(text) == {"en", "id"} for text in texts.values())
    assert all(sorted(fields(text["en"])) == sorted(fields(text["id"])) for text in texts.values())
    assert {*bootstrap.SIGNS, "installer"} <= faults <= set(texts)


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
    own = [uv, "pip", "install", "--python", machine.interpreter]
    own += ["--quiet", "--no-build-isolation"]
    assert machine.parts == ALL
    assert all(command[: len(own)] == own for command in installed)
    assert all("--require-hashes" in command for command in installed[:-1])


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
    assert (machine.ran, machine.said) == ([], [bootstrap.texts()["waiting"]["en"]])
    assert machine.became[-1] == "build"


def test_an_orphan_keeps_the_lock(root: Path) -> None:
    world = bootstrap.World(root, os.environ, PYTHON)
    code = "import fcntl, sys; fcntl.flock(int(sys.argv[1]), fcntl.LOCK_EX); sys.exit('é')"
    with bootstrap.one_at_a_time(world) as lock:
        command = [sys.executable, "-X", "utf8", "-I", "-S", "-c", code, str(lock)]
        assert world.run(command, os.environ, lock) == (1, "é\n")
