"""Claims, their evidence and the marks that use them, as records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from bukti.base.span import Span

CLAIM_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
Value = int | float | bool | str | tuple[str, ...] | None


class Kind(StrEnum):
    """What kind of thing a claim says."""

    VALUE = "value"
    TEST = "test"
    TEXT = "text"
    DOCUMENTARY = "documentary"
    GIVEN = "given"
    QUOTATION = "quotation"


class Status(StrEnum):
    """What a build finds of a mark."""

    HOLDS = "holds"
    STALE = "stale"
    CONTRADICTED = "contradicted"
    WITHOUT_EVIDENCE = "without-evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was counted: `of` is "segments", "documents" or "codes".

    `code` is the identifier and `path` the path of the code that they are under, both empty for
    all of a corpus; `below` says whether those of the codes below it are included.
    """

    of: str
    code: str = ""
    path: str = ""
    below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a claim comes from.

    `rows` are the table rows behind a value, as column to value; `row_numbers` are their places
    in the clean table, counted from 1, where they could be found there. `sources` are ids of the
    register. `count` is said of a number that is a count of coded segments or documents.
    """

    notebook: str | None = None
    cell: int | None = None
    table: str | None = None
    rows: tuple[Mapping[str, Any], ...] = ()
    row_numbers: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    locator: str | None = None
    count: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something that the paper says and that has evidence."""

    id: str
    kind: Kind
    value: Value = None
    unit: str | None = None
    evidence: Evidence = field(default_factory=Evidence)

    @property
    def family(self) -> str:
        """The first part of the id."""
        return self.id.partition(".")[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """The parts of the id behind the family."""
        return tuple(self.id.split(".")[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in the prose that uses claims.

    `scheme` is `claim` or `given`; `text` is what the author wrote, empty where it is filled in;
    `span` covers the text and `section` is the id of the heading above.
    """

    index: int
    scheme: str
    claims: tuple[str, ...]
    options: Mapping[str, str]
    text: str
    span: Span
    section: str
    status: Status


def shown_value(value: Value | list[str], unit: str | None = None) -> str:
    """A value and its unit as messages show them, in no language."""
    if isinstance(value, list | tuple):
        text = ", ".join(value)
    else:
        text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"{text} {unit}" if unit else text


def is_claim_id(text: str) -> bool:
    """Whether a text is a well-formed id of a claim."""
    return CLAIM_ID.fullmatch(text) is not None


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """A claim as it is stored."""
    evidence = claim.evidence
    value = list(claim.value) if isinstance(claim.value, tuple) else claim.value
    counted = {} if evidence.count is None else {"count": asdict(evidence.count)}
    return {
        "id": claim.id,
        "kind": str(claim.kind),
        "value": value,
        "unit": claim.unit,
        "evidence": {
            "notebook": evidence.notebook,
            "cell": evidence.cell,
            "table": evidence.table,
            "rows": [dict(row) for row in evidence.rows],
            "row_numbers": list(evidence.row_numbers),
            "sources": list(evidence.sources),
            "locator": evidence.locator,
            **counted,
        },
    }


def claim_from_json(data: Mapping[str, Any]) -> Claim:
    """A claim from how it is stored."""
    evidence = data["evidence"]
    value = data["value"]
    return Claim(
        id=data["id"],
        kind=Kind(data["kind"]),
        value=tuple(value) if isinstance(value, list) else value,
        unit=data["unit"],
        evidence=Evidence(
            notebook=evidence["notebook"],
            cell=evidence["cell"],
            table=evidence["table"],
            rows=tuple(evidence["rows"]),
            row_numbers=tuple(evidence["row_numbers"]),
            sources=tuple(evidence["sources"]),
            locator=evidence["locator"],
            count=Count(**evidence["count"]) if "count" in evidence else None,
        ),
    )


def mark_to_json(mark: Mark) -> dict[str, Any]:
    """A mark as it is stored."""
    span = mark.span
    return {
        "index": mark.index,
        "scheme": mark.scheme,
        "claims": list(mark.claims),
        "options": dict(mark.options),
        "text": mark.text,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "section": mark.section,
        "status": str(mark.status),
    }


def mark_from_json(data: Mapping[str, Any]) -> Mark:
    """A mark from how it is stored."""
    places = ("path", "line", "column", "end_line", "end_column")
    return Mark(
        index=data["index"],
        scheme=data["scheme"],
        claims=tuple(data["claims"]),
        options=dict(data["options"]),
        text=data["text"],
        span=Span(**{key: data[key] for key in places}),
        section=data["section"],
        status=Status(data["status"]),
    )
