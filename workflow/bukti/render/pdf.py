"""The PDF of an edition: its Typst sources, and Typst's answer as findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span
from bukti.manuscript.node_record import PICTURE
from bukti.render import typst_hyphens as hyphens
from bukti.render.plan import Converter, Invocation, Result, TypesetResult, Typesetter
from bukti.render.prepare import prepare
from bukti.render.typst_answers import (
    KEPT,
    MAIN,
    failure,
    letters_in_pictures,
    refused_picture,
    warnings_found,
    without_picture,
)
from bukti.render.typst_document import TypstDocument
from bukti.render.typst_page import SETTINGS, settings


def render_pdf(
    invocation: Invocation, *, convert: Converter, typeset: Typesetter, kept: str = KEPT
) -> Result:
    """The edition as PDF/A-3a and PDF/UA-1, with its evidence attached.

    `kept` is where a report finds the generated code. Raises Problem where Typst made no PDF.
    """
    sources, names, found = _sources(invocation, convert)
    span = Span(path=invocation.path) if invocation.path else None
    made = _typeset(typeset, sources, invocation)
    while name := refused_picture(made.error, sources[MAIN].decode(), names):
        found += (diagnose("REN119", _place(invocation, names[name]), picture=names.pop(name)),)
        sources = without_picture(sources, name)
        made = _typeset(typeset, sources, invocation)
    if made.error is not None or made.pdf is None:
        raise Problem(*found, failure(made.error, sources[MAIN].decode(), span, kept))
    pictures = {name: sources[name] for name in names}
    lacking = letters_in_pictures(made.unshown, invocation.tree, pictures)
    found += tuple(
        diagnose(
            "REN118",
            _place(invocation, names[name]),
            picture=names[name],
            characters=characters,
        )
        for name, characters in lacking
    )
    return made.pdf, (*found, *warnings_found(made, span, kept))


def _place(invocation: Invocation, name: str) -> Span | None:
    """Where a picture file, or else a figure of that name, stands in the text."""
    known = (PICTURE, name) in invocation.places
    return invocation.place(PICTURE, name if known else f"figure:{name}")


def _typeset(
    typeset: Typesetter, sources: Mapping[str, bytes], invocation: Invocation
) -> TypesetResult:
    """Typst's answer; what it was stopped for is told of the edition."""
    try:
        return typeset(sources, epoch=invocation.epoch)
    except Problem as problem:
        where = Span(path=invocation.path) if invocation.path else None
        placed = (replace(each, span=each.span or where) for each in problem.diagnostics)
        raise Problem(*placed) from problem


def typst_sources(
    invocation: Invocation, *, convert: Converter
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Every file that Typst needs, by its name, and what was found on the way."""
    sources, _, found = _sources(invocation, convert)
    return sources, found


def _sources(
    invocation: Invocation, convert: Converter
) -> tuple[dict[str, bytes], dict[str, str], tuple[Diagnostic, ...]]:
    """Every file that Typst needs, those that are pictures with their names, and the findings."""
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
    return sources, dict(document.names), (*prepared.diagnostics, *document.found, *warned)


def _template() -> bytes:
    return files("bukti.render").joinpath("templates", "paper.typ").read_bytes()
