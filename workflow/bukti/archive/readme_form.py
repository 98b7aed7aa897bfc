"""The forms of an archive's README: boxes, tables, sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def box(ticked: bool, text: str) -> str:
    """A line with a box to tick."""
    return f"- [{'x' if ticked else ' '}] {text}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; what stands in a cell stays in it."""
    lines = [_line(head), _line(["--"] * len(head)), *map(_line, rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"


def size_text(size: int) -> str:
    """A number of bytes in kB or MB, powers of ten."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} kB"
