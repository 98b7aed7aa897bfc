"""Every file of an archive as an entity of its crate: what it is, in which language, from what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from bukti.archive.contents import crate_id
from bukti.archive.crate_people import agents
from bukti.archive.facts import Facts
from bukti.archive.layout import CITATION, README, SUMS
from bukti.archive.members import LeftOut
from bukti.project.raw_files import RAW

Entity = dict[str, Any]
FORMATS = {
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".csl": "application/vnd.citationstyles.style+xml",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".md": "text/markdown",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".py": "text/x-python",
    ".svg": "image/svg+xml",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".whl": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
    ".zip": "application/zip",
}
# What a file is, by where it lies; the first that fits. The name of a group is put in.
KINDS: Sequence[tuple[str, str]] = (
    (r"outputs/papers/paper\.(?P<language>[a-z-]+)\.(?P<what>\w+)", "The paper ({what})"),
    (
        r"outputs/results/[^/]+/(?P<what>[^/]+)\.(?P<language>[a-z-]+)\.\w+",
        "The figure {what}",
    ),
    (r"outputs/results/(?P<what>[^/]+)\.ipynb", "The executed notebook {what}"),
    (r"outputs/results/(?P<what>[^/]+)\.html", "The executed notebook {what}, to read"),
    (r"outputs/results/(?P<what>[^/]+)\.json", "The results of the notebook {what}"),
    (r"outputs/manuscript/(?P<language>[a-z-]+)/(?P<what>\w+)\.json", "The edition: {what}"),
    (r"outputs/findings/(?P<what>.+)\.json", "The findings of the step {what}"),
    (r"outputs/findings\.json", "All findings, judged"),
    (r"outputs/SHA256SUMS", "The digests of all files that the build made"),
    (r"outputs/ledger\.json", "The ledger of all claims and their evidence"),
    (r"outputs/report/index\.html", "The report of the build"),
    (r"data/clean/datapackage\.json", "The description of the clean tables (data package)"),
    (r"data/clean/(?P<what>[^/]+)\.json", "What cleaning changed for the table {what}"),
    (r"data/clean/(?P<what>.+)", "The clean table {what}"),
    (r"data/contract/(?P<what>[^/]+)\.yaml", "The contract of the table {what}"),
    (r"data/sources\.yaml", "The register of sources"),
    (r"data/kept/(?P<what>.+)", "Kept in the place of raw files: {what}"),
    (r"data/raw/(?P<what>.+)", "The raw file {what}"),
    (r"analysis/cleaning/(?P<what>[^/]+)\.py", "The cleaning script of the table {what}"),
    (r"analysis/notebooks/(?P<what>[^/]+)\.ipynb", "The notebook {what}"),
    (r"manuscript/(?P<language>[a-z]{2,3})/(?P<what>.+)", "The manuscript: {what}"),
    (r"engine/bukti-(?P<what>[^-]+)-.*\.whl", "The engine, bukti {what}"),
    (r"engine/wheels/.*/(?P<what>[^/]+)", "A package that the engine needs: {what}"),
    (r"(?P<what>requirements.*\.lock)", "The versions of all packages ({what})"),
)
_PICTURE = (".png", ".svg", ".jpg")


def file_entities(facts: Facts, names: Sequence[str]) -> Iterator[Entity]:
    """The entities of files, and of the sources that raw files come from."""
    for name in names:
        yield {**_file(facts, name), **_more(facts, name)}
    sources = facts.project.inventory.register.sources
    for source in sources:
        yield _source(facts, source)
    for each in facts.left_out:
        yield _absent(facts, each)


def source_id(source: str) -> str:
    """How a crate names a source of the register."""
    return f"#source-{crate_id(source)}"


def _file(facts: Facts, name: str) -> Entity:
    title, language = _kind(name)
    suffix = PurePosixPath(name).suffix.lower()
    entity: Entity = {
        "@id": crate_id(name),
        "@type": ["File", "ImageObject"] if suffix in _PICTURE else "File",
        "name": title,
        "description": f"{title}: {name}" if title != name else name,
        "encodingFormat": FORMATS.get(suffix, "text/plain"),
    }
    if name in facts.files:
        entity["contentSize"] = str(len(facts.files[name]))
    languages = [each for each in language.split("-") if each]
    return {**entity, "inLanguage": languages} if languages else entity


def _kind(name: str) -> tuple[str, str]:
    for pattern, words in KINDS:
        found = re.fullmatch(pattern, name)
        if found:
            groups = found.groupdict()
            return words.format(**groups), groups.get("language") or ""
    return name, ""


def _more(facts: Facts, name: str) -> Entity:
    """What is known of some files alone."""
    if name == README:
        return {"name": "For those who rebuild the paper", "about": {"@id": "./"}}
    if name == SUMS:
        return {"name": "The SHA-256 of every file"}
    if name == CITATION:
        return {"name": "How to cite the paper", "about": {"@id": "./"}}
    if name == facts.wheel:
        return {
            "@type": ["File", "SoftwareSourceCode"],
            "version": facts.engine,
            "url": name,
        }
    if name.startswith("outputs/papers/"):
        return {"@type": ["File", "ScholarlyArticle"], "author": agents(facts)}
    if name.startswith(f"{RAW}/"):
        return _raw(facts, name.removeprefix(f"{RAW}/"))
    return {}


def _raw(facts: Facts, name: str) -> Entity:
    register = facts.project.inventory.register
    entry = register.raw.get(name, {})
    entity: Entity = {}
    if entry.get("title"):
        entity["name"] = facts.words(entry["title"])
    if entry.get("source") in register.sources:
        entity["isBasedOn"] = {"@id": source_id(entry["source"])}
    terms = register.inherited(name, "terms")
    return {**entity, "usageInfo": facts.words(terms)} if terms else entity


def _absent(facts: Facts, left_out: LeftOut) -> Entity:
    """A raw file that may not be passed on, and how others get it."""
    entity = {**_raw(facts, left_out.name)}
    entity.setdefault("name", f"The raw file {left_out.name}")
    obtain = facts.words(left_out.obtain)
    access = f"{left_out.access}: {obtain}" if obtain else left_out.access
    digest = f"SHA-256 {left_out.digest}" if left_out.digest else ""
    return {
        **entity,
        "@id": f"#left-out-{crate_id(left_out.name)}",
        "@type": "CreativeWork",
        "conditionsOfAccess": access,
        "identifier": digest,
        "description": f"{RAW}/{left_out.name} is not in this archive.",
    }


def _source(facts: Facts, source: str) -> Entity:
    entry = facts.project.inventory.register.sources[source]
    entity: Entity = {
        "@id": source_id(source),
        "@type": "CreativeWork",
        "name": facts.words(entry["title"]),
    }
    for key, said in (("author", "authors"), ("url", "url"), ("inLanguage", "language")):
        if entry.get(said):
            entity[key] = entry[said]
    for key, said in (("publisher", "publisher"), ("usageInfo", "terms")):
        if entry.get(said):
            entity[key] = facts.words(entry[said])
    if entry.get("year"):
        entity["datePublished"] = str(entry["year"])
    if entry.get("doi"):
        entity["identifier"] = f"https://doi.org/{entry['doi']}"
    return entity
