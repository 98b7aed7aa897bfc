"""The archive's README, in the form of the Social Science Data Editors' template, version 1.1.

The headings and their order are those of Vilhuber et al., "A template README for social science
replication packages" (https://doi.org/10.5281/zenodo.4319999). What stands below them is facts.
"""

from __future__ import annotations

from collections.abc import Iterator

from bukti.archive.crate_people import licence
from bukti.archive.facts import UNDATED, Facts
from bukti.archive.layout import CITATION, LOCK, OWN_README, SUMS
from bukti.archive.readme_data import data_statements, dataset_list, not_included
from bukti.archive.readme_form import box, size_text, table
from bukti.archive.readme_programs import (
    controlled_randomness,
    description_of_programs,
    list_of_exhibits,
)

ENVIRONMENT_MB = 1500
"""What setting up asks for on the disk, see `workflow/bootstrap.py`."""
_TIMES = (
    (10, "<10 minutes"),
    (60, "10-60 minutes"),
    (120, "1-2 hours"),
    (480, "2-8 hours"),
    (1440, "8-24 hours"),
    (4320, "1-3 days"),
    (20160, "3-14 days"),
    (float("inf"), "> 14 days"),
)
_SIZES = (
    (25, "< 25 MBytes"),
    (250, "25 MB - 250 MB"),
    (2000, "250 MB - 2 GB"),
    (25_000, "2 GB - 25 GB"),
    (250_000, "25 GB - 250 GB"),
    (float("inf"), "> 250 GB"),
)
_TOOLS = ("snakemake", "polars", "matplotlib", "nbclient", "ipykernel", "pypandoc-binary", "typst")


def readme(facts: Facts) -> str:
    """The text of the README, in English, in an order that never changes."""
    parts = (
        _overview(facts),
        data_statements(facts),
        dataset_list(facts),
        _computational(facts),
        description_of_programs(facts),
        _licence_for_code(facts),
        _instructions(facts),
        list_of_exhibits(facts),
        not_included(facts),
        _references(facts),
    )
    return "\n\n".join("\n\n".join(part) for part in parts) + "\n"


