"""Findings about files that are not those at hand: no source lines, no signs of steering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import click

from bukti.base.diagnostic import Diagnostic, Note
from bukti.cli.session import Session
from bukti.console import Console
from bukti.tools.enclosed import printable


def show(session: Session, findings: Sequence[Diagnostic]) -> None:
    """Write findings to standard output; what an archive says in them steers no terminal."""
    console = Console(language=session.language, form=session.form, source_line=lambda _: None)
    text = console.render([_harmless(each) for each in findings])
    if text:
        click.echo(text)


def _harmless(finding: Diagnostic) -> Diagnostic:
    span = finding.span
    return replace(
        finding,
        span=replace(span, path=printable(span.path)) if span else None,
        arguments=_printable(finding.arguments),
        notes=tuple(map(_plain, finding.notes)),
    )


def _plain(note: Note) -> Note:
    return replace(note, arguments=_printable(note.arguments))


def _printable(arguments: Mapping[str, str]) -> dict[str, str]:
    return {name: printable(text) for name, text in arguments.items()}
