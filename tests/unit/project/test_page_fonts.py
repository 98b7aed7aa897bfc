"""The fonts of a page: families and styles that are there, and those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bukti.base.fonts import face_of, subset
from bukti.project.page_fonts import FOLDER, bundled_font_files, check_fonts
from bukti.tools.yaml_files import parse_yaml

SANS = [path for path in bundled_font_files() if path.name.startswith("SourceSans3")]


def found(root: Path, fonts: str) -> list[tuple[str, str]]:
    text = f"page:\n  fonts: {fonts}\n"
    return [
        (item.code, str(item.arguments.get("styles", item.arguments.get("known", ""))))
        for item in check_fonts(parse_yaml(text, shown_as="bukti.yaml"), root)
    ]


def put(root: Path, *files: Path) -> None:
    """Copies font files under a family of another name, as nothing bundled has it."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        data = file.read_bytes()
        old, new = (name.encode("utf-16-be") for name in ("Source Sans 3", "Another Sans3"))
        (folder / file.name).write_bytes(data.replace(old, new))


@pytest.mark.parametrize("fonts", ["{text: sans}", "{headings: serif, text: Source Sans 3}"])
def test_bundled_fonts_need_no_files(tmp_path: Path, fonts: str) -> None:
    assert found(tmp_path, fonts) == []


def test_a_family_of_the_compendium(tmp_path: Path) -> None:
    put(tmp_path, *SANS)
    assert found(tmp_path, "{text: Another Sans3}") == [("CFG152", "bold italic")]
    assert found(tmp_path, "{text: Nowhere}") == [("CFG150", "serif, sans, Another Sans3")]


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    put(tmp_path, *SANS)
    (tmp_path / FOLDER / "x.otf").write_bytes(SANS[0].read_bytes()[:4000])
    assert [code for code, _ in found(tmp_path, "{text: Another Sans3}")] == ["CFG151", "CFG152"]


def test_the_bundled_faces() -> None:
    faces = {(face.family, *face.style) for face in (face_of(p.read_bytes()) for p in SANS)}
    assert faces == {
        ("Source Sans 3", False, False),
        ("Source Sans 3", True, False),
        ("Source Sans 3", False, True),
    }


def test_a_subset_is_small_and_always_the_same() -> None:
    data = SANS[0].read_bytes()
    small = subset(data, "abc")
    assert small == subset(data, "cba")
    assert small[:4] == b"wOFF"
    assert len(small) < 10_000 < len(data)
