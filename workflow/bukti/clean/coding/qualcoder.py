"""QualCoder's project database, `data.qda` in the project's folder (database versions v1 to v17).

It counts as Qt does, in UTF-16; files of other versions count in code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bukti.clean.coding import records
from bukti.clean.coding.databases import Database, Row, said, whole
from bukti.clean.coding.draft import Draft
from bukti.clean.coding.offsets import source_text
from bukti.clean.coding.records import (
    Attribute,
    Code,
    Coding,
    Document,
    Group,
    Memo,
    Segment,
)
from bukti.clean.coding.trees import grown

_FOLDERS = {"images": "picture", "audio": "audio", "video": "video"}


def is_qualcoder(tables: frozenset[str]) -> bool:
    """Whether a database with these tables is a project of QualCoder."""
    return {"source", "code_text", "code_name"} <= tables


def read_qualcoder(database: Database, path: str) -> Draft:
    """The records of a project's database."""
    draft = Draft(path=path, origin="QualCoder")
    for row in database.rows("project", ("date",)):
        draft.origin = said(row, "about") or draft.origin
    codes = [_category(row) for row in database.rows("code_cat", ("catid",))]
    codes += [_code(row) for row in database.rows("code_name", ("cid",))]
    draft.codes, circles = grown(codes, draft.at(None))
    draft.findings += circles
    for row in database.rows("source", ("id",)):
        _source(row, draft)
    draft.segments += map(_text, database.rows("code_text", ("ctid",)))
    draft.segments += map(_picture, database.rows("code_image", ("imid",)))
    draft.segments += map(_sound, database.rows("code_av", ("avid",)))
    draft.segments += map(_annotation, database.rows("annotation", ("anid",)))
    for segment in draft.segments:
        draft.references.append(("Segment", segment.id, "document", segment.document, segment.line))
        for coding in segment.codings:
            draft.references.append(("Coding", segment.id, "code", coding.code, segment.line))
    draft.memos += map(_journal, database.rows("journal", ("jid",)))
    draft.groups += _cases(database)
    draft.attributes += map(_attribute, database.rows("attribute", ("attrid",)))
    owners = dict.fromkeys(segment.coder for segment in draft.segments if segment.coder)
    draft.coders = {name: name for name in owners}
    return draft


def _category(row: Row) -> Code:
    above = whole(row, "supercatid")
    return Code(
        id=f"category-{row['catid']}",
        name=said(row, "name"),
        path=(),
        parent=None if above is None else f"category-{above}",
        codable=False,
        memo=said(row, "memo"),
        line=row["catid"],
    )


def _code(row: Row) -> Code:
    above, category = whole(row, "supercid"), whole(row, "catid")
    parent = None if category is None else f"category-{category}"
    return Code(
        id=f"code-{row['cid']}",
        name=said(row, "name"),
        path=(),
        parent=parent if above is None else f"code-{above}",
        colour=said(row, "color"),
        memo=said(row, "memo"),
        line=row["cid"],
    )


def _source(row: Row, draft: Draft) -> None:
    stored = row.get("fulltext")
    where = said(row, "mediapath").replace("\\", "/")
    folder, _, file = where.rpartition("/")
    kind = _FOLDERS.get(folder.strip("/").partition(":")[0], "text")
    text = source_text(stored) if isinstance(stored, str) else None
    filled = text is not None and text.text.strip() != ""
    document = Document(
        id=f"source-{row['id']}",
        name=said(row, "name"),
        kind="pdf" if file.lower().endswith(".pdf") else kind,
        text=text.text if text and (filled or kind == "text") else None,
        state=_source_state(kind, filled=filled),
        file=file,
        memo=said(row, "memo"),
        line=row["id"],
    )
    draft.documents.append(document)
    if text is not None and filled:
        draft.texts[document.id] = text


def _source_state(kind: str, *, filled: bool) -> str:
    if filled:
        return records.READ
    return records.EMPTY if kind == "text" else records.NO_TEXT


def _segment(row: Row, what: str, number: str, source: str, **more: object) -> Segment:
    identity = f"{what}-{row[number]}"
    coder, created = said(row, "owner"), said(row, "date")
    coding = (
        Coding(id=identity, code=f"code-{row['cid']}", coder=coder, created=created)
        if whole(row, "cid") is not None
        else None
    )
    fields: dict[str, object] = {
        "id": identity,
        "document": f"source-{row[source]}",
        "line": row[number],
        "coder": coder,
        "created": created,
        "memo": said(row, "memo"),
        "codings": (coding,) if coding else (),
        **more,
    }
    return Segment(**fields)  # type: ignore[arg-type]


def _text(row: Row) -> Segment:
    start, end = whole(row, "pos0"), whole(row, "pos1")
    words = said(row, "seltext")
    return _segment(row, "text", "ctid", "fid", start=start, end=end, said=words, binding=True)


def _picture(row: Row) -> Segment:
    x, y, width, height = (whole(row, name) or 0 for name in ("x1", "y1", "width", "height"))
    page = whole(row, "pdf_page")
    area = f"{x} {y} {x + width} {y + height}"
    return _segment(row, "area", "imid", "id", area=area, page=None if page is None else page + 1)


def _sound(row: Row) -> Segment:
    return _segment(row, "time", "avid", "id", area=f"{said(row, 'pos0')} {said(row, 'pos1')}")


def _annotation(row: Row) -> Segment:
    start, end = whole(row, "pos0"), whole(row, "pos1")
    return _segment(row, "annotation", "anid", "fid", start=start, end=end)


def _journal(row: Row) -> Memo:
    return Memo(
        id=f"journal-{row['jid']}",
        name=said(row, "name"),
        text=said(row, "jentry"),
        coder=said(row, "owner"),
        created=said(row, "date"),
        line=row["jid"],
    )


def _cases(database: Database) -> Iterator[Group]:
    members: dict[int, list[str]] = {}
    for row in database.rows("case_text", ("id",)):
        members.setdefault(row["caseid"], []).append(f"source-{row['fid']}")
    for row in database.rows("cases", ("caseid",)):
        yield Group(
            kind="case",
            id=f"case-{row['caseid']}",
            name=said(row, "name"),
            memo=said(row, "memo"),
            documents=tuple(dict.fromkeys(members.get(row["caseid"], ()))),
            line=row["caseid"],
        )


def _attribute(row: Mapping[str, object]) -> Attribute:
    of_case = said(row, "attr_type") == "case"
    return Attribute(
        owner="case" if of_case else "document",
        id=f"{'case' if of_case else 'source'}-{row['id']}",
        name=said(row, "name"),
        value=said(row, "value"),
        line=whole(row, "attrid") or 0,
    )
