"""The crate's description: RO-Crate 1.1 with the profiles of workflows and of their runs.

After the RO-Crate Metadata Specification 1.1, Workflow RO-Crate 1.0 and Workflow Run Crate 0.5
(w3id.org/ro/crate/1.1, w3id.org/workflowhub/workflow-ro-crate/1.0, w3id.org/ro/wfrun).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bukti.archive.contents import crate_id
from bukti.archive.crate_files import file_entities
from bukti.archive.crate_people import GROUP, agents, licence, people
from bukti.archive.facts import Facts
from bukti.archive.layout import CRATE, README, SUMS

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
WORKFLOW_CRATE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
RUN_CRATES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
}
BIOSCHEMAS = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
LANGUAGE = "https://w3id.org/workflowhub/workflow-ro-crate#snakemake"
RUN = "#build"
SNAKEFILE = "Snakefile"
Entity = dict[str, Any]


def crate(facts: Facts) -> dict[str, Any]:
    """The content of `ro-crate-metadata.json`: every file, who made it, from what and how."""
    names = sorted({*facts.files, README, SUMS} - {CRATE})
    entities = [
        _descriptor(),
        _root(facts, names),
        _workflow(facts),
        _snakemake(facts),
        _run(facts),
        *_profiles(),
        *people(facts),
        *licence(facts)[1],
        *file_entities(facts, [name for name in names if name != SNAKEFILE]),
    ]
    once = {str(entity["@id"]): entity for entity in reversed(entities)}
    graph = [_compact(once[name]) for name in sorted(once, key=_order)]
    return {"@context": CONTEXT, "@graph": graph}


def _compact(entity: Entity) -> Entity:
    """Lists of one as that one, as the specification recommends; what says nothing left out."""
    single = {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value
        for key, value in entity.items()
    }
    return {key: value for key, value in single.items() if value not in ("", [])}


def _order(name: str) -> tuple[int, str]:
    """The descriptor and the root first, as the specification recommends."""
    first = (CRATE, "./")
    return (first.index(name) if name in first else len(first), name)


def reference(name: str) -> dict[str, str]:
    """A reference to another entity."""
    return {"@id": name}


def _references(names: Any) -> list[dict[str, str]]:
    return [reference(crate_id(name)) for name in names]


def _descriptor() -> Entity:
    return {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": reference("./"),
        "conformsTo": [reference("https://w3id.org/ro/crate/1.1"), reference(WORKFLOW_CRATE)],
    }


def _root(facts: Facts, names: list[str]) -> Entity:
    work = facts.work
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": _title(facts),
        "alternateName": [other.title for other in facts.works if other is not work],
        "description": work.abstract or work.title,
        "identifier": facts.name,
        "version": facts.version,
        "datePublished": facts.date,
        "inLanguage": list(facts.project.config.editions),
        "keywords": ", ".join(work.keywords),
        "license": licence(facts)[0],
        "author": agents(facts),
        "creator": agents(facts),
        "publisher": reference(GROUP),
        "conformsTo": [reference(name) for name in (*RUN_CRATES, WORKFLOW_CRATE)],
        "mainEntity": reference(SNAKEFILE),
        "mentions": [reference(RUN)],
        "hasPart": _references(names),
    }


def _title(facts: Facts) -> str:
    return ": ".join(filter(None, (facts.work.title, facts.work.subtitle)))


def _workflow(facts: Facts) -> Entity:
    return {
        "@id": SNAKEFILE,
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
        "name": f"The build of {facts.name}",
        "description": "From the raw files to the papers; its rules come with the engine.",
        "encodingFormat": "text/plain",
        "contentSize": str(len(facts.files[SNAKEFILE])),
        "conformsTo": [reference(BIOSCHEMAS)],
        "programmingLanguage": reference(LANGUAGE),
        "softwareRequirements": [reference(crate_id(facts.wheel))],
        "creator": agents(facts),
        "license": licence(facts)[0],
        "version": facts.version,
        "url": SNAKEFILE,
    }


def _snakemake(facts: Facts) -> Entity:
    return {
        "@id": LANGUAGE,
        "@type": "ComputerLanguage",
        "name": "Snakemake",
        "identifier": reference("https://doi.org/10.1093/bioinformatics/bts480"),
        "url": reference("https://snakemake.readthedocs.io"),
        "version": facts.packages.get("snakemake", ""),
    }


def _run(facts: Facts) -> Entity:
    return {
        "@id": RUN,
        "@type": "CreateAction",
        "name": f"The build of {facts.name} {facts.version}",
        "description": "All steps were done by the engine of this archive, "
        f"bukti {facts.engine}, with Python {facts.python} and the packages of its lock. "
        "Its time is the paper's date: nothing that is built depends on a clock.",
        "actionStatus": "http://schema.org/CompletedActionStatus",
        "endTime": facts.date,
        "agent": agents(facts)[0],
        "instrument": reference(SNAKEFILE),
        "object": _references(name for name in facts.sources if name != SNAKEFILE),
        "result": _references(facts.products),
    }


def _profiles() -> Iterator[Entity]:
    for name, title in RUN_CRATES.items():
        yield _profile(name, title, "0.5")
    yield _profile(WORKFLOW_CRATE, "Workflow RO-Crate", "1.0")
    yield _profile(BIOSCHEMAS, "Bioschemas ComputationalWorkflow profile", "1.0-RELEASE")


def _profile(name: str, title: str, version: str) -> Entity:
    return {"@id": name, "@type": "CreativeWork", "name": title, "version": version, "url": name}
