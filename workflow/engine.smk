"""The engine as a module: any paper's Snakefile takes it and uses all its rules."""

from pathlib import Path

from snakemake.exceptions import WorkflowError

from bukti.base.diagnostic import Problem
from bukti.scheduling import command, explained, jobs

try:
    JOBS = jobs(Path.cwd())
except Problem as problem:
    raise WorkflowError(explained(problem))


rule judge:
    default_target: True
    input: [product for job in JOBS for product in job.outputs]
    message: "Judging the findings by the paper's level"
    params: command=command("gate", "", enforce=True)
    shell: "{params.command}"


rule all:
    input: [product for job in JOBS for product in job.outputs]


include: "rules/clean.smk"
include: "rules/analyse.smk"
include: "rules/manuscript.smk"
include: "rules/ledger.smk"
include: "rules/render.smk"
include: "rules/privacy.smk"
include: "rules/report.smk"
include: "rules/gate.smk"
