"""The work of the stage verify: open, rebuild in an enclosure, compare, judge."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bukti.archive.layout import BUILD_LOCK, LOCK, WHEELS
from bukti.archive.lock import differences, locked_versions
from bukti.base.diagnostic import Diagnostic, Note, Problem, diagnose, note
from bukti.base.digest import digest_json
from bukti.base.span import Span
from bukti.project import load_config
from bukti.project.products import LEDGER
from bukti.project.register import read_register
from bukti.tools.clean_environment import clean_environment
from bukti.tools.confine import level
from bukti.tools.enclosed import Bounds, Enclosed, run_enclosed
from bukti.tools.engine import checkout, platform_tag, wheel_contents
from bukti.tools.environment import ENGINE
from bukti.tools.files import write_bytes
from bukti.tools.locked_environment import locked_environment
from bukti.tools.records import STATE, read_findings
from bukti.tools.schemas import first_fault
from bukti.tools.typst import typeset
from bukti.tools.wheels import installed_versions
from bukti.tools.work_folder import work_folder
from bukti.verify.built import Built, built_of
from bukti.verify.claims import Around, claim_verdicts
from bukti.verify.content import Content, content_of, opened
from bukti.verify.engine import EngineInside, compared_engine
from bukti.verify.exhibits import differing_pictures, figure_verdicts, table_verdicts
from bukti.verify.grounds import received_tables
from bukti.verify.judgement import findings_of, of_challenge, of_papers
from bukti.verify.papers import paper_verdicts
from bukti.verify.readings import Readings, readings_of
from bukti.verify.sheet import sheet
from bukti.verify.sources import (
    estimated_seconds,
    taken_into_rebuild,
    text_of,
    wheel_of,
)
from bukti.verify.targets import targets_of
from bukti.verify.unchecked import not_checked
from bukti.verify.verdict import Verdict
from bukti.verify.verification import Challenge, Libraries, Pair, Rebuild, Subject, Verification

UNCONFINED = "unconfined"
READING = "bukti.verify.reading"
Tell = Callable[[Note], None]
Hear = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to verify, and within which bounds.

    `archive` is an archive or the folder of a finished compendium; `claims` are those that alone
    are verified, all where there are none. `challenge` is how
    many faults are seeded into a copy then; `unconfined` allows a rebuild that nothing encloses.
    """

    archive: Path
    bounds: Bounds
    claims: tuple[str, ...] = ()
    cores: int = 1
    unconfined: bool = False
    day: str = ""
    challenge: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What rebuilds: an interpreter, the folder of the engine, what both may read and start."""

    python: Path
    engine: Path
    readable: tuple[Path, ...] = ()
    programs: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What the archive holds and what the rebuild gave, what was read of its papers and sources.

    `notebooks` are those that were run again; None stands for all of them.
    """

    theirs: Built
    ours: Built
    readings: Readings
    notebooks: tuple[str, ...] | None = None


def verify(request: Request, tell: Tell, hear: Hear) -> Verification:
    """Rebuild what an archive holds, and judge it.

    `tell` is told what comes next, `hear` each step of the rebuild.

    Raises Problem where that makes no sense: no archive, a damaged one, no way to confine it.
    Whatever happens, nothing of the work is left.
    """
    if level() == UNCONFINED and not request.unconfined:
        raise Problem(diagnose("VER121"))
    with work_folder() as work:
        content = opened(request.archive, work)
        theirs = built_in(content)
        if theirs.ledger is None:
            raise Problem(diagnose("VER122", file=request.archive.name))
        targets = targets_of(theirs, request.claims)
        libraries, means = _means(request, content, work, tell)
        tell(_estimate(content, request.cores))
        rebuilt = work / "paper"
        _lay_out(content, rebuilt)
        rebuild = _rebuilt(request, means, rebuilt, targets.goals, hear)
        ours = built_in(content_of(rebuilt))
        readings = Readings() if rebuild.stopped else _read(request, means, rebuilt, content)
        made = Made(theirs=theirs, ours=ours, readings=readings, notebooks=targets.notebooks)
        found = _judged(request, content, made, rebuild, libraries)
        if not request.challenge or rebuild.stopped or request.claims:
            return found
        tell(note("verify-challenging", count=request.challenge))
        seeded = _challenged(request, means, rebuilt)
        more = tuple(of_challenge(seeded))
        return replace(found, challenge=seeded, findings=(*found.findings, *more))


def one_page(verification: Verification, language: str) -> bytes:
    """The PDF of one page in a language; raises Problem where Typst makes none."""
    made = typeset(sheet(verification, language), fonts=ENGINE / "fonts")
    if made.pdf is None:
        raise AssertionError(made.error)
    return made.pdf


