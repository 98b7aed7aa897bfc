"""What of persons may not be in any output: the list of names and patterns of the settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.digest import digest_bytes
from bukti.base.span import Span
from bukti.tools.yaml_files import Document

VARIABLE = "BUKTI_NAMES"
_EMPTY = "it fits the empty text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """The settings of the search for personal details.

    `path` is where the list of names should lie, None where none is asked for; `digest` is empty
    and `names` too where it is not there. `span` is the place of the setting. The list itself is
    written nowhere.
    """

    patterns: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None
    digest: str = ""
    names: str = field(default="", repr=False)
    span: Span | None = None


def read_privacy(document: Document, root: Path) -> Privacy:
    """The settings with the list of names; raises Problem where it lies inside the repository."""
    given = document.data.get("privacy", {})
    patterns = dict(given.get("patterns", {}))
    path, span = os.environ.get(VARIABLE, ""), None
    if not path and "names" in given:
        path, span = given["names"], document.span(("privacy", "names"))
    if not path:
        return Privacy(patterns=patterns)
    place = (root / Path(path).expanduser()).resolve()
    tracked = place.exists() and place.is_relative_to(_repository(root))
    if tracked or place.is_relative_to(root.resolve()):
        raise Problem(diagnose("QUA301", span, variable=VARIABLE))
    try:
        data = place.read_bytes()
    except OSError:
        return Privacy(patterns=patterns, path=place, span=span)
    return Privacy(
        patterns=patterns, path=place, digest=digest_bytes(data), names=_text(data), span=span
    )


def _repository(root: Path) -> Path:
    """The compendium's folder, or the one above it that holds the whole repository."""
    folder = root.resolve()
    above = (folder, *folder.parents)
    return next((each for each in above if (each / ".git").exists()), folder)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(
            "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252", "replace"
        )


def check_patterns(document: Document) -> tuple[Diagnostic, ...]:
    """Patterns that are no regular expressions, or need more than a search in linear time."""
    patterns = document.data.get("privacy", {}).get("patterns", {})
    if not patterns:
        return ()
    import polars as pl

    found = []
    for name, pattern in patterns.items():
        try:
            matches = pl.Series([""], dtype=pl.String).str.extract_all(pattern).to_list()
            fault = _EMPTY if matches[0] else ""
        except pl.exceptions.PolarsError as error:
            fault = _reason(str(error))
        if fault:
            where = document.span(("privacy", "patterns", name))
            found.append(diagnose("QUA305", where, name=name, pattern=pattern, reason=fault))
    return tuple(found)


def _reason(text: str) -> str:
    lines = [line.strip() for line in text.splitlines()]
    errors = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    return (errors or [lines[0].removeprefix("regex error: ")])[0]
