"""How a figure or table of two editions is set: once, side by side, or one below the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bukti.base.tree import Node
from bukti.render.nodes import plain_text
from bukti.render.parallel import cell_page
from bukti.render.pictures import Exhibit, Picture, read_exhibit
from bukti.render.plan import Invocation
from bukti.render.tables import TableModel

_SMALLEST = 0.7
"""The part of its size to which a picture may be made smaller to stand beside another."""


class Arrangement(StrEnum):
    """Where the exhibits of two editions stand."""

    ONCE = "once"
    BESIDE = "beside"
    BELOW = "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An exhibit in both editions, read for the whole width and for a column."""

    across: tuple[Exhibit, Exhibit]
    cells: tuple[Exhibit, Exhibit]

    @property
    def arrangement(self) -> Arrangement:
        """Once where both show the same; below each other where a column is too narrow."""
        if _same(*self.across):
            return Arrangement.ONCE
        narrow = any(map(_too_wide, self.across, self.cells))
        return Arrangement.BELOW if narrow else Arrangement.BESIDE


def read_pair(nodes: tuple[Node, Node], invocations: tuple[Invocation, Invocation]) -> Pair:
    """The exhibits of two divisions; the invocations have the page of a parallel edition.

    What is found odd about them is told by the editions themselves.
    """
    (here, there) = zip(nodes, invocations, strict=True)
    return Pair(
        across=(read_across(*here), read_across(*there)),
        cells=(_in_cell(*here), _in_cell(*there)),
    )


def read_across(node: Node, invocation: Invocation) -> Exhibit:
    """An exhibit as wide as the page: none lies across, since the page does."""
    return replace(read_exhibit(node, invocation, []), wide=False)


def _in_cell(node: Node, invocation: Invocation) -> Exhibit:
    return read_exhibit(node, replace(invocation, page=cell_page(invocation.page)), [])


def _same(here: Exhibit, there: Exhibit) -> bool:
    if here.picture and there.picture:
        return _shown(here.picture) == _shown(there.picture)
    if here.table and there.table:
        return _words(here.table) == _words(there.table)
    return False


def _shown(picture: Picture) -> tuple[bytes | None, bytes | None]:
    return picture.vector, picture.pixels


def _words(table: TableModel) -> list[list[tuple[int, str]]]:
    return [[(cell.place, plain_text(cell.blocks)) for cell in row] for row in table.rows]


def _too_wide(across: Exhibit, cell: Exhibit) -> bool:
    """Whether an exhibit cannot stand in a column."""
    if across.picture and cell.picture:
        natural, room = across.picture.width_mm or 0, cell.picture.width_mm or 0
        return room < _SMALLEST * natural
    return cell.wide
