"""How a result is shown in the notebook itself: a small card, as HTML without any script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

_CARD = "border-left: 3px solid #0072b2; padding: .15rem .7rem; margin: .2rem 0"
_CELL = "padding: .1rem .8rem .1rem 0; text-align: left"


def claim_card(data: Mapping[str, Any]) -> tuple[str, str]:
    """A claim or a family, from its bundle, as text and as HTML."""
    unit = data["unit"] or ""
    if data["kind"] == "claim":
        members = [(data["id"], data["value"])]
    else:
        members = [(f"{data['id']}.{each['key']}", each["value"]) for each in data["members"]]
    lines = [f"{name} = {shown(value)}{' ' + unit if unit else ''}" for name, value in members]
    rows = "".join(_row(name, value, unit) for name, value in members)
    return "\n".join(lines), f'<div class="bukti-card" style="{_CARD}"><table>{rows}</table></div>'


def plain_card(text: str) -> tuple[str, str]:
    """A line of text as a card."""
    return text, f'<div class="bukti-card" style="{_CARD}">{escape(text)}</div>'


def shown(value: Any) -> str:
    """A stored value as text; lists with commas."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _row(name: str, value: Any, unit: str) -> str:
    cells: Iterable[str] = (
        f"<code>{escape(name)}</code>",
        f"<strong>{escape(shown(value))}</strong>",
        escape(unit),
    )
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"
