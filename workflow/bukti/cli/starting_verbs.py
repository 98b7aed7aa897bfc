"""The verbs before there is a paper: start one, and look up what its files may say."""

from __future__ import annotations

from pathlib import Path

import click

from bukti.cli.editor import print_schema, schema_names
from bukti.cli.session import Session, common


def add_starting_verbs(group: click.Group) -> None:
    """Add the verbs to the command line."""
    group.add_command(new_verb)
    group.add_command(schema_verb)


@click.command(name="new")
@common
@click.argument("folder_new", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--languages", help="The languages of the paper, by comma: id,en.")
@click.option("--editions", help="Those that the whole paper is in; all by default.")
@click.option("--formats", help="The formats of the papers, by comma: pdf,docx,html.")
@click.option(
    "--from",
    "drafts",
    multiple=True,
    metavar="[LANGUAGE=]FILE",
    help="Take over a draft (.docx, .odt, .md, .qmd, .Rmd); one for each language.",
)
@click.option("--coded", is_flag=True, help="The small paper has coded interviews.")
def new_verb(
    session: Session,
    folder_new: Path,
    languages: str | None,
    editions: str | None,
    formats: str | None,
    drafts: tuple[str, ...],
    coded: bool,
) -> int:
    """Start a compendium in DIR: a small paper that builds, or one made from a draft."""
    from bukti.cli.new import new as run

    if coded and drafts:
        raise click.UsageError("--coded and --from exclude each other.")
    chosen = (_listed(languages), _listed(formats), drafts, _listed(editions), coded)
    return run(session, folder_new, *chosen)


def _listed(text: str | None) -> tuple[str, ...]:
    return () if text is None else tuple(part.strip() for part in text.split(","))


@click.command(name="schema")
@common
@click.argument("name", required=False, type=click.Choice(schema_names()))
@click.option("--write", is_flag=True, help="Renew the files for VS Code in the paper's folder.")
def schema_verb(session: Session, name: str | None, write: bool) -> int:
    """Print the JSON Schema of a format, for editors and other programs, or the names of all."""
    return print_schema(session, name, write=write)
