"""A difference in Markdown, as a comment on a pull request shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bukti.diff.outline import Item, Outline, Part, Run

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&!$@]|:(?=\S)|(?<=www)\.)")
_MOST_ITEMS = 20


def to_markdown(outline: Outline, more: str) -> str:
    """The outline in Markdown: long parts folded and cut, with `more` (`{count}`) in place of it.

    No sign of a text is read as notation: no link, mention, picture or tag can be made by one.
    """
    lines = [f"## {_plain(outline.title)}", "", f"**{_plain(outline.summary)}**", ""]
    for remark in outline.remarks:
        lines += [f"> {_plain(remark)}", ""]
    for part in outline.parts:
        lines += [*_part(part, more), ""]
    return "\n".join(lines).rstrip() + "\n"


def _part(part: Part, more: str) -> Iterator[str]:
    yield f"<details><summary>{_plain(part.heading)} ({len(part.items)})</summary>"
    yield ""
    for item in part.items[:_MOST_ITEMS]:
        yield from _item(item)
    if len(part.items) > _MOST_ITEMS:
        yield f"- {_plain(more.format(count=len(part.items) - _MOST_ITEMS))}"
    yield ""
    yield "</details>"


def _item(item: Item) -> Iterator[str]:
    yield f"- {_line(item.line)}"
    for detail in item.details:
        yield f"  - {_line(detail)}"


def _line(runs: Sequence[Run]) -> str:
    return "".join(_run(style, text) for style, text in runs)


def _run(style: str, text: str) -> str:
    shown = _plain(text)
    if not shown.strip():
        return shown
    if style == "code":
        return _code(text)
    if style in ("old", "new", "now"):
        sign = "~~" if style == "old" else "**"
        return f"{sign}{shown.strip()}{sign}"
    return shown


def _code(text: str) -> str:
    """A code span that holds any text."""
    text = " ".join(text.split())
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _plain(text: str) -> str:
    return _SIGNS.sub(lambda match: f"&#{ord(match[1])};", text.replace("\n", " "))
