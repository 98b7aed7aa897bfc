"""The work of the stage gate: collect every step's findings."""

from __future__ import annotations

from bukti.base.diagnostic import Diagnostic
from bukti.base.digest import canonical_json
from bukti.gate.verdict import findings_record, judge
from bukti.plan import Step
from bukti.project import Project
from bukti.tools.records import Products, read_findings


def work(project: Project, step: Step) -> Products:
    """All findings of the build, with the waivers of `bukti.yaml`."""
    found: list[Diagnostic] = list(project.findings)
    for name in step.inputs:
        found.extend(read_findings(project.root / name))
    judged = judge(found, step.params["waivers"])
    record = findings_record(judged, step.params["level"])
    return Products(files={step.outputs[0]: canonical_json(record).encode()})
