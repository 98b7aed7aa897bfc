"""pandoc in a sandbox, within limits, with its warnings as records: the only door to it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span
from bukti.tools.pandoc_log import LogEntry, findings
from bukti.tools.process import Finished, run

Tree = dict[str, Any]

READER = (
    "markdown"
    "-raw_tex-latex_macros-raw_attribute"  # would vanish without a word in some formats
    "-example_lists"  # a line that begins with (@fig:x) is no list
    "-yaml_metadata_block-pandoc_title_block"  # text between two rules is text
)
"""The Markdown of manuscripts: pandoc's own, with smart punctuation, without the traps."""

SECONDS = 30.0
DEEPEST = 200  # levels of values within values
HEAP = "512m"
_HEAP_EXHAUSTED = 251
_LONGEST = 400
_COUNTED = ("chapter", "page", "volume", "issue", "section", "paragraph", "note", "figure")


def read_markdown(
    text: str,
    *,
    from_format: str = READER,
    path: str | None = None,
    seconds: float = SECONDS,
    epoch: int = 0,
) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """The tree of a text; `path` is the file that findings name."""
    arguments = ["--from", from_format, "--to", "json"]
    data, log = _pandoc(arguments, text.encode(), {}, seconds=seconds, epoch=epoch, path=path)
    return _tree(data, path), findings(log, path=path)


def read_document(
    data: bytes,
    from_format: str,
    *,
    arguments: Sequence[str] = (),
    path: str | None = None,
    seconds: float = SECONDS,
) -> tuple[Tree, tuple[LogEntry, ...]]:
    """The tree of a file of another format, such as `docx+citations`, and what pandoc warned of."""
    given = ["--from", from_format, "--to", "json", *arguments]
    output, log = _pandoc(given, data, {}, seconds=seconds, epoch=0, path=path)
    return _tree(output, path), tuple(entry for entry in log if entry.is_loud)


def convert(
    tree: Mapping[str, Any],
    to: str,
    *,
    arguments: Sequence[str] = (),
    files: Mapping[str, bytes] | None = None,
    path: str | None = None,
    seconds: float = SECONDS,
    epoch: int = 0,
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """A tree in another format.

    `files` are laid out in pandoc's private working folder under their names, for arguments
    such as `--reference-doc=reference.docx`; pictures travel in the tree as data addresses.
    """
    given = ["--from", "json", "--to", to, *arguments, "--output", "-"]
    data = json.dumps(tree, ensure_ascii=False).encode()
    output, log = _pandoc(given, data, files or {}, seconds=seconds, epoch=epoch, path=path)
    return output, findings(log, path=path)


def typst_formulas(
    tree: Mapping[str, Any], *, seconds: float = SECONDS
) -> tuple[str, dict[str, str]]:
    """A tree in Typst's notation, and the formulas that pandoc refuses, each with its reason."""
    arguments = ["--from", "json", "--to", "typst", "--wrap=none"]
    data = json.dumps(tree, ensure_ascii=False).encode()
    output, log = _pandoc(arguments, data, {}, seconds=seconds, epoch=0, path=None)
    refused = [entry.fields for entry in log if entry.type == "CouldNotConvertTeXMath"]
    said = {str(each["contents"]): str(each.get("message", "")) for each in refused}
    return output.decode("utf-8"), said


def citeproc(
    tree: Mapping[str, Any],
    *,
    bibliography: Path | Sequence[Path],
    csl: Path | None = None,
    lang: str,
    terms: Mapping[str, str] | None = None,
    path: str | None = None,
    seconds: float = SECONDS,
    epoch: int = 0,
) -> tuple[Tree, tuple[LogEntry, ...]]:
    """The tree with its citations and bibliography written out, and what citeproc warned of.

    `terms` are words of the language that the locale of CSL lacks or has otherwise.
    The entries are given as they are, since only the caller knows where a key was cited.
    """
    sources = [bibliography] if isinstance(bibliography, Path) else list(bibliography)
    files = {f"{index}-{source.name}": source.read_bytes() for index, source in enumerate(sources)}
    arguments = ["--from", "json", "--to", "json", "--citeproc", "--metadata", f"lang={lang}"]
    arguments += [f"--bibliography={name}" for name in files]
    if csl is not None or terms:
        style = csl.read_bytes() if csl else _default_style()
        files["style.csl"] = with_terms(style, lang, terms or {})
        arguments.append("--csl=style.csl")
    data = json.dumps(tree, ensure_ascii=False).encode()
    output, log = _pandoc(arguments, data, files, seconds=seconds, epoch=epoch, path=path)
    cited = _tree(output, path)
    _restore(cited["meta"], tree["meta"])
    return cited, tuple(entry for entry in log if entry.is_loud)


def _pandoc(
    arguments: Sequence[str],
    data: bytes,
    files: Mapping[str, bytes],
    *,
    seconds: float,
    epoch: int,
    path: str | None,
) -> tuple[bytes, tuple[LogEntry, ...]]:
    with tempfile.TemporaryDirectory(prefix="bukti-pandoc-") as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        limits = ["+RTS", f"-M{HEAP}", "-RTS"]
        fixed = ["--sandbox", "--quiet", "--log=log.json", "--data-dir=data"]
        command = [_executable(), *limits, *fixed, *arguments]
        done = run(command, cwd=folder, env=_environment(epoch), input=data, seconds=seconds)
        if done.status != 0 or done.ended_by:
            raise Problem(_failure(done, seconds, path))
        return done.stdout, _log(folder / "log.json")


def _failure(done: Finished, seconds: float, path: str | None) -> Diagnostic:
    span = Span(path=path) if path else None
    if done.ended_by == "time":
        return diagnose("REN103", span, limit=f"{seconds:g} s")
    if done.ended_by == "memory" or done.status == _HEAP_EXHAUSTED:
        return diagnose("REN103", span, limit=f"{HEAP.removesuffix('m')} MB")
    reason = " ".join(done.stderr.decode("utf-8", "replace").split())[:_LONGEST]
    return diagnose("REN102", span, reason=reason or f"status {done.status}")


def _environment(epoch: int) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "HOME": "/nonexistent",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": str(epoch),
    }


