"""`bukti fetch`: raw files by their stated address and digest."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.cli import fetch as verb
from bukti.tools.checksums import write_checksums
from bukti.tools.download import Downloaded, Limits

Run = Callable[..., Any]
SERVED = {"https://example.org/a.csv": b"a", "https://example.org/b.csv": b"<html>"}
DIGEST = {name: sha256(data).hexdigest() for name, data in SERVED.items()}
REGISTER = """\
sources:
  S: {title: Loans}
  T: {title: A report}
raw:
  a.csv: {source: S, fetch: {url: "https://example.org/a.csv", sha256: A}}
  sub/b.csv: {source: S, fetch: {url: "https://example.org/b.csv"}}
  c.csv: {source: T}
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were asked for; the answers stand in SERVED."""
    found: list[str] = []

    def download(address: str, where: Span, *, limits: Limits, take: Any) -> Downloaded:
        found.append(address)
        if address not in SERVED:
            raise Problem(diagnose("SRC132", where, url=address, reason="404 Not Found"))
        data = SERVED[address]
        take(data)
        return Downloaded(digest=DIGEST[address], size=len(data), is_page=data == b"<html>")

    monkeypatch.setattr(verb, "download", download)
    return found


@pytest.fixture
def root(tmp_path: Path, asked: list[str]) -> Path:
    (tmp_path / "bukti.yaml").touch()
    (tmp_path / "data/raw").mkdir(parents=True)
    register(tmp_path, DIGEST["https://example.org/a.csv"])
    return tmp_path


def register(root: Path, digest: str, text: str = REGISTER) -> None:
    (root / "data/sources.yaml").write_text(text.replace("sha256: A", f"sha256: {digest}"))


def files(root: Path) -> list[str]:
    raw = root / "data/raw"
    return sorted(path.relative_to(raw).as_posix() for path in raw.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["a.csv", "data/raw/a.csv"])
def test_a_file_enters_by_its_digest(run: Run, root: Path, asked: list[str], name: str) -> None:
    done = run("fetch", name, "-C", root)
    assert (done.status, files(root)) == (0, ["a.csv"])
    assert (root / "data/raw/a.csv").read_bytes() == b"a"
    assert "bukti accept raw a.csv" in done.err
    again = run("fetch", name, "-C", root)
    assert (again.status, len(asked)) == (0, 1)
    assert "already there" in again.err


def test_another_digest_keeps_the_file_out(run: Run, root: Path) -> None:
    register(root, "f" * 64)
    done = run("fetch", "a.csv", "-C", root)
    assert (done.status, files(root)) == (2, [])
    assert "SRC131" in done.out
    assert "f" * 64 in done.out and DIGEST["https://example.org/a.csv"] in done.out


def test_without_a_digest_nothing_is_asked(run: Run, root: Path, asked: list[str]) -> None:
    done = run("fetch", "sub/b.csv", "-C", root)
    assert (done.status, asked) == (2, [])
    assert "data/sources.yaml:6:3: error[SRC130]" in done.out
    assert "--show-digest sub/b.csv" in done.out


def test_the_digest_of_what_comes(run: Run, root: Path) -> None:
    done = run("fetch", "--show-digest", "sub/b.csv", "-C", root)
    assert (done.status, files(root)) == (0, [])
    assert done.out.split()[:3] == [DIGEST["https://example.org/b.csv"], "sub/b.csv", "6"]


def test_the_accepted_digest_will_do(run: Run, root: Path) -> None:
    digest = DIGEST["https://example.org/b.csv"]
    write_checksums(root / "data/raw.sha256", {"sub/b.csv": digest})
    done = run("fetch", "sub/b.csv", "-C", root)
    assert (done.status, files(root)) == (0, ["sub/b.csv"])
    assert "accept raw" not in done.err


def test_a_page_in_place_of_the_file(run: Run, root: Path) -> None:
    write_checksums(root / "data/raw.sha256", {"sub/b.csv": "0" * 64})
    done = run("fetch", "sub/b.csv", "-C", root)
    assert "a web page came" in done.out
    assert files(root) == []


def test_a_source_stands_for_its_files(run: Run, root: Path, asked: list[str]) -> None:
    done = run("fetch", "S", "-C", root)
    assert (done.status, files(root)) == (2, ["a.csv"])
    assert "SRC130" in done.out
    assert asked == ["https://example.org/a.csv"]


@pytest.mark.parametrize(
    ("name", "code"), [("c.csv", "SRC135"), ("T", "SRC135"), ("a.cvs", "CFG119"), ("U", "CFG119")]
)
def test_what_cannot_be_meant(run: Run, root: Path, asked: list[str], name: str, code: str) -> None:
    done = run("fetch", "a.csv", name, "-C", root)
    assert (done.status, asked, code in done.out) == (2, [], True)


def test_another_file_in_its_place_is_never_overwritten(
    run: Run, root: Path, asked: list[str]
) -> None:
    (root / "data/raw/a.csv").write_text("mine")
    done = run("fetch", "a.csv", "-C", root)
    assert (done.status, asked, "SRC136" in done.out) == (2, [], True)
    assert (root / "data/raw/a.csv").read_text() == "mine"


def test_all_that_are_missing(run: Run, root: Path, asked: list[str]) -> None:
    write_checksums(root / "data/raw.sha256", {"sub/b.csv": DIGEST["https://example.org/b.csv"]})
    assert run("fetch", "-C", root).status == 0
    assert files(root) == ["a.csv", "sub/b.csv"]
    assert "nothing to fetch" in run("fetch", "-C", root).err
    assert len(asked) == 2


def test_a_list_asks_nobody(run: Run, root: Path, asked: list[str]) -> None:
    (root / "data/raw/a.csv").write_text("mine")
    done = run("fetch", "--dry-run", "S", "-C", root)
    assert (done.status, asked) == (0, [])
    first, second = done.out.splitlines()
    assert first.startswith("a.csv  another file is there  ")
    assert second == "sub/b.csv  would be fetched  no digest stated  https://example.org/b.csv"


def test_a_file_that_is_gone(run: Run, root: Path) -> None:
    register(root, "a" * 64, REGISTER.replace("org/a.csv", "org/gone.csv"))
    done = run("fetch", "a.csv", "-C", root)
    assert (done.status, files(root), "404 Not Found" in done.out) == (2, [], True)


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "sub/../../a.csv"])
def test_no_name_leads_out_of_the_folder(run: Run, root: Path, asked: list[str], name: str) -> None:
    register(root, "a" * 64, REGISTER.replace("  a.csv:", f"  {name}:"))
    done = run("fetch", name, "-C", root)
    assert (done.status, asked) == (2, [])
    assert "CFG107" in done.out
