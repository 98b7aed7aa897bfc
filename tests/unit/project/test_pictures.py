from __future__ import annotations

import pytest

from bukti.project.pictures import in_other_case, kind_of, near_names, picture_at

FILES = frozenset(
    ("manuscript/en/map.png", "manuscript/id/map.png", "manuscript/Flow.svg", "manuscript/a b.png")
)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("map.png", "manuscript/id/map.png"),
        ("./map.png", "manuscript/id/map.png"),
        ("../en/map.png", "manuscript/en/map.png"),
        ("manuscript/en/map.png", "manuscript/en/map.png"),
        ("Flow.svg", "manuscript/Flow.svg"),
        ("../a%20b.png", "manuscript/a b.png"),
        ("flow.svg", None),
        ("../../map.png", None),
        ("/manuscript/en/map.png", None),
    ],
)
def test_an_address_counts_from_the_chapter_first(address: str, path: str | None) -> None:
    assert picture_at(address, "manuscript/id", FILES) == path


def test_names_in_another_case_and_names_alike_are_known() -> None:
    assert in_other_case("../flow.SVG", "manuscript/id", FILES) == "manuscript/Flow.svg"
    assert in_other_case("other.svg", "manuscript/id", FILES) is None
    assert near_names("mapp.png", FILES)[0] == "map.png"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WEBP"),
        (b"\0\0\0\x1cftypavif", "AVIF"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "SVG"),
        (b"a text about <svg", None),
        (b"", None),
    ],
)
def test_kinds_are_known_by_their_first_bytes(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind
