"""`bukti diff`: what a revision changed in the paper, and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.digest import canonical_json
from bukti.cli.build import build
from bukti.cli.session import Session
from bukti.diff.compare import compared
from bukti.diff.markdown import to_markdown
from bukti.diff.outline import Outline, Run, outline
from bukti.diff.page import to_page
from bukti.diff.records import Difference, Revision
from bukti.diff.step import archive_folder, picture, read_revision, revision_folder
from bukti.draft.report import language_name
from bukti.tools.files import write_text

PAGE = "outputs/diff/index.html"
_SIGNS = {"old": ("[-", "-]"), "new": ("{+", "+}")}
_WIDTH = 96


def diff(session: Session, revision: str, *, markdown: bool, cores: int) -> int:
    """Show what changed since a revision of git, or since an archive of the paper was made.

    The page with the figures lies in outputs/diff. Raises Problem where there is no such revision
    or archive, or one of the two states does not build.
    """
    root = session.root
    folder, name = _old_state(session, root, revision, cores)
    _build(session, root, cores)
    old, new = read_revision(folder, name), read_revision(root, session.word("diff-now"))
    difference = compared(old, new)
    found = outline(difference, session.word, lambda code: language_name(code, session.language))
    write_text(root / PAGE, _page(session, found, folder, (old, new), difference))
    if session.form == "json":
        click.echo(canonical_json(asdict(difference)), nl=False)
    elif markdown:
        click.echo(to_markdown(found, session.word("diff-more", count="{count}")), nl=False)
    else:
        click.echo("\n".join(_lines(found)))
    session.say(session.word("diff-page", path=PAGE))
    return 0


def _old_state(session: Session, root: Path, revision: str, cores: int) -> tuple[Path, str]:
    """The folder in which the older state is built, and what to call it."""
    archive = session.folder / revision
    if revision.endswith(".zip") and archive.is_file():
        return archive_folder(root, archive)
    folder, name = revision_folder(root, revision)
    session.say(session.word("diff-building", revision=f"{revision} ({name})"))
    _build(session, folder, cores)
    return folder, name if revision.startswith(name[:7]) else f"{revision} ({name})"


def _build(session: Session, root: Path, cores: int) -> None:
    built = build(root, ("ledger",), language=session.language, quiet=True, cores=cores)
    if built.failures:
        raise Problem(*(diagnose("CFG185", folder=root.name), *built.failures))


def _page(
    session: Session,
    found: Outline,
    folder: Path,
    revisions: tuple[Revision, Revision],
    difference: Difference,
) -> str:
    old, new = revisions
    pictures: dict[str, list[tuple[str, bytes | None, bytes | None]]] = {}
    for change in difference.exhibits:
        if not change.name.startswith("figure:"):
            continue
        before, after = old.exhibits.get(change.name), new.exhibits.get(change.name)
        known: dict[str, Any] = {}
        for exhibit in filter(None, (after, before)):
            known |= dict.fromkeys(exhibit.digests)
        pictures[change.name] = [
            (
                language,
                picture(folder, before, language) if before else None,
                picture(session.root, after, language) if after else None,
            )
            for language in (change.languages or tuple(known))
        ]
    words = (session.word("diff-before"), session.word("diff-after"), session.word("diff-absent"))
    return to_page(found, session.language, pictures, *words)


def _lines(found: Outline) -> Iterator[str]:
    yield found.title
    yield found.summary
    for remark in found.remarks:
        yield from _wrapped(remark, "! ")
    for part in found.parts:
        yield ""
        yield f"{part.heading} ({len(part.items)})"
        for item in part.items:
            yield from _wrapped(_text(item.line), "  ")
            for detail in item.details:
                yield from _wrapped(_text(detail), "      ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * (len(indent) + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _text(runs: Sequence[Run]) -> str:
    """Runs as plain text; what went and what came are set apart as `git diff --word-diff` does."""
    parts: list[str] = []
    for style, text in runs:
        before, after = _SIGNS.get(style, ("", "")) if len(runs) > 1 else ("", "")
        parts.append(f"{before}{text}{after}")
    return "".join(parts)
