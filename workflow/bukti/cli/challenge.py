"""`bukti challenge`: faults seeded into a copy of the paper, and how many are reported."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from bukti.base.diagnostic import Diagnostic, Problem
from bukti.base.digest import canonical_json, digest_bytes
from bukti.challenge import kinds
from bukti.challenge.fault import Fault
from bukti.challenge.kinds import Texts
from bukti.challenge.outcome import Outcome, Seeded, outcome_of
from bukti.challenge.seeding import drawn, in_turn, places_moved, texts_of, written
from bukti.cli.build import build
from bukti.cli.check import check
from bukti.cli.session import Session
from bukti.project import load_project
from bukti.project.inventory import RAW_DIGESTS
from bukti.project.products import results_of
from bukti.project.raw_files import RAW
from bukti.tools.checksums import read_checksums, write_checksums

_LEFT_OUT = {
    *(".git", ".venv", ".snakemake", "workflow", "tests", "docs", "benchmarks"),
    *("outputs/papers", "outputs/report", "outputs/archive", "outputs/verification"),
    *("outputs/diff", "outputs/logs", ".bukti/revisions", ".bukti/lock", ".bukti/stamp.json"),
}
_FOLDER = "challenge-"
_MOST_TRIES = 8
_KIND_WORDS = {
    kinds.DIGITS: "challenge-digits",
    kinds.SEPARATORS: "challenge-separators",
    kinds.RENAMED: "challenge-renamed",
    kinds.UNMARKED: "challenge-unmarked",
    kinds.BARE: "challenge-bare",
    kinds.CITATIONS: "challenge-citations",
    kinds.DROPPED: "challenge-dropped",
    kinds.UNACCEPTED: "challenge-unaccepted",
    kinds.ACCEPTED: "challenge-accepted",
    kinds.LETTERS: "challenge-letters",
    kinds.REMOVED: "challenge-removed",
}
_OUTCOME_WORDS = {
    Outcome.AT_LINE: "challenge-at-line",
    Outcome.ELSEWHERE: "challenge-elsewhere",
    Outcome.MISSED: "challenge-missed",
}
_COUNTED = tuple(_OUTCOME_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sound:
    """The paper that is challenged: its folder, its texts, its claims, what is open in it."""

    root: Path
    name: str
    texts: Texts
    claims: Mapping[str, Any]
    open_findings: frozenset[str]


def challenge(session: Session, number: int, seed: int) -> int:
    """Seed `number` faults, one at a time, into a copy; the exit status is 1 if one is missed.

    Raises Problem where the paper itself does not build.
    """
    root = session.root
    seeded: list[Seeded] = []
    with _own_folder(root) as folder:
        sound = _sound(session, root, folder)
        for each in challenged(session, sound, number, seed, folder):
            seeded.append(each)
            if session.form == "full":
                session.say(_line(session, each, len(seeded), number))
    if session.form == "json":
        click.echo(canonical_json([_record(each) for each in seeded]), nl=False)
    else:
        click.echo("\n".join(_table(session, seeded)))
    return int(any(each.outcome is Outcome.MISSED for each in seeded))


@contextmanager
def _own_folder(root: Path) -> Iterator[Path]:
    """A folder inside the compendium's own, where writing is allowed in any confinement."""
    state = root / ".bukti"
    state.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_FOLDER, dir=state) as folder:
        yield Path(folder)


def _left_out(root: Path, folder: str, names: Sequence[str]) -> list[str]:
    """What of a folder is not copied: what no check reads."""
    place = Path(folder).relative_to(root).as_posix()
    return [
        name
        for name in names
        if name == "__pycache__"
        or f"{place}/{name}".removeprefix("./") in _LEFT_OUT
        or (place == ".bukti" and name.startswith(_FOLDER))
    ]


def _sound(session: Session, root: Path, folder: Path) -> _Sound:
    """A copy of the paper, built: what is open in it already is no answer to a fault."""
    copy = folder / "sound"
    shutil.copytree(root, copy, symlinks=True, ignore=partial(_left_out, root))
    built = build(copy, ("ledger",), language=session.language, quiet=True, cores=1)
    if built.failures:
        raise Problem(*built.failures)
    project = load_project(copy)
    return _Sound(
        root=copy,
        name=project.config.name,
        texts=texts_of(copy, project.config.editions),
        claims=_claims(copy),
        open_findings=frozenset(map(_key, _findings(copy))),
    )


