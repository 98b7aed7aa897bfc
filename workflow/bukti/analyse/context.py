"""Where a notebook finds its tables, languages and words: from the build, or by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bukti.base.language import language_of

if TYPE_CHECKING:
    import polars as pl

VARIABLE = "BUKTI_CONTEXT"
R_VARIABLE = "BUKTI_R"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the build gives to a notebook; `labels` maps a key to its word in each language."""

    languages: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, Path]


@cache
def context() -> Context:
    """The context of this process: the build's, else that of the compendium around it.

    Raises FileNotFoundError where there is no compendium.
    """
    given = os.environ.get(VARIABLE)
    return _from_build(Path(given)) if given else _from_compendium(Path.cwd())


def _from_build(path: Path) -> Context:
    data = json.loads(path.read_text(encoding="utf-8"))
    return Context(
        languages=tuple(data["languages"]),
        labels=data["labels"],
        tables={name: Path(place) for name, place in data["tables"].items()},
    )


def _from_compendium(start: Path) -> Context:
    from ruamel.yaml import YAML

    for folder in (start, *start.parents):
        config = folder / "bukti.yaml"
        if config.is_file():
            break
    else:
        raise FileNotFoundError("bukti.yaml")
    reader = YAML(typ="safe")
    settings = reader.load(config)
    labels = folder / "manuscript/labels.yaml"
    tables = (folder / "data/clean").glob("*.parquet")
    return Context(
        languages=tuple(settings.get("editions", settings["languages"])),
        labels=(reader.load(labels) if labels.is_file() else None) or {},
        tables={path.stem: path for path in tables},
    )


def context_json(
    languages: tuple[str, ...],
    labels: Mapping[str, Mapping[str, str]],
    tables: Mapping[str, Path],
) -> dict[str, Any]:
    """What the build gives to a notebook, as it is handed over."""
    speeches = [language_of(language) for language in languages]
    return {
        "languages": list(languages),
        "labels": labels,
        "tables": {name: str(path) for name, path in tables.items()},
        "separators": {
            speech.code: {"decimal": speech.decimal, "group": speech.group} for speech in speeches
        },
    }


def r_classes(frame: pl.DataFrame) -> dict[str, str]:
    """R's class for each column of a clean table."""
    return {name: _r_class(kind) for name, kind in frame.schema.items()}


def _r_class(kind: pl.DataType) -> str:
    if kind.is_numeric():
        return "numeric"
    known = {"Boolean": "logical", "Date": "Date"}
    return known.get(str(kind), "character")
