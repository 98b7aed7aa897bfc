"""What authors state for those who build the paper again: time, memory, machine, rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Replication:
    """Nothing here is measured by a build, lest two builds differ: it is what authors measured.

    `minutes` is how long a whole build takes, `memory` how much it takes at the most, in MiB, both
    on `machine`; zero and empty where nothing is stated. `may_use` and `may_pass_on` are the
    statements on rights that data editors ask for.
    """

    minutes: int = 0
    memory: int = 0
    machine: str = ""
    may_use: bool = False
    may_pass_on: bool = False


def replication_of(data: Mapping[str, Any]) -> Replication:
    """The statements of an entry that is as its schema says."""
    rights = data.get("rights", ())
    return Replication(
        minutes=data.get("minutes", 0),
        memory=data.get("memory", 0),
        machine=data.get("machine", ""),
        may_use="use" in rights,
        may_pass_on="redistribute" in rights,
    )
