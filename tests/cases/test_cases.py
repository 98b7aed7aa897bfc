"""Golden cases: each Markdown file below this folder is a story with files, commands and output.

A case begins with the compendium in `base/`. Its fenced blocks change files, run commands and
show what comes out; the first word behind the language says which file. See README.md.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bukti.base.codes import LANGUAGES, all_codes
from bukti.base.diagnostic import Problem
from bukti.clean import step as clean_step
from bukti.cli import main, session
from bukti.manuscript.document import marks_json
from bukti.manuscript.step import read_edition, read_shared
from bukti.project import load_project
from bukti.tools import pandoc
from bukti.tools.confined_run import run_confined

HERE = Path(__file__).parent
BASE = HERE / "base"
CASES = sorted(path for path in HERE.glob("*/*.md") if BASE not in path.parents)
FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^`\n]+)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
OUTPUT = ("console", "shows")
EDIT = re.compile(r"((?:^-(?: .*)?\n)+)((?:^\+(?: .*)?\n)*)", re.MULTILINE)
FAMILIES = ("CFG", "CLM", "PAR", "REF", "FIG")
NOT_OF_CHECK = {
    "CFG104",  # a file that goes away while check reads
    "CFG105",  # a file that may not be read
    "CFG111",  # build
    "CFG112",  # build
    "CFG113",  # build
    "CFG117",  # new
    "CFG119",  # why
    "CFG120",  # build
    "CFG121",  # build
    *(f"CFG{number}" for number in range(140, 150)),  # new
    *(f"CFG{number}" for number in range(181, 186)),  # diff
    "CFG152",  # a font file, which no case can hold
    "FIG105",  # analyse: a notebook must run
    "FIG106",
    "FIG123",  # render: the size on the page must be known
    "FIG124",
    "REF105",  # citations are set by the stage manuscript
    "REF106",
    "CLM403",  # suggest
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block: its kind or language, its words, its lines, and where they stand."""

    kind: str
    words: tuple[str, ...]
    body: str
    start: int
    end: int


def blocks(text: str) -> tuple[Block, ...]:
    """The fenced blocks of a case, in order."""
    found = []
    for match in FENCE.finditer(text):
        kind, *words = match["info"].split()
        start, end = match.span("body")
        found.append(Block(kind=kind, words=tuple(words), body=match["body"], start=start, end=end))
    return tuple(found)


def write(root: Path, block: Block) -> None:
    """A block with a path is that file; words behind the path say how its bytes differ."""
    path, *how = block.words
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    text = block.body
    if "no-newline" in how:
        text = text.removesuffix("\n")
    if "crlf" in how:
        text = text.replace("\n", "\r\n")
    if "mixed" in how:
        text = re.sub(r"\n(?=\n)", "\r\n", text)
    if "bom" in how:
        text = "\ufeff" + text
    target.write_bytes(text.encode("latin-1" if "latin-1" in how else "utf-8"))


def edit(root: Path, block: Block) -> None:
    """Lines with `- ` are replaced by the lines with `+ ` below them, once, to the character."""
    target = root / block.words[0]
    text = target.read_bytes().decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    for old, new in EDIT.findall(block.body):
        before, after = (
            re.sub(r"^[-+] ?", "", part, flags=re.MULTILINE).replace("\n", end)
            for part in (old, new)
        )
        assert text.count(before) == 1, f"{block.words[0]} holds {before!r} not exactly once"
        text = text.replace(before, after)
    target.write_bytes(text.encode("utf-8"))


def remove(root: Path, block: Block) -> None:
    """Every line names a file or folder that the case does without."""
    for name in block.body.split():
        target = root / name
        shutil.rmtree(target) if target.is_dir() else target.unlink()


def run(line: str) -> str:
    """What a command prints, as a terminal shows it, and how it ends."""
    arguments = shlex.split(line)
    assert arguments[0] == "bukti", line
    session._lines.cache_clear()  # a command is a process of its own
    written = io.StringIO()
    before, sys.argv = sys.argv, arguments
    try:
        with contextlib.redirect_stdout(written), contextlib.redirect_stderr(written):
            main()
    except SystemExit as ending:
        status = ending.code
    finally:
        sys.argv = before
    text = written.getvalue()
    return f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}[exit {status}]\n"


