"""Formulas that cannot be set: what pandoc says of their TeX, and Typst of what pandoc made."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Note, note
from bukti.base.tree import Node

_SEPARATOR = "//formula\n"
_UNKNOWN = re.compile(r"unexpected control sequence (\\\S+)")
_UNEXPECTED = re.compile(r"^unexpected \"?(.+?)\"?$", re.MULTILINE)
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaFault:
    """Why a formula cannot be set: in any format, or in the PDF alone."""

    code: str
    notes: tuple[Note, ...] = ()


def shortened(tex: str) -> str:
    """A formula on one line, not too long."""
    line = " ".join(tex.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}\u2026"


def tree_of_formulas(formulas: Collection[str], api: list[int]) -> dict[str, Any]:
    """A document of nothing but formulas, from which `snippets_of` takes them back."""
    blocks: list[Node] = []
    for tex in formulas:
        formula = {"t": "Math", "c": [{"t": "DisplayMath"}, tex]}
        blocks.append({"t": "Para", "c": [formula]})
        blocks.append({"t": "RawBlock", "c": ["typst", _SEPARATOR]})
    return {"pandoc-api-version": api, "meta": {}, "blocks": blocks}


def snippets_of(typst: str, formulas: Collection[str]) -> dict[str, str]:
    """Typst's code of each formula; empty where it cannot be told which is which."""
    parts = typst.split(_SEPARATOR.strip())[:-1]
    if len(parts) != len(formulas):
        return {}
    return {tex: part.strip() for tex, part in zip(formulas, parts, strict=True)}


def faults_in(
    refused: Mapping[str, str], snippets: Mapping[str, str], failed: Collection[str]
) -> dict[str, FormulaFault]:
    """The faults by formula: those that pandoc `refused`, with its reason, and those that Typst
    `failed` to set.
    """
    faults = {
        tex: FormulaFault(code="REN105", notes=reasons(said)) for tex, said in refused.items()
    }
    for tex, code in snippets.items():
        if code in failed and tex not in faults:
            faults[tex] = FormulaFault(code="REN109")
    return faults


def reasons(said: str) -> tuple[Note, ...]:
    """What pandoc's answer says to an author."""
    if unknown := _UNKNOWN.search(said):
        return (note("formula-command", command=unknown[1]),)
    unexpected = _UNEXPECTED.search(said)
    if unexpected is None:
        return ()
    if unexpected[1] in ("eof", "end of input"):
        return (note("formula-unfinished"),)
    return (note("formula-sign", sign=unexpected[1][:40]),)
