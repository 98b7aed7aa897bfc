"""Taguette's project, exported as SQLite (Taguette 1.5): positions are bytes of UTF-8."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.clean.coding import records
from bukti.clean.coding.databases import Database, Row, said, whole
from bukti.clean.coding.draft import Draft
from bukti.clean.coding.offsets import source_text
from bukti.clean.coding.records import Code, Coding, Document, Segment

BETWEEN = "."


def is_taguette(tables: frozenset[str]) -> bool:
    """Whether a database with these tables is one of Taguette."""
    return {"documents", "highlights", "highlight_tags", "tags"} <= tables


def read_taguette(database: Database, path: str) -> Draft:
    """The records of the one project in a database; Problem where it holds several."""
    projects = database.rows("projects", ("id",))
    if len(projects) > 1:
        names = ", ".join(said(row, "name") for row in projects)
        raise Problem(diagnose("QUA103", Span(path=path), count=len(projects), names=names))
    draft = Draft(path=path, origin="Taguette")
    draft.codes = tag_codes(
        [
            (f"tag-{row['id']}", said(row, "path"), said(row, "description"), row["id"])
            for row in database.rows("tags", ("path",))
        ]
    )
    for row in database.rows("documents", ("id",)):
        _document(row, draft)
    made = _made(database)
    under: dict[int, list[str]] = {}
    for row in database.rows("highlight_tags", ("highlight_id", "tag_id")):
        under.setdefault(row["highlight_id"], []).append(f"tag-{row['tag_id']}")
    for row in database.rows("highlights", ("document_id", "start_offset", "id")):
        segment = _highlight(row, under.get(row["id"], []), made.get(row["id"], ("", "")))
        draft.segments.append(segment)
        for coding in segment.codings:
            draft.references.append(("Coding", segment.id, "code", coding.code, segment.line))
        target = segment.document
        draft.references.append(("Segment", segment.id, "document", target, segment.line))
    return draft


def tag_codes(tags: list[tuple[str, str, str, int]]) -> list[Code]:
    """Codes of tags given as (id, path, description, line).

    Taguette knows no tree; a tag whose beginning, up to a point, is a tag itself lies below it.
    """
    by_path = {path: (identity, path) for identity, path, _, _ in tags}
    codes: dict[str, Code] = {}
    for identity, path, description, line in sorted(tags, key=lambda tag: tag[1].count(BETWEEN)):
        parts = path.split(BETWEEN)
        beginnings = (BETWEEN.join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
        above = next((each for each in beginnings if each in by_path), None)
        parent = codes[by_path[above][0]] if above is not None else None
        name = path if above is None else path[len(above) + 1 :]
        codes[identity] = Code(
            id=identity,
            name=name,
            path=(*(parent.path if parent else ()), name),
            parent=parent.id if parent else None,
            memo=description,
            line=line,
        )
    return [codes[identity] for identity, _, _, _ in tags]


def _document(row: Row, draft: Draft) -> None:
    text = source_text(html_text(said(row, "contents")))
    document = Document(
        id=f"document-{row['id']}",
        name=said(row, "name"),
        kind="text",
        text=text.text,
        state=records.READ if text.text.strip() else records.EMPTY,
        file=said(row, "filename"),
        memo=said(row, "description"),
        line=row["id"],
    )
    draft.documents.append(document)
    if text.text.strip():
        draft.texts[document.id] = text


def _highlight(row: Row, tags: list[str], made: tuple[str, str]) -> Segment:
    coder, created = made
    identity = f"highlight-{row['id']}"
    return Segment(
        id=identity,
        document=f"document-{row['document_id']}",
        start=whole(row, "start_offset"),
        end=whole(row, "end_offset"),
        said=html_text(said(row, "snippet")),
        binding=True,
        coder=coder,
        created=created,
        codings=tuple(Coding(id=identity, code=tag) for tag in tags),
        line=row["id"],
    )


def _made(database: Database) -> dict[int, tuple[str, str]]:
    """Who made each highlight, and when, as the first command says that speaks of it."""
    made: dict[int, tuple[str, str]] = {}
    for row in database.rows("commands", ("id",)):
        try:
            payload: Any = json.loads(said(row, "payload") or "{}")
        except ValueError:
            continue
        if isinstance(payload, dict) and isinstance(payload.get("highlight_id"), int):
            made.setdefault(payload["highlight_id"], (said(row, "user_login"), said(row, "date")))
    return made


class _Text(HTMLParser):
    """Collects the text between tags; line ends and spaces as they stand."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def html_text(html: str) -> str:
    """The text of a web page's body as Taguette counts it: without its tags."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.pieces).lstrip("\n\t ")
