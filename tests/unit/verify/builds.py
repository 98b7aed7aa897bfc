"""Small builds as records, for the verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bukti.base.digest import digest_bytes
from bukti.verify.built import Built

NOTEBOOK = "analysis/notebooks/10-loans.ipynb"


def evidence(**more: Any) -> dict[str, Any]:
    plain = {"notebook": NOTEBOOK, "cell": 3, "table": "loans", "rows": [], "row_numbers": []}
    return {**plain, "sources": [], "locator": None, **more}


def claim(
    name: str = "loans.2020",
    value: Any = 24,
    *,
    kind: str = "value",
    scheme: str = "claim",
    unit: str | None = "books",
    status: str = "holds",
    texts: Mapping[str, str] | None = None,
    path: str = "02-results.md",
    accepted: Any = None,
    **of_evidence: Any,
) -> dict[str, Any]:
    """An entry of the ledger; `texts` are what each language's mark says."""
    marks = {
        language: [
            {
                "path": f"manuscript/{language}/{path}",
                "line": 4,
                "column": 2,
                "text": text,
                "section": "sec:results",
                "status": status,
            }
        ]
        for language, text in ({"en": "24"} if texts is None else texts).items()
    }
    return {
        "scheme": scheme,
        "id": name,
        "kind": kind,
        "value": value,
        "unit": unit,
        "evidence": evidence(**of_evidence),
        "readings": None,
        "grade": None,
        "status": status if marks else "unused",
        "accepted": accepted,
        "marks": marks,
    }


def built(
    *claims: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
    results: Mapping[str, Any] | None = None,
    findings: Any = None,
    not_included: Any = (),
    numbers: Any = None,
) -> Built:
    """A build with these claims and files."""
    data = dict(files or {})
    ledger = {
        "claims": [dict(each) for each in claims],
        "not_included": list(not_included),
        "summary": {"numbers": numbers or {}},
    }
    return Built(
        ledger=ledger,
        findings={"findings": findings or []},
        results=results or {},
        cleaning={},
        digests={name: digest_bytes(content) for name, content in data.items()},
        read=data.__getitem__,
    )


def results(
    figures: Mapping[str, Any] | None = None, tables: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The results of one notebook."""
    return {
        "10-loans": {
            "notebook": NOTEBOOK,
            "reads": ["loans"],
            "claims": {},
            "figures": figures or {},
            "tables": tables or {},
        }
    }
