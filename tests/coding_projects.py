"""Coded projects for tests, written as the programs named here write them."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

NAMESPACE = "urn:QDA-XML:project:1.0"


def guid(number: int) -> str:
    """A GUID that tells its number."""
    return f"{number:08X}-0000-4000-8000-000000000000"


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def project(
    sources: str,
    codes: str = "",
    rest: str = "",
    origin: str = "ATLAS.ti for Windows 23.2.3.27778",
) -> str:
    """The XML of a project, in the form of ATLAS.ti 23."""
    codes = codes or code(1, "Capacity", code(2, "Staff"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<Project xmlns="{NAMESPACE}" name="corpus" origin="{origin}" '
        f'creatingUserGUID="{guid(900)}" creationDateTime="2023-08-16T15:49:36Z">\n'
        f'<Users><User guid="{guid(900)}" name="R. Coder"/></Users>\n'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>\n"
        f"<Sources>{sources}</Sources>\n{rest}</Project>"
    )


def code(number: int, name: str, below: str = "") -> str:
    """A code with the codes below it."""
    return f'<Code guid="{guid(number)}" name="{name}" isCodable="true">{below}</Code>\n'


def selection(number: int, start: int, end: int, under: int | None = 1, name: str = "") -> str:
    """A passage, put under a code."""
    coding = (
        f'<Coding guid="{guid(number + 5000)}" creatingUser="{guid(900)}">'
        f'<CodeRef targetGUID="{guid(under)}"/></Coding>'
        if under is not None
        else ""
    )
    return (
        f'<PlainTextSelection guid="{guid(number)}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}" creatingUser="{guid(900)}">{coding}</PlainTextSelection>\n'
    )


def text_source(number: int, selections: str, path: str = "", inline: str | None = None) -> str:
    """A text with its passages, inline or in a file."""
    stated = f' plainTextPath="{path}"' if path else ""
    content = f"<PlainTextContent>{inline}</PlainTextContent>" if inline is not None else ""
    return (
        f'<TextSource guid="{guid(number)}" name="Interview {number}"{stated}>'
        f"{content}{selections}</TextSource>\n"
    )


def database(tables: str, rows: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A SQLite database, as a file holds it."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(tables)
    for table, values in rows.items():
        for row in values:
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)
    connection.commit()
    return connection.serialize()


# QualCoder's database version v17 (src/qualcoder/__main__.py of QualCoder 3.8), as far as coding
# is concerned.
QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text,
  owner text, date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer,
  width integer, height integer, cid integer, memo text, date text, owner text,
  important integer, pdf_page integer);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer,
  cid integer, memo text, date text, owner text, important integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer,
  memo text, owner text, date text, unique(fid, pos0, pos1, owner));
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text,
  id integer, date text, owner text, unique(name, attr_type, id));
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer,
  pos1 integer, owner text, date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text,
  supercatid integer, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text,
  pos0 integer, pos1 integer, owner text, date text, memo text, avid integer, important integer,
  unique(cid, fid, pos0, pos1, owner));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text,
  date text, color text, supercid integer, unique(name));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
"""

# Taguette 1.5.2 (taguette/database/models.py), as far as coding is concerned.
TAGUETTE = """
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(200) NOT NULL,
  description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(200) NOT NULL,
  description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL,
  project_id INTEGER NOT NULL, text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY, date DATETIME NOT NULL,
  user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER,
  payload TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY, document_id INTEGER NOT NULL,
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY, project_id INTEGER NOT NULL,
  path VARCHAR(200) NOT NULL, description TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL,
  PRIMARY KEY (highlight_id, tag_id));
"""