def built_in(content: Content) -> Built:
    """What a build has made there; raises Problem for a record that is none."""

    def record(name: str, schema: str) -> Mapping[str, Any]:
        try:
            data = json.loads(content.read(name), parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise Problem(diagnose("VER124", Span(path=name), path=name, reason=error)) from error
        fault = first_fault(data, schema)
        if fault is not None:
            raise Problem(diagnose("VER124", Span(path=name), path=name, reason=fault))
        return dict(data)

    return built_of(content.digests, content.read, record)


def _no_number(text: str) -> float:
    raise ValueError(text)


def _estimate(content: Content, cores: int) -> Note:
    stated = load_config(content.root).replication.minutes
    seconds = estimated_seconds(content.digests, stated, cores)
    key = "verify-takes-stated" if stated else "verify-takes"
    return note(key, minutes=max(1, round(seconds / 60)), seconds=round(seconds))


def _means(request: Request, content: Content, work: Path, tell: Tell) -> tuple[Libraries, Means]:
    """With which libraries to rebuild: the reader's own, or those that the archive carries.

    The archive's are taken only where the own ones are not those of its lock; the engine that
    works with them is the reader's nevertheless.
    """
    rules = (ENGINE.parent,) if checkout() else ()  # those of a checkout lie outside the package
    own = Means(python=Path(sys.executable), engine=ENGINE.parent, readable=rules)
    python = sys.version.split()[0]
    if LOCK not in content.digests:
        return Libraries(environment="own", python=python, locked=False), own
    lock = content.read(LOCK).decode("utf-8", "replace")
    others = tuple(differences(locked_versions(lock), installed_versions()))
    folder = f"{WHEELS}/{platform_tag()}"
    wheels = {name: each for name, each in content.digests.items() if name.startswith(folder)}
    if not others or not wheels:
        return Libraries(environment="own", python=python, others=others), own
    tell(note("verify-setting-up", count=len(wheels)))
    locks = [name for name in (BUILD_LOCK, LOCK) if name in content.digests]
    facts = {**wheels, **{name: content.digests[name] for name in locks}}
    key = digest_json({"files": facts, "python": sys.version, "machine": platform.machine()})
    paths = [content.root / name for name in locks]
    made = locked_environment(key[:32], paths, content.root / folder, request.bounds)
    if made.reason:
        failed = Libraries(environment="own", python=python, others=others, reason=made.reason)
        return failed, own
    for name, data in wheel_contents().items():
        write_bytes(work / "engine" / name, data)
    means = Means(python=made.python, engine=work / "engine", programs=(made.folder,))
    return Libraries(environment="archive", python=python), means


def _lay_out(content: Content, target: Path) -> None:
    """Copy what a rebuild begins with; no output of the archive is among it."""
    for name in taken_into_rebuild(content.digests):
        write_bytes(target / name, content.read(name))


def _rebuilt(
    request: Request, means: Means, root: Path, goals: tuple[str, ...], hear: Hear
) -> Rebuild:
    command = [means.python, "-m", "bukti", "build", *goals, "-C", root, "-j", request.cores]
    command += ["--format", "concise"]
    done = run_enclosed(
        list(map(str, command)),
        folder=root.parent,
        cwd=root,
        read=means.readable,
        run=means.programs,
        environment=_environment(root.parent, means.engine),
        bounds=request.bounds,
        hear=lambda line: hear(line) if line.startswith("[") else None,
    )
    return Rebuild(
        confinement=level(),
        seconds=done.seconds,
        failures=() if done.ended_by else _failures(root, done),
        ended_by=done.ended_by,
        said=_last_step(done.said),
        cores=request.cores,
    )


def _environment(work: Path, engine: Path) -> dict[str, str]:
    """The variables of a program in the enclosure; the engine that it finds is always our own."""
    short = work / "t"  # names of local sockets lie below it, and may be 107 bytes long
    short.mkdir(exist_ok=True)
    return {
        **clean_environment(work / "home"),
        "TMPDIR": str(short),
        "PYTHONPATH": str(engine),
        "PYTHONSAFEPATH": "1",  # a paper's own files must not stand for modules of the engine
        "BUKTI_LANG": "en",
    }


def _last_step(said: str) -> str:
    lines = [line for line in said.splitlines() if line.startswith("[")]
    return lines[-1] if lines else "-"


def _failures(root: Path, done: Enclosed) -> tuple[Diagnostic, ...]:
    """Why steps of the rebuild could not be done."""
    found: list[Diagnostic] = []
    for path in sorted((root / STATE / "failures").glob("*.json")):
        found += [each for each in read_findings(path) if each not in found]
    if not found and done.status not in (0, 1):
        said = done.printed.strip().partition("\n")[0] or "-"
        found.append(diagnose("VER120", status=done.status, said=said))
    return tuple(found)


def _read(request: Request, means: Means, rebuilt: Path, content: Content) -> Readings:
    """The archive's papers and sources, read in the enclosure; nothing where that fails."""
    record = rebuilt.parent / "readings.json"
    if not (rebuilt / LEDGER).is_file():
        return Readings()
    run_enclosed(
        [means.python, "-m", READING, rebuilt, content.root, record],
        folder=rebuilt.parent,
        cwd=rebuilt,
        read=(*means.readable, content.root),
        run=means.programs,
        environment=_environment(rebuilt.parent, means.engine),
        bounds=request.bounds,
    )
    try:
        return readings_of(json.loads(record.read_bytes()))
    except (OSError, LookupError, TypeError, ValueError, RecursionError):
        return Readings()


def _challenged(request: Request, means: Means, rebuilt: Path) -> Challenge | None:
    """Faults seeded into a copy of the rebuilt paper, in the enclosure; None where that fails."""
    words = ["challenge", "--format", "json", "--number", str(request.challenge)]
    done = run_enclosed(
        [means.python, "-m", "bukti", *words, "-C", rebuilt],
        folder=rebuilt.parent,
        cwd=rebuilt,
        read=means.readable,
        run=means.programs,
        environment=_environment(rebuilt.parent, means.engine),
        bounds=request.bounds,
    )
    try:
        record = json.loads(done.printed)
        faults = ((each["kind"], each["path"], each["outcome"]) for each in record)
        return Challenge(faults=tuple((str(a), str(b), str(c)) for a, b, c in faults))
    except (LookupError, TypeError, ValueError, RecursionError):
        return None


def _judged(
    request: Request, content: Content, made: Made, rebuild: Rebuild, libraries: Libraries
) -> Verification:
    theirs, ours = made.theirs, made.ours
    engine = _engine(content)
    verdicts = _verdicts(request, content, made, rebuild.stopped)
    names = sorted(theirs.digests.keys() & ours.digests.keys()) if not request.claims else []
    differing = tuple(name for name in names if theirs.digests[name] != ours.digests[name])
    return Verification(
        subject=_subject(request, content),
        own_engine=version("bukti"),
        engine=engine,
        libraries=libraries,
        rebuild=rebuild,
        verdicts=verdicts,
        unchecked=not_checked(theirs, verdicts),
        compared=len(names),
        differing=differing,
        findings=(
            *findings_of(verdicts, rebuild, libraries, engine, differing),
            *of_papers(made.readings.papers),
        ),
        chosen=request.claims,
        day=request.day,
        pictures=tuple(
            Pair(id=name, language=language, theirs=old, ours=new)
            for name, language, old, new in differing_pictures(theirs, ours, verdicts)
        ),
    )


def _verdicts(request: Request, content: Content, made: Made, stopped: bool) -> tuple[Verdict, ...]:
    theirs, ours, notebooks = made.theirs, made.ours, made.notebooks
    register = read_register(content.root)
    kinds = {name: str(entry.get("kind", "")) for name, entry in register.raw.items()}
    received = received_tables(theirs.cleaning, kinds)
    wanted = theirs.results if notebooks is None else notebooks
    broken = {
        theirs.results[name]["notebook"]
        for name in wanted
        if name in theirs.results and name not in ours.results
    }
    paths = None
    if notebooks is not None:
        paths = {theirs.results[name]["notebook"] for name in notebooks}
    around = Around(
        received=received,
        found=made.readings.found,
        broken=broken,
        ran=paths,
        chosen=frozenset(request.claims),
        stopped=stopped,
    )
    verdicts = claim_verdicts(theirs, ours, around)
    if request.claims:
        return verdicts
    return (
        *verdicts,
        *figure_verdicts(theirs, ours, broken),
        *table_verdicts(theirs, ours, broken, received),
        *paper_verdicts(theirs, ours, made.readings.papers),
    )


def _engine(content: Content) -> EngineInside | None:
    name = wheel_of(content.digests)
    if name is None:
        return None
    return compared_engine(name, content.read(name), wheel_contents())


def _subject(request: Request, content: Content) -> Subject:
    config = load_config(content.root)
    titles = {language: _title(content, language) for language in config.languages}
    return Subject(
        file=request.archive.name,
        sha256=content.sha256,
        name=config.name,
        version=config.version or "",
        languages=config.languages,
        titles={language: title for language, title in titles.items() if title},
        authors=tuple((_name(author.name), author.orcid) for author in config.authors),
    )


def _name(words: str | Mapping[str, str]) -> str:
    return words if isinstance(words, str) else next(iter(words.values()), "")


def _title(content: Content, language: str) -> str:
    """The title as the archive's own tree has it; empty where there is none."""
    name = f"outputs/manuscript/{language}/tree.json"
    if name not in content.digests:
        return ""
    try:
        return text_of(json.loads(content.read(name))["meta"]["title"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
