"""The PDF of an edition: its Typst sources, and Typst's answer as findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span
from bukti.base.tree import Nodes
from bukti.manuscript.node_record import PICTURE
from bukti.render import typst_hyphens as hyphens
from bukti.render.parallel import GAP_MM, parallel_of, parallel_page
from bukti.render.parallel_typst import TEMPLATE, TypstParallel, note_mark
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
    return _rendered(invocation, _sources(invocation, convert), typeset, kept)


def render_parallel_pdf(
    here: Invocation,
    there: Invocation,
    *,
    convert: Converter,
    typeset: Typesetter,
    kept: str = KEPT,
) -> Result:
    """Two editions side by side as one PDF, with the evidence of both attached.

    What is odd about the editions themselves is told by their own papers. Raises Problem where
    Typst made no PDF.
    """
    page = parallel_page(here.page)
    here, there = replace(here, page=page), replace(there, page=page)
    parallel = parallel_of(here, there, note_mark)
    document = TypstParallel((here, there), parallel)
    main, warned = _converted(document.blocks(), here, convert)
    sources = {MAIN: main, TEMPLATE: _template(TEMPLATE), **_around(here, document.files)}
    sources[SETTINGS] += f"#let gap-between = {GAP_MM:g}mm\n".encode()
    sources |= _evidence(there)
    return _rendered(here, (sources, dict(document.names), warned), typeset, kept)


_Sources = tuple[dict[str, bytes], dict[str, str], tuple[Diagnostic, ...]]


def _rendered(invocation: Invocation, given: _Sources, typeset: Typesetter, kept: str) -> Result:
    """Typst's PDF of its sources, or Problem with what it says."""
    sources, names, found = given
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


def _sources(invocation: Invocation, convert: Converter) -> _Sources:
    """Every file that Typst needs, those that are pictures with their names, and the findings."""
    prepared = prepare(invocation)
    document = TypstDocument(invocation, prepared)
    main, warned = _converted(document.blocks(), invocation, convert)
    sources = {MAIN: main, **_around(invocation, document.files)}
    return sources, dict(document.names), (*prepared.diagnostics, *document.found, *warned)


def _converted(
    blocks: Nodes, invocation: Invocation, convert: Converter
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    version = invocation.tree["pandoc-api-version"]
    tree = {"pandoc-api-version": version, "meta": {}, "blocks": blocks}
    return convert(tree, "typst-citations", arguments=["--wrap=none"], path=invocation.path)


def _around(invocation: Invocation, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files beside the text: template, settings, pictures, fonts and evidence."""
    sources = {"paper.typ": _template("paper.typ"), SETTINGS: settings(invocation.page)}
    sources |= {hyphens.FILE: hyphens.START, **pictures}
    sources |= {f"fonts/{number}.otf": data for number, data in enumerate(invocation.fonts)}
    return sources | _evidence(invocation)


def _evidence(invocation: Invocation) -> dict[str, bytes]:
    return {} if invocation.evidence is None else {invocation.evidence_name: invocation.evidence}


def _template(name: str) -> bytes:
    return files("bukti.render").joinpath("templates", name).read_bytes()
