# One edition's prose and the results become its tree, marks and findings.

for job in JOBS:
    if job.stage != "manuscript":
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
