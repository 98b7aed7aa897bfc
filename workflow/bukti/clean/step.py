"""The work of the stage clean: read the raw files, run the script confined, check, write."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.digest import canonical_json, digest_bytes
from bukti.base.span import Span
from bukti.clean.contract import Contract, contract_of
from bukti.clean.failures import OUT_OF_TIME, Ending, Limits, ended, failed, printed
from bukti.clean.kept import difference, kept_frame, kept_record, other_versions
from bukti.clean.origins import sources_of
from bukti.clean.package import Resource, datapackage
from bukti.clean.raw import ROW, ledger_json
from bukti.clean.readings import Readings, readings_of
from bukti.clean.script import Outcome, Task, outcome_of
from bukti.clean.tables import CleanTable, csv_bytes, fulfil, parquet_bytes
from bukti.plan import Step
from bukti.project import Project
from bukti.project.contract_links import raw_files_named
from bukti.project.kept import broken, kept_ledger, kept_table, read_kept
from bukti.project.products import clean_table
from bukti.project.raw_files import RAW_DIGESTS, unaccepted
from bukti.project.register import REGISTER
from bukti.tools.checksums import read_checksums
from bukti.tools.confine import Policy, denied_network, denied_path, level
from bukti.tools.confined_run import run_confined
from bukti.tools.environment import ENGINE
from bukti.tools.files import read_text
from bukti.tools.process import Finished
from bukti.tools.records import Products
from bukti.tools.schemas import first_fault
from bukti.tools.yaml_files import read_yaml

MIB = 1024 * 1024
_GRACE = 10.0


def work(project: Project, step: Step, made: Mapping[str, bytes] | None = None) -> Products:
    """Make one clean table; Problem where a raw file is not accepted or the contract is broken.

    The step without a name describes all tables as a data package. `made` are files that stand
    for those on the disk: tables of this run that are not written.
    """
    if not step.name:
        return _package(project, step)
    root = project.root
    contract_path = step.inputs[0]
    document = read_yaml(root / contract_path, shown_as=contract_path)
    contract = contract_of(step.name, contract_path, document.data, document.span)
    others = _others(project, step, made or {})
    if step.params["from"] == "kept":
        return _from_kept(project, step, contract, others)
    files = {name: (root / "data/raw" / name).resolve() for name in contract.raw}
    names = tuple(name for name, _ in raw_files_named(document.data))
    digests = {name: digest_bytes((root / "data/raw" / name).read_bytes()) for name in names}
    accepted = read_checksums(root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
    refused = unaccepted(digests, accepted, names)
    if refused:
        raise Problem(*refused)
    outcome, ending = _run(project, step, files)
    table = fulfil(outcome.frame, contract, outcome.raw, others)
    sources = sources_of(table, contract, outcome.sources)
    if not step.params["open"]:
        outcome.raw.changes[:] = [replace(each, listed=()) for each in outcome.raw.changes]
    readings, differences = _readings(root, contract, table)
    ledger = ledger_json(
        step.name,
        outcome.raw,
        digests,
        table.origin,
        table.frame.height,
        sources,
        [asdict(reading) for reading in readings],
    )
    findings = [*outcome.raw.findings, *table.findings, *differences]
    findings += printed(step.inputs[1], ending.said)
    findings += _lacking(project, step, outcome.lacking)
    if level() == "unconfined":
        findings.append(diagnose("CLN187", Span(path=step.inputs[1]), script=step.inputs[1]))
    findings += _compared(project, step, contract, table, digests)
    return Products(
        files=_table_files(step, table, ledger), findings=tuple(findings), said=ending.said
    )


def _readings(root: Path, contract: Contract, table: CleanTable) -> Readings:
    second = contract.second_reading
    again = None if second is None or second.file is None else root / "data/raw" / second.file
    return readings_of(table, contract, again.read_bytes() if again else None)


def _table_files(step: Step, table: CleanTable, ledger: Mapping[str, Any]) -> dict[str, bytes]:
    parquet, csv, changes, _ = step.outputs
    return {
        parquet: parquet_bytes(table.frame),
        csv: csv_bytes(table.frame),
        changes: canonical_json(ledger).encode(),
    }


def _from_kept(
    project: Project, step: Step, contract: Contract, others: Mapping[str, pl.DataFrame]
) -> Products:
    """The clean table that the author kept, since its raw files are not there."""
    root = project.root
    record = _kept_ledger(root, step.name)
    accepted = read_checksums(root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
    faults = tuple(other_versions(contract, record, accepted))
    if faults:
        raise Problem(*faults)
    raw = kept_record(record, step.inputs[1])
    table = fulfil(_kept_frame(root, step.name, record), contract, raw, others)
    ledger = {**record, "from": "kept"}
    return Products(files=_table_files(step, table, ledger), findings=table.findings)


def _kept_ledger(root: Path, table: str) -> dict[str, Any]:
    name = kept_ledger(table)
    try:
        record: dict[str, Any] = json.loads(read_kept(root, name))
    except ValueError as error:
        raise broken(name, str(error)) from error
    fault = first_fault(record, "cleaning")
    if fault is not None:
        raise broken(name, fault)
    return record


def _kept_frame(root: Path, table: str, record: Mapping[str, Any]) -> pl.DataFrame:
    name = kept_table(table)
    try:
        return kept_frame(read_kept(root, name), record)
    except pl.exceptions.PolarsError as error:
        raise broken(name, str(error).splitlines()[0]) from error


def _compared(
    project: Project,
    step: Step,
    contract: Contract,
    table: CleanTable,
    digests: Mapping[str, str],
) -> tuple[Diagnostic, ...]:
    """How the kept table, if there is one, differs from the one just made."""
    if kept_table(step.name) not in step.inputs:
        return ()
    try:
        record = _kept_ledger(project.root, step.name)
        frame = _kept_frame(project.root, step.name, record)
    except Problem as problem:
        return problem.diagnostics
    columns = [name for name in frame.columns if name != ROW]
    found = difference(contract, frame.select(columns), table.frame)
    return found or tuple(other_versions(contract, record, digests))


def _package(project: Project, step: Step) -> Products:
    root = project.root
    resources = [
        Resource(
            name=table.name,
            contract=read_yaml(root / table.contract, shown_as=table.contract).data,
            csv=_made(root, f"data/clean/{table.name}.csv"),
        )
        for table in project.inventory.made
    ]
    register = read_yaml(root / REGISTER, shown_as=REGISTER).data if REGISTER in step.inputs else {}
    record = datapackage(
        step.params["name"], step.params["version"], step.params["language"], resources, register
    )
    return Products(files={step.outputs[0]: canonical_json(record).encode()}, findings=())


def _made(root: Path, name: str) -> bytes:
    if not (root / name).is_file():
        raise Problem(diagnose("CFG118", Span(path=name), path=name))
    return (root / name).read_bytes()


def _lacking(project: Project, step: Step, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Raw files without the column that the register says names each row's source."""
    for name in names:
        register = read_yaml(project.root / REGISTER, shown_as=REGISTER)
        where = register.span(("raw", name, "sources"))
        yield diagnose("SRC117", where, path=name, column=step.params["sources"][name])


