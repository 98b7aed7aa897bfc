"""One build at a time in a folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bukti.base.diagnostic import Problem, diagnose


@contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """Holds the folder for this process; Problem names the process that already does.

    The lock goes with the process that holds it, however that ends.
    """
    path = root / ".bukti" / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            raise Problem(diagnose("CFG111", process=handle.read().strip() or "?")) from error
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield
