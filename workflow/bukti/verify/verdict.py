"""What a verification says of one thing in the paper: its ground, and how it came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bukti.base.diagnostic import Note


class Ground(StrEnum):
    """How a thing is grounded, and so what a rebuild can show of it."""

    COMPUTED = "computed"
    TRANSCRIBED = "transcribed"
    DOCUMENTED = "documented"
    UNCHECKED = "not-checkable"


class Outcome(StrEnum):
    """How the rebuild and the archive compare."""

    REPRODUCED = "reproduced"
    WITHIN = "within-tolerance"
    SOURCE = "matches-source"
    TABLE = "matches-table-only"
    SEGMENTS = "segments"
    LOCATOR = "locator-only"
    DIFFERS = "differs"
    CONTRADICTED = "contradicted"
    MISSING = "missing"
    UNCHECKED = "not-checkable"


STRENGTH = {
    Outcome.REPRODUCED: 0,
    Outcome.WITHIN: 0,
    Outcome.SOURCE: 1,
    Outcome.SEGMENTS: 1,
    Outcome.TABLE: 2,
    Outcome.LOCATOR: 2,
    Outcome.UNCHECKED: 3,
    Outcome.DIFFERS: 4,
    Outcome.CONTRADICTED: 4,
    Outcome.MISSING: 4,
}
UNCHECKED, FAILS = 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A place where an edition says a thing; `states` is whether its words hold in the rebuild.

    None where the rebuild did not go as far as the text.
    """

    language: str
    path: str
    line: int | None
    text: str
    section: str
    states: bool | None

    def to_json(self) -> dict[str, Any]:
        """The statement as it is stored."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rebuild shows of one claim, figure, table or paper.

    `theirs` is what the archive says, `ours` what the rebuild gave, both as shown to people.
    `accepted` is whether the value is still the one that the author last approved, which is no
    evidence; None where none was approved. `place` is the notebook's cell or the source behind it.
    """

    kind: str
    id: str
    ground: Ground
    outcome: Outcome
    theirs: str = ""
    ours: str = ""
    reasons: tuple[Note, ...] = ()
    statements: tuple[Statement, ...] = ()
    main: bool = False
    accepted: bool | None = None
    place: str = ""

    @property
    def strength(self) -> int:
        """0 for the strongest ground and outcome, 4 where it does not hold."""
        if any(statement.states is False for statement in self.statements):
            return FAILS
        return STRENGTH[self.outcome]

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it; what could not be checked holds too."""
        return self.strength != FAILS

    def to_json(self) -> dict[str, Any]:
        """The verdict as it is stored."""
        return {
            "kind": self.kind,
            "id": self.id,
            "ground": str(self.ground),
            "outcome": str(self.outcome),
            "holds": self.holds,
            "main": self.main,
            "archive": self.theirs,
            "rebuild": self.ours,
            "accepted": self.accepted,
            "place": self.place,
            "reasons": [reason.to_json() for reason in self.reasons],
            "statements": [statement.to_json() for statement in self.statements],
        }


Json = Mapping[str, Any]
