"""What runs: the engine's code and the installed packages, as digests."""

from __future__ import annotations

import platform
import sys
import sysconfig
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from bukti.base.digest import digest_bytes, digest_json

ENGINE = Path(__file__).resolve().parent.parent
FLOORS = (
    "base",
    "tools",
    "project",
    "plan.py",
    "clean",
    "analyse",
    "manuscript",
    "ledger",
    "render",
    "privacy",
    "gate",
    "report",
)
STARTER = ENGINE / "cli" / "starter"
_COMMON = 4


@cache
def _file_digest(path: Path) -> str:
    return digest_bytes(path.read_bytes())


def engine_files(floor: str | None = None) -> tuple[Path, ...]:
    """The engine's files: all, or those of one floor and of the floors below it."""
    if floor is None:
        folders: tuple[str, ...] = (".",)
    else:
        height = max(_COMMON, FLOORS.index(floor) + 1)
        folders = (*FLOORS[:height], "__init__.py", "schemas", "fonts", "styles", "cli/starter")
    found: list[Path] = []
    for name in folders:
        place = ENGINE / name
        found.extend(place.rglob("*") if place.is_dir() else [place])
    return tuple(
        sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)
    )


def starter_texts() -> tuple[Path, ...]:
    """The manuscript files of the small papers that `bukti new` writes, in every language."""
    folders = (STARTER, STARTER / "coded")
    names = ("*/[0-9]*.md", "*/front.md")
    return tuple(sorted({path for each in folders for name in names for path in each.glob(name)}))


def starter_settings() -> tuple[Path, ...]:
    """The settings of the small paper that `bukti new` writes, in every language."""
    return tuple(sorted(STARTER.glob("*/bukti.yaml")))


@cache
def engine_digest(floor: str) -> str:
    """The digest of the code that a stage runs: its own floor and those below."""
    return digest_json(
        {str(path.relative_to(ENGINE)): _file_digest(path) for path in engine_files(floor)}
    )


@cache
def environment_digest() -> str:
    """The digest of the Python version, the platform and every installed package's version."""
    packages = sorted(
        path.name
        for key in ("purelib", "platlib")
        for path in Path(sysconfig.get_path(key)).glob("*.dist-info")
    )
    return digest_json(
        {"python": sys.version.split()[0], "machine": platform.machine(), "packages": packages}
    )


def python_version() -> str:
    """The version of Python that runs."""
    return sys.version.split()[0]


@cache
def packages_used() -> tuple[tuple[str, str], ...]:
    """The packages that the engine needs, and those that these need, with versions, by name.

    What else is installed, for tests say, is left out.
    """
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: dict[str, str] = {}
    wanted = ["bukti"]
    while wanted:
        name = canonicalize_name(wanted.pop())
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found[name] = package.version
        for text in package.requires or ():
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                wanted.append(needed.name)
    return tuple(sorted(found.items()))
