"""From an assembled edition to the records of the stage: its tree, its marks, its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.claims import claim_to_json, mark_to_json
from bukti.base.language import language_of
from bukti.base.span import Span
from bukti.base.tree import Node, attributes, walk
from bukti.manuscript.byline import Byline, byline_meta, contributions
from bukti.manuscript.edition import Edition
from bukti.manuscript.front import front_json, statements
from bukti.manuscript.numbering import APPENDIX
from bukti.manuscript.pool import Pool
from bukti.manuscript.tree import meta_list, meta_map, meta_string, words

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What is printed of a paper besides its text. `draft` papers say so."""

    version: str | None
    date: str | None
    draft: bool
    byline: Byline


def tree_of(edition: Edition, imprint: Imprint, others: Sequence[Edition]) -> dict[str, Any]:
    """The pandoc document of an edition; `others` are the other languages' fronts and abstracts."""
    meta: dict[str, Node] = {
        **_front(edition),
        **byline_meta(imprint.byline, edition.language),
        "lang": meta_string(edition.language),
        "abstract": {"t": "MetaBlocks", "c": edition.abstract},
        "draft": {"t": "MetaBool", "c": imprint.draft},
        "words": meta_map(
            {key: meta_string(word) for key, word in language_of(edition.language).words.items()}
        ),
        "other": meta_list(_other(other) for other in others),
    }
    roles = contributions(imprint.byline.authors, edition.language)
    meta["statements"] = meta_list(statements(edition.meta, edition.language, roles))
    if imprint.date:
        meta["date"] = meta_string(imprint.date)
    if imprint.version:
        meta["version"] = meta_string(imprint.version)
    blocks = with_place_for_references(edition.blocks)
    return {"pandoc-api-version": edition.api, "meta": meta, "blocks": blocks}


def with_place_for_references(blocks: Sequence[Node]) -> list[Node]:
    """The blocks, with the place of the references before the first appendix.

    Where the author chose the place, or there is no appendix, they are as they were.
    """
    own = any(node["t"] == "Div" and node["c"][0][0] == "refs" for node in walk(list(blocks)))
    for place, block in enumerate(blocks):
        if not own and block["t"] == "Header" and APPENDIX in block["c"][1][1]:
            return [*blocks[:place], {"t": "Div", "c": [attributes("refs"), []]}, *blocks[place:]]
    return list(blocks)


def _front(edition: Edition) -> dict[str, Node]:
    front: dict[str, Node] = {}
    for key in ("title", "subtitle", "short-title"):
        if key in edition.meta:
            front[key] = edition.meta[key]
    if "keywords" in edition.meta:
        keywords = edition.meta["keywords"]
        front["keywords"] = keywords if keywords["t"] == "MetaList" else meta_list([keywords])
    return front


def _other(edition: Edition) -> Node:
    fields = _front(edition)
    fields["lang"] = meta_string(edition.language)
    fields["abstract"] = {"t": "MetaBlocks", "c": edition.abstract}
    other_words = language_of(edition.language).words
    fields["words"] = meta_map({key: meta_string(word) for key, word in other_words.items()})
    return meta_map(fields)


def with_references_heading(tree: dict[str, Any], language: str) -> dict[str, Any]:
    """The tree with a heading above its list of references, where it has one."""
    blocks: list[Node] = []
    for block in tree["blocks"]:
        if block["t"] == "Div" and block["c"][0][0] == "refs" and block["c"][1]:
            title = words(language_of(language).words["references"])
            blocks.append(
                {"t": "Header", "c": [1, attributes("sec:references", ["unnumbered"]), title]}
            )
        blocks.append(block)
    return {**tree, "blocks": blocks}


def marks_json(edition: Edition) -> dict[str, Any]:
    """What an edition uses and where: marks, products, citations, references, sections."""
    return {
        "version": VERSION,
        "language": edition.language,
        "whole": edition.whole,
        "front": front_json(edition.front, edition.language, edition.abstract_place, _place),
        "marks": [mark_to_json(mark) for mark in edition.marks],
        "numbers": {
            "bound": edition.numbers.bound,
            "bare": len(edition.numbers.bare),
            "allowed": dict(sorted(edition.numbers.allowed.items())),
        },
        "patterns": sorted(edition.numbers.patterns),
        "products": [
            {"kind": use.kind, "id": use.id, **_place(use.span), "section": use.section}
            for use in edition.uses
        ],
        "citations": [
            {"key": citation.key, **_place(citation.span), "section": citation.section}
            for citation in edition.citations
        ],
        "references": [
            {"key": reference.key, **_place(reference.span), "section": reference.section}
            for reference in edition.references
        ],
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "level": section.level,
                **_place(section.span),
            }
            for section in edition.sections
        ],
    }


def passages_json(edition: Edition) -> dict[str, Any]:
    """The text of an edition, passage by passage, with what stands in each and where it is."""
    return {
        "version": VERSION,
        "language": edition.language,
        "whole": edition.whole,
        "passages": [
            {
                "kind": passage.kind,
                "section": passage.section,
                "text": passage.text,
                **_place(passage.span()),
                "parts": [
                    {"kind": part.kind, "start": part.start, "end": part.end, "name": part.name}
                    for part in passage.parts
                ],
                "runs": [list(run) for run in passage.runs()],
            }
            for passage in edition.passages
        ],
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def evidence_json(edition: Edition, pool: Pool) -> dict[str, Any]:
    """The edition's own ledger, which its papers embed: no places, so that they stay the same."""
    used = {(mark.scheme, name) for mark in edition.marks for name in mark.claims}
    claims = [
        {"scheme": scheme, **claim_to_json(claim)}
        for scheme, name in sorted(used)
        if (claim := pool.find(scheme, name)) is not None
    ]
    marks = [
        {
            "claims": list(mark.claims),
            "scheme": mark.scheme,
            "text": mark.text,
            "status": str(mark.status),
        }
        for mark in edition.marks
    ]
    return {"version": VERSION, "language": edition.language, "claims": claims, "marks": marks}


def has_citations(tree: Mapping[str, Any]) -> bool:
    """Whether anything in a document is cited."""
    return any(node["t"] == "Cite" for node in walk([tree["blocks"], list(tree["meta"].values())]))
