"""The sentences of an import's page, in the languages that bukti speaks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from bukti.draft.finds import Kind


@cache
def _all() -> Mapping[str, Any]:
    text = files("bukti.draft").joinpath("page.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def sentence(key: str, speech: str, /, **arguments: object) -> str:
    """A sentence of the page, filled."""
    return str(_all()[key][speech]).format(**arguments)


def line_for(kind: Kind, count: int, language: str) -> str:
    """What the summary says of so many finds of a kind."""
    entry = _all()["kind"][str(kind)]
    if language == "en":
        return str(entry["one" if count == 1 else "many"]).format(count=count)
    return str(entry["id"]).format(count=count)


def advice_for(kind: Kind, language: str) -> str:
    """What to do about a kind of find."""
    return str(_all()["kind"][str(kind)]["advice" if language == "en" else "saran"])
