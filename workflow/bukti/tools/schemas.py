"""The committed JSON Schemas, and the check of data against them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose, sort_key
from bukti.tools.yaml_files import Document

_LONGEST = 120


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one kind of record, by its short name."""
    source = files("bukti").joinpath("schemas", f"{name}.schema.json")
    loaded: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return loaded


def first_fault(record: Any, name: str) -> str | None:
    """What in a record is not as its schema says, in short; None where all is."""
    from jsonschema import Draft202012Validator

    fault = next(Draft202012Validator(schema(name)).iter_errors(record), None)
    return None if fault is None else " ".join(fault.message.split())[:_LONGEST]


def check_document(document: Document, name: str) -> tuple[Diagnostic, ...]:
    """What in a YAML file is not as its schema says, each at its line and column."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(schema(name)).iter_errors(document.data)
    found: list[Diagnostic] = []
    for error in errors:
        found += [finding for finding in _findings(document, error) if finding not in found]
    return tuple(sorted(found, key=sort_key))


def _findings(document: Document, error: Any) -> Iterator[Diagnostic]:
    path = tuple(error.absolute_path)
    if error.validator == "oneOf":
        yield from _alternatives(document, error)
    elif error.validator == "additionalProperties" and error.validator_value is False:
        known = list(error.schema.get("properties", {}))
        for key in sorted(set(error.instance) - set(known), key=str):
            near = get_close_matches(str(key), known, n=1)
            meant = near[0] if near else ", ".join(known)
            yield diagnose("CFG103", document.span((*path, key)), key=key, known=meant)
    elif error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        for key in missing:
            yield diagnose("CFG108", document.span(path), key=key, path=document.path)
    else:
        place = ".".join(str(part) for part in path) or document.path
        yield diagnose(
            "CFG107",
            document.span(path),
            key=place,
            value=_shown(error.instance),
            rule=_rule(error),
        )


def _alternatives(document: Document, error: Any) -> Iterator[Diagnostic]:
    """What is wrong by the one alternative whose constants fit; else which constants there are."""
    branches: dict[int, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    for inners in branches.values():
        if all(inner.validator != "const" for inner in inners):
            for inner in inners:
                yield from _findings(document, inner)
            return
    constants = [inner for inner in error.context if inner.validator == "const"]
    path = tuple(constants[0].absolute_path)
    yield diagnose(
        "CFG107",
        document.span(path),
        key=".".join(str(part) for part in path),
        value=_shown(constants[0].instance),
        rule=" | ".join(str(constant.validator_value) for constant in constants),
    )


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


def _rule(error: Any) -> str:
    if error.validator == "enum":
        return " | ".join(str(value) for value in error.validator_value)
    if error.validator in ("anyOf", "pattern") and "description" in error.schema:
        return str(error.schema["description"])
    return f"{error.validator}: {_shown(error.validator_value)}"
