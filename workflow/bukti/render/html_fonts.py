"""The fonts of a page in HTML: cut down to the letters that it uses, and put inside."""

from __future__ import annotations

import base64
import string
from collections.abc import Iterable
from importlib.resources import files

from bukti.base.fonts import SUFFIXES, Face, face_of, subset
from bukti.project.page_settings import PageSettings


def font_files(own: Iterable[bytes]) -> tuple[bytes, ...]:
    """The compendium's font files, and those that bukti brings."""
    folder = sorted(files("bukti").joinpath("fonts").iterdir(), key=lambda file: file.name)
    return (*own, *(file.read_bytes() for file in folder if file.name.endswith(SUFFIXES)))


def with_fonts(style: str, page: PageSettings, fonts: Iterable[bytes], text: str) -> str:
    """A style sheet with the fonts of the page, as far as a text needs them."""
    wanted = (page.text_font, page.heading_font)
    characters = {*text, *string.printable}
    rules = [
        _rule(face, subset(data, characters))
        for (face, data) in _chosen([(face_of(each), each) for each in fonts])
        if face.family in wanted
    ]
    parts = {
        "fonts": "\n".join(rules),
        "text-font": _name(page.text_font),
        "heading-font": _name(page.heading_font),
    }
    for name, value in parts.items():
        style = style.replace(f"@{name}@", value)
    return style


def _chosen(faces: list[tuple[Face, bytes]]) -> list[tuple[Face, bytes]]:
    """One face for each style of a family: that nearest to regular, or the lightest of the bold."""
    best: dict[tuple[str, bool, bool], tuple[Face, bytes]] = {}
    for face, data in faces:
        key = (face.family, *face.style)
        other = best.get(key)
        if other is None or _distance(face) < _distance(other[0]):
            best[key] = (face, data)
    return [best[key] for key in sorted(best)]


def _distance(face: Face) -> int:
    bold, _ = face.style
    return abs(face.weight - (600 if bold else 400))


def _rule(face: Face, data: bytes) -> str:
    address = f"data:font/woff;base64,{base64.b64encode(data).decode()}"
    return (
        f"@font-face {{ font-family: {_name(face.family)};"
        f" font-weight: {face.weight}; font-style: {'italic' if face.italic else 'normal'};"
        f' src: url("{address}") format("woff"); }}'
    )


def _name(family: str) -> str:
    """A family as a string of CSS, which may not end the style element either."""
    plain = "".join(each for each in family if each.isprintable() and each not in '"\\<>')
    return f'"{plain}"'
