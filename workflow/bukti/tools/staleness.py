"""Why a step is stale, read from the same records that decide it."""

from __future__ import annotations

from pathlib import Path

from bukti.base.diagnostic import Note, note
from bukti.base.digest import digest_bytes
from bukti.tools.environment import engine_digest, environment_digest
from bukti.tools.records import StepLike, read_step_record


def reasons(root: Path, step: StepLike) -> tuple[Note, ...]:
    """Why a step has work to do, as keys of the interface; none where it is current."""
    record = read_step_record(root, step.id)
    if record is None:
        return (note("why-no-record"),)
    found = [*_inputs(root, step, record["inputs"])]
    if record["engine"] != engine_digest(step.stage):
        found.append(note("why-engine-changed"))
    if record["environment"] != environment_digest():
        found.append(note("why-environment-changed"))
    if record["params"] != dict(step.params):
        found.append(note("why-params-changed"))
    if set(record["outputs"]) != set(step.outputs):
        found.append(note("why-no-record"))
    found += [
        note("why-output-changed", path=name)
        for name, digest in record["outputs"].items()
        if _digest(root / name) != digest
    ]
    return tuple(found)


def _inputs(root: Path, step: StepLike, known: dict[str, str]) -> list[Note]:
    found = []
    for name in step.inputs:
        now = _digest(root / name)
        if now is None:
            found.append(note("why-input-missing", path=name))
        elif name not in known:
            found.append(note("why-input-new", path=name))
        elif known[name] != now:
            found.append(note("why-input-changed", path=name))
    found += [note("why-input-gone", path=name) for name in known if name not in step.inputs]
    return found


def _digest(path: Path) -> str | None:
    try:
        return digest_bytes(path.read_bytes())
    except OSError:
        return None
