"""What holds of the repository as a whole."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import bukti

ROOT = Path(__file__).resolve().parents[3]
ENGINE = ROOT / "workflow"
FLAGSHIP = re.compile(
    r"unicef|cpap|child[ _-]?labou?r|pekerja anak|eksploitasi|bappenas", re.IGNORECASE
)
SUFFIXES = {
    ".py",
    ".smk",
    ".toml",
    ".json",
    ".typ",
    ".css",
    ".html",
    ".xml",
    ".md",
    ".yaml",
    ".csv",
    ".bib",
}


def test_the_engine_names_nothing_of_the_flagship() -> None:
    texts = [path for path in ENGINE.rglob("*") if path.suffix in SUFFIXES and path.is_file()]
    assert len(texts) > 100
    naming = {
        path.relative_to(ROOT).as_posix(): found.group()
        for path in texts
        if (found := FLAGSHIP.search(path.read_text(encoding="utf-8")))
    }
    assert naming == {}


def test_generated_pages_are_current() -> None:
    location = ROOT / "docs/make.py"
    spec = importlib.util.spec_from_file_location("make", location)
    assert spec and spec.loader
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    stale = [
        name
        for name, page in make.PAGES.items()
        if (ROOT / "docs" / name).read_text(encoding="utf-8") != page()
    ]
    assert stale == [], "run: python docs/make.py"


def test_a_notebook_gets_exactly_the_documented_names() -> None:
    assert bukti.__all__ == [
        "claim",
        "claims",
        "coding",
        "figure",
        "number_format",
        "read",
        "table",
    ]
    assert all(callable(getattr(bukti, name)) for name in bukti.__all__ if name != "coding")
    assert all(callable(getattr(bukti.coding, name)) for name in bukti.coding.__all__)


def test_help_imports_nothing_large() -> None:
    import subprocess

    large = (
        "polars",
        "matplotlib",
        "nbclient",
        "snakemake",
        "rich",
        "ruamel",
        "jsonschema",
        "lxml",
    )
    probe = (
        "import sys\nfrom bukti.cli import bukti\n"
        "try:\n    bukti.main(['--help'], standalone_mode=False)\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {large!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_build_with_nothing_to_do_imports_no_library_for_tables() -> None:
    import subprocess

    probe = (
        "import sys\nimport bukti.cli.build, bukti.cli.report\n"
        "print([name for name in ('polars', 'matplotlib', 'snakemake') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_lock_files_carry_hashes_and_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        pinned = re.findall(r"^[a-zA-Z0-9_.-]+(?:\[[^\]]*\])?==", text, re.MULTILINE)
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)


def test_engine_files_stay_small() -> None:
    sizes = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in ENGINE.rglob("*.py")
    }
    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_every_relative_link_of_the_pages_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    broken = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)\)", _without_code(page))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def _without_code(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    return re.sub(r"```.*?```|``.*?``|`[^`]*`", "", text, flags=re.DOTALL)
