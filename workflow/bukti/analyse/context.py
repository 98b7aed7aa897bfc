"""Where a notebook finds its tables, languages and words: from the build, or by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VARIABLE = "BUKTI_CONTEXT"


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
