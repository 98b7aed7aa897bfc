"""The tree that `bukti why` shows: what each thing is, and below it what it comes from."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

import click

from bukti.base.span import Span
from bukti.cli.session import Session
from bukti.plan import Step
from bukti.tools.staleness import reasons

_ENDLESS = 1_000_000
_REASONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A thing, and below it what it comes from.

    `kind` is a word of the interface, `text` what is said of the thing, and
    `span` its place where it has one.
    """

    kind: str
    text: str = ""
    span: Span | None = None
    children: tuple[Branch, ...] = ()


def show(session: Session, found: Sequence[Branch]) -> None:
    """Write trees to standard output, as lines or as a list in JSON."""
    if session.form == "json":
        trees = [as_json(session, branch) for branch in found]
        click.echo(json.dumps(trees, ensure_ascii=False, indent=2))
        return
    for branch in found:
        click.echo("\n".join(lines(session, branch, _width())))


def lines(session: Session, branch: Branch, width: int = _ENDLESS) -> list[str]:
    """A tree as lines of at most `width` columns."""
    from rich.console import Console

    written = StringIO()
    console = Console(file=written, width=width, color_system=None, force_terminal=False)
    console.print(_drawn(session, branch))
    return [line.rstrip() for line in written.getvalue().splitlines()]


def as_json(session: Session, branch: Branch) -> dict[str, Any]:
    """A tree as `--format json` has it: every thing with the same keys."""
    span = branch.span
    return {
        "kind": branch.kind.removeprefix("why-"),
        "label": session.word(branch.kind),
        "text": branch.text,
        "path": span.path if span else None,
        "cell": span.cell if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "children": [as_json(session, child) for child in branch.children],
    }


def staleness(session: Session, step: Step | None) -> tuple[Branch, ...]:
    """That a step is stale, and why; nothing where it is current."""
    found = reasons(session.root, step) if step else ()
    if not found:
        return ()
    told = [session.word(each.key, **each.arguments) for each in found[:_REASONS]]
    if len(found) > _REASONS:
        told.append(session.word("why-and-more", count=len(found) - _REASONS))
    return (Branch(kind="why-stale", text="; ".join(told)),)


def shown_row(cells: Mapping[str, Any]) -> str:
    """The cells of a row that say something."""
    return ", ".join(f"{name}={value}" for name, value in cells.items() if value not in (None, ""))


def branches(kind: str, texts: Iterable[str]) -> tuple[Branch, ...]:
    """A branch for each text."""
    return tuple(Branch(kind=kind, text=text) for text in texts)


def _drawn(session: Session, branch: Branch) -> Any:
    from rich.text import Text
    from rich.tree import Tree

    drawn = Tree(Text(_line(session, branch)))
    for child in branch.children:
        drawn.children.append(_drawn(session, child))
    return drawn


def _line(session: Session, branch: Branch) -> str:
    """What a thing is and what is said of it, on one line."""
    text = " ".join(branch.text.split())
    if branch.kind == "why-place":
        return text
    label = session.word(branch.kind)
    return f"{label}: {text}" if text else label


def _width() -> int:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _ENDLESS
