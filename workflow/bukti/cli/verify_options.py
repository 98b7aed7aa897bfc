"""The options of `bukti verify`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bukti.cli.session import common

_OPTIONS = (
    click.argument("words", nargs=-1, metavar="[ARCHIVE | PAPER | CLAIM]..."),
    click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Where the verdicts are written; outputs/verification by default.",
    ),
    click.option(
        "--minutes",
        type=click.IntRange(min=1),
        default=60,
        show_default=True,
        help="The longest time for the rebuild.",
    ),
    click.option("--memory", type=click.IntRange(min=64), help="The most memory, in MiB."),
    click.option(
        "--disk",
        type=click.IntRange(min=16),
        default=8192,
        show_default=True,
        help="The most room on the disk, in MiB.",
    ),
    click.option(
        "-j", "--cores", type=click.IntRange(min=1), help="How many cores to use; all by default."
    ),
    click.option(
        "--challenge",
        type=click.IntRange(min=1, max=1000),
        metavar="N",
        help="Seed N faults into a copy too, and say how many the checks find.",
    ),
    click.option("--unconfined", is_flag=True, help="Rebuild even where nothing confines it."),
)


def verify_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the arguments and options of `bukti verify`, and those that all verbs share."""
    for option in reversed(_OPTIONS):
        verb = option(verb)
    return common(verb)
