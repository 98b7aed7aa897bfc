"""All that the page shows, put together from the records of the other stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.base.codes import LANGUAGES, report_words
from bukti.base.digest import digest_text
from bukti.gate.verdict import Judged
from bukti.ledger.join import EditionRecord
from bukti.project.register import Register
from bukti.report.claims import Closed, RowPool, claims_data, used_rows
from bukti.report.cleaning import cleaning_data
from bukti.report.exhibits import ImagePool, labels_used, products_data
from bukti.report.findings import findings_data
from bukti.report.graph import graph_of, layout
from bukti.report.notebooks import notebook_data
from bukti.report.sources import in_languages, shares_of, source_data, sources_in_use
from bukti.report.summary import summary_of
from bukti.report.texts import edition_data, places_of_marks

FORMAT = 1
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What made the paper: the engine's version and code, Python, the packages by name."""

    version: str
    code: str
    python: str
    packages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the settings say of the paper; `papers` are the files that were rendered."""

    name: str
    level: str
    languages: tuple[str, ...]
    editions: tuple[str, ...]
    version: str | None = None
    date: str | None = None
    authors: tuple[Any, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What the page is made from: the records of the other stages, read.

    `results` and `notebooks` are by the notebook's name, `pictures` hold the SVG and PNG of each
    figure by language, `raw_lines` the lines behind rows of raw files that
    everyone may see, `steps` the plan; `closed` is what not everyone may see.
    """

    ledger: Record
    editions: tuple[EditionRecord, ...]
    results: Mapping[str, Record]
    notebooks: Mapping[str, Record]
    cleaning: Mapping[str, Record]
    judged: tuple[Judged, ...]
    written: Record
    labels: Mapping[str, Mapping[str, str]]
    register: Register
    pictures: Mapping[str, Mapping[str, tuple[bytes, bytes]]] = field(default_factory=dict)
    raw_lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    steps: Sequence[Record] = ()
    closed: Closed = field(default_factory=Closed)


def report_data(records: Records, paper: Paper, engine: Engine) -> dict[str, Any]:
    """Everything that the page shows, as plain data."""
    pool, pictures = RowPool(), ImagePool()
    entries: Sequence[Record] = records.ledger["claims"]
    images = {
        name: {language: pictures.index(*each) for language, each in found.items()}
        for name, found in records.pictures.items()
    }
    products = products_data(list(records.results.values()), records.editions, images)
    register = records.register
    used = sources_in_use(entries, [each for each in products if each["uses"]])
    rows = used_rows(entries)
    languages = page_languages(paper.languages)
    return {
        "format": FORMAT,
        "languages": languages,
        "lead": languages[0],
        "words": {language: report_words(language) for language in LANGUAGES},
        "paper": _paper(paper, records.editions),
        "engine": _engine(engine),
        "summary": {
            **summary_of(records.ledger, records.editions, records.judged),
            "sources": shares_of(used, register.sources),
        },
        "claims": claims_data(entries, records.written, pool, records.closed),
        "pool": pool.to_json(),
        "editions": [
            edition_data(edition, places_of_marks(edition)) for edition in records.editions
        ],
        "notebooks": [
            notebook_data(
                name,
                records.notebooks[name],
                result,
                closed=result["notebook"] in records.closed.notebooks,
            )
            for name, result in records.results.items()
        ],
        "products": products,
        "images": pictures.images,
        "labels": labels_used(products, records.labels),
        "sources": [
            {**source_data(name, source), "used": name in used}
            for name, source in sorted(register.sources.items())
        ],
        "cleaning": [
            cleaning_data(record, rows.get(name, ()), closed=name in records.closed.tables)
            for name, record in sorted(records.cleaning.items())
        ],
        "raw": _raw(records),
        "findings": findings_data(records.judged),
        "graph": layout(graph_of(records.steps)),
    }


def page_languages(languages: Sequence[str]) -> list[str]:
    """The page's languages, the first one that the paper is in before the others."""
    leading = [language for language in languages if language in LANGUAGES]
    return list(dict.fromkeys([*leading, *LANGUAGES]))


def _paper(paper: Paper, editions: Sequence[EditionRecord]) -> dict[str, Any]:
    titles = {
        edition.language: passage.text
        for edition in reversed(editions)
        for passage in reversed(edition.passages)
        if passage.kind == "title"
    }
    return {
        "name": paper.name,
        "version": paper.version,
        "date": paper.date,
        "level": paper.level,
        "editions": list(paper.editions),
        "title": in_languages(titles or paper.name) | titles,
        "authors": [in_languages(name) for name in paper.authors],
        "papers": list(paper.papers),
    }


def _engine(engine: Engine) -> dict[str, Any]:
    lines = "".join(f"{name}=={number}\n" for name, number in engine.packages)
    return {
        "version": engine.version,
        "code": engine.code,
        "python": engine.python,
        "packages": [list(each) for each in engine.packages],
        "lock": digest_text(lines),
    }


def _raw(records: Records) -> dict[str, dict[str, Any]]:
    """What the register says of the raw files, and the lines of them that claims rest on."""
    register = records.register
    names = {name for record in records.cleaning.values() for name in record["raw"]}
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(names):
        entry = register.raw.get(name, {})
        found[name] = {
            "title": in_languages(entry.get("title", "")),
            "kind": entry.get("kind", ""),
            "source": entry.get("source", ""),
            "access": register.access(name),
            "lines": dict(records.raw_lines.get(name, {})),
        }
    return found
