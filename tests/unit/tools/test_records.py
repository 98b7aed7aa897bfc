"""A step's own record decides whether it has work to do."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.digest import digest_bytes
from bukti.base.span import Span
from bukti.tools import records, staleness
from bukti.tools.files import write_bytes
from bukti.tools.records import (
    Products,
    disturbed_outputs,
    failure_path,
    findings_json,
    read_findings,
    read_record,
    record_path,
    run_step,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeStep:
    id: str = "clean.t"
    stage: str = "clean"
    inputs: tuple[str, ...] = ("in/a", "in/b")
    outputs: tuple[str, ...] = ("out/x", "out/f.json")
    findings: str = "out/f.json"
    params: Mapping[str, Any] = field(default_factory=dict)


STEP = FakeStep()


class Work:
    """Copies the first input, and counts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.times = 0
        self.findings: tuple[Diagnostic, ...] = ()

    def __call__(self) -> Products:
        self.times += 1
        files = {"out/x": (self.root / "in/a").read_bytes()}
        return Products(files=files, findings=self.findings)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a").write_text("a")
    (tmp_path / "in/b").write_text("b")
    return Work(tmp_path)


@pytest.fixture
def done(work: Work) -> Iterator[Work]:
    assert run_step(work.root, STEP, work)
    yield work


def keys(root: Path, step: FakeStep = STEP) -> tuple[str, ...]:
    return tuple(note.key for note in staleness.reasons(root, step))


def test_a_step_works_once(done: Work) -> None:
    assert (done.root / "out/x").read_text() == "a"
    assert keys(done.root) == ()
    assert not run_step(done.root, STEP, done)
    assert done.times == 1


def test_a_step_without_a_record_was_never_made(work: Work) -> None:
    assert keys(work.root) == ("why-no-record",)


def test_a_current_step_leaves_the_bytes_alone(done: Work) -> None:
    before = {name: (done.root / name).stat().st_ino for name in STEP.outputs}
    os.utime(done.root / "in/a")
    assert not run_step(done.root, STEP, done)
    assert {name: (done.root / name).stat().st_ino for name in STEP.outputs} == before
    newest = (done.root / "in/a").stat().st_mtime_ns
    assert all((done.root / name).stat().st_mtime_ns >= newest for name in STEP.outputs)


def test_work_that_makes_the_same_leaves_the_bytes_alone(done: Work) -> None:
    before = (done.root / "out/x").stat().st_ino
    (done.root / "in/b").write_text("other")
    assert run_step(done.root, STEP, done)
    assert (done.root / "out/x").stat().st_ino == before


