"""What an archive's README says of data: rights, sources, each file, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

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
    rows = [_source_row(facts, name) for name in facts.project.inventory.register.sources]
    if not rows:
        yield "The compendium registers no source."
        return
    yield table(("Data.Name", "Data.Files", "Location", "Provided", "Citation"), rows)
    for name in facts.project.inventory.register.sources:
        yield from _source(facts, name)


def _raw_names(facts: Facts) -> set[str]:
    inventory = facts.project.inventory
    names = {name.removeprefix(f"{RAW}/") for name in inventory.raw}
    return names | {each.name for each in facts.left_out}


def _files_of(facts: Facts, source: str) -> list[str]:
    raw = facts.project.inventory.register.raw
    return sorted(name for name, entry in raw.items() if entry.get("source") == source)


def _source_row(facts: Facts, source: str) -> tuple[str, ...]:
    entry = facts.project.inventory.register.sources[source]
    names = _files_of(facts, source)
    closed = {each.name for each in facts.left_out}
    if not names:
        provided = "FALSE (a document that the paper refers to)"
    else:
        provided = "FALSE" if closed >= {*names} else "TRUE"
    return (
        facts.words(entry["title"]),
        "; ".join(f"`{name}`" for name in names) or "-",
        f"{RAW}/" if names else entry.get("url", "-"),
        provided,
        _citation(facts, source),
    )


def _citation(facts: Facts, source: str) -> str:
    entry = facts.project.inventory.register.sources[source]
    makers = "; ".join(entry.get("authors", ())) or facts.words(entry.get("publisher", ""))
    year = str(entry.get("year", ""))
    return f"{makers or source} ({year})" if year else makers or source


def _source(facts: Facts, source: str) -> Iterator[str]:
    entry = facts.project.inventory.register.sources[source]
    yield f"#### {facts.words(entry['title'])}"
    said = {
        "Makers": _citation(facts, source),
        "Kind": " ".join(filter(None, (entry.get("standing", ""), entry.get("kind", "")))),
        "Address": entry.get("url", ""),
        "DOI": entry.get("doi", ""),
        "Seen on": entry.get("accessed", ""),
        "Terms": facts.words(entry.get("terms", "")),
        "Access": entry.get("access", ""),
        "How to get it": facts.words(entry.get("obtain", "")),
        "Note": facts.words(entry.get("note", "")),
    }
    lines = [f"- {key}: {' '.join(str(value).split())}" for key, value in said.items() if value]
    yield "\n".join([*lines, *(f"- Datafile: `{RAW}/{n}`" for n in _files_of(facts, source))])


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
    source = entry.get("source") or entry.get("sources") or "-"
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
