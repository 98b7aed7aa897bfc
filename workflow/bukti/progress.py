"""What a build shows while it works: a live table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

import click

from bukti.base.codes import word
from bukti.plan import Step

PREFIX = "\x1e"


@dataclass(slots=True)
class Run:
    """A build as its events tell it: steps at work, steps done, steps that failed."""

    steps: dict[str, Step]
    total: int = 0
    jobs: dict[int, str] = field(default_factory=dict)
    started: dict[str, float] = field(default_factory=dict)
    done: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def take(self, line: str) -> str | None:
        """Follow one line of the scheduler; the rule whose step has just ended, if any."""
        if not line.startswith(PREFIX):
            self.errors += [line.strip()] if line.strip() else []
            return None
        event = json.loads(line[1:])
        match event["event"]:
            case "run_info":
                stats = event.get("stats") or {}
                self.total = sum(int(stats.get(rule, 0)) for rule in self.steps)
            case "job_info":  # comes as the job starts; "job_started" does not name its rule
                self._start(int(event["jobid"]), str(event["rule_name"]))
            case "job_finished":
                return self._finish(int(event["job_id"]))
            case "job_error":
                return self._fail(int(event["jobid"]))
            case "error":
                self.errors.append(str(event["text"]))
        return None

    def _start(self, job: int, rule: str) -> None:
        self.jobs[job] = rule
        if rule in self.steps:
            self.started[rule] = time.monotonic()

    def _finish(self, job: int) -> str | None:
        rule = self.jobs.get(job, "")
        if rule not in self.steps:
            return None
        self.done[rule] = time.monotonic() - self.started.pop(rule, time.monotonic())
        return rule

    def _fail(self, job: int) -> str | None:
        rule = self.jobs.get(job, "")
        if rule not in self.steps or rule in self.failed:
            return None
        self.started.pop(rule, None)
        self.failed.append(rule)
        return rule


class View(Protocol):
    """Shows a run while it goes on."""

    def __enter__(self) -> View: ...
    def __exit__(self, *_: object) -> None: ...
    def update(self, run: Run, ended: str | None) -> None:
        """Show what has changed; `ended` is the rule whose step has just ended."""


class PlainView:
    """One line for each step that ended."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __enter__(self) -> PlainView:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def update(self, run: Run, ended: str | None) -> None:
        """Write the line of the step that ended."""
        if ended:
            click.echo(_line(run, ended, self._language), err=True)


class LiveView:
    """The steps at work, redrawn in place, under the lines of those that ended."""

    def __init__(self, language: str) -> None:
        from rich.console import Console
        from rich.live import Live

        self._language = language
        self._console = Console(stderr=True, highlight=False)
        self._live = Live(console=self._console, refresh_per_second=8, transient=True)

    def __enter__(self) -> LiveView:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def update(self, run: Run, ended: str | None) -> None:
        """Redraw; a step that ended leaves a line behind."""
        if ended:
            self._console.print(_line(run, ended, self._language), markup=False)
        self._live.update(_LiveTable(run, self._language))


class _LiveTable:
    """The steps at work with their time, made anew at each refresh."""

    def __init__(self, run: Run, language: str) -> None:
        self._run_shown = run
        self._language = language

    def __rich__(self) -> Any:
        from rich.table import Table

        run = self._run_shown
        table = Table.grid(padding=(0, 2))
        now = time.monotonic()
        for rule, start in list(run.started.items()):
            step = run.steps[rule]
            table.add_row("  …", step.stage, step.name, f"{now - start:.0f} s")
        text = word("progress", self._language, done=len(run.done), total=run.total or "?")
        table.add_row("", f"[dim]{text}[/dim]", "", "")
        return table


def _line(run: Run, rule: str, language: str) -> str:
    step = run.steps[rule]
    name = f"{step.stage:<10} {step.name}".rstrip()
    count = f"[{len(run.done) + len(run.failed)}/{run.total or '?'}]"
    if rule in run.failed:
        return f"{count} {name}  {word('failed', language)}"
    return f"{count} {name}  {run.done[rule]:.1f} s"


def follow(lines: Iterable[str], rules: dict[str, Step], view: View) -> Run:
    """Follow a scheduler's lines to their end, showing what happens."""
    run = Run(steps=rules)
    with view:
        for line in lines:
            view.update(run, run.take(line.rstrip("\n")))
    return run
