"""Single keys of a terminal, without Enter."""

from __future__ import annotations

import os
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

END = "\x04"


@contextmanager
def keyboard() -> Iterator[Callable[[], str]]:
    """What gives the next key; at the end of the input and after Ctrl-C it gives `END`.

    The terminal stays as it is from the first key to the last, so that fast typing loses none.
    """
    place = sys.stdin.fileno()
    before = termios.tcgetattr(place)
    tty.setcbreak(place, termios.TCSADRAIN)
    try:
        yield lambda: _key(place)
    finally:
        termios.tcsetattr(place, termios.TCSADRAIN, before)


def _key(place: int) -> str:
    try:
        return os.read(place, 1).decode("ascii", errors="replace") or END
    except (KeyboardInterrupt, OSError):
        return END
