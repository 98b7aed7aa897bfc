"""Which raw files and which other clean tables a contract speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Keys = tuple[str | int, ...]


def raw_files_named(data: Mapping[str, Any]) -> tuple[tuple[str, Keys], ...]:
    """The raw files of a contract file, that of its second reading too, with their places."""
    found: list[tuple[str, Keys]] = [
        (name, ("raw", number)) for number, name in enumerate(data["raw"])
    ]
    again = data.get("second_reading", {}).get("file")
    if again is not None and again not in data["raw"]:
        found.append((again, ("second_reading", "file")))
    return tuple(found)


def corpus_named(data: Mapping[str, Any]) -> tuple[str, str]:
    """The tables of codes and of documents that a contract of coded segments refers to.

    Empty is what it does not refer to; both are where the table has not the columns `segment`,
    `document` and `code`.
    """
    if not {"segment", "document", "code"} <= {field["name"] for field in data["schema"]["fields"]}:
        return "", ""
    links = {
        "".join(key["fields"]): key["reference"]["resource"]
        for key in data["schema"].get("foreignKeys", ())
    }
    return links.get("code", ""), links.get("document", "")


def tables_named(data: Mapping[str, Any], table: str) -> tuple[tuple[str, Keys], ...]:
    """The other clean tables that a contract file speaks of, each with the keys of its place."""
    keys = data["schema"].get("foreignKeys", ())
    found: list[tuple[str, Keys]] = [
        (key["reference"]["resource"], ("schema", "foreignKeys", number, "reference", "resource"))
        for number, key in enumerate(keys)
    ]
    found += [
        (check["table"], ("checks", number, "table"))
        for number, check in enumerate(data.get("checks", ()))
        if "table" in check
    ]
    return tuple((name, place) for name, place in found if name not in ("", table))