def console(root: Path, block: Block) -> str:
    """The block as it should be: every command with what it prints."""
    commands = [line for line in block.body.splitlines() if line.startswith("$ ")]
    assert commands, "a console block has a command"
    return "\n".join(f"{line}\n{run(line.removeprefix('$ '))}" for line in commands)


def shows(root: Path, block: Block) -> str:
    """The block as it should be: a file as it is now, line ends and byte order mark written out."""
    text = (root / block.words[0]).read_bytes().decode("utf-8")
    text = text.replace("\ufeff", "<BOM>").replace("\r", "<CR>")
    return text if text.endswith("\n") else f"{text}<no newline>\n"


CHANGES: dict[str, Callable[[Path, Block], None]] = {
    "edit": edit,
    "remove": remove,
}


def play(root: Path, text: str) -> str:
    """The case as it should be: all blocks played, their outputs in place."""
    pieces: list[str] = []
    done = 0
    for block in blocks(text):
        if block.kind in OUTPUT:
            output = console(root, block) if block.kind == "console" else shows(root, block)
            pieces += [text[done : block.start], output]
            done = block.end
        elif block.kind in CHANGES:
            CHANGES[block.kind](root, block)
        elif block.words:
            write(root, block)
    return "".join([*pieces, text[done:]])


@cache
def read_once(text: str, from_format: str, path: str | None) -> Any:
    return _read_markdown(text, from_format=from_format, path=path)


_read_markdown = pandoc.read_markdown


def remembered(text: str, *, from_format: str = pandoc.READER, path: str | None = None) -> Any:
    """pandoc's answer for a text, asked for once; each caller gets a copy of its own."""
    tree, findings = read_once(text, from_format, path)
    return copy.deepcopy(tree), findings


def run_once(*given: Any, input: bytes, **named: Any) -> Any:
    """How a cleaning script ended; the same script on the same raw files runs once."""
    task = json.loads(input)
    files = {name: Path(path).read_bytes() for name, path in task.pop("files").items()}
    key = repr((task, files, named["seconds"], named["memory_bytes"]))
    if key not in RAN:
        RAN[key] = run_confined(*given, input=input, **named)
    return RAN[key]


RAN: dict[str, Any] = {}


def numbers_left(root: Path) -> list[str]:
    """What of an assembled edition still holds a candidate's number, which nobody may ever see."""
    try:
        project = load_project(root)
        shared = read_shared(project)
        editions = [read_edition(project, each, shared) for each in project.config.languages]
    except (Problem, OSError):
        return []  # the case is about a paper that cannot be read
    kept = [
        (each.meta, each.abstract, each.blocks, marks_json(each), each.findings)
        for each in editions
    ]
    return re.findall(r".{0,40}bktat.{0,20}", repr(kept))


@pytest.mark.parametrize("case", [pytest.param(path, id=path.stem) for path in CASES])
def test_case(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    root = tmp_path / "paper"
    shutil.copytree(BASE, root)
    monkeypatch.chdir(root)
    monkeypatch.setattr(pandoc, "read_markdown", remembered)
    monkeypatch.setattr(clean_step, "run_confined", run_once)
    text = case.read_text(encoding="utf-8")
    played = play(root, text)
    assert numbers_left(root) == []
    played = played.replace(os.fspath(tmp_path), "/somewhere")
    if request.config.getoption("--accept") and played != text:
        case.write_text(played, encoding="utf-8")
    else:
        assert played == text


def test_every_case_shows_an_output() -> None:
    silent = [
        path.name
        for path in CASES
        if not any(block.kind == "console" for block in blocks(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def outputs() -> str:
    """What all cases print, one after another."""
    texts = (path.read_text(encoding="utf-8") for path in CASES)
    return "".join(block.body for text in texts for block in blocks(text) if block.kind in OUTPUT)


def test_every_code_that_check_reports_has_a_case() -> None:
    shown = outputs()
    wanted = {code.code for code in all_codes() if code.code[:3] in FAMILIES} - NOT_OF_CHECK
    assert sorted(code for code in wanted if f"[{code}]" not in shown) == []


def test_messages_are_shown_in_every_language() -> None:
    """The words before the first field of a message tell its language."""
    shown = outputs()
    for language in LANGUAGES:
        heads = [code.texts[language]["message"].partition("{")[0] for code in all_codes()]
        assert sum(len(head) > 8 and head in shown for head in heads) >= 5, language
