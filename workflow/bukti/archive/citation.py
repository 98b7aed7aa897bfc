"""How to cite the paper: the Citation File Format, version 1.2.0."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from bukti.archive.facts import Facts
from bukti.archive.layout import CITATION
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.project.byline import Author, given_name
from bukti.project.citation_file import WRITTEN

MESSAGE = "If you use this paper, its data or its results, please cite it."
_LONGEST = 160


def schema() -> dict[str, Any]:
    """The format's JSON Schema, as its makers publish it (CC BY 4.0)."""
    source = files("bukti.archive").joinpath("cff", "schema-1.2.0.json")
    loaded: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return loaded


def citation(facts: Facts) -> str:
    """The text of a CITATION.cff from the settings, for a compendium that has none."""
    return "".join([WRITTEN, *_lines(_entries(facts), "")])


def _entries(facts: Facts) -> dict[str, Any]:
    config, work = facts.project.config, facts.work
    entries: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": ": ".join(filter(None, (work.title, work.subtitle))),
        "abstract": work.abstract,
        "authors": [_author(facts, author) for author in config.authors]
        or [{"name": "The authors"}],
        "keywords": list(work.keywords),
        "version": config.version,
        "date-released": config.publication.published or config.date,
        "doi": config.publication.doi,
        "license": _licence(facts.words(config.publication.license)),
    }
    return {key: value for key, value in entries.items() if value}


def _licence(text: str) -> str:
    """A licence that the format knows, by its SPDX id; empty for another one."""
    known = schema()["definitions"]["license-enum"]["enum"]
    return text if text in known else ""


def _author(facts: Facts, author: Author) -> dict[str, str]:
    name, family = facts.words(author.name), facts.words(author.family)
    orcid = f"https://orcid.org/{author.orcid}" if author.orcid else ""
    person = {"name": name, "orcid": orcid}
    if family:
        given = given_name(name, family) or ""
        person = {"family-names": family, "given-names": given, "orcid": orcid}
    return {key: value for key, value in person.items() if value}


def _lines(value: Any, indent: str) -> Iterator[str]:
    """Data as YAML, each text in the quotes of JSON, which YAML reads alike."""
    for key, each in value.items():
        if isinstance(each, list):
            yield f"{indent}{key}:\n"
            for item in each:
                yield from _item(item, f"{indent}  ")
        else:
            yield f"{indent}{key}: {json.dumps(each, ensure_ascii=False)}\n"


def _item(item: Any, indent: str) -> Iterator[str]:
    if isinstance(item, dict):
        first, *others = _lines(item, "")
        yield f"{indent}- {first}"
        yield from (f"{indent}  {line}" for line in others)
    else:
        yield f"{indent}- {json.dumps(item, ensure_ascii=False)}\n"


def citation_faults(data: Any) -> Iterator[Diagnostic]:
    """What in a CITATION.cff, read as YAML, is not as the format says."""
    from jsonschema import Draft7Validator

    errors = Draft7Validator(schema()).iter_errors(data)
    for error in sorted(errors, key=lambda each: [str(part) for part in each.absolute_path]):
        key = ".".join(map(str, error.absolute_path)) or CITATION
        reason = " ".join(error.message.split())[:_LONGEST]
        yield diagnose("ARC133", Span(path=CITATION), key=key, reason=reason)
