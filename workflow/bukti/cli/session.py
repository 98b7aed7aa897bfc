"""What every verb shares: where, in which language, in which format, and how it ends."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click

from bukti.base.codes import LANGUAGES, word
from bukti.base.diagnostic import Diagnostic, Severity
from bukti.base.span import Span
from bukti.console import FORMATS, Console
from bukti.gate.verdict import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The common options of a verb. `folder` is where the search for bukti.yaml begins."""

    folder: Path
    language: str
    form: str
    quiet: bool
    verbose: bool

    @property
    def root(self) -> Path:
        """The folder of the compendium; Problem where there is none."""
        from bukti.project import find_root

        return find_root(self.folder)

    def console(self) -> Console:
        """The writer of diagnostics."""
        return Console(language=self.language, form=self.form, source_line=self._source_line)

    def word(self, key: str, **arguments: object) -> str:
        """A sentence of the interface in the session's language."""
        return word(key, self.language, **arguments)

    def say(self, text: str = "") -> None:
        """Tell the person something, unless asked to be quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    def show(self, findings: Sequence[Diagnostic]) -> None:
        """Write findings to standard output."""
        text = self.console().render(findings)
        if text:
            click.echo(text)

    def _source_line(self, span: Span) -> str | None:
        try:
            lines = _lines(self.root / span.path, span.cell)
        except (OSError, ValueError):
            return None
        number = span.line or 0
        return lines[number - 1] if 0 < number <= len(lines) else None


@cache
def _lines(path: Path, cell: int | None) -> list[str]:
    text = path.read_text(encoding="utf-8-sig")
    if cell is not None:
        source = json.loads(text)["cells"][cell - 1]["source"]
        text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def default_language() -> str:
    """The language of messages: BUKTI_LANG, else that of the locale, else English."""
    for name in ("BUKTI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value[:2].lower() if value[:2].lower() in LANGUAGES else "en"
    return "en"


def common(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the common options, and a session made of them as its first argument."""

    def run(**options: Any) -> Any:
        session = Session(
            folder=Path(options.pop("folder")),
            language=options.pop("lang") or default_language(),
            form=options.pop("form"),
            quiet=options.pop("quiet"),
            verbose=options.pop("verbose"),
        )
        return verb(session, **options)

    run.__name__, run.__doc__ = verb.__name__, verb.__doc__
    for option in reversed(OPTIONS):
        run = option(run)
    params = getattr(verb, "__click_params__", [])
    run.__click_params__ = [*params, *run.__click_params__]  # type: ignore[attr-defined]
    return run


OPTIONS = (
    click.option("-C", "folder", default=".", metavar="DIR", help="Work on the paper in DIR."),
    click.option("-q", "--quiet", is_flag=True, help="Print findings only."),
    click.option("-v", "--verbose", is_flag=True, help="Print notices too."),
    click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="full",
        help="How findings are printed.",
    ),
    click.option("--lang", type=click.Choice(LANGUAGES), help="The language of messages."),
)


def summarise(session: Session, judged: Sequence[Judged]) -> None:
    """Show the findings that are not waived, then sum up."""
    open_ = [item.finding for item in judged if item.waived is None]
    shown = [
        finding
        for finding in open_
        if session.verbose or session.form == "json" or finding.severity is not Severity.NOTICE
    ]
    for line in _by_section(session, shown):
        session.say(line)
    session.show(shown)
    if not open_:
        session.say(session.word("no-findings"))
    else:
        session.say(_sum(session, open_))
    hidden = len(open_) - len(shown)
    if hidden:
        session.say(session.word("notices-hidden", count=hidden))
    waived = sum(item.waived is not None for item in judged)
    if waived:
        session.say(session.word("waived-summary", count=waived))


def _by_section(session: Session, findings: Sequence[Diagnostic]) -> list[str]:
    """A line for each section in which editions differ, where they do so in several."""
    sections: dict[str, Counter[str]] = {}
    for finding in findings:
        section = finding.arguments.get("section", "")
        if finding.code.startswith("PAR") and section and finding.span:
            sections.setdefault(section, Counter())[finding.code] += 1
    if len(sections) < 2 or session.form != "full":
        return []
    lines = [
        f"  {section}: {', '.join(f'{code} ({count})' for code, count in sorted(codes.items()))}"
        for section, codes in sections.items()
    ]
    return [session.word("editions-differ"), *lines, ""]


def _sum(session: Session, findings: Sequence[Diagnostic]) -> str:
    count = dict.fromkeys(Severity, 0)
    for finding in findings:
        count[finding.severity] += 1
    files = {finding.span.path for finding in findings if finding.span}
    return session.word(
        "findings-summary",
        errors=count[Severity.ERROR],
        warnings=count[Severity.WARNING],
        notices=count[Severity.NOTICE],
        files=len(files),
    )
