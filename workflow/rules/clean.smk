# Raw files become typed tables that fulfil their contract.

for job in JOBS:
    if job.stage != "clean":
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
