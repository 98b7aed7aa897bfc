# One page that shows every claim with its evidence, and what was not checked.

for job in JOBS:
    if job.stage != "report":
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
