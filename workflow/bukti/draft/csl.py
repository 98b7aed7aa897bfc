"""Citations and works in CSL's form, as documents hold them, made such that pandoc reads them.

Reference managers and their add-ons leave empty names, dates in words, numbers for texts and
fields of their own; one of these makes pandoc refuse the whole citation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bukti.base.digest import canonical_json, digest_bytes

UNREAD = "unread"
"""The id of a cited work of which nothing is known."""
_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
_NAMES = ("author", "chair", "collection-editor", "compiler", "composer", "container-author",
          "contributor", "curator", "director", "editor", "editorial-director", "guest",
          "illustrator", "interviewer", "narrator", "original-author", "performer", "producer",
          "recipient", "reviewed-author", "script-writer", "translator")  # fmt: skip
_DATES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
_RAW = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_TEXTS = ("locator", "label", "prefix", "suffix")


def identified(citation: Mapping[str, Any]) -> dict[str, Any]:
    """A citation whose works are readable and have ids by what they are.

    Reference managers count their works, some anew in every citation.
    """
    items = citation.get("citationItems")
    listed = items if isinstance(items, list) else []
    return {"citationItems": [_cited(item) for item in listed if isinstance(item, dict)]}


def _cited(item: Mapping[str, Any]) -> dict[str, Any]:
    cited: dict[str, Any] = {key: text for key in _TEXTS if (text := _text(item.get(key)))}
    for flag in ("suppress-author", "author-only"):
        if item.get(flag) is True:
            cited[flag] = True
    data = item.get("itemData")
    if not isinstance(data, dict) or not cleaned(data):
        return {**cited, "id": UNREAD}
    named = with_own_id(data)
    return {**cited, "id": named["id"], "itemData": named}


def with_own_id(data: Mapping[str, Any]) -> dict[str, Any]:
    """A work with an id by what it is."""
    content = cleaned(data)
    return {**content, "id": "x" + digest_bytes(canonical_json(content).encode())[-16:]}


def cleaned(data: Mapping[str, Any]) -> dict[str, Any]:
    """A work without what no bibliography can hold; dates in words become remarks."""
    kept: dict[str, Any] = {}
    remarks = [text for text in [_text(data.get("annote"))] if text]
    for key, value in data.items():
        if key in _NAMES:
            kept[key] = [name for each in _listed(value) if (name := _name(each))]
        elif key in _DATES:
            kept[key] = _date(value)
            remarks += [] if kept[key] or not _words(value) else [_words(value)]
        elif key not in ("id", "annote"):
            kept[key] = _text(value)
    kept["annote"] = "; ".join(remarks)
    return {key: value for key, value in kept.items() if value}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    """A text or number as text, texts in a list one after another; anything else is none."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    readable = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value).strip() if readable else ""


def _name(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {"literal": _text(value)} if _text(value) else {}
    return {part: text for part in _NAME_PARTS if (text := _text(value.get(part)))}


def _date(value: Any) -> dict[str, Any]:
    """A date in numbers; empty where it has none."""
    if isinstance(value, dict):
        parts = value.get("date-parts")
        listed = parts if isinstance(parts, list) else []
        nested = listed if listed and isinstance(listed[0], list) else [listed]
        dates = [numbers for each in nested[:2] if (numbers := _numbers(each))]
        if dates:
            return {"date-parts": dates}
    match = _RAW.fullmatch(_words(value))
    return {"date-parts": [[int(part) for part in match.groups() if part]]} if match else {}


def _numbers(parts: Any) -> list[int]:
    numbers: list[int] = []
    for part in parts if isinstance(parts, list) else []:
        if not re.fullmatch(r"-?\d{1,4}", _text(part)):
            break
        numbers.append(int(_text(part)))
    return numbers[:3]


def _words(value: Any) -> str:
    """The words of a date."""
    if isinstance(value, dict):
        return _text(value.get("literal")) or _text(value.get("raw"))
    return _text(value)
