"""What a kernel puts out, in an order and wording that are the same every time and everywhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import IO

from nbformat import NotebookNode

_TAIL = 4000
_ENGINE_PARENT = str(Path(__file__).resolve().parents[2])
_STANDARD = f"{sys.base_prefix}/lib/python{sys.version_info[0]}.{sys.version_info[1]}"
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_FRAME = re.compile(r"^\s*Cell In\[(\d+)\], line (\d+)", re.MULTILINE)
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]{6,}")
_CELL_FILE = re.compile(r"[^\s'\"(]*/ipykernel_\d+/\d+\.py")
_CELL_HASH = re.compile(r"\(\d+\.py, line (\d+)\)")
_PACKAGES = re.compile(r"[^\s'\"(]*/(?:site|dist)-packages/")
_TELLING = re.compile(r"denied|not permitted|resol|network", re.IGNORECASE)


def normalise(notebook: NotebookNode, scratch: Path) -> None:
    """Rewrite outputs so that neither time, memory nor place shows in them.

    What was written between two other outputs becomes one text for each stream; addresses in
    memory and the folders of this machine are taken out of texts.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [_portable_output(each, scratch) for each in _merged(cell.outputs)]


def _merged(outputs: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Texts come before the error that ended a cell: which was sent first is left to chance."""
    last = [each for each in outputs if each.output_type == "error"]
    rest = [each for each in outputs if each.output_type != "error"]
    for is_stream, group in groupby(rest, lambda each: each.output_type == "stream"):
        if not is_stream:
            yield from group
            continue
        streams: dict[str, NotebookNode] = {}
        for each in group:
            first = streams.setdefault(each.name, each)
            if first is not each:
                first.text += each.text
        yield from (streams[name] for name in sorted(streams, reverse=True))
    yield from last


def _portable_output(output: NotebookNode, scratch: Path) -> NotebookNode:
    if output.output_type == "stream":
        output.text = portable(output.text, scratch)
    elif output.output_type == "error":
        output.evalue = portable(plain(output.evalue), scratch)
        output.traceback = [portable(plain(line), scratch) for line in output.traceback]
    else:
        for kind in ("text/plain", "text/html"):
            if isinstance(output.data.get(kind), str):
                output.data[kind] = portable(output.data[kind], scratch)
    return output


def plain(text: str) -> str:
    """A text without a terminal's colours."""
    return _ANSI.sub("", text)


def portable(text: str, scratch: Path) -> str:
    """A text without addresses in memory and without the folders of this machine."""
    text = _ADDRESS.sub("0x0", text)
    text = _CELL_HASH.sub(r"(line \1)", _CELL_FILE.sub("<cell>", text))
    text = _PACKAGES.sub("", text)
    for folder in (_STANDARD, _ENGINE_PARENT):
        text = text.replace(f"{folder}/", "")
    return text.replace(str(scratch), ".")


def stderr(cell: NotebookNode) -> str:
    """All that a cell wrote as error output."""
    outputs = cell.get("outputs", [])
    return "".join(each.text for each in outputs if each.get("name") == "stderr")


def traceback(cell: NotebookNode) -> str:
    """The traceback that a cell ended with, as plain text."""
    errors = [each for each in cell.get("outputs", []) if each.output_type == "error"]
    return plain("\n".join(line for each in errors for line in each.traceback))


def from_user_code(trace: str) -> str:
    """A traceback from the first frame on that is the notebook's own code."""
    frame = _FRAME.search(trace)
    return trace[frame.start() :].strip("\n") if frame else trace


def cell_line(trace: str, count: int, source: str) -> int | None:
    """The innermost line of the cell, by its execution count, that a traceback passes through.

    IPython leaves the empty lines at a cell's beginning uncounted.
    """
    lines = [int(match[2]) for match in _FRAME.finditer(trace) if int(match[1]) == count]
    uncounted = len(source) - len(source.lstrip())
    return lines[-1] + source.count("\n", 0, uncounted) if lines else None


def telling_line(text: str) -> str:
    """The line of an error output that says what was refused."""
    return next((line.strip() for line in text.splitlines() if _TELLING.search(line)), "")


def tail(stream: IO[bytes], start: int) -> str:
    """The end of what a kernel wrote to the file of its own errors, behind a place in it."""
    size = stream.seek(0, 2)
    stream.seek(max(start, size - _TAIL))
    return plain(stream.read().decode("utf-8", "replace").replace("\0", "")).strip()
