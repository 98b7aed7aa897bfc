"""`--anonymous`: papers, report and archive that do not say whose they are, from a masked copy."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bukti.anonymous.identity import Identity, identity_of
from bukti.anonymous.texts import Masked, masked
from bukti.archive.layout import CITATION, ENGINE, archive_file
from bukti.archive.step import chosen
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.cli.archive import archive
from bukti.cli.build import build
from bukti.cli.report import report
from bukti.cli.session import Session
from bukti.plan import plan
from bukti.privacy.reading.files import Reading
from bukti.project import CONFIG, load_project
from bukti.project.raw_files import RAW
from bukti.tools.files import write_bytes
from bukti.tools.git import remote_address
from bukti.tools.records import STATE
from bukti.tools.yaml_files import parse_yaml

OUTPUTS = "outputs/anonymous"
_COPY = f"{STATE}/anonymous"
_KEPT = ("papers", "report")
_BUILT = (f"{STATE}/steps", "data/clean", "outputs/results", "outputs/findings")
_ADDRESSES = ("url", "repository", "repository-code", "repository-artifact")
_FOUND = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """The masked compendium: where it lies, who must not be found in it, what was withheld."""

    root: Path
    identity: Identity
    masked: Masked


def build_anonymous(session: Session, cores: int) -> int:
    """Build papers and report without their authors, in `outputs/anonymous`; search them after.

    The exit status is the build's, or 1 where something still says whose they are.
    """
    copy = _copied(session)
    built = build(copy.root, (), language=session.language, quiet=session.quiet, cores=cores)
    status = report(replace(session, folder=copy.root), built)
    if built.failures:
        return status
    target = session.root / OUTPUTS
    for name in _KEPT:
        shutil.rmtree(target / name, ignore_errors=True)
        if (copy.root / "outputs" / name).is_dir():
            shutil.copytree(copy.root / "outputs" / name, target / name)
    outputs = (
        (path.relative_to(session.root).as_posix(), path.read_bytes())
        for name in _KEPT
        for path in sorted((target / name).rglob("*"))
        if path.is_file()
    )
    return max(status, _told(session, copy, outputs, f"{OUTPUTS}/"))


def archive_anonymous(
    session: Session, target: Path | None, *, with_wheels: bool, cores: int
) -> int:
    """Write an archive of the compendium without its authors; search all that is in it after."""
    copy = _copied(session)
    config = load_project(copy.root).config
    own = session.root / OUTPUTS / Path(archive_file(config.name, config.version)).name
    path = own if target is None else session.folder / target
    there = replace(session, folder=copy.root)
    status = archive(there, path.resolve(), with_wheels=with_wheels, cores=cores)
    if not path.is_file():
        return status
    with zipfile.ZipFile(path) as packed:
        outputs = (
            (name, packed.read(name))
            for name in packed.namelist()
            if not name.startswith(f"{ENGINE}/")
        )
        return max(status, _told(session, copy, outputs, path.name))


def _copied(session: Session) -> _Copy:
    """The compendium in a folder of its own, without what says whose it is."""
    root = session.root
    project = load_project(root)
    parts = chosen(project, plan(project))
    closed = (f"{RAW}/{each.name}" for each in parts.left_out)
    names = [*parts.sources, *(name for name in closed if (root / name).is_file())]
    files = {name: (root / name).read_bytes() for name in names}
    settings: Mapping[str, Any] = parse_yaml(files[CONFIG].decode(), shown_as=CONFIG).data
    identity = identity_of(settings, _addresses(root))
    found = masked(files, settings, identity)
    copy = root / _COPY
    _write(root, copy, found.files)
    return _Copy(root=copy, identity=identity, masked=found)


def _addresses(root: Path) -> Iterator[str]:
    """Where the paper is kept: what its citation file and its repository say."""
    path = root / CITATION
    if path.is_file():
        data = parse_yaml(path.read_text(encoding="utf-8"), shown_as=CITATION).data
        yield from (str(data[key]) for key in _ADDRESSES if data.get(key))
    address = remote_address(root)
    if address:
        yield address
        yield address.removesuffix(".git")


def _write(root: Path, copy: Path, files: Mapping[str, bytes]) -> None:
    """Write the copy; what was built of the paper goes along, so that only what differs is."""
    shutil.rmtree(copy, ignore_errors=True)
    for name in _BUILT:
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name)
    for name, data in files.items():
        write_bytes(copy / name, data)


def _told(session: Session, copy: _Copy, outputs: Iterable[tuple[str, bytes]], where: str) -> int:
    """Say what was withheld, and what still tells; 1 where anything does."""
    withheld = copy.masked
    session.say(
        session.word(
            "anonymous-made",
            where=where,
            files=len(withheld.changed),
            statements=len(withheld.statements),
            references=withheld.references,
        )
    )
    left = tuple(leaks(copy.identity, outputs, withheld.files))
    session.show(left)
    if not left:
        session.say(session.word("anonymous-searched"))
    return _FOUND if left else 0


def leaks(
    identity: Identity, outputs: Iterable[tuple[str, bytes]], sources: Mapping[str, bytes]
) -> Iterator[Diagnostic]:
    """A finding for each form that still says whose the paper is, with the outputs it is in.

    It stands at the source that still says so, where one does; a name of a file counts too.
    """
    reading = Reading()
    held: dict[str, list[str]] = {}
    for name, data in outputs:
        texts = [name, *(piece.text for piece in reading.pieces(data, name))]
        for form in dict.fromkeys(form for text in texts for form in identity.found(text)):
            held.setdefault(" ".join(form.split()), []).append(name)
    for form, names in held.items():
        place = _place(form, sources) or Span(path=names[0])
        shown = ", ".join(names[:3])
        yield diagnose("ARC151", place, found=form, outputs=shown, count=len(names))


def _place(form: str, sources: Mapping[str, bytes]) -> Span | None:
    for path, data in sorted(sources.items()):
        text = data.decode("utf-8", "replace")
        if form in text:
            return Span(path=path, line=text.count("\n", 0, text.index(form)) + 1)
    return None
