"""`bukti coding`: ready scripts and contracts for the tables of a coded corpus."""

from __future__ import annotations

import json
from importlib.resources import files

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.clean.coding.reader import read_corpus
from bukti.cli.export import beside
from bukti.cli.session import Session
from bukti.project.raw_files import RAW
from bukti.tools.files import write_text

TABLES = ("documents", "codes", "segments")
_SCRIPT = '''"""The table of {table} of the coded corpus in {name}."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    return raw.coding({call})
'''


def coding(
    session: Session, name: str, codes: str | None, documents: str | None, separator: str
) -> int:
    """Write a script and a contract for each table of the corpus in a raw file.

    Raises Problem where the file holds no corpus that can be read, or one of the files to write
    is there already; then none is written.
    """
    root = session.root
    given = beside(root / RAW, name, codes, documents, separator)
    corpus = read_corpus(given.files[name], f"{RAW}/{name}", given)
    texts = [each.file for each in corpus.documents if each.file in given.files]
    listed = dict.fromkeys(each for each in (name, codes, documents, *texts) if each is not None)
    named = {"codes": codes, "documents": documents}
    named["separator"] = None if separator == "," else separator
    more = [f"{key}={_quoted(value)}" for key, value in named.items() if value is not None]
    written: dict[str, str] = {}
    for table in TABLES:
        call = ", ".join([_quoted(name), _quoted(table), *more])
        script = _SCRIPT.format(table=table, name=name, call=call)
        written[f"analysis/cleaning/{table}.py"] = script
        contract = files("bukti.cli").joinpath("coding_contracts", f"{table}.yaml")
        raw = ", ".join(map(_quoted, listed))
        text = contract.read_text(encoding="utf-8").replace("[RAW]", f"[{raw}]")
        written[f"data/contract/{table}.yaml"] = text
    there = [path for path in written if (root / path).exists()]
    if there:
        raise Problem(*(diagnose("QUA132", Span(path=path), path=path) for path in there))
    for path, text in written.items():
        write_text(root / path, text)
        session.say(session.word("coding-wrote", path=path))
    session.show(corpus.findings)
    session.say(session.word("coding-next", names=" ".join(listed)))
    return 0


def _quoted(text: str) -> str:
    """A text as Python and YAML both write it."""
    return json.dumps(text, ensure_ascii=False)