@pytest.mark.parametrize("changed", ["engine_digest", "environment_digest"])
def test_another_engine_or_environment_is_a_reason(
    done: Work, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (records, staleness):
        monkeypatch.setattr(module, changed, lambda *stage: "0" * 64)
    assert keys(done.root) == (f"why-{changed.partition('_')[0]}-changed",)
    assert run_step(done.root, STEP, done)
    assert keys(done.root) == ()


def test_a_changed_input_is_a_reason(done: Work) -> None:
    (done.root / "in/a").write_text("changed")
    (note,) = staleness.reasons(done.root, STEP)
    assert (note.key, note.arguments) == ("why-input-changed", {"path": "in/a"})
    assert run_step(done.root, STEP, done)
    assert (done.root / "out/x").read_text() == "changed"


def test_other_params_are_a_reason(done: Work) -> None:
    step = replace(STEP, params={"digits": 2})
    assert keys(done.root, step) == ("why-params-changed",)
    assert run_step(done.root, step, done)
    assert not run_step(done.root, step, done)


def test_other_inputs_are_a_reason(done: Work) -> None:
    (done.root / "in/c").write_text("c")
    step = replace(STEP, inputs=("in/a", "in/c"))
    assert set(keys(done.root, step)) == {"why-input-new", "why-input-gone"}
    assert run_step(done.root, step, done)


def test_other_outputs_are_a_reason(done: Work) -> None:
    step = replace(STEP, outputs=("out/x", "out/y", "out/f.json"))
    assert keys(done.root, step) != ()
    assert run_step(done.root, step, lambda: Products(files={"out/x": b"1", "out/y": b"2"}))


def test_the_same_edit_made_twice_is_told_apart(done: Work) -> None:
    assert disturbed_outputs(done.root, STEP) == ()
    (done.root / "out/x").write_text("edited")
    first = disturbed_outputs(done.root, STEP)
    assert [name for name, _ in first] == ["out/x"]
    run_step(done.root, STEP, done)
    assert disturbed_outputs(done.root, STEP) == ()
    time.sleep(0.02)
    (done.root / "out/x").write_text("edited")
    assert disturbed_outputs(done.root, STEP) != first
    (done.root / "out/x").unlink()
    assert disturbed_outputs(done.root, STEP) == ()


@pytest.mark.parametrize("spoil", [lambda path: path.write_text("edited"), Path.unlink])
def test_an_output_that_is_not_as_it_was_made_is_remade(done: Work, spoil: Any) -> None:
    spoil(done.root / "out/x")
    assert keys(done.root) == ("why-output-changed",)
    assert run_step(done.root, STEP, done)
    assert (done.root / "out/x").read_text() == "a"


def test_content_that_changed_under_an_old_time_is_seen(done: Work) -> None:
    status = (done.root / "in/a").stat()
    (done.root / "in/a").write_text("z")
    os.utime(done.root / "in/a", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run_step(done.root, STEP, done)


def test_missing_inputs_are_all_named_and_kept_as_the_failure(work: Work) -> None:
    (work.root / "in/a").unlink()
    (work.root / "in/b").unlink()
    with pytest.raises(Problem) as caught:
        run_step(work.root, STEP, work)
    assert [str(item.span) for item in caught.value.diagnostics] == ["in/a", "in/b"]
    assert {item.code for item in read_findings(failure_path(work.root, STEP.id))} == {"CFG104"}
    assert keys(work.root) == ("why-no-record",)


def test_a_failure_is_kept_until_the_step_succeeds_and_leaves_the_outputs(done: Work) -> None:
    def fail() -> Products:
        raise Problem(diagnose("CLN108", Span(path="s.py"), found="int"))

    (done.root / "in/a").write_text("changed")
    with pytest.raises(Problem, match="CLN108"):
        run_step(done.root, STEP, fail)
    (kept,) = read_findings(failure_path(done.root, STEP.id))
    assert (kept.code, str(kept.span)) == ("CLN108", "s.py")
    assert (done.root / "out/x").read_text() == "a"
    assert run_step(done.root, STEP, done)
    assert not failure_path(done.root, STEP.id).exists()


def test_a_failure_is_removed_where_nothing_is_left_to_do(done: Work) -> None:
    failure_path(done.root, STEP.id).parent.mkdir()
    failure_path(done.root, STEP.id).write_text("{}")
    assert not run_step(done.root, STEP, done)
    assert not failure_path(done.root, STEP.id).exists()


def test_a_crash_between_two_outputs_leaves_nothing_that_passes_for_finished(
    done: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    (done.root / "in/a").write_text("changed")

    def crash(path: Path, data: bytes) -> None:
        if path.name == "f.json":
            raise KeyboardInterrupt
        write_bytes(path, data)

    (done.root / "out/f.json").unlink()
    monkeypatch.setattr(records, "write_bytes", crash)
    with pytest.raises(KeyboardInterrupt):
        run_step(done.root, STEP, done)
    assert not record_path(done.root, STEP.id).exists()
    monkeypatch.undo()
    assert run_step(done.root, STEP, done)
    assert keys(done.root) == ()


def test_what_a_killed_write_left_is_removed(done: Work) -> None:
    leftover = done.root / "out/.x.abc123.part"
    leftover.write_text("half")
    assert not run_step(done.root, STEP, done)
    (done.root / "in/a").write_text("changed")
    assert run_step(done.root, STEP, done)
    assert sorted(entry.name for entry in (done.root / "out").iterdir()) == ["f.json", "x"]


@pytest.mark.parametrize("products", [{}, {"out/x": b"", "out/more": b""}])
def test_a_step_makes_what_its_plan_says(work: Work, products: dict[str, bytes]) -> None:
    with pytest.raises(AssertionError, match=r"clean\.t made"):
        run_step(work.root, STEP, lambda: Products(files=products))
    assert not (work.root / "out").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"version": 2}', '{"version": 1}'])
def test_a_broken_record_counts_as_none(done: Work, text: str) -> None:
    record_path(done.root, STEP.id).write_text(text)
    assert keys(done.root) == ("why-no-record",)
    assert run_step(done.root, STEP, done)
    assert done.times == 2


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 1}', '{"version": 1, "findings": [{"code": "X"}]}']
)
def test_broken_findings_count_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "f.json").write_text(text)
    assert read_findings(tmp_path / "f.json") == ()


def test_findings_are_stored_once_and_by_place(work: Work) -> None:
    late = diagnose("CLN209", Span(path="b", line=9), rows=1, expected=2)
    early = diagnose("CLN209", Span(path="b", line=2), rows=1, expected=2)
    work.findings = (late, early, late)
    run_step(work.root, STEP, work)
    assert read_findings(work.root / "out/f.json") == (early, late)
    assert findings_json((late, early)) == json.loads((work.root / "out/f.json").read_text())


def test_the_record_holds_what_decided(done: Work) -> None:
    record = read_record(record_path(done.root, STEP.id))
    assert record is not None
    assert record["inputs"] == {"in/a": digest_bytes(b"a"), "in/b": digest_bytes(b"b")}
    assert record["outputs"]["out/x"] == digest_bytes(b"a")
    assert set(record["outputs"]) == set(STEP.outputs)
