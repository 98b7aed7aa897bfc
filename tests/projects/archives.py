"""A small paper for verification, and archives of it, sound or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from bukti.archive.contents import crate_id
from bukti.archive.layout import CRATE, SUMS
from bukti.archive.packing import packed, with_sums
from tests.projects.conftest import Compendium

ROOT = Path(__file__).resolve().parents[2]
_LEFT_OUT = {".bukti", ".snakemake", ".vscode", "logs", "verification", "archive"}
SEGMENTS = """segment,document,code,text
s1,letter,Calendar,The year has twelve months
s2,letter,Calendar,The second month is the shortest
"""
CONTRACT = """title: {id: Bagian teks, en: Passages}
raw: [segments.csv]
schema:
  fields:
    - {name: segment, type: string, constraints: {required: true}}
    - {name: document, type: string}
    - {name: code, type: string}
    - {name: text, type: string}
  primaryKey: segment
"""
SCRIPT = '''"""Passages of documents."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    return raw.csv("segments.csv")
'''
CLAIM = """documentary:
  twelve_months:
    statement: {id: Satu tahun dua belas bulan., en: A year has twelve months.}
    evidence:
      - {segment: [s1, s2]}
"""
SENTENCE = "\nThe letter says that [a year has twelve months](claim:twelve_months).\n"


def started(folder: Path) -> Compendium:
    """A paper in English, as PDF alone, with a statement that rests on coded passages."""
    new = Compendium(folder).run("new", "paper", "--languages", "en", "--formats", "pdf")
    assert new.status == 0, new.err
    paper = Compendium(folder / "paper")
    for name, text in {
        "data/raw/segments.csv": SEGMENTS,
        "data/raw/standard.txt": "A leap year has 366 days.\n",
        "data/contract/segments.yaml": CONTRACT,
        "analysis/cleaning/segments.py": SCRIPT,
    }.items():
        paper.path(name).write_text(text, encoding="utf-8")
    for name, text in {
        "data/sources.yaml": "  segments.csv: {kind: received, source: S_ISO8601}\n"
        "  standard.txt: {kind: received, source: S_ISO8601}\n",
        "manuscript/claims.yaml": CLAIM,
        "manuscript/en/02-results.md": SENTENCE,
    }.items():
        with paper.path(name).open("a", encoding="utf-8") as file:
            file.write(text)
    accept(paper)
    (paper.root / "requirements.lock").write_bytes((ROOT / "requirements.lock").read_bytes())
    return paper


def accept(paper: Compendium) -> None:
    """Record the digests of the raw files as they are."""
    ended = paper.run("accept", "raw")
    assert ended.status == 0, ended.out + ended.err


def files_of(paper: Compendium) -> dict[str, bytes]:
    """What an archive holds of a built paper."""
    return {
        path.relative_to(paper.root).as_posix(): path.read_bytes()
        for path in sorted(paper.root.rglob("*"))
        if path.is_file() and _LEFT_OUT.isdisjoint(path.relative_to(paper.root).parts)
    }


def sealed(files: Mapping[str, bytes]) -> bytes:
    """An archive of files that is whole and as its own lists say, whatever the files hold."""
    entities = [
        {"@id": "./", "@type": "Dataset", "identifier": "paper", "version": "0.1.0"},
        *({"@id": crate_id(name), "@type": "File"} for name in [*files, SUMS]),
    ]
    crate = json.dumps({"@context": "", "@graph": entities}).encode()
    return packed(with_sums({**files, CRATE: crate}))


def with_raw(files: Mapping[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    """The files with something else in a raw file, and its digest on record as if it were so."""
    data = files[f"data/raw/{name}"]
    changed = data.replace(old.encode(), new.encode(), 1)
    assert changed != data
    sums = files["data/raw.sha256"]
    before, now = (sha256(each).hexdigest().encode() for each in (data, changed))
    return {**files, f"data/raw/{name}": changed, "data/raw.sha256": sums.replace(before, now)}


def replaced(files: Mapping[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    """The files with a text in one of them replaced, once."""
    data = files[name]
    assert old.encode() in data
    return {**files, name: data.replace(old.encode(), new.encode(), 1)}
