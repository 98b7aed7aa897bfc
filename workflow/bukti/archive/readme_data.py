"""What an archive's README says of data: rights, sources, each file, what is missing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from bukti.archive.facts import Facts
from bukti.archive.readme_form import box, table
from bukti.project.raw_files import RAW

USE = (
    "I certify that the author(s) of the manuscript have legitimate access to and permission to "
    "use the data used in this manuscript."
)
PUBLISH = (
    "I certify that the author(s) of the manuscript have documented permission to "
    "redistribute/publish the data contained within this replication package."
)


def data_statements(facts: Facts) -> Iterator[str]:
    """The section on the availability and provenance of the data."""
    yield "## Data Availability and Provenance Statements"
    raw = _raw_names(facts)
    yield box(not raw, "This paper does not involve analysis of external data.")
    yield "### Statement about Rights"
    stated = facts.project.config.replication
    yield "\n".join([box(stated.may_use, USE), box(stated.may_pass_on, PUBLISH)])
    if not (stated.may_use and stated.may_pass_on):
        yield "A box without a tick: the authors have not stated it in `bukti.yaml`."
    yield "### Summary of Availability"
    closed = {each.name for each in facts.left_out}
    yield "\n".join(
        [
            box(not closed, "All data **are** publicly available."),
            box(bool(closed) and closed < raw, "Some data **cannot be made** publicly available."),
            box(bool(raw) and closed == raw, "**No data can be made** publicly available."),
        ]
    )
    yield "### Details on each Data Source"
    files = _files_of_sources(facts)
    if not files:
        yield "The compendium registers no source."
        return
    rows = [_source_row(facts, source, names) for source, names in files.items()]
    yield table(("Data.Name", "Data.Files", "Location", "Provided", "Citation"), rows)
    yield "What the register of sources, `data/sources.yaml`, says of each:"
    yield "\n".join(_details(facts, source) for source in files)


def _raw_names(facts: Facts) -> set[str]:
    inventory = facts.project.inventory
    names = {name.removeprefix(f"{RAW}/") for name in inventory.raw}
    return names | {each.name for each in facts.left_out}


def _files_of_sources(facts: Facts) -> dict[str, list[str]]:
    """The raw files that each source is in, as a whole or in some of their rows."""
    register = facts.project.inventory.register
    found: dict[str, list[str]] = {name: [] for name in register.sources}
    for name in sorted(register.raw):
        entry = register.raw[name]
        column = entry.get("sources")
        data = facts.files.get(f"{RAW}/{name}", b"")
        of_rows = _named_in(data, column, register.sources) if column else set()
        for source in sorted({entry.get("source", ""), *of_rows} & found.keys()):
            found[source].append(name)
    return found


def _named_in(data: bytes, column: str, known: Iterable[str]) -> set[str]:
    """The sources that a column of a raw file with commas names."""
    text = data.decode("utf-8-sig", "replace")
    cells = {row.get(column) or "" for row in csv.DictReader(text.splitlines())}
    words = {word for cell in cells for word in re.split(r"[\s;,|]+", cell)}
    return words & {*known}


def _source_row(facts: Facts, source: str, names: list[str]) -> tuple[str, ...]:
    entry = facts.project.inventory.register.sources[source]
    closed = {each.name for each in facts.left_out}
    provided = "FALSE" if not names or closed >= {*names} else "TRUE"
    return (
        facts.words(entry["title"]),
        "; ".join(f"`{name}`" for name in names) or "- (a document that the paper refers to)",
        f"{RAW}/" if names else entry.get("url", "-"),
        provided,
        _citation(facts, source),
    )


def _citation(facts: Facts, source: str) -> str:
    entry = facts.project.inventory.register.sources[source]
    makers = "; ".join(entry.get("authors", ())) or facts.words(entry.get("publisher", ""))
    year = str(entry.get("year", ""))
    return f"{makers or source} ({year})" if year else makers or source


def _details(facts: Facts, source: str) -> str:
    """A line with what the register says of a source besides."""
    entry = facts.project.inventory.register.sources[source]
    said = {
        "": " ".join(filter(None, (entry.get("standing", ""), entry.get("kind", "")))),
        "address: ": entry.get("url", ""),
        "DOI: ": entry.get("doi", ""),
        "seen on ": entry.get("accessed", ""),
        "terms: ": facts.words(entry.get("terms", "")),
        "access: ": entry.get("access", ""),
        "how to get it: ": facts.words(entry.get("obtain", "")),
        "note: ": facts.words(entry.get("note", "")),
    }
    parts = [f"{key}{' '.join(str(value).split())}" for key, value in said.items() if value]
    return f"- **{source}**, {_citation(facts, source)}: {'; '.join(parts) or 'nothing more'}"


def dataset_list(facts: Facts) -> Iterator[str]:
    """The list of all data files: raw, kept, clean."""
    yield "## Dataset list"
    closed = {each.name for each in facts.left_out}
    rows = [_raw_row(facts, name, name in closed) for name in sorted(_raw_names(facts))]
    rows += [(f"`{name}`", "-", "Kept in the place of raw files", "Yes") for name in _kept(facts)]
    for made in facts.project.inventory.made:
        raw = ", ".join(f"`{name}`" for name in made.raw)
        note = f"Clean table; its columns, units and rules: `{made.contract}`"
        rows.append((f"`data/clean/{made.name}.csv`", raw or "-", note, "Yes"))
    yield table(("Data file", "Source", "Notes", "Provided"), rows)
    yield (
        "`data/clean/datapackage.json` describes every clean table and column (Frictionless Data "
        "Package). `data/raw.sha256` has the digests of the raw files."
    )


def _kept(facts: Facts) -> list[str]:
    return [name for name in facts.project.inventory.kept if not name.endswith(".json")]


def _raw_row(facts: Facts, name: str, closed: bool) -> tuple[str, ...]:
    register = facts.project.inventory.register
    entry = register.raw.get(name, {})
    column = f"row by row, in the column `{entry['sources']}`" if "sources" in entry else ""
    source = "; ".join(filter(None, (entry.get("source", ""), column))) or "-"
    notes = [facts.words(entry.get("title", "")), str(entry.get("kind", ""))]
    terms = facts.words(register.inherited(name, "terms") or "")
    notes.append(f"Terms: {terms}" if terms else "")
    return (f"`{RAW}/{name}`", source, "; ".join(filter(None, notes)), "No" if closed else "Yes")


def _sentence(text: str) -> str:
    return f"{' '.join(text.split()).rstrip('.')}."


def not_included(facts: Facts) -> Iterator[str]:
    """What the archive leaves out, why, and where it can be had."""
    yield "## What is not included, and why"
    lines = [
        f"- `{RAW}/{each.name}`: access is {each.access}"
        + (f" (source {each.source})" if each.source else "")
        + f". How to get it: {_sentence(facts.words(each.obtain) or 'not stated')}"
        + (f" Its SHA-256 must then be `{each.digest}`." if each.digest else "")
        for each in facts.left_out
    ]
    if facts.left_out:
        yield (
            "These raw files may not be passed on. All that is built was built without them, from "
            "what is kept in their place in `data/kept`:"
        )
        yield "\n".join(lines)
    else:
        yield "All raw files are included."
    yield (
        "Documents that the paper only refers to are not included; their addresses are above. "
        "Logs and working records are not included, since they say nothing of the results and "
        "differ from run to run. "
        + (
            "The packages of the engine are included for one platform."
            if facts.carries_wheels
            else "The packages of the engine are not included; the lock has their digests."
        )
    )
