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
    given = beside(folder, name, codes, documents, separator)
    corpus = read_corpus(given.files[name], f"{RAW}/{name}", given)
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


def beside(
    folder: Path, name: str, codes: str | None, documents: str | None, separator: str
) -> Beside:
    """The raw files that belong to a coded one, itself among them; all, where sheets name files.

    Raises Problem where one of those named is missing.
    """
    wanted = [each for each in (name, codes, documents) if each is not None]
    files = {each: read_bytes(folder / each, shown_as=f"{RAW}/{each}") for each in wanted}
    if documents is not None or name.lower().endswith(_WORKBOOKS):
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        files |= {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return Beside(files=files, codes=codes, documents=documents, separator=separator)
