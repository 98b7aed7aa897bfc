"""The work of the stage clean: read the raw files, run the script, check, write."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.digest import canonical_json, digest_bytes
from bukti.base.span import Span
from bukti.clean.contract import contract_of
from bukti.clean.raw import Raw, ledger_json
from bukti.clean.tables import csv_bytes, fulfil, parquet_bytes, unaccepted
from bukti.plan import Step
from bukti.project import Project
from bukti.project.inventory import RAW_DIGESTS
from bukti.tools.checksums import read_checksums
from bukti.tools.files import read_text
from bukti.tools.records import Products
from bukti.tools.yaml_files import read_yaml


def work(project: Project, step: Step) -> Products:
    """Make one clean table; Problem where a raw file is not accepted or the contract is broken."""
    root = project.root
    contract_path, script, *_ = step.inputs
    data = read_yaml(root / contract_path, shown_as=contract_path).data
    contract = contract_of(step.name, contract_path, data)
    files = {name: (root / "data/raw" / name).read_bytes() for name in contract.raw}
    digests = {name: digest_bytes(content) for name, content in files.items()}
    accepted = read_checksums(root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
    refused = unaccepted(digests, accepted, contract.raw)
    if refused:
        raise Problem(*refused)
    raw = Raw(files=files, script=script)
    table = fulfil(_run(root, script, raw), contract, raw)
    ledger = ledger_json(step.name, raw, digests, table.origin, table.frame.height)
    parquet, csv, changes, _ = step.outputs
    return Products(
        files={
            parquet: parquet_bytes(table.frame),
            csv: csv_bytes(table.frame),
            changes: canonical_json(ledger).encode(),
        },
        findings=table.findings,
    )


def _run(root: Path, script: str, raw: Raw) -> Any:
    source = read_text(root / script, shown_as=script)
    module = ModuleType("cleaning")
    module.__file__ = script
    try:
        exec(compile(source, script, "exec"), module.__dict__)  # noqa: S102 the author's own script
        return module.clean(raw)
    except Problem:
        raise
    except (Exception, SystemExit) as error:
        raise Problem(_failure(script, error)) from error


def _failure(script: str, error: BaseException) -> Any:
    if isinstance(error, SyntaxError):
        line = error.lineno
    else:
        frames = traceback.extract_tb(sys.exc_info()[2])
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == script), None)
    reason = " ".join(str(error).split()) or type(error).__name__
    place = Span(path=script, line=line)
    return diagnose("CLN102", place, kind=type(error).__name__, reason=reason)
