# All editions are joined: every claim, its evidence, its marks, their status.

for job in JOBS:
    if job.stage != "ledger":
        continue

    rule:
        name: job.rule
        input: job.inputs
        output: [update(name) for name in job.outputs]
        params: key=job.key, command=job.command
        log: job.log
        benchmark: job.benchmark
        message: job.sentence
        shell: "{params.command}"
