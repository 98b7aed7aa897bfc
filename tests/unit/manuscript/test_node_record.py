from __future__ import annotations

from typing import Any

from bukti.base.span import Span
from bukti.manuscript.edition import Edition
from bukti.manuscript.node_record import node_record, places_in
from bukti.manuscript.picture_faults import Pictures
from bukti.manuscript.products import Use
from bukti.tools import pandoc

PATH = "manuscript/en/01-a.md"
TEXT = """![Map](map.png){alt="A map."} `![x](map.png)`

| a | b |
|---|---|
| 1 | 2 |

: Title {#tbl:hand}

![x](figure:trend){alt="x"}
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def read(text: str) -> dict[str, Any]:
    return pandoc.read_markdown(text)[0]


def test_pictures_and_tables_are_recorded_with_their_first_places() -> None:
    tree = read(TEXT)
    use = Use(kind="figure", id="trend", span=Span(path=PATH, line=9, column=3), section="")
    edition = Edition(language="en", trees={PATH: tree}, blocks=tree["blocks"], uses=[use])
    pictures = Pictures(names=frozenset({"manuscript/en/map.png"}), read=lambda path: SVG)
    record = node_record(edition, {PATH: TEXT}, pictures, lambda path: read)
    shown = {key: f"{span.line}:{span.column}" for key, span in places_in(record).items()}
    assert shown == {
        ("picture", "figure:trend"): "9:3",
        ("picture", "manuscript/en/map.png"): "1:8",
        ("table", "tbl:hand"): "7:10",
    }
