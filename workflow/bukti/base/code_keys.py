"""The names of a codebook's codes in ids of claims: `staff`, or `capacity.staff` where needed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

BETWEEN = " / "


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeKeys:
    """`keys` maps a code's identifier to its key, `meant` every form of a key to the codes it fits.

    A key is the shortest end of the code's path that fits no other code; a code's whole path is
    meant before the ends of others. Codes that no path tells apart have their identifier as key.
    """

    keys: Mapping[str, str]
    meant: Mapping[str, tuple[str, ...]]


def code_keys(paths: Mapping[str, str]) -> CodeKeys:
    """The keys of codes, whose paths (`Capacity / Staff`) are given by identifier."""
    parts = {code: [_slug(part) for part in path.split(BETWEEN)] for code, path in paths.items()}
    whole: dict[str, list[str]] = {}
    ends: dict[str, list[str]] = {}
    for code, names in parts.items():
        if all(names):
            whole.setdefault(".".join(names), []).append(code)
        for end in _ends(names):
            ends.setdefault(end, []).append(code)
    own = {_identifier(code): [code] for code in paths}
    meant = {form: tuple(codes) for form, codes in {**own, **ends, **whole}.items()}
    keys = {code: _key(code, names, meant) for code, names in parts.items()}
    return CodeKeys(keys=keys, meant=meant)


def _key(code: str, names: list[str], meant: Mapping[str, tuple[str, ...]]) -> str:
    return next((end for end in _ends(names) if meant[end] == (code,)), _identifier(code))


def _ends(names: list[str]) -> Iterator[str]:
    """The ends of a path, shortest first, as far as each of its names can be written."""
    for start in reversed(range(len(names))):
        if not names[start]:
            return
        yield ".".join(names[start:])


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower().replace("'", "")).strip("_")


def _identifier(code: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", code.lower()).strip("_") or "_"
