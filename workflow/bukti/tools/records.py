"""A step's own record decides whether it has work to do; nothing else does."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bukti.base.diagnostic import Diagnostic, Problem, diagnose, sort_key
from bukti.base.digest import canonical_json, digest_bytes, digest_json
from bukti.base.span import Span
from bukti.tools.environment import engine_digest, environment_digest
from bukti.tools.files import remove_leftovers, write_bytes, write_json

VERSION = 1
STATE = ".bukti"
RECORDED = {"key", "inputs", "engine", "environment", "params", "outputs"}


class StepLike(Protocol):
    """What a record needs to know of a step of the plan."""

    @property
    def id(self) -> str:
        """The step's name among all steps."""

    @property
    def stage(self) -> str:
        """The stage that does it."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The files it reads."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it makes."""

    @property
    def findings(self) -> str:
        """The output that holds its findings."""

    @property
    def params(self) -> Mapping[str, Any]:
        """The settings that decide how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """What a step made: the bytes of each output but the findings, and the findings.

    `said` is what the author's own code printed; it belongs into the log.
    """

    files: Mapping[str, bytes]
    findings: tuple[Diagnostic, ...] = ()
    said: str = ""


def record_path(root: Path, step_id: str) -> Path:
    """Where the record of a step lies."""
    return root / STATE / "steps" / f"{step_id}.json"


def failure_path(root: Path, step_id: str) -> Path:
    """Where a step that could not be done says why."""
    return root / STATE / "failures" / f"{step_id}.json"


def findings_json(findings: tuple[Diagnostic, ...]) -> dict[str, Any]:
    """A step's findings as they are stored, each once, in the order of their places."""
    unique = {canonical_json(finding.to_json()): finding for finding in findings}
    ordered = sorted(unique.values(), key=sort_key)
    return {"version": VERSION, "findings": [finding.to_json() for finding in ordered]}


def read_findings(path: Path) -> tuple[Diagnostic, ...]:
    """Stored findings; none where there is no such file or it is broken."""
    data = read_record(path)
    try:
        return tuple(Diagnostic.from_json(item) for item in data["findings"]) if data else ()
    except (KeyError, TypeError):
        return ()


def read_record(path: Path) -> dict[str, Any] | None:
    """A stored record of this version; None where it is missing, broken or of another one."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and data.get("version") == VERSION else None


def read_step_record(root: Path, step_id: str) -> dict[str, Any] | None:
    """The record of a step; None where it has none that is whole."""
    record = read_record(record_path(root, step_id))
    return record if record and record.keys() >= RECORDED else None


def inputs_of(root: Path, step: StepLike) -> dict[str, str]:
    """The digest of every input; Problem names those that are missing."""
    digests: dict[str, str] = {}
    missing: list[Diagnostic] = []
    for name in step.inputs:
        try:
            digests[name] = digest_bytes((root / name).read_bytes())
        except OSError:
            missing.append(diagnose("CFG104", Span(path=name), path=name))
    if missing:
        raise Problem(*missing)
    return digests


def key_of(step: StepLike, inputs: Mapping[str, str]) -> str:
    """The digest of all that decides what a step makes."""
    return digest_json(
        {
            "inputs": dict(inputs),
            "engine": engine_digest(step.stage),
            "environment": environment_digest(),
            "params": dict(step.params),
            "outputs": list(step.outputs),
        }
    )


def outputs_agree(root: Path, outputs: Mapping[str, str]) -> bool:
    """Whether every recorded output is there with the bytes that were written."""
    try:
        return all(
            digest_bytes((root / name).read_bytes()) == want for name, want in outputs.items()
        )
    except OSError:
        return False


def disturbed_outputs(root: Path, step: StepLike) -> tuple[tuple[str, int], ...]:
    """Outputs that are there but not as the step's record has them: edited by hand, say.

    Each goes with the time of its change, so that the same edit made twice is told apart.
    """
    record = read_step_record(root, step.id)
    outputs: dict[str, str] = record["outputs"] if record else {}
    return tuple(
        (name, (root / name).stat().st_ctime_ns)
        for name, want in outputs.items()
        if (root / name).is_file() and digest_bytes((root / name).read_bytes()) != want
    )


def run_step(root: Path, step: StepLike, work: Callable[[], Products]) -> bool:
    """Does a step's work unless its record says that it is done; true where it worked.

    Raises Problem where the work cannot be done; why is also kept beside the records.
    """
    with _step_lock(root, step.id):
        try:
            inputs = inputs_of(root, step)
            key = key_of(step, inputs)
            record = read_step_record(root, step.id)
            if record and record["key"] == key and outputs_agree(root, record["outputs"]):
                _freshen(root, step)
                failure_path(root, step.id).unlink(missing_ok=True)
                return False
            _write(root, step, work(), key, inputs)
        except Problem as problem:
            write_json(failure_path(root, step.id), findings_json(problem.diagnostics))
            raise
        failure_path(root, step.id).unlink(missing_ok=True)
        return True


def _write(
    root: Path, step: StepLike, products: Products, key: str, inputs: Mapping[str, str]
) -> None:
    record_path(root, step.id).unlink(missing_ok=True)
    files = dict(products.files)
    if step.findings not in files:
        files[step.findings] = canonical_json(findings_json(products.findings)).encode()
    if set(files) != set(step.outputs):
        raise AssertionError(
            f"{step.id} made {sorted(files)}, its plan says {sorted(step.outputs)}"
        )
    for name, data in files.items():
        target = root / name
        remove_leftovers(target)
        if target.is_file() and target.read_bytes() == data:
            os.utime(target)
        else:
            write_bytes(target, data)
    write_json(
        record_path(root, step.id),
        {
            "version": VERSION,
            "step": step.id,
            "key": key,
            "inputs": dict(inputs),
            "engine": engine_digest(step.stage),
            "environment": environment_digest(),
            "params": dict(step.params),
            "outputs": {name: digest_bytes(data) for name, data in files.items()},
        },
    )


def _freshen(root: Path, step: StepLike) -> None:
    """Sets the times of current outputs, so that the scheduler's clock agrees with the record."""
    newest = max(((root / name).stat().st_mtime_ns for name in step.inputs), default=0)
    for name in step.outputs:
        if (root / name).stat().st_mtime_ns <= newest:
            os.utime(root / name)


@contextmanager
def _step_lock(root: Path, step_id: str) -> Iterator[None]:
    path = root / STATE / "locks" / f"{step_id}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
