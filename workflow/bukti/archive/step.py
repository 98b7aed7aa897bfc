"""The door of the archive: it is written, read and unpacked here, and nowhere else."""

from __future__ import annotations

import mmap
import platform
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from bukti.archive.citation import citation, citation_faults
from bukti.archive.contents import (
    LIMITS,
    Limits,
    crate_faults,
    crate_of,
    digest_faults,
    listing_faults,
    nested_fault,
    seal_faults,
    unpacked,
)
from bukti.archive.crate import SNAKEFILE, crate
from bukti.archive.facts import Facts, exhibits_of, ledger_of, works_of
from bukti.archive.layout import (
    BUILD_LOCK,
    CITATION,
    CRATE,
    ENGINE,
    LOCK,
    OWN_README,
    PROGRAMS,
    README,
    SUMS,
    WHEELS,
    Archive,
)
from bukti.archive.lock import differences, locked_versions
from bukti.archive.members import (
    NAMED,
    LeftOut,
    betraying,
    left_out,
    name_faults,
    source_files,
)
from bukti.archive.packing import packed, stated_sums, with_sums
from bukti.archive.readme import readme
from bukti.archive.structure import Entry, entries_of
from bukti.archive.wheel import written_wheel
from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.plan import Plan
from bukti.project import Project
from bukti.project.inventory import RAW_DIGESTS
from bukti.tools.checksums import read_checksums
from bukti.tools.engine import SET_UP, carried, platform_tag, wheel_contents
from bukti.tools.environment import STARTER
from bukti.tools.files import read_bytes
from bukti.tools.wheels import fetch_wheels, installed_versions
from bukti.tools.yaml_files import parse_yaml

_MOST_SAID = 20
_HOMES = ("/", "/root")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What goes into an archive: files of the compendium, files that the build makes, and not."""

    sources: tuple[str, ...]
    products: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new archive: its bytes, its files by path, and what its reader should know."""

    data: bytes
    files: Mapping[str, bytes]
    findings: tuple[Diagnostic, ...]


