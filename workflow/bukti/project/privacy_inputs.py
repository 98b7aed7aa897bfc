"""What the search for personal details reads: every output, and the sources that it came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bukti.project.raw_files import RAW

_GENERATED = ("outputs/", "data/clean/")


class Reads(Protocol):
    """What reads files and makes others."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The files it reads."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it makes."""


def is_output(name: str) -> bool:
    """Whether a file is one that a build makes."""
    return name.startswith(_GENERATED)


def searched_files(steps: Iterable[Reads], *others: str) -> tuple[str, ...]:
    """All that the steps before make, then the sources that they read but raw files, and others."""
    steps = tuple(steps)
    made = [name for step in steps for name in step.outputs]
    read = [name for step in steps for name in step.inputs if not name.startswith(f"{RAW}/")]
    return tuple(dict.fromkeys((*made, *sorted({*read, *others}))))
