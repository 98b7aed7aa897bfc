"""The work of the stage gate: collect every step's findings, and the digests of all products."""

from __future__ import annotations

from pathlib import Path

from bukti.base.diagnostic import Diagnostic
from bukti.base.digest import canonical_json, digest_bytes
from bukti.gate.verdict import Judged, findings_record, judge
from bukti.plan import Step
from bukti.project import Project
from bukti.tools.checksums import checksum_list
from bukti.tools.records import Products, read_findings


def work(project: Project, step: Step) -> Products:
    """All findings of the build, with the waivers of `bukti.yaml`, and the digests of its files.

    These are in the form that `sha256sum -c` reads in the compendium's folder.
    """
    root = project.root
    findings, sums = step.outputs
    record = canonical_json(findings_record(judged_now(root, step), step.params["level"])).encode()
    digests = {name: digest_bytes((root / name).read_bytes()) for name in step.inputs}
    listed = checksum_list({**digests, findings: digest_bytes(record)})
    return Products(files={findings: record, sums: listed.encode()})


def judged_now(root: Path, step: Step) -> tuple[Judged, ...]:
    """The findings of the plan and of every step that has made some, with the waivers applied."""
    found = [Diagnostic.from_json(item) for item in step.params["plan"]]
    for name in step.params["findings"]:
        found.extend(read_findings(root / name))
    return judge(found, step.params["waivers"])
