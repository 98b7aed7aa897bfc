"""The child process that runs Typst in an empty folder of its own.

Sources come in on stdin as JSON; a line of JSON and the PDF go out.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from pathlib import Path
from typing import Any

_ERROR_LINE = re.compile(r"^error: .*?┌─ [^\n]*?(?P<file>[^/\n]+):(?P<line>\d+):\d+", re.M | re.S)

_ROUNDS = 4


def compile_request(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What Typst made of a request: a record of its messages, and the PDF (empty on failure)."""
    import typst

    for name, data in request["sources"].items():
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(data))  # in memory, Typst takes nothing but text
    try:
        compiler = typst.Compiler(
            input=request["main"],
            root=".",
            font_paths=[request["fonts"]],
            ignore_system_fonts=True,
        )
        if request["hyphens"]:
            _settle(compiler, Path(request["hyphens"]))
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=request["standards"], timestamp=request["timestamp"]
        )
    except typst.TypstError as error:
        return {"warnings": [], "error": _error(error)}, b""
    shown = [{"text": each.message, "hints": list(each.hints)} for each in warnings]
    return {"warnings": shown, "error": None}, pdf if isinstance(pdf, bytes) else b""


def _settle(compiler: Any, file: Path) -> None:
    """Allow only the soft hyphens that end a line; what remains after some rounds stays."""
    before: list[int] | None = None
    for _ in range(_ROUNDS):
        try:
            ended: list[int] = json.loads(compiler.query("<divided>", field="value", one=True))
        except RuntimeError:
            return  # what is wrong is told, with its line, when the paper is made
        if ended == before:
            return
        file.write_text(f"#let used = ({''.join(f'{place},' for place in ended)})\n")
        before = ended


def _error(error: Any) -> dict[str, Any]:
    raw = str(getattr(error, "diagnostic", "") or error)
    place = _ERROR_LINE.search(raw)
    return {
        "text": str(error.message),
        "hints": [str(hint) for hint in error.hints],
        "raw": raw,
        "file": place["file"] if place else None,
        "line": int(place["line"]) if place else None,
    }


def main() -> None:
    """Read one request, answer it, end."""
    record, pdf = compile_request(json.load(sys.stdin.buffer))
    sys.stdout.buffer.write(json.dumps(record).encode() + b"\n" + pdf)


if __name__ == "__main__":
    main()
