"""The files of what is verified: which there are, which a rebuild takes, what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bukti.archive.layout import ENGINE, is_engine
from bukti.verify.built import is_compared

_NOT_TAKEN = ("outputs/", "data/clean/", f"{ENGINE}/")
_PASSED_OVER = {".git", ".venv", ".bukti", ".snakemake", "__pycache__", ".ipynb_checkpoints"}
_NOT_OURS = ("Snakefile",)


def taken_into_rebuild(names: Iterable[str]) -> tuple[str, ...]:
    """The files that a rebuild begins with: no generated one, and no rules but the engine's own."""
    return tuple(
        name
        for name in sorted(names)
        if not name.startswith(_NOT_TAKEN)
        and name not in _NOT_OURS
        and _PASSED_OVER.isdisjoint(name.split("/"))
    )


def is_passed_over(name: str) -> bool:
    """Whether a folder holds nothing of the paper."""
    return name in _PASSED_OVER


def wheel_of(names: Iterable[str]) -> str | None:
    """The engine's wheel among the files of an archive; None where there is none."""
    return min(filter(is_engine, names), default=None)


def has_outputs(names: Iterable[str]) -> bool:
    """Whether there is anything to compare a rebuild with."""
    return any(is_compared(name) for name in names)


def text_of(node: Any) -> str:
    """The words of a part of pandoc's tree."""
    return "".join(_words(node)).strip()


def _words(node: Any) -> Iterator[str]:
    """In reading order, without recursion: a tree from elsewhere may be nested deeply."""
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            kind, content = item.get("t"), item.get("c")
            if kind == "Str":
                yield str(content)
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                yield " "
            elif kind != "Note":
                waiting.append(content)
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def estimated_seconds(names: Iterable[str], stated_minutes: int, cores: int) -> float:
    """How long a rebuild will take: what the authors state, if they do.

    Else it is reckoned from what there is to make: some seconds for each notebook, table and paper.
    """
    if stated_minutes:
        return stated_minutes * 60.0
    each = {"analysis/notebooks/": 6.0, "data/contract/": 1.5, "outputs/papers/": 2.0}
    seconds = sum(
        cost for name in names for folder, cost in each.items() if name.startswith(folder)
    )
    return 8.0 + seconds / max(1, min(cores, 4))
