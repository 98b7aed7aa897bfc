"""What editors get of a compendium: JSON Schemas of its YAML files, tasks that show findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import click

from bukti.cli.session import Session
from bukti.tools.files import write_bytes

SCHEMAS = ".vscode/schemas"
YAML_FILES: Mapping[str, str] = {
    "bukti": "bukti.yaml",
    "claims": "manuscript/claims.yaml",
    "contract": "data/contract/*.yaml",
    "glossary": "manuscript/glossary.yaml",
    "labels": "manuscript/labels.yaml",
    "sources": "data/sources.yaml",
}
_SUFFIX = ".schema.json"
_FINDING = r"(error|warning|notice)\[([A-Z]{3}\d{3})\] (.+)$"
_AT_PLACE = rf"^([^:]+):(\d+):(\d+): {_FINDING}"
_IN_FILE = rf"^([^:]+)(?::cell \d+(?::\d+)*|:\d+)?: {_FINDING}"


def schema_names() -> tuple[str, ...]:
    """The names of all formats that have a JSON Schema."""
    folder = files("bukti").joinpath("schemas")
    names = (entry.name for entry in folder.iterdir() if entry.name.endswith(_SUFFIX))
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names))


def editor_files() -> dict[str, bytes]:
    """The files for VS Code, by path in the compendium; they refer to nothing outside it."""
    found = {f"{SCHEMAS}/{name}{_SUFFIX}": _schema(name) for name in YAML_FILES}
    found[".vscode/settings.json"] = _json(_settings())
    found[".vscode/tasks.json"] = _json(_tasks())
    return found


def print_schema(session: Session, name: str | None, *, write: bool) -> int:
    """Print a JSON Schema, or the names of all; with `write` renew those of the compendium.

    Settings and tasks that are there already are left as they are.
    """
    if write:
        for path, data in editor_files().items():
            if path.startswith(f"{SCHEMAS}/") or not (session.root / path).exists():
                write_bytes(session.root / path, data)
                session.say(path)
    elif name is None:
        for each in schema_names():
            click.echo(f"{each:20}{YAML_FILES.get(each, '')}".rstrip())
    else:
        click.echo(_schema(name).decode("utf-8"), nl=False)
    return 0


def _schema(name: str) -> bytes:
    return files("bukti").joinpath("schemas", f"{name}{_SUFFIX}").read_bytes()


def _settings() -> dict[str, Any]:
    return {
        "yaml.schemas": {f"./{SCHEMAS}/{name}{_SUFFIX}": path for name, path in YAML_FILES.items()},
        "yaml.schemaStore.enable": False,
    }


def _tasks() -> dict[str, Any]:
    at_place = {"file": 1, "line": 2, "column": 3, "severity": 4, "code": 5, "message": 6}
    in_file = {"kind": "file", "file": 1, "severity": 2, "code": 3, "message": 4}
    tasks = (("check", ["check", "--format", "concise", "-v"]), ("build", ["build"]))
    return {
        "version": "2.0.0",
        "tasks": [
            {
                "label": f"bukti: {label}",
                "type": "process",
                "command": "bukti",
                "args": words,
                "group": "test" if label == "check" else "build",
                "presentation": {"clear": True},
                "problemMatcher": [
                    _matcher({"regexp": _AT_PLACE, **at_place}),
                    _matcher({"regexp": _IN_FILE, **in_file}),
                ],
            }
            for label, words in tasks
        ],
    }


def _matcher(pattern: Mapping[str, Any]) -> dict[str, Any]:
    """How VS Code reads a line; it knows no notices, which get the severity of the matcher."""
    return {
        "owner": "bukti",
        "source": "bukti",
        "severity": "info",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": pattern,
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()
