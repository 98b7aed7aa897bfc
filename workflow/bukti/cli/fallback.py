"""The common options of a command line that no verb could read."""

from __future__ import annotations

import sys
from pathlib import Path

from bukti.cli.session import Session, default_language


def fallback_session() -> Session:
    """The session that the words of the command line ask for, where no verb has one to offer."""
    words = sys.argv[1:]

    def value(*names: str) -> str | None:
        for number, text in enumerate(words):
            for name in names:
                if text == name and number + 1 < len(words):
                    return words[number + 1]
                if text.startswith(f"{name}="):
                    return text.partition("=")[2]
        return None

    return Session(
        folder=Path(value("-C") or "."),
        language=value("--lang") or default_language(),
        form=value("--format") or "full",
        quiet=False,
        verbose=False,
    )
