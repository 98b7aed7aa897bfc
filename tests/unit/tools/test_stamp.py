"""A build with nothing to do is known from its stamp, and only such a build."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bukti.base.digest import digest_bytes
from bukti.tools import stamp
from bukti.tools.stamp import is_current, sources, stamp_path, write_stamp

OUTPUT = "outputs/papers/paper.en.html"


@pytest.fixture(autouse=True)
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "engine"
    folder.mkdir()
    (folder / "code.py").write_text("pass")
    monkeypatch.setattr(stamp, "ENGINE", folder)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "paper"
    texts = {"bukti.yaml": "a", "data/raw/a.csv": "b", OUTPUT: "c", "data/raw/outputs/b.csv": "d"}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def built(root: Path) -> None:
    write_stamp(root, sources(root), {OUTPUT: digest_bytes((root / OUTPUT).read_bytes())})


def rewrite(path: Path, text: str) -> None:
    """Change a file's content, but neither its size nor its time."""
    status = path.stat()
    assert len(text) == status.st_size
    path.write_text(text)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_no_stamp_is_not_current(root: Path) -> None:
    assert not is_current(root)


def test_a_build_is_current(root: Path) -> None:
    built(root)
    assert is_current(root)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: rewrite(root / "data/raw/a.csv", "x"),
        lambda root: rewrite(root / "data/raw/outputs/b.csv", "x"),
        lambda root: rewrite(root / OUTPUT, "x"),
        lambda root: (root / "data/raw/a.csv").write_text("longer"),
        lambda root: (root / "data/raw/new.csv").touch(),
        lambda root: (root / "data/raw/a.csv").unlink(),
        lambda root: (root / "data/raw/a.csv").rename(root / "data/raw/z.csv"),
        lambda root: (root / OUTPUT).unlink(),
        lambda root: (root.parent / "engine/code.py").write_text("fail"),
        lambda root: (root.parent / "engine/more.py").touch(),
        lambda root: stamp_path(root).write_text("{"),
        lambda root: stamp_path(root).write_text('{"version": 1}'),
    ],
)
def test_any_change_is_seen(root: Path, change: Callable[[Path], object]) -> None:
    built(root)
    change(root)
    assert not is_current(root)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: os.utime(root / "data/raw/a.csv"),
        lambda root: os.utime(root / OUTPUT, ns=(1, 1)),
        lambda root: (root / ".git").mkdir(),
        lambda root: (root / ".mypy_cache").mkdir(),
        lambda root: (root / "outputs/logs.txt").touch(),
        lambda root: (root / "data/clean").mkdir(),
    ],
)
def test_what_changes_nothing_is_passed_over(root: Path, change: Callable[[Path], object]) -> None:
    built(root)
    change(root)
    assert is_current(root)


def test_the_same_content_copied_anew_is_current(root: Path) -> None:
    built(root)
    (root / "copy").write_bytes((root / "bukti.yaml").read_bytes())
    (root / "copy").replace(root / "bukti.yaml")
    assert is_current(root)


def test_another_environment_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(root)
    monkeypatch.setattr(stamp, "environment_digest", lambda: "0" * 64)
    assert not is_current(root)


def test_a_source_that_changed_during_the_build_leaves_no_stamp(root: Path) -> None:
    before = sources(root)
    (root / "data/raw/a.csv").write_text("meanwhile")
    write_stamp(root, before, {})
    assert not stamp_path(root).exists()


def test_an_output_that_its_step_did_not_make_leaves_no_stamp(root: Path) -> None:
    built(root)
    digest = digest_bytes((root / OUTPUT).read_bytes())
    (root / OUTPUT).write_text("edited by hand")
    write_stamp(root, sources(root), {OUTPUT: digest})
    assert not stamp_path(root).exists()
    write_stamp(root, sources(root), {"outputs/none": digest})
    assert not stamp_path(root).exists()


def test_linked_folders_are_covered_and_circles_end(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/big.csv").write_text("1")
    (root / "data/raw/linked").symlink_to(tmp_path / "elsewhere")
    (root / "data/raw/round").symlink_to(root)
    (root / "data/raw/broken").symlink_to(tmp_path / "none")
    built(root)
    assert is_current(root)
    rewrite(tmp_path / "elsewhere/big.csv", "2")
    assert not is_current(root)


def test_an_engine_installed_into_the_compendium_is_covered(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = root / ".venv/lib/bukti"
    inside.mkdir(parents=True)
    (inside / "code.py").write_text("pass")
    monkeypatch.setattr(stamp, "ENGINE", inside)
    built(root)
    assert is_current(root)
    rewrite(inside / "code.py", "fail")
    assert not is_current(root)


def test_an_engine_in_the_checkout_is_counted_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "ENGINE", root / "data")
    assert not [name for name in sources(root) if name.startswith("engine:")]


def test_what_a_build_looked_at_elsewhere_counts(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUKTI_NAMES", "x")
    names, gone = root.parent / "names.txt", root.parent / "gone.txt"
    names.write_text("Siti")

    def build() -> None:
        outside = {names: digest_bytes(names.read_bytes()), gone: ""}
        outputs = {OUTPUT: digest_bytes((root / OUTPUT).read_bytes())}
        write_stamp(root, sources(root), outputs, outside=outside, variables={"BUKTI_NAMES": "x"})

    build()
    assert is_current(root)
    assert "Siti" not in stamp_path(root).read_text()
    rewrite(names, "Sita")
    assert not is_current(root)
    build()
    gone.touch()
    assert not is_current(root)
    gone.unlink()
    assert is_current(root)
    monkeypatch.setenv("BUKTI_NAMES", "y")
    assert not is_current(root)
    write_stamp(root, sources(root), {}, outside={names: "other"})
    assert not stamp_path(root).exists()
