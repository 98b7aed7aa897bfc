"""What documents show for or against a claim: passages, quotations, places, as one record each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def item_of(
    row: Mapping[str, Any],
    quotations: Mapping[str, Mapping[str, Any]],
    language: str,
    longest: int,
    hidden: bool,
) -> dict[str, Any]:
    """The record of a row of evidence; its text is cut after `longest` characters.

    The text of passages is left out where they are `hidden`.
    """
    kind = "segment" if "segment" in row else "quotation" if "quotation" in row else "locator"
    quotation = quotations.get(str(row.get("quotation")), {})
    text, cut = excerpt(str(row.get("text") or ""), longest)
    hides = hidden and kind == "segment"
    page = row.get("page")
    return {
        "kind": kind,
        "id": row.get("segment") or row.get("quotation"),
        "document": _document(row),
        "codes": row.get("code_path") or row.get("code"),
        "actor": _said("actor", row, language),
        "year": str(row["year"]) if row.get("year") is not None else None,
        "locator": row.get("locator"),
        "page": str(page) if page is not None else None,
        "file": row.get("file"),
        "tier": row.get("tier"),
        "attested": row.get("attested"),
        "language": quotation.get("language"),
        "text": None if hides or not text else text,
        "cut": cut and not hides,
        "hidden": hides,
        "translation": quotation.get("translations", {}).get(language),
        "source": row.get("source"),
        "shows": _said("shows", row, language) or _said("memo", row, language),
    }


def _said(key: str, row: Mapping[str, Any], language: str) -> Any:
    """What a row says in a language, else what it says in none."""
    return row.get(f"{key}_{language}") or row.get(key)


def _document(row: Mapping[str, Any]) -> str | None:
    """The name of the document, where it is not that of the source."""
    name = row.get("document_name") or row.get("document")
    return None if name is None or name == row.get("source") else str(name)


def excerpt(text: str, longest: int) -> tuple[str, bool]:
    """A text on one line, cut between two words after at most `longest` characters; whether so."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line, False
    return line[:longest].rpartition(" ")[0] or line[:longest], True
