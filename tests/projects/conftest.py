"""Small real compendia, built once and copied for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Ended:
    """How a run of bukti ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Compendium:
    """A compendium on disk, and what a test does with it."""

    root: Path

    def path(self, name: str) -> Path:
        return self.root / name

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text
        self.path(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def submit(self) -> None:
        """Sets the level, with waivers for what the starter wrote itself."""
        self.replace("bukti.yaml", "level: draft", "level: submit")
        settings = self.path("bukti.yaml")
        places = [path.relative_to(self.root) for path in self.root.glob("manuscript/*/*.md")]
        if "Your Name" in settings.read_text(encoding="utf-8"):
            places.append(Path("bukti.yaml"))
        waivers = [
            f"  - {{code: REN170, at: {place.as_posix()}, reason: The starter itself.}}\n"
            for place in sorted(places)
        ]
        with settings.open("a", encoding="utf-8") as file:
            file.write("".join(["waivers:\n", *waivers]))

    def run(self, *words: str, env: Mapping[str, str] | None = None) -> Ended:
        done = subprocess.run(
            self.command(*words),
            cwd=self.root,
            capture_output=True,
            text=True,
            env={**environment(), **(env or {})},
            timeout=300,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(
        self, *words: str, env: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*words),
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**environment(), **(env or {})},
        )

    @staticmethod
    def command(*words: str) -> list[str]:
        return [sys.executable, "-m", "bukti", *words]

    def digests(self) -> dict[str, str]:
        """The digest of everything that must be the same in every build."""
        return {
            path.relative_to(self.root).as_posix(): sha256(path.read_bytes()).hexdigest()
            for folder in ("outputs", "data/clean")
            for path in sorted(self.path(folder).rglob("*"))
            if path.is_file() and "logs" not in path.relative_to(self.root).parts
        }


def environment() -> dict[str, str]:
    """A plain environment in English."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "PYTHONPATH", "HOME", "OPENBLAS_CORETYPE")
        if name in os.environ
    }
    return {**kept, "LANG": "C.UTF-8", "BUKTI_LANG": "en", "TZ": "UTC"}


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Compendium:
    """The starter of `bukti new`, built; tests must not touch it."""
    folder = tmp_path_factory.mktemp("starter")
    started = Compendium(folder).run("new", "paper")
    assert started.status == 0, started.err
    paper = Compendium(folder / "paper")
    ended = paper.run("build")
    assert ended.status == 0, ended.out + ended.err
    return paper


@pytest.fixture
def paper(built_once: Compendium, tmp_path: Path) -> Iterator[Compendium]:
    """A built compendium of the test's own."""
    target = tmp_path / "paper"
    shutil.copytree(built_once.root, target, symlinks=True)
    yield Compendium(target)


@pytest.fixture
def fresh(built_once: Compendium, tmp_path: Path) -> Compendium:
    """A compendium that nothing was built of yet."""
    target = tmp_path / "fresh"
    made = shutil.ignore_patterns("outputs", ".bukti", ".snakemake", "clean")
    shutil.copytree(built_once.root, target, ignore=made)
    assert not (target / "data/clean").exists()
    return Compendium(target)
