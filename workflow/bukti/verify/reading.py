"""The program that reads an archive's papers and sources back, for it runs in the enclosure.

`python -m bukti.verify.reading REBUILT ARCHIVE RECORD`: PDFs of strangers are read where they can
do no harm and take no more than they may.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path

from bukti.base.digest import canonical_json
from bukti.manuscript.source_texts import SourceText, source_text
from bukti.printed.step import check_papers
from bukti.project import load_project
from bukti.project.products import LEDGER
from bukti.project.raw_files import RAW
from bukti.verify.in_sources import found_in_sources
from bukti.verify.readings import readings_json


def main(rebuilt: Path, archive: Path, record: Path) -> None:
    """Read the papers that lie in an archive, compare them with a rebuild, write the record."""
    project = load_project(rebuilt)
    papers = check_papers(project, archive)
    ledger = json.loads((rebuilt / LEDGER).read_bytes())
    entries = {(entry["scheme"], entry["id"]): entry for entry in ledger["claims"]}
    present = [name.removeprefix(f"{RAW}/") for name in project.inventory.raw]

    @cache
    def text(name: str) -> SourceText | None:
        return source_text((rebuilt / RAW / name).read_bytes(), name)

    found = found_in_sources(entries, project.inventory.register, present, text)
    record.write_text(canonical_json(readings_json(papers, found)), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
