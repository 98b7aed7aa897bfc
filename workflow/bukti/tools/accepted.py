"""What the author last approved: values, translations, and attestations of quotations."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.tools.files import read_text, write_json
from bukti.tools.schemas import first_fault

VERSION = 1


def read_accepted_values(path: Path, *, shown_as: str) -> dict[str, Any]:
    """Claim to value and unit; empty where nothing was approved yet. Problem where it is broken."""
    data = _read(path, "accepted-values", shown_as)
    values: dict[str, Any] = data["values"] if data else {}
    return values


def read_accepted_translations(path: Path, *, shown_as: str) -> list[dict[str, Any]]:
    """The passages declared to say the same; empty where none were. Problem where it is broken."""
    data = _read(path, "accepted-translations", shown_as)
    passages: list[dict[str, Any]] = data["passages"] if data else []
    return passages


def read_accepted_attestations(path: Path, *, shown_as: str) -> dict[str, dict[str, str]]:
    """Quotation to its attestation; empty where there is none. Problem where it is broken."""
    data = _read(path, "accepted-attestations", shown_as)
    records: dict[str, dict[str, str]] = data["attestations"] if data else {}
    return records


def _read(path: Path, name: str, shown_as: str) -> Any:
    if not path.is_file():
        return None
    try:
        data = json.loads(read_text(path, shown_as=shown_as))
    except json.JSONDecodeError as error:
        place = Span(path=shown_as, line=error.lineno, column=error.colno)
        raise Problem(diagnose("CFG115", place, path=shown_as, reason=error.msg)) from error
    reason = first_fault(data, name)
    if reason:
        raise Problem(diagnose("CFG115", Span(path=shown_as), path=shown_as, reason=reason))
    return data


def write_accepted_values(path: Path, values: Mapping[str, Any]) -> None:
    """Write the approved values, whole or not at all."""
    write_json(path, {"version": VERSION, "values": dict(values)})


def write_accepted_translations(path: Path, passages: Sequence[Mapping[str, Any]]) -> None:
    """Write the passages declared to say the same, whole or not at all."""
    write_json(path, {"version": VERSION, "passages": [dict(each) for each in passages]})


def write_accepted_attestations(path: Path, records: Mapping[str, Mapping[str, str]]) -> None:
    """Write the attestations, whole or not at all."""
    write_json(path, {"version": VERSION, "attestations": {**records}})
