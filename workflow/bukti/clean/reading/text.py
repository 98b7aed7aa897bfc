"""Bytes as text, in the encoding that is stated or that the file itself names."""

from __future__ import annotations

import codecs

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes, path: str, encoding: str | None = None) -> str:
    """The text of a file: its byte order mark decides, then `encoding`, else it is UTF-8.

    Raises Problem, with the line and the character that it may be, where a byte does not fit.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    used = marked or encoding or "utf-8"
    try:
        return data.decode(used)
    except LookupError as error:
        where = Span(path=path)
        raise Problem(diagnose("CLN110", where, encoding=used, byte="?", likely="utf-8")) from error
    except UnicodeDecodeError as error:
        raise Problem(_misfit(data, path, used, error)) from error


def _misfit(data: bytes, path: str, used: str, error: UnicodeDecodeError) -> Diagnostic:
    line_start = data.rfind(b"\n", 0, error.start) + 1
    before = data[line_start : error.start].decode(used, "replace")
    where = Span(path=path, line=data.count(b"\n", 0, error.start) + 1, column=len(before) + 1)
    byte = data[error.start : error.start + 1]
    character = byte.decode("cp1252", "replace")
    likely = "cp1252" if used.startswith("utf-8") and character.isprintable() else "utf-8"
    return diagnose("CLN110", where, encoding=used, byte=f"0x{byte.hex()}", likely=likely)