def _overview(facts: Facts) -> Iterator[str]:
    config, work = facts.project.config, facts.work
    yield f"# {': '.join(filter(None, (work.title, work.subtitle)))}"
    authors = ", ".join(facts.words(author.name) for author in config.authors)
    date = "" if facts.date == UNDATED else f", {facts.date}"
    yield f"{authors or 'The authors'}. Version {facts.version}{date}."
    for other in facts.works:
        if other is not work:
            yield f"In the language `{other.language}`: {other.title}."
    yield "## Overview"
    yield (
        f"This archive holds the paper `{facts.name}` with all that it is made from: "
        f"{_many(sum(name.startswith('data/raw/') for name in facts.sources), 'raw file')}, "
        f"{_many(len(facts.project.inventory.made), 'table')} that "
        f"{_many(len(facts.project.inventory.made), 'cleaning script')} make from them, "
        f"{_many(len(facts.project.inventory.notebooks), 'notebook')}, and the text in "
        f"{_many(len(config.editions), 'language')}. One command, `./bukti build`, makes the "
        "tables, the results and the papers again; on the same platform they have the same bytes. "
        f"The build has {_many(len(facts.plan.steps), 'step')}."
    )
    if config.replication.minutes:
        yield f"Replicators should expect it to run for {_minutes(config.replication.minutes)}."
    yield (
        f"`{SUMS}` lists the digest of every file (`sha256sum -c {SUMS}`). "
        "`ro-crate-metadata.json` describes every file for machines (RO-Crate 1.1). "
        f"`{CITATION}` says how to cite the paper."
        + (f" `{OWN_README}` is the authors' own." if OWN_README in facts.files else "")
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _minutes(minutes: int) -> str:
    return f"about {_many(minutes, 'minute')}"


def _computational(facts: Facts) -> Iterator[str]:
    yield "## Computational requirements"
    yield "### Software Requirements"
    yield box(
        True,
        "The replication package contains one or more programs to install all dependencies and "
        "set up the necessary directory structure: `./bukti` does so on first use.",
    )
    found = [(name, facts.packages[name]) for name in _TOOLS if name in facts.packages]
    lines = [
        f"- Python 3.11, 3.12 or 3.13 (the build was last run with {facts.python})",
        f"- bukti {facts.engine}, which is included as `{facts.wheel}`",
        *(f"- `{name}` {version}" for name, version in found),
        f"- {len(facts.packages)} packages in all; `{LOCK}` has their versions and digests",
        *(f"- Notebooks in {each}: the lock does not name its packages" for each in _others(facts)),
        "- Linux or macOS; on Windows, WSL (the Linux inside Windows)",
    ]
    yield "\n".join(lines)
    yield (
        "The packages are included below `engine/wheels`: no network is needed on the platform "
        "that they are for."
        if facts.carries_wheels
        else "The packages are downloaded once, on first use, and compared with their digests."
    )
    yield from controlled_randomness(facts)
    yield from _memory(facts)


def _others(facts: Facts) -> list[str]:
    """The languages of notebooks besides Python."""
    return sorted({each.language for each in facts.project.inventory.notebooks} - {"python"})


def _memory(facts: Facts) -> Iterator[str]:
    stated, config = facts.project.config.replication, facts.project.config
    yield "### Memory, Runtime, Storage Requirements"
    yield "#### Summary"
    yield "Approximate time needed to reproduce the analyses on a standard desktop machine:"
    yield _boxes(_TIMES, stated.minutes)
    if not stated.minutes:
        yield "The authors state no time (`replication` in `bukti.yaml`)."
    yield "Approximate storage space needed:"
    size = sum(map(len, facts.files.values())) // 1_000_000 + ENVIRONMENT_MB
    yield _boxes(_SIZES, size)
    yield "#### Details"
    if stated.machine:
        memory = f", and took up to {stated.memory} MiB of memory" if stated.memory else ""
        yield f"The code was last run on {stated.machine}{memory}."
    elif stated.memory:
        yield f"The build took up to {stated.memory} MiB of memory."
    yield (
        f"The files of this archive take {size_text(sum(map(len, facts.files.values())))}; the "
        f"environment with all packages takes up to {ENVIRONMENT_MB} MB more."
    )
    yield (
        "Limits that the build itself sets: a cleaning script is stopped after "
        f"{config.cleaning_seconds} s or at {config.cleaning_memory} MiB, a cell of a notebook "
        f"after {config.cell_seconds} s, its kernel at {config.kernel_memory} MiB."
    )


def _boxes(steps: tuple[tuple[float, str], ...], value: int | None) -> str:
    chosen = next((text for most, text in steps if value and value < most), "")
    return "\n".join(box(text == chosen, text) for _, text in steps)


def _licence_for_code(facts: Facts) -> Iterator[str]:
    yield "### License for Code"
    found = [name for name in facts.sources if name.startswith(("LICENSE", "LICENCE"))]
    if found:
        yield f"See {', '.join(f'`{name}`' for name in found)}."
    else:
        yield "The authors include no licence file."
    _, entities = licence(facts)
    yield "The engine is under the licence in its own wheel. " + (
        f"The paper: {entities[0]['name']}" if entities else "The paper: see these files."
    )


def _instructions(facts: Facts) -> Iterator[str]:
    yield "## Instructions to Replicators"
    steps = [
        "Unpack the archive into a new folder, and open a terminal there.",
        f"Optional: `sha256sum -c {SUMS}` checks that all files are as they were.",
        *(
            f"Get `data/raw/{each.name}` (see above) and put it there; without it, the build goes "
            "on from what is kept in its place."
            for each in facts.left_out
        ),
        "`./bukti build` sets up what is needed, then makes the tables, the results and the "
        "papers again (`sh bukti build`, where the file may not be started).",
        "The papers lie in `outputs/papers`. `./bukti why CLAIM` tells where a number is from.",
        "Or, in place of all this: `bukti verify` on the archive as it is rebuilds it elsewhere, "
        "compares, and gives a verdict for each number.",
    ]
    yield "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
    yield "### Details"
    rows = [(f"`{step.id}`", _many(len(step.outputs), "file")) for step in facts.plan.steps]
    yield "The steps, in their order; `./bukti build STEP` does one of them."
    yield table(("Step", "Makes"), rows)


def _references(facts: Facts) -> Iterator[str]:
    yield "## References"
    yield from facts.work.references or ("The paper has no references.",)
