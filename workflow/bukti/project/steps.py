"""The steps of a build as records: what each reads and makes, and the settings that decide how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.base.diagnostic import Problem, diagnose


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One unit of work: what it reads, what it makes, and the settings that decide how.

    `findings` is the output that holds the step's findings. All paths are relative to the
    compendium's folder.
    """

    stage: str
    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    findings: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The step's name among all steps: its stage, then its name within the stage."""
        return f"{self.stage}.{self.name}" if self.name else self.stage

    @property
    def log(self) -> str:
        """Where the step's log lies."""
        return f"outputs/logs/{self.id}.log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps of a build, in the order of the data's way."""

    steps: tuple[Step, ...]

    def stage(self, stage: str) -> tuple[Step, ...]:
        """The steps of one stage."""
        return tuple(step for step in self.steps if step.stage == stage)

    def step(self, stage: str, name: str) -> Step:
        """One step; raises Problem, with the names there are, where the plan has none such."""
        steps = self.stage(stage)
        for step in steps:
            if step.name == name:
                return step
        names = ", ".join(step.name for step in steps if step.name)
        raise Problem(diagnose("CFG112", target=name, known=names))

    def maker_of(self, path: str) -> Step | None:
        """The step that makes a file; None for a file that no step makes."""
        return next((step for step in self.steps if path in step.outputs), None)

    def products(self) -> tuple[str, ...]:
        """Every file that the build makes."""
        return tuple(output for step in self.steps for output in step.outputs)
