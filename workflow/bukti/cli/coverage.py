"""How many numbers of the prose have evidence, told in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bukti.cli.session import Session


def coverage(session: Session, numbers: Mapping[str, Mapping[str, Any]]) -> None:
    """Say how many numbers of each edition are bound to evidence, and what is allowed without.

    `numbers` maps a language to the counts of its edition; nothing is said of a paper without
    numbers.
    """
    shares = [
        f"{language} {found['bound']}/{found['bound'] + found['bare']}"
        for language, found in numbers.items()
        if found["bound"] or found["bare"]
    ]
    if shares:
        session.say(session.word("coverage", shares=", ".join(shares)))
    allowed = sum((Counter(found["allowed"]) for found in numbers.values()), Counter[str]())
    if allowed and session.verbose:
        forms = ", ".join(f"{form} {count}" for form, count in sorted(allowed.items()))
        session.say(session.word("coverage-allowed", count=allowed.total(), forms=forms))