def challenged(
    session: Session, sound: _Sound, number: int, seed: int, folder: Path
) -> Iterator[Seeded]:
    """Faults of every kind in turn, each in a copy of its own; those without effect are passed."""
    done = 0
    for tries, fault in enumerate(in_turn(drawn(sound.texts, seed)), start=1):
        seeded = _seeded(session, sound, fault, folder / "seeded")
        if seeded.outcome is not Outcome.WITHOUT_EFFECT:
            done += 1
            yield seeded
        if done == number or tries >= _MOST_TRIES * number:
            return


def _seeded(session: Session, sound: _Sound, fault: Fault, root: Path) -> Seeded:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(sound.root, root, symlinks=True)
    written(root, sound.texts, fault)
    for path in fault.accepted:
        _accept(root, path)
    found: list[Diagnostic] = []
    if fault.stale:
        built = build(root, ("ledger",), language=session.language, quiet=True, cores=1)
        found += built.failures
    new = [each for each in (*found, *_findings(root)) if _key(each) not in sound.open_findings]
    if fault.moved:
        now = _claims(root)
        moved = frozenset(name for name, value in sound.claims.items() if now.get(name) != value)
        refused = any(each.code.startswith(("CLN", "ANA")) for each in new)
        places = places_moved(sound.texts, fault, moved, refused=refused)
        if not places:
            return Seeded(
                paper=sound.name, fault=fault, outcome=Outcome.WITHOUT_EFFECT, findings=tuple(new)
            )
        fault = replace(fault, places=places)
    return Seeded(
        paper=sound.name, fault=fault, outcome=outcome_of(fault, new), findings=tuple(new)
    )


def _accept(root: Path, path: str) -> None:
    digests = read_checksums(root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
    digests[path.removeprefix(f"{RAW}/")] = digest_bytes((root / path).read_bytes())
    write_checksums(root / RAW_DIGESTS, digests)


def _findings(root: Path) -> tuple[Diagnostic, ...]:
    try:
        return tuple(each.finding for each in check(root).judged if each.waived is None)
    except Problem as problem:
        return problem.diagnostics


def _key(finding: Diagnostic) -> str:
    """A finding whatever its line is: lines move where a fault adds one."""
    path = finding.span.path if finding.span else ""
    return canonical_json([finding.code, path, {**finding.arguments}])


def _claims(root: Path) -> dict[str, Any]:
    """The values of all claims that the notebooks made, by id."""
    found: dict[str, Any] = {}
    for notebook in load_project(root).inventory.notebooks:
        path = root / results_of(notebook.name)
        if path.is_file():
            record = json.loads(path.read_bytes())
            found |= {name: claim["value"] for name, claim in record["claims"].items()}
    return found


def _line(session: Session, seeded: Seeded, done: int, number: int) -> str:
    edit = seeded.fault.edits[0]
    return session.word(
        "challenge-line",
        done=done,
        total=number,
        kind=session.word(_KIND_WORDS[seeded.fault.kind]),
        path=edit.path,
        outcome=session.word(_OUTCOME_WORDS[seeded.outcome]),
    )


def _table(session: Session, seeded: Sequence[Seeded]) -> Iterator[str]:
    """What became of the faults, by kind, in columns; those missed with their places below."""
    rows = [["", session.word("challenge-seeded"), *map(session.word, _OUTCOME_WORDS.values())]]
    for kind in [*dict.fromkeys(each.fault.kind for each in seeded), None]:
        of_kind = [each for each in seeded if kind in (each.fault.kind, None)]
        name = session.word(_KIND_WORDS[kind]) if kind else session.word("challenge-all")
        counts = [sum(each.outcome is outcome for each in of_kind) for outcome in _COUNTED]
        rows.append([name, *map(str, [len(of_kind), *counts])])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *numbers = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join([first, *(cell.strip().rjust(len(cell)) for cell in numbers)]).rstrip()
    for each in seeded:
        if each.outcome is not Outcome.AT_LINE:
            yield _line(session, each, seeded.index(each) + 1, len(seeded))


def _record(seeded: Seeded) -> dict[str, Any]:
    edit = seeded.fault.edits[0]
    return {
        "kind": seeded.fault.kind,
        "path": edit.path,
        "start": edit.start,
        "end": edit.end,
        "new": edit.new,
        "outcome": seeded.outcome,
        "findings": [each.to_json() for each in seeded.findings],
    }
