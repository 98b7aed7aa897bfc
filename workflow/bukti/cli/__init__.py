"""The command line: a few verbs, the same options and exit codes for all.

Exit status: 0 clean, 1 done with findings that the level does not let pass, 2 could not be done.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from bukti.base.codes import word
from bukti.base.diagnostic import Problem
from bukti.cli.fallback import fallback_session
from bukti.cli.session import Session, common, default_language, summarise
from bukti.cli.starting_verbs import add_starting_verbs
from bukti.cli.verify_options import verify_options

CLEAN, FOUND, IMPOSSIBLE = 0, 1, 2


class Verbs(click.Group):
    """The verbs in the order of use, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs as they were defined."""
        return list(self.commands)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bukti", message="%(prog)s %(version)s")
def bukti() -> None:
    """Build a paper from its data, and check that every number in it holds."""


@bukti.command(name="build")
@common
@click.argument("targets", nargs=-1)
@click.option(
    "-j", "--cores", type=click.IntRange(min=1), help="How many cores to use; all by default."
)
@click.option("--dry-run", is_flag=True, help="Say what would be built, and why.")
@click.option("--anonymous", is_flag=True, help="Papers and report that name no author.")
def build_verb(
    session: Session, targets: tuple[str, ...], cores: int | None, dry_run: bool, anonymous: bool
) -> int:
    """Build the papers, or the TARGETS: files, steps or stages."""
    from bukti.cli.build import build as run
    from bukti.cli.report import report

    if dry_run:
        from bukti.cli.why import stale_steps  # needs libraries for tables

        return stale_steps(session)
    if anonymous:
        from bukti.cli.anonymous import build_anonymous

        return build_anonymous(session, cores or _cores())
    built = run(
        session.root,
        targets,
        language=session.language,
        quiet=session.quiet,
        cores=cores or _cores(),
    )
    return report(session, built)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@bukti.command(name="check")
@common
@click.option(
    "--fix", is_flag=True, help="Correct contradicted numbers; clear the outputs of notebooks."
)
@click.option("--twice", is_flag=True, help="Run each notebook twice and say what differs.")
@click.argument("paths", nargs=-1, metavar="[FILE]...")
def check_verb(session: Session, fix: bool, twice: bool, paths: tuple[str, ...]) -> int:
    """Check everything that needs no notebook run anew; write no paper.

    With FILES or folders the findings of these alone are shown and judged.
    """
    from bukti.cli.check import check as run
    from bukti.cli.check import mend, of_paths
    from bukti.cli.coverage import coverage
    from bukti.cli.twice import run_twice
    from bukti.gate.verdict import failing

    if fix:
        mend(session)
    differing = run_twice(session) if twice else ()
    checked = run(session.root, differing)
    judged = of_paths(session.root, checked.judged, paths)
    summarise(session, judged)
    if not paths:
        coverage(session, checked.numbers)
    return FOUND if failing(judged, checked.level) else CLEAN


@bukti.command(name="suggest")
@common
@click.option("--yes", is_flag=True, help="Bind what one claim alone fits, without asking.")
def suggest_verb(session: Session, yes: bool) -> int:
    """Bind the bare numbers of the text to the claims that they state."""
    from bukti.cli.suggest import suggest

    return suggest(session, yes=yes)


@bukti.command(name="why")
@common
@click.argument("what", metavar="CLAIM | FILE[:LINE[:COLUMN]] | OUTPUT | SOURCE")
def why_verb(session: Session, what: str) -> int:
    """Explain where a claim, a line of the text or an output comes from, or what uses a source."""
    from bukti.cli.why import explain

    return explain(session, what)


@bukti.command(name="diff")
@common
@click.argument("revision", metavar="REVISION | ARCHIVE.zip")
@click.option("--markdown", is_flag=True, help="Print Markdown, for a pull request.")
def diff_verb(session: Session, revision: str, markdown: bool) -> int:
    """Show what changed since a revision of git or an archive: claims, sentences, and why."""
    from bukti.cli.diff import diff

    return diff(session, revision, markdown=markdown, cores=_cores())


@bukti.command(name="challenge")
@common
@click.option(
    "--number", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many faults."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Decides which ones.")
def challenge_verb(session: Session, number: int, seed: int) -> int:
    """Seed faults into a copy of the paper, and say how many are found: tests the checks."""
    from bukti.cli.challenge import challenge

    return challenge(session, number, seed)


@bukti.command(name="verify")
@verify_options
def verify_verb(
    session: Session, words: tuple[str, ...], output: Path | None, **allowed: Any
) -> int:
    """Rebuild the paper from its ARCHIVE, confined, and give a verdict for all that it says.

    Without an archive, one of the paper at hand is made first. With CLAIMS, only what these rest
    on is rebuilt.
    """
    from bukti.cli.verify import Allowed, run

    return run(
        session, words, output, Allowed(**{**allowed, "cores": allowed["cores"] or _cores()})
    )


@bukti.command(name="accept")
@common
@click.argument(
    "what",
    type=click.Choice(["raw", "values", "translation", "table", "result", "attestation"]),
)
@click.argument("ids", nargs=-1)
@click.option("--name", help="Of an attestation: who attests.")
@click.option("--date", help="Of an attestation: the day, such as 2026-03-14; none by default.")
def accept_verb(
    session: Session, what: str, ids: tuple[str, ...], name: str | None, date: str | None
) -> int:
    """Approve raw files, values or translations as they are now: all, or the IDS.

    `translation` declares that the editions say the same, in the whole paper or the sections named.

    `table` and `result` keep clean tables or executed notebooks for those who may not have the
    raw files behind them.

    `attestation` compares quotations with sources that may not be shared, and records the result.
    """
    from bukti.cli.accept import accept_raw, accept_translation, accept_values
    from bukti.cli.keep import keep_results, keep_tables

    approve = {
        "raw": accept_raw,
        "values": accept_values,
        "translation": accept_translation,
        "table": keep_tables,
        "result": keep_results,
    }
    if what == "attestation":
        from bukti.cli.attest import accept_attestations

        return accept_attestations(session, ids, name, date)
    return approve[what](session, ids)


@bukti.command(name="fetch")
@common
@click.argument("names", nargs=-1, metavar="[SOURCE | FILE]...")
@click.option("--dry-run", is_flag=True, help="List what would be fetched.")
@click.option(
    "--show-digest", is_flag=True, help="Show the digest of what comes; keep nothing of it."
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=1024,
    show_default=True,
    help="The largest size of a file, in MiB.",
)
def fetch_verb(
    session: Session, names: tuple[str, ...], dry_run: bool, show_digest: bool, most: int
) -> int:
    """Fetch raw files from their stated addresses, by digest: all missing, or those named."""
    from bukti.cli.fetch import fetch
    from bukti.tools.download import Limits

    limits = Limits(size=most << 20)
    return fetch(session, names, dry_run=dry_run, show_digest=show_digest, limits=limits)


@bukti.command(name="coding")
@common
@click.argument("coded", metavar="FILE")
@click.option("--codes", metavar="FILE", help="The raw file of codes that belongs to FILE.")
@click.option("--documents", metavar="FILE", help="The raw file of documents.")
@click.option("--separator", default=",", show_default=True, help="That of CSV files.")
def coding_verb(
    session: Session, coded: str, codes: str | None, documents: str | None, separator: str
) -> int:
    """Write scripts and contracts for the tables of the coded corpus in the raw file FILE."""
    from bukti.cli.coding import coding

    return coding(session, coded, codes, documents, separator)


@bukti.command(name="export")
@common
@click.argument("coded", metavar="FILE | annotations")
@click.argument("target", metavar="TARGET", type=click.Path(path_type=Path))
@click.option("--codes", metavar="FILE", help="The raw file of codes that belongs to FILE.")
@click.option("--documents", metavar="FILE", help="The raw file of documents.")
@click.option("--separator", default=",", show_default=True, help="That of CSV files.")
@click.option("--edition", metavar="LANGUAGE", help="Of annotations: the edition; else the first.")
def export_verb(
    session: Session,
    coded: str,
    target: Path,
    codes: str | None,
    documents: str | None,
    separator: str,
    edition: str | None,
) -> int:
    """Export the coded corpus in the raw file FILE as a REFI-QDA project, without names.

    `annotations` exports the evidence of a finished paper: TARGET.json for programs (W3C Web
    Annotation), TARGET.csv for people.
    """
    if coded == "annotations":
        from bukti.cli.annotations import export_annotations

        return export_annotations(session, target, edition)
    from bukti.cli.export import export

    return export(session, coded, target, codes, documents, separator)


@bukti.command(name="archive")
@common
@click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where the archive goes."
)
@click.option(
    "--with-wheels",
    is_flag=True,
    help="Put in the packages that the engine needs, for this platform; they are downloaded.",
)
@click.option("--dry-run", is_flag=True, help="List the files that would go in.")
@click.option("--anonymous", is_flag=True, help="Name no author in it, for anonymous review.")
def archive_verb(
    session: Session, output: Path | None, with_wheels: bool, dry_run: bool, anonymous: bool
) -> int:
    """Build the paper, and pack it with all it is made from into one file for others."""
    from bukti.cli.archive import archive, listing

    if dry_run:
        return listing(session)
    if anonymous:
        from bukti.cli.anonymous import archive_anonymous

        return archive_anonymous(session, output, with_wheels=with_wheels, cores=_cores())
    return archive(session, output, with_wheels=with_wheels, cores=_cores())


add_starting_verbs(bukti)


def _stage_verb(stage: str, sentence: str) -> None:
    @common
    @click.argument("name", required=False)
    def verb(session: Session, name: str | None) -> int:
        from bukti.cli import stages
        from bukti.plan import plan
        from bukti.project import load_project

        project = load_project(session.root)
        session.show(stages.run(project, plan(project), stage, name))
        return CLEAN

    verb.__doc__ = sentence
    bukti.command(name=stage)(verb)


_stage_verb("clean", "Make the clean table NAME, or all.")
_stage_verb("analyse", "Run the notebook NAME, or all.")
_stage_verb("manuscript", "Resolve the edition in the language NAME, or all.")
_stage_verb("ledger", "Join the editions into the ledger.")
_stage_verb("render", "Set the paper NAME (language.format), or all.")
_stage_verb("report", "Write the page that shows every claim with its evidence.")


@bukti.command(name="privacy")
@common
@click.option(
    "--show", is_flag=True, help="List what was found in full. Not for logs that others may read."
)
def privacy_verb(session: Session, show: bool) -> int:
    """Search every output for names on a list, identity and telephone numbers, and e-mail."""
    from bukti.cli.privacy import search, show_all

    return show_all(session) if show else search(session)


@bukti.command(name="gate")
@common
@click.option(
    "--enforce", is_flag=True, help="End with status 1 if the level lets a finding not pass."
)
def gate_verb(session: Session, enforce: bool) -> int:
    """Collect all findings, and judge them by the paper's level."""
    from bukti.cli import stages
    from bukti.cli.build import FINDINGS
    from bukti.gate.verdict import failing, judged_from
    from bukti.plan import plan
    from bukti.project import load_project
    from bukti.tools.records import read_record

    project = load_project(session.root)
    stages.run(project, plan(project), "gate", None)
    record = read_record(project.root / FINDINGS)
    if not enforce or record is None:
        return CLEAN
    judged = judged_from(record)
    summarise(session, judged)
    return FOUND if failing(judged, record["level"]) else CLEAN


def main() -> None:
    """Run a verb; every ending that a verb does not foresee becomes a message and a status."""
    try:
        status = bukti.main(standalone_mode=False, prog_name="bukti")
    except click.ClickException as error:
        error.show()
        status = IMPOSSIBLE
    except (KeyboardInterrupt, click.Abort):
        click.echo(word("interrupted", default_language()), err=True)
        status = IMPOSSIBLE
    except Problem as problem:
        fallback_session().show(problem.diagnostics)
        status = IMPOSSIBLE
    except BrokenPipeError:
        sys.stderr.close()
        status = IMPOSSIBLE
    except Exception as error:
        _crashed(error)
        status = IMPOSSIBLE
    sys.exit(status if isinstance(status, int) else CLEAN)


def _crashed(error: Exception) -> None:
    text = "".join(traceback.format_exception(error))
    try:
        from bukti.project import find_root
        from bukti.tools.files import write_text

        log = find_root(fallback_session().folder) / ".bukti" / f"crash-{os.getpid()}.log"
        write_text(log, text)
    except (Problem, OSError):
        click.echo(text, err=True)
        log = Path("-")
    name = type(error).__name__
    click.echo(word("crashed", default_language(), error=f"{name}: {error}", log=log), err=True)
