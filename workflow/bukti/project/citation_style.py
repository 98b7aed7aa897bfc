"""The citation style of a paper: one that bukti brings, or a CSL file of the compendium."""

from __future__ import annotations

from pathlib import Path

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.tools.environment import ENGINE
from bukti.tools.yaml_files import Document

_CSL = "{http://purl.org/net/xbiblio/csl}"
_STYLES = ENGINE / "styles"
DEFAULT = "chicago-author-date"


def bundled_styles() -> tuple[str, ...]:
    """The names of the styles that bukti brings, in order."""
    return tuple(sorted({DEFAULT, *(path.stem for path in _STYLES.glob("*.csl"))}))


def style_file(root: Path, style: str | None) -> Path | None:
    """Where the rules of a style lie; None for the default, which pandoc holds."""
    if style in (None, DEFAULT):
        return None
    return _STYLES / f"{style}.csl" if style in bundled_styles() else root / str(style)


def check_style(document: Document, root: Path) -> tuple[Diagnostic, ...]:
    """A style that is not there, is no CSL, or only points to another."""
    style = document.data.get("citations", {}).get("style")
    file = style_file(root, style)
    if file is None:
        return ()
    span = document.span(("citations", "style"))
    if not file.is_file() or not file.resolve().is_relative_to(root.resolve()) | (
        file.parent == _STYLES
    ):
        return (diagnose("REF107", span, style=style, known=", ".join(bundled_styles())),)
    return _faults(file, str(style), span)


def _faults(file: Path, style: str, span: Span | None) -> tuple[Diagnostic, ...]:
    from lxml import etree

    try:
        root = etree.parse(str(file), etree.XMLParser(resolve_entities=False)).getroot()
    except etree.XMLSyntaxError as error:
        return (diagnose("REF108", span, style=style, reason=error),)
    if root.tag != f"{_CSL}style":
        return (diagnose("REF108", span, style=style, reason=f"<{root.tag}>"),)
    parents = [
        link.get("href", "").rpartition("/")[2]
        for link in root.iter(f"{_CSL}link")
        if link.get("rel") == "independent-parent"
    ]
    if parents:
        return (diagnose("REF109", span, style=style, parent=parents[0]),)
    return ()
