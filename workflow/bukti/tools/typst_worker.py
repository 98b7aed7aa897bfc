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
_UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_TITLE = '#set document(title: "x")\n'
_ROUNDS = 4
_INSTEAD = "\u25a1"  # an empty square


def compile_request(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What Typst made of a request: a record of its messages, and the PDF (empty on failure).

    Characters that no font has are printed as empty squares, and recorded.
    Sources in the folder `fonts` are fonts, besides those in the folders that are asked for.
    """
    import typst

    for name, data in request["sources"].items():
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(data))  # in memory, Typst takes nothing but text
    tried: dict[str, int] = {}
    while True:
        try:
            pdf, warnings = _compiled(request)
        except typst.TypstError as error:
            found = unshown_in(str(error.diagnostic))
            if not found or any(tried.get(each) == len(_REMEDIES) for each in found):
                return _record([], set(tried), _error(error)), b""
            for number, remedy in enumerate(_REMEDIES):
                if concerned := {each for each in found if tried.get(each, 0) == number}:
                    remedy(request, concerned)
            tried |= {each: tried.get(each, 0) + 1 for each in found}
            continue
        shown = [{"text": each.message, "hints": list(each.hints)} for each in warnings]
        return _record(shown, set(tried), None), pdf if isinstance(pdf, bytes) else b""


def probe_request(request: dict[str, Any]) -> dict[str, Any]:
    """Which of some formulas Typst cannot set, and which of some characters no font has."""
    return {
        "failed": _failed(request),
        "unshown": sorted(_lacking(request["characters"], request)),
    }


def unshown_in(said: str) -> set[str]:
    """The characters that an error of Typst names as those that no font has."""
    texts = (_ESCAPED.sub(_unescaped, found) for found in _UNSHOWN.findall(said))
    return {character for text in texts for character in text if character != _INSTEAD}


def _record(warnings: list[Any], unshown: set[str], error: Any) -> dict[str, Any]:
    return {"warnings": warnings, "unshown": sorted(unshown), "error": error}


def _compiler(request: dict[str, Any], main: str | bytes) -> Any:
    import typst

    return typst.Compiler(
        input=main, root=".", font_paths=[*request["fonts"], "fonts"], ignore_system_fonts=True
    )


def _compiled(request: dict[str, Any]) -> Any:
    compiler = _compiler(request, request["main"])
    if request["hyphens"]:
        _settle(compiler, Path(request["hyphens"]))
    return compiler.compile_with_warnings(
        format="pdf", pdf_standards=request["standards"], timestamp=request["timestamp"]
    )


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


def _show_squares(request: dict[str, Any], characters: set[str]) -> None:
    """Show an empty square for each of the characters; titles and alt texts keep them."""
    codes = "".join(f"\\u{{{ord(each):x}}}" for each in sorted(characters))
    rule = f'#show regex("[{codes}]"): "{_INSTEAD}"\n'
    main = Path(request["main"])
    main.write_bytes(rule.encode() + main.read_bytes())


def _replace_in_pictures(request: dict[str, Any], characters: set[str]) -> None:
    _replace(request, characters, (".svg",))


def _replace_everywhere(request: dict[str, Any], characters: set[str]) -> None:
    _replace(request, characters, (".typ", ".svg"))


def _replace(request: dict[str, Any], characters: set[str], suffixes: tuple[str, ...]) -> None:
    """Put an empty square for each of the characters into the sources."""
    squares = dict.fromkeys(map(ord, characters), _INSTEAD)
    for name in request["sources"]:
        if name.endswith(suffixes):
            file = Path(name)
            text = file.read_bytes().decode("utf-8", "surrogateescape").translate(squares)
            file.write_bytes(text.encode("utf-8", "surrogateescape"))


_REMEDIES = (_show_squares, _replace_in_pictures, _replace_everywhere)


def _failed(request: dict[str, Any]) -> list[str]:
    formulas: list[str] = request["formulas"]
    if not formulas or _sets("\n\n".join(formulas), request):
        return []
    return [formula for formula in formulas if not _sets(formula, request)]


def _sets(source: str, request: dict[str, Any]) -> bool:
    """Whether a passage can be set, whatever its characters look like."""
    error = _refusal(f'#set math.equation(alt: "x")\n{source}\n', request)
    return not error or bool(unshown_in(error))


def _lacking(characters: list[str], request: dict[str, Any]) -> set[str]:
    if not characters:
        return set()
    codes = "".join(f'"\\u{{{ord(each):x}}}",' for each in characters)
    return unshown_in(_refusal(f"#for each in ({codes}) [#each #parbreak()]\n", request))


def _refusal(source: str, request: dict[str, Any]) -> str:
    """What Typst says if it cannot set a passage."""
    import typst

    try:
        _compiler(request, f"{_TITLE}{source}".encode()).compile(
            format="pdf", pdf_standards=request["standards"], timestamp=0
        )
    except typst.TypstError as error:
        return str(error.diagnostic)
    return ""


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]


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
    request = json.load(sys.stdin.buffer)
    record, pdf = (
        (probe_request(request), b"") if "formulas" in request else compile_request(request)
    )
    sys.stdout.buffer.write(json.dumps(record).encode() + b"\n" + pdf)


if __name__ == "__main__":
    main()
