"""`bukti export`: a coded corpus as a REFI-QDA project, for other programs and for archives."""

from __future__ import annotations

from pathlib import Path

from bukti.base.diagnostic import Problem, Severity, diagnose
from bukti.base.span import Span
from bukti.clean.coding.exporting import exported
from bukti.clean.coding.reader import Beside, read_corpus
from bukti.cli.session import Session
from bukti.project.raw_files import RAW
from bukti.tools.files import read_bytes, write_bytes

_WORKBOOKS = (".xlsx", ".xlsm")


def export(
    session: Session,
    name: str,
    target: Path,
    codes: str | None,
    documents: str | None,
    separator: str,
) -> int:
    """Write the corpus of a raw file to `target`; findings about it are shown.

    Raises Problem where it cannot be read, has errors, would not come back the same, or the
    target is there already or among the raw files.
    """
    folder = session.root / RAW
    target = session.folder / target
    if target.exists() or folder.resolve() in target.resolve().parents:
        raise Problem(diagnose("QUA132", Span(path=target.name), path=target.name))
    wanted = [each for each in (name, codes, documents) if each is not None]
    files = {each: _read(folder, each) for each in wanted}
    if documents is not None or name.lower().endswith(_WORKBOOKS):
        files |= _beside(folder)
    beside = Beside(files=files, codes=codes, documents=documents, separator=separator)
    corpus = read_corpus(files[name], f"{RAW}/{name}", beside)
    data = exported(corpus, target.stem)
    write_bytes(target, data)
    session.show([each for each in corpus.findings if each.severity is not Severity.NOTICE])
    counts = {
        "documents": len(corpus.documents),
        "codes": len(corpus.codes),
        "segments": len(corpus.segments),
    }
    session.say(session.word("exported", path=target.name, **counts))
    return 0


def _read(folder: Path, name: str) -> bytes:
    return read_bytes(folder / name, shown_as=f"{RAW}/{name}")


def _beside(folder: Path) -> dict[str, bytes]:
    """The raw files in which documents of a sheet may lie."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
