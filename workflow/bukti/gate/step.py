"""The work of the stage gate: collect every step's findings."""

from __future__ import annotations

from pathlib import Path

from bukti.base.diagnostic import Diagnostic
from bukti.base.digest import canonical_json
from bukti.gate.verdict import Judged, findings_record, judge
from bukti.plan import Step
from bukti.project import Project
from bukti.tools.records import Products, read_findings


def work(project: Project, step: Step) -> Products:
    """All findings of the build, with the waivers of `bukti.yaml`."""
    record = findings_record(judged_now(project.root, step), step.params["level"])
    return Products(files={step.outputs[0]: canonical_json(record).encode()})


def judged_now(root: Path, step: Step) -> tuple[Judged, ...]:
    """The findings of the plan and of every step that has made some, with the waivers applied."""
    found = [Diagnostic.from_json(item) for item in step.params["plan"]]
    for name in step.inputs:
        found.extend(read_findings(root / name))
    return judge(found, step.params["waivers"])
