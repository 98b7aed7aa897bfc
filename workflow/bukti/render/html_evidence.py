"""What a page tells machines of the paper and its claims: JSON-LD in the terms of schema.org.

The evidence itself stands in it as it is, as a JSON literal (JSON-LD 1.1, section 4.2.2).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from bukti.render.front import Front
from bukti.render.nodes import plain_text
from bukti.render.title_block import license_of

EVIDENCE = "evidence"
_CONTEXT = ["https://schema.org", {EVIDENCE: {"@id": "urn:bukti:evidence", "@type": "@json"}}]


def linked_evidence(front: Front, evidence: bytes | None, name: str) -> str:
    """A script that runs nothing: the article, its claims and its evidence; empty without any.

    `name` is the id of its element.
    """
    if evidence is None:
        return ""
    article = _filled(_article(front, json.loads(evidence)))
    text = json.dumps(
        {"@context": _CONTEXT, **article},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json" id="{escape(name)}">\n{text}\n</script>\n'


def _article(front: Front, evidence: Mapping[str, Any]) -> dict[str, Any]:
    publication = front.publication
    license_name, address = license_of(publication)
    return {
        "@type": "ScholarlyArticle",
        "name": front.title_text,
        "alternativeHeadline": plain_text(front.subtitle),
        "inLanguage": front.language,
        "author": list(_authors(front)),
        "abstract": plain_text(front.summary.abstract),
        "keywords": [plain_text(each) for each in front.summary.keywords],
        "version": publication.version,
        "datePublished": publication.published or publication.date,
        "license": address or license_name,
        "identifier": f"https://doi.org/{publication.doi}" if publication.doi else "",
        "hasPart": list(_claims(evidence)),
        EVIDENCE: evidence,
    }


def _authors(front: Front) -> Iterator[dict[str, Any]]:
    for author in front.authors:
        places = [front.affiliations[number - 1].name for number in author.affiliations]
        yield _filled(
            {
                "@type": "Person",
                "name": author.name,
                "identifier": f"https://orcid.org/{author.orcid}" if author.orcid else "",
                "affiliation": [{"@type": "Organization", "name": each} for each in places],
            }
        )


def _claims(evidence: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each claim with the words in which the paper states it first."""
    words: dict[tuple[str, str], str] = {}
    for mark in evidence.get("marks", ()):
        for name in mark["claims"]:
            words.setdefault((mark["scheme"], name), mark["text"])
    for claim in evidence.get("claims", ()):
        said = words.get((claim["scheme"], claim["id"]), "")
        yield _filled({"@type": "Claim", "identifier": claim["id"], "text": said})


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in ("", [])}