def _log(file: Path) -> tuple[LogEntry, ...]:
    known = ("type", "verbosity", "pretty")
    return tuple(
        LogEntry(
            type=str(entry["type"]),
            verbosity=str(entry["verbosity"]),
            pretty=str(entry.get("pretty", "")),
            fields={key: value for key, value in entry.items() if key not in known},
        )
        for entry in json.loads(file.read_text(encoding="utf-8"))
    )


def _tree(data: bytes, path: str | None) -> Tree:
    """pandoc's tree; Problem where it is nested too deeply for what walks it."""
    try:
        tree: Tree = json.loads(data)
    except RecursionError:
        raise _too_deep(path) from None
    level: list[Any] = [tree]
    for _ in range(DEEPEST):
        level = [
            item
            for value in level
            for item in (value.values() if isinstance(value, dict) else value)
            if isinstance(item, dict | list)
        ]
        if not level:
            return tree
    raise _too_deep(path)


def _too_deep(path: str | None) -> Problem:
    return Problem(diagnose("CLM404", Span(path=path) if path else None))


@cache
def _default_style() -> bytes:
    command = [_executable(), "--print-default-data-file=default.csl"]
    with tempfile.TemporaryDirectory(prefix="bukti-pandoc-") as folder:
        done = run(command, cwd=Path(folder), env=_environment(0), seconds=SECONDS)
    return done.stdout


def with_terms(style: bytes, lang: str, terms: Mapping[str, str]) -> bytes:
    """A CSL style with words of its own for a language, as `chapter.short` = "bab"."""
    from lxml import etree

    if not terms:
        return style
    root = etree.fromstring(style, etree.XMLParser(resolve_entities=False, no_network=True))
    space = f"{{{root.nsmap[None]}}}"
    locale = etree.Element(f"{space}locale")
    locale.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
    listed = etree.SubElement(locale, f"{space}terms")
    for key, word in sorted(terms.items()):
        name, _, form = key.partition(".")
        term = etree.SubElement(listed, f"{space}term", name=name)
        if form:
            term.set("form", form)
        if name in _COUNTED:
            etree.SubElement(term, f"{space}single").text = word
            etree.SubElement(term, f"{space}multiple").text = word
        else:
            term.text = word
    info = root.find(f"{space}info")
    root.insert(0 if info is None else root.index(info) + 1, locale)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _restore(meta: dict[str, Any], before: Mapping[str, Any]) -> None:
    for key in ("bibliography", "csl", "lang"):
        meta.pop(key, None)
        if key in before:
            meta[key] = before[key]


@cache
def _executable() -> str:
    found = find_spec("pypandoc")
    if found is not None and found.origin is not None:
        bundled = Path(found.origin).with_name("files") / "pandoc"
        if bundled.is_file():  # never an older pandoc that happens to be on the PATH
            return str(bundled)
    from pypandoc import get_pandoc_path

    return str(get_pandoc_path())
