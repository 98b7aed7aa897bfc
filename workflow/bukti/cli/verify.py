"""`bukti verify`: a paper rebuilt from its archive, and a verdict for each thing that it says."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bukti.archive.layout import archive_file
from bukti.base.codes import LANGUAGES
from bukti.base.diagnostic import Problem, diagnose
from bukti.cli.archive import archive
from bukti.cli.session import Session
from bukti.cli.showing import show
from bukti.cli.verify_paper import verify_paper
from bukti.project import CONFIG, load_config
from bukti.tools.enclosed import Bounds
from bukti.tools.files import write_bytes
from bukti.verify.outputs import files_of
from bukti.verify.step import Request, one_page, verify
from bukti.verify.terminal import summary_lines
from bukti.verify.wording import Wording

OUTPUT = "outputs/verification"
MIB = 1024 * 1024
DAMAGED = "ARC"
PAPERS = (".pdf", ".docx", ".html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What a rebuild may use: minutes, MiB of memory (three quarters of it by default), of disk."""

    minutes: int = 60
    memory: int | None = None
    disk: int = 8192
    unconfined: bool = False
    challenge: int | None = None
    cores: int = 1


def run(session: Session, words: Sequence[str], output: Path | None, allowed: Allowed) -> int:
    """Verify what the words name; the exit status: 0 holds, 1 does not, 2 could not be done."""
    named, papers, claims = _named(session, words)
    if papers:
        return max(verify_paper(session, paper, named) for paper in papers)
    source = named or _own_archive(session, allowed.cores)
    if source is None:
        return 2
    wording = Wording(session.language)
    request = Request(
        archive=source,
        claims=claims,
        bounds=_bounds(allowed),
        cores=allowed.cores,
        unconfined=allowed.unconfined,
        challenge=allowed.challenge or 0,
        day=datetime.now(UTC).date().isoformat(),
    )
    try:
        verification = verify(request, lambda note: session.say(wording.note(note)), session.say)
    except Problem as problem:
        if not all(each.code.startswith(DAMAGED) for each in problem.diagnostics):
            raise
        show(session, problem.diagnostics)
        session.say(wording.say("damaged", file=source.name))
        return 1
    folder = output or _folder(session, source)
    show(session, verification.findings)
    files = files_of(verification, session.language)
    for language in LANGUAGES:
        files[f"verification.{language}.pdf"] = one_page(verification, language)
    for name, data in files.items():
        write_bytes(folder / name, data)
    for line in summary_lines(verification, session.language):
        session.say(line)
    session.say(wording.say("written", folder=_shown(folder)))
    return 1 if verification.fails else 0


def _bounds(allowed: Allowed) -> Bounds:
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    memory = allowed.memory * MIB if allowed.memory else physical * 3 // 4
    disk = allowed.disk * MIB
    return Bounds(seconds=allowed.minutes * 60, memory_bytes=memory, disk_bytes=disk)


def _own_archive(session: Session, cores: int) -> Path | None:
    """The archive of the paper at hand, made anew; None where it does not build."""
    config = load_config(session.root)
    path = session.root / archive_file(config.name, config.version)
    path.unlink(missing_ok=True)
    archive(session, None, with_wheels=False, cores=cores)
    session.say()
    return path if path.is_file() else None


def _named(
    session: Session, words: Sequence[str]
) -> tuple[Path | None, tuple[Path, ...], tuple[str, ...]]:
    """The archive, where one is named, finished papers, and claims that alone are verified."""
    paths = [session.folder / word for word in words if _is_path(session.folder, word)]
    papers = tuple(path for path in paths if path.suffix in PAPERS)
    archives = [path for path in paths if path not in papers]
    if len(archives) > 1:
        raise Problem(diagnose("VER123", name=archives[1], known=archives[0]))
    claims = tuple(word for word in words if not _is_path(session.folder, word))
    return (archives[0] if archives else None), papers, claims


def _is_path(folder: Path, word: str) -> bool:
    return (folder / word).exists() or word.endswith((".zip", *PAPERS))


def _folder(session: Session, archive: Path) -> Path:
    """Where the outputs go: into the compendium at hand, else beside the archive's name."""
    here = session.folder.resolve()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return folder / OUTPUT
    return here / f"{archive.stem}-verification"


def _shown(folder: Path) -> str:
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)