def chosen(project: Project, plan: Plan) -> Chosen:
    """The files for the archive of a compendium."""
    root = project.root
    named = (path.relative_to(root).as_posix() for each in NAMED for path in root.glob(each))
    digests = read_checksums(root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
    return Chosen(
        sources=source_files(project, plan, [name for name in named if _is_plain(root, name)]),
        products=tuple(sorted(plan.products())),
        left_out=left_out(project, digests),
    )


def _is_plain(root: Path, name: str) -> bool:
    hidden = any(part.startswith(".") for part in name.split("/"))
    return (root / name).is_file() and not hidden


def withheld(project: Project, parts: Chosen) -> tuple[str, ...]:
    """Raw files that lie in the compendium and may not be passed on."""
    raw = project.root / "data/raw"
    return tuple(each.name for each in parts.left_out if (raw / each.name).is_file())


@contextmanager
def staged(project: Project, parts: Chosen) -> Iterator[Path]:
    """A folder with the compendium as its archive will have it, before anything is built there."""
    with tempfile.TemporaryDirectory(prefix="bukti-archive-") as folder:
        root = Path(folder) / "compendium"
        for name in parts.sources:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(project.root / name, root / name)
        yield root


def made(project: Project, plan: Plan, parts: Chosen, *, with_wheels: bool = False) -> Made:
    """The archive of a compendium whose build is current.

    With wheels it goes to the network. Raises Problem where a file is missing or cannot go in.
    """
    names = (*parts.sources, *parts.products)
    files = {name: read_bytes(project.root / name, shown_as=name) for name in names}
    _refuse(betraying({name: files[name] for name in parts.products}, _places(project.root)))
    if README in files:
        files[OWN_README] = files.pop(README)
    wheel, contents = written_wheel(wheel_contents())
    files |= {name: carried(name) for name in SET_UP}
    files |= {name: _lock(project.root, name) for name in (LOCK, BUILD_LOCK)}
    files[f"{ENGINE}/{wheel}"] = contents
    files.setdefault(SNAKEFILE, (STARTER / "common" / SNAKEFILE).read_bytes())
    if with_wheels:
        fetched = fetch_wheels([files[name].decode() for name in (BUILD_LOCK, LOCK)])
        files |= {f"{WHEELS}/{platform_tag()}/{name}": data for name, data in fetched.items()}
    locked = locked_versions(files[LOCK].decode())
    facts = Facts(
        project=project,
        plan=plan,
        files=files,
        sources=tuple(sorted({*parts.sources, SNAKEFILE} - {README, OWN_README, CITATION})),
        products=parts.products,
        left_out=parts.left_out,
        raw=read_checksums(project.root / RAW_DIGESTS, shown_as=RAW_DIGESTS),
        works=works_of(project, files),
        exhibits=exhibits_of(project, files),
        ledger=ledger_of(files),
        engine=wheel.split("-")[1],
        wheel=f"{ENGINE}/{wheel}",
        packages=locked,
        python=platform.python_version(),
    )
    whole = _whole(facts)
    _refuse(name_faults(whole))
    return Made(data=packed(whole), files=whole, findings=tuple(_unlike(locked)))


def _places(root: Path) -> list[str]:
    """The places of this machine that nothing that was built may tell."""
    home = str(Path.home())
    return [str(root), *([f"{home}/"] if home not in _HOMES else [])]


def _lock(root: Path, name: str) -> bytes:
    """The compendium's own lock, or the engine's where it has none."""
    own = root / name
    return own.read_bytes() if own.is_file() else carried(name)


def _whole(facts: Facts) -> dict[str, bytes]:
    """All files, with those that are written from the facts."""
    files = dict(facts.files)
    files.setdefault(CITATION, citation(facts).encode())
    cited = parse_yaml(files[CITATION].decode("utf-8", "replace"), shown_as=CITATION)
    _refuse(citation_faults(cited.data))
    files[README] = readme(facts).encode()
    files[CRATE] = canonical_json(crate(replace(facts, files=files))).encode()
    return with_sums(files)


def _unlike(locked: Mapping[str, str]) -> Iterator[Diagnostic]:
    """How the packages with which the paper was built differ from the lock that goes along."""
    for each in differences(locked, installed_versions()):
        found = each.installed or "-"
        yield diagnose("ARC136", package=each.name, locked=each.locked, installed=found)


def opened(
    source: Path | bytes, into: Path, *, shown_as: str = "", limits: Limits = LIMITS
) -> Archive:
    """Check an archive and unpack it into a new folder; `shown_as` is its name in messages.

    Raises Problem where it is not whole, not safe, or not as its own lists say; then, as after
    any other error, nothing is left of it.
    """
    path = shown_as or (source.name if isinstance(source, Path) else "archive.zip")
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise Problem(diagnose("ARC116", Span(path=into.name), path=into))
    with _bytes_of(source, path) as data:
        entries = entries_of(data, path, limits.files)
        _refuse(listing_faults(entries, len(data), path, limits))
        try:
            into.mkdir(parents=True, exist_ok=True)
            return _unpack(data, entries, into, path, limits)
        except BaseException:
            shutil.rmtree(into, ignore_errors=True)
            raise


@contextmanager
def _bytes_of(source: Path | bytes, path: str) -> Iterator[memoryview]:
    if isinstance(source, bytes):
        yield memoryview(source)
        return
    try:
        with source.open("rb") as file:
            size = file.seek(0, 2)
            if size == 0:
                raise Problem(diagnose("ARC101", Span(path=path), path=path))
            # Never closed by hand: what failed may still hold a part of it.
            yield memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError as error:
        raise Problem(diagnose("CFG104", Span(path=path), path=path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(diagnose("CFG105", Span(path=path), path=path, reason=reason)) from error


def _refuse(faults: Iterable[Diagnostic]) -> None:
    found = tuple(fault for fault, _ in zip(faults, range(_MOST_SAID), strict=False))
    if found:
        raise Problem(*found)


def _unpack(
    data: memoryview, entries: Sequence[Entry], into: Path, path: str, limits: Limits
) -> Archive:
    found = {entry.name: _write(data, entry, into, path) for entry in entries}
    _refuse(digest_faults(found, _stated(into), path))
    _refuse(_nested(into, entries, limits))
    text = (into / CRATE).read_bytes() if CRATE in found else None
    crate = crate_of(text, path)
    _refuse(crate_faults(crate, found, path))
    _refuse(seal_faults(data, path))
    root = next(entity for entity in crate["@graph"] if entity["@id"] == "./")
    return Archive(
        root=into,
        name=str(root.get("identifier", "")),
        version=str(root.get("version", "")),
        digest=sha256(data).hexdigest(),
        files=found,
        crate=crate,
    )


def _write(data: memoryview, entry: Entry, into: Path, path: str) -> str:
    """Write a file below the folder; its SHA-256."""
    target = into / entry.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    with target.open("xb") as stream:
        for piece in unpacked(data, entry, path):
            digest.update(piece)
            stream.write(piece)
    if entry.name in PROGRAMS:
        target.chmod(0o755)
    return digest.hexdigest()


def _stated(into: Path) -> dict[str, str] | None:
    try:
        return stated_sums((into / SUMS).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def _nested(into: Path, entries: Sequence[Entry], limits: Limits) -> Iterator[Diagnostic]:
    """Archives within the archive that would become too large; they are not opened here."""
    for entry in entries:
        target = into / entry.name
        with target.open("rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                continue
        try:
            with zipfile.ZipFile(target) as package:
                sizes = [each.file_size for each in package.infolist()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            continue  # whoever reads it says that it is damaged
        fault = nested_fault(entry.name, sizes, entry.size, limits)
        if fault:
            yield fault
