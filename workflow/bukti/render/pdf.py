"""The PDF of an edition: its Typst sources, and Typst's answer as findings."""

from __future__ import annotations

from importlib.resources import files

from bukti.base.diagnostic import Diagnostic, Problem, diagnose, note
from bukti.base.span import Span
from bukti.render import typst_hyphens as hyphens
from bukti.render.plan import Converter, Invocation, Message, Result, Typesetter
from bukti.render.prepare import prepare
from bukti.render.typst_document import PART, TypstDocument
from bukti.render.typst_page import SETTINGS, settings

MAIN = "main.typ"
_LONGEST = 1200


def render_pdf(invocation: Invocation, *, convert: Converter, typeset: Typesetter) -> Result:
    """The edition as PDF/A-3a and PDF/UA-1, with its evidence attached.

    Raises Problem where Typst made no PDF.
    """
    sources, found = typst_sources(invocation, convert=convert)
    made = typeset(sources, epoch=invocation.epoch)
    span = Span(path=invocation.path) if invocation.path else None
    found += tuple(_warning(message, span) for message in made.warnings)
    if made.error is not None or made.pdf is None:
        raise Problem(*found, _failure(made.error, sources[MAIN].decode(), span))
    return made.pdf, found


def typst_sources(
    invocation: Invocation, *, convert: Converter
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Every file that Typst needs, by its name, and what was found on the way."""
    prepared = prepare(invocation)
    document = TypstDocument(invocation, prepared)
    tree = {
        "pandoc-api-version": invocation.tree["pandoc-api-version"],
        "meta": {},
        "blocks": document.blocks(),
    }
    main, warned = convert(tree, "typst-citations", arguments=["--wrap=none"], path=invocation.path)
    sources = {MAIN: main, "paper.typ": _template(), SETTINGS: settings(invocation.page)}
    sources |= {hyphens.FILE: hyphens.START, **document.files}
    sources |= {f"fonts/{number}.otf": data for number, data in enumerate(invocation.fonts)}
    if invocation.evidence is not None:
        sources[invocation.evidence_name] = invocation.evidence
    return sources, (*prepared.diagnostics, *document.found, *warned)


def _template() -> bytes:
    return files("bukti.render").joinpath("templates", "paper.typ").read_bytes()


def _warning(message: Message, span: Span | None) -> Diagnostic:
    if message.text.startswith("unknown font family"):
        return diagnose("REN114", span, font=message.text.rpartition(":")[2].strip())
    return diagnose("REN115", span, message=message.text)


def _failure(error: Message | None, main: str, span: Span | None) -> Diagnostic:
    if error is None:
        return diagnose("REN112", span, reason="no PDF")
    notes = [note("typst-said", text=(error.raw or error.text)[:_LONGEST])]
    line = error.line if error.file == MAIN else None
    part = _part(main, line) if line else ""
    if not part:
        return diagnose("REN112", span, notes=notes, reason=error.text)
    return diagnose("REN111", span, notes=notes, part=part)


def _part(main: str, line: int) -> str:
    """The heading, figure or table of the paper that a line of the generated file belongs to."""
    before = main.splitlines()[:line]
    parts = [each.removeprefix(PART) for each in before if each.startswith(PART)]
    return parts[-1] if parts else ""
