"""The files below `data/raw`, and how they compare with their list and with the register."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from errno import EISDIR
from pathlib import Path

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.digest import digest_bytes
from bukti.base.span import Span
from bukti.project.register import Register
from bukti.tools.yaml_files import Document

RAW = "data/raw"
RAW_DIGESTS = "data/raw.sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFolder:
    """What lies below `data/raw`: the names of its files, and why others cannot be used."""

    root: Path
    names: tuple[str, ...] = ()
    faults: Mapping[str, Diagnostic] = field(default_factory=dict)

    def digest(self, name: str) -> str:
        """The SHA-256 of a file."""
        return digest_bytes((self.root / RAW / name).read_bytes())


def list_raw(root: Path) -> RawFolder:
    """Every file below `data/raw` but hidden ones; links that leave the folder are faults."""
    folder = root / RAW
    names: list[str] = []
    faults: dict[str, Diagnostic] = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        name = relative.as_posix()
        if any(part.startswith(".") for part in relative.parts):
            continue
        fault = _fault(folder, path, name)
        if fault:
            faults[name] = fault
        elif path.is_file():
            names.append(name)
    return RawFolder(root=root, names=tuple(names), faults=faults)


def _fault(folder: Path, path: Path, name: str) -> Diagnostic | None:
    where = Span(path=f"{RAW}/{name}")
    if path.is_symlink():
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside or not path.exists():
            return diagnose("SRC109", where, path=name, target=path.readlink())
    if not path.is_file():
        return None
    try:
        path.open("rb").close()
    except OSError as error:
        return diagnose("SRC110", where, path=name, reason=error.strerror)
    return None


def unusable(
    folder: RawFolder, name: str, accepted: Mapping[str, str], where: Span
) -> Diagnostic | None:
    """Why a raw file that a contract names, at `where`, cannot be used; None where it can."""
    if name in folder.faults:
        return folder.faults[name]
    if name in folder.names:
        return None
    if (folder.root / RAW / name).is_dir():
        return diagnose("SRC110", where, path=name, reason=os.strerror(EISDIR))
    return diagnose("SRC103", where, path=name, notes=looks_like(folder, name, accepted))


def looks_like(folder: RawFolder, name: str, accepted: Mapping[str, str]) -> tuple[Note, ...]:
    """What a missing raw file is now perhaps called."""
    alike = [found for found in folder.names if _folded(found) == _folded(name) and found != name]
    if alike:
        return (note("raw-name-alike", found=alike[0]),)
    for found in folder.names:
        if name in accepted and found not in accepted and folder.digest(found) == accepted[name]:
            return (note("raw-renamed", found=found),)
    return ()


def _folded(name: str) -> str:
    """A name without what file systems treat differently: case, and how accents are stored."""
    return unicodedata.normalize("NFC", name).casefold()


def raw_findings(
    folder: RawFolder,
    used: Iterable[str],
    accepted: Mapping[str, str],
    lines: Mapping[str, int],
    register: Register,
    document: Document,
) -> Iterator[Diagnostic]:
    """What of raw files, their list (`lines` says where in it) and the register does not agree."""
    used = set(used)
    for name in folder.names:
        where = Span(path=f"{RAW}/{name}")
        if name not in used:
            yield diagnose("SRC106", where, path=name)
            if name in accepted and folder.digest(name) != accepted[name]:
                yield changed(name, accepted[name], folder.digest(name))
        if name not in register.raw:
            yield diagnose("SRC105", where, path=name)
    for name, fault in folder.faults.items():
        if name not in used:
            yield fault
    gone = {*accepted, *register.raw} - {*folder.names, *folder.faults, *used}
    for name in sorted(name for name in gone if not register.may_be_absent(name)):
        notes = looks_like(folder, name, accepted)
        if name in accepted:
            where = Span(path=RAW_DIGESTS, line=lines[name])
            yield diagnose("SRC107", where, path=name, notes=notes)
        if name in register.raw:
            yield diagnose("SRC108", document.span(("raw", name)), path=name, notes=notes)


def changed(name: str, accepted: str, found: str) -> Diagnostic:
    """The finding for a raw file whose digest is not the accepted one."""
    where = Span(path=f"{RAW}/{name}")
    return diagnose("SRC102", where, path=name, accepted=accepted[:12], found=found[:12])


def unaccepted(
    raw: Mapping[str, str], accepted: Mapping[str, str], present: tuple[str, ...]
) -> tuple[Diagnostic, ...]:
    """Raw files whose digest is not the accepted one, by name. Keys are paths below `data/raw`."""
    found: list[Diagnostic] = []
    for name, digest in raw.items():
        where = Span(path=f"{RAW}/{name}")
        if name not in present:
            found.append(diagnose("SRC103", where, path=name))
        elif name not in accepted:
            found.append(diagnose("SRC101", where, path=name))
        elif accepted[name] != digest:
            found.append(changed(name, accepted[name], digest))
    return tuple(found)
