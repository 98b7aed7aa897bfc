"""What git says of a folder."""

from __future__ import annotations

from pathlib import Path

from bukti.base.diagnostic import Problem, diagnose
from bukti.tools.process import run

_SECONDS = 120


def git(root: Path, *arguments: str) -> bytes | None:
    """What git says; None where it refuses. Raises Problem where there is no git."""
    command = ["git", "-c", f"safe.directory={root}", "--no-pager", "-C", str(root), *arguments]
    try:
        ended = run(command, cwd=root, seconds=_SECONDS)
    except FileNotFoundError as error:
        raise Problem(diagnose("CFG184")) from error
    return ended.stdout if ended.status == 0 else None


def remote_address(root: Path) -> str:
    """Where the repository of a folder comes from; empty where that is not known."""
    try:
        found = git(root, "config", "--get", "remote.origin.url")
    except Problem:
        return ""
    return (found or b"").decode("utf-8", "replace").strip()
