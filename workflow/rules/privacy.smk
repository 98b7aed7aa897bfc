# Every output is searched for names on a list and other personal details.

for job in JOBS:
    if job.stage != "privacy":
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
