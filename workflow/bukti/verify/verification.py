"""A whole verification: what was rebuilt and how, the verdicts, and the word for all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bukti.archive.lock import Difference
from bukti.base.diagnostic import Diagnostic, Note, Severity
from bukti.verify.engine import EngineInside
from bukti.verify.verdict import FAILS, UNCHECKED, Verdict

VERSION = 1


class Overall(StrEnum):
    """The word for a whole verification, never better than the weakest ground of a main claim."""

    REPRODUCED = "reproduced"
    SOURCES = "matches-sources"
    WORD = "authors-word"
    PARTLY = "partly-checkable"
    FAILS = "does-not-hold"


_WORDS = (Overall.REPRODUCED, Overall.SOURCES, Overall.WORD, Overall.PARTLY, Overall.FAILS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What was verified: the archive by its name and SHA-256, the paper by its name and version.

    `titles` are the paper's by language, `authors` names with ORCID (empty for none).
    """

    file: str
    sha256: str
    name: str
    version: str
    languages: tuple[str, ...]
    titles: Mapping[str, str]
    authors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Libraries:
    """With which libraries it was rebuilt: `own`, or `archive` where they were set up by its lock.

    `others` are those that are not as the lock says; `locked` is whether there is a lock, `reason`
    why those that the archive carries could not be set up.
    """

    environment: str
    python: str
    others: tuple[Difference, ...] = ()
    locked: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuild:
    """How the rebuild went: how it was confined, how long it took, why it stopped, if it did."""

    confinement: str
    seconds: float
    failures: tuple[Diagnostic, ...] = ()
    ended_by: str | None = None
    said: str = ""
    cores: int = 1

    @property
    def stopped(self) -> bool:
        """Whether it did not come to its end."""
        return bool(self.failures or self.ended_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What became of the faults that were seeded into a copy: kind and file of each, and outcome.

    An outcome is `at its line`, `elsewhere` or `missed`.
    """

    faults: tuple[tuple[str, str, str], ...]

    def count(self, outcome: str) -> int:
        """How many faults had an outcome."""
        return sum(each == outcome for _, _, each in self.faults)

    def to_json(self) -> dict[str, Any]:
        """The challenge as it is stored."""
        return {
            "seeded": len(self.faults),
            "at_line": self.count("at its line"),
            "elsewhere": self.count("elsewhere"),
            "missed": [
                {"kind": kind, "path": path}
                for kind, path, outcome in self.faults
                if outcome == "missed"
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A figure in a language as PNG: the archive's and the rebuild's, empty where there is none."""

    id: str
    language: str
    theirs: bytes
    ours: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """All that a verification found; `differing` are generated files that are not as archived.

    `chosen` are the claims that alone were verified, `findings` what does not hold, `pictures`
    the figures among it.
    """

    subject: Subject
    own_engine: str
    engine: EngineInside | None
    libraries: Libraries
    rebuild: Rebuild
    verdicts: tuple[Verdict, ...]
    unchecked: tuple[Note, ...]
    compared: int
    differing: tuple[str, ...]
    findings: tuple[Diagnostic, ...] = ()
    chosen: tuple[str, ...] = ()
    day: str = ""
    pictures: tuple[Pair, ...] = ()
    challenge: Challenge | None = None

    @property
    def fails(self) -> bool:
        """Whether anything that could be checked does not hold."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def overall(self) -> Overall:
        """The word for all of it."""
        if self.fails or any(not verdict.holds for verdict in self.verdicts):
            return Overall.FAILS
        carrying = [each for each in self.verdicts if each.main] or list(self.verdicts)
        weakest = max((each.strength for each in carrying), default=UNCHECKED)
        return _WORDS[min(weakest, FAILS)]

    @property
    def weakest(self) -> tuple[str, ...]:
        """The main claims on whose account the word is no better."""
        carrying = [each for each in self.verdicts if each.main]
        worst = max((each.strength for each in carrying), default=0)
        return tuple(each.id for each in carrying if each.strength == worst) if worst else ()

    def to_json(self) -> dict[str, Any]:
        """The verification as it is stored."""
        engine = self.engine
        return {
            "version": VERSION,
            "overall": str(self.overall),
            "weakest": list(self.weakest),
            "day": self.day,
            "chosen": list(self.chosen),
            "archive": {
                "file": self.subject.file,
                "sha256": self.subject.sha256,
                "name": self.subject.name,
                "version": self.subject.version,
                "languages": list(self.subject.languages),
            },
            "engine": {
                "own": self.own_engine,
                "archive": engine.version if engine else None,
                "unmodified": engine.unmodified if engine else None,
                "differing": list(engine.differing) if engine else [],
            },
            "libraries": {
                "environment": self.libraries.environment,
                "python": self.libraries.python,
                "others": [
                    {"name": each.name, "locked": each.locked, "installed": each.installed}
                    for each in self.libraries.others
                ],
            },
            "rebuild": {
                "confinement": self.rebuild.confinement,
                "seconds": round(self.rebuild.seconds, 1),
                "ended_by": self.rebuild.ended_by,
                "failures": [failure.to_json() for failure in self.rebuild.failures],
            },
            "not_checked": [each.to_json() for each in self.unchecked],
            "files": {"compared": self.compared, "differing": list(self.differing)},
            "verdicts": [verdict.to_json() for verdict in self.verdicts],
            "findings": [finding.to_json() for finding in self.findings],
            **({"challenge": self.challenge.to_json()} if self.challenge else {}),
        }
