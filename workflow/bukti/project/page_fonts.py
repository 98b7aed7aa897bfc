"""The fonts of a page: those that bukti brings, or files of the compendium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.fonts import SUFFIXES, Face, face_of
from bukti.base.span import Span
from bukti.project.page_settings import BUNDLED
from bukti.tools.environment import ENGINE
from bukti.tools.files import read_bytes
from bukti.tools.yaml_files import Document

FOLDER = "manuscript/templates/fonts"
_BUNDLE = ENGINE / "fonts"
_STYLES = {
    (False, False): "regular",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bold italic",
}


def font_files(root: Path) -> tuple[str, ...]:
    """The font files of a compendium, relative to its folder, in order."""
    return tuple(
        path.relative_to(root).as_posix()
        for path in sorted((root / FOLDER).rglob("*"))
        if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
    )


def bundled_font_files() -> tuple[Path, ...]:
    """The font files that bukti brings."""
    return tuple(path for path in sorted(_BUNDLE.iterdir()) if path.suffix in SUFFIXES)


def check_fonts(document: Document, root: Path) -> tuple[Diagnostic, ...]:
    """Families that are nowhere, files that are no fonts, and styles that a family has not."""
    fonts: Mapping[str, str] = document.data.get("page", {}).get("fonts", {})
    if {*fonts.values()} <= {*BUNDLED, *BUNDLED.values()}:
        return ()
    faces: list[Face] = []
    found: list[Diagnostic] = []
    for path in font_files(root):
        try:
            faces.append(face_of(read_bytes(root / path, shown_as=path)))
        except ValueError as error:
            found.append(diagnose("CFG151", Span(path=path), reason=error))
    found += _missing(document, fonts, faces)
    return tuple(found)


def _missing(
    document: Document, fonts: Mapping[str, str], faces: list[Face]
) -> Iterator[Diagnostic]:
    known = {face.family for face in faces}
    for key, family in fonts.items():
        span = document.span(("page", "fonts", key))
        if family in BUNDLED or family in BUNDLED.values():
            continue
        if family not in known:
            names = ", ".join((*BUNDLED, *sorted(known)))
            yield diagnose("CFG150", span, family=family, known=names, folder=FOLDER)
            continue
        there = {face.style for face in faces if face.family == family}
        lacking = [name for style, name in _STYLES.items() if style not in there]
        if lacking:
            styles = ", ".join(lacking)
            yield diagnose("CFG152", span, family=family, styles=styles, folder=FOLDER)