def _others(project: Project, step: Step, made: Mapping[str, bytes]) -> dict[str, pl.DataFrame]:
    """The clean tables that the contract names."""
    table = next(table for table in project.inventory.tables if table.name == step.name)
    paths = {name: clean_table(name) for name in table.others}
    return {
        name: pl.read_parquet(made.get(path) or (project.root / path).read_bytes())
        for name, path in paths.items()
    }


def _run(project: Project, step: Step, files: Mapping[str, Path]) -> tuple[Outcome, Ending]:
    """The script's frame and record, from a confined process; Problem where there is none."""
    script = step.inputs[1]
    text = read_text(project.root / script, shown_as=script)
    limits = Limits(seconds=step.params["seconds"], memory=step.params["memory"])
    task = Task(
        script=script,
        text=text,
        files={name: str(path) for name, path in files.items()},
        source_columns=step.params["sources"],
        seconds=limits.seconds,
    )
    policy = Policy(read=tuple(files.values()))
    finished = run_confined(
        [sys.executable, "-P", "-s", "-B", "-u", "-m", "bukti.clean.script"],
        cwd=project.root,
        policy=policy,
        environment={"PYTHONPATH": str(ENGINE.parent)},
        input=task.to_json(),
        seconds=limits.seconds + _GRACE,
        memory_bytes=limits.memory * MIB,
    )
    ending = _ending(finished)
    outcome = outcome_of(task, finished.stdout)
    if outcome is None:
        raise Problem(ended(script, ending, limits))
    if outcome.problems:
        raise Problem(*outcome.problems)
    if outcome.failure:
        refused = _refused(project.root, ending, outcome.failure["trace"], policy)
        raise Problem(failed(script, outcome.failure, refused, limits))
    if outcome.frame is None:
        raise Problem(diagnose("CLN108", Span(path=script), found=outcome.returned))
    return outcome, ending


def _ending(finished: Finished) -> Ending:
    said = finished.stderr.decode(errors="replace")
    ended_by = "time" if OUT_OF_TIME.search(said) else finished.ended_by
    return Ending(status=finished.status, ended_by=ended_by, said=said)


def _refused(root: Path, ending: Ending, trace: str, policy: Policy) -> Ending:
    """The ending with the path or connection that confinement refused, if it did."""
    if level() == "unconfined":
        return ending
    denied = denied_path(trace, policy, root)
    if denied is None:
        return replace(ending, network=denied_network(trace))
    path = Path(denied)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else denied
    return replace(ending, denied=shown, exists=path.exists() and path not in policy.read)
