"""Reading and writing files: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import IO, Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.digest import canonical_json
from bukti.base.span import Span


def read_bytes(path: Path, *, shown_as: str) -> bytes:
    """The bytes of a file; Problem where it is missing or unreadable."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Problem(diagnose("CFG104", Span(path=shown_as), path=shown_as)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(
            diagnose("CFG105", Span(path=shown_as), path=shown_as, reason=reason)
        ) from error


def read_text(path: Path, *, shown_as: str) -> str:
    """The text of a UTF-8 file, with a byte order mark removed and line ends as newlines.

    Raises Problem where the file is missing, unreadable or not UTF-8; `shown_as` is the path
    that the message names.
    """
    data = read_bytes(path, shown_as=shown_as)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = Span(path=shown_as, line=line)
        offset = str(error.start)
        raise Problem(diagnose("CFG106", place, path=shown_as, offset=offset)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file beside its place, then rename it there, so that no reader sees a half.

    Raises Problem where the operating system refuses it.
    """
    with replacing(path) as stream:
        stream.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A hidden file beside a place, which takes that place at the end, or vanishes on any error.

    Raises Problem where the operating system refuses it.
    """
    try:
        with _beside(path) as stream:
            yield stream
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(diagnose("CFG121", path=_shown(path), reason=reason)) from error


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def remove_leftovers(path: Path) -> None:
    """Remove what a write that was killed left beside a file; for its only writer."""
    for part in path.parent.glob(f".{escape(path.name)}.*.part"):
        part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, value: Any) -> None:
    """Write a record as canonical JSON, whole or not at all."""
    write_text(path, canonical_json(value))
