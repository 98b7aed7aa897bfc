"""`bukti fetch`: raw files from the addresses that the register states, taken by digest only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import click

from bukti.base.diagnostic import Diagnostic, Problem, diagnose, note
from bukti.base.digest import digest_bytes
from bukti.base.span import Span
from bukti.cli.session import Session
from bukti.project.raw_files import RAW, RAW_DIGESTS
from bukti.project.register import Register, read_register
from bukti.tools.checksums import read_checksums
from bukti.tools.download import Limits, download
from bukti.tools.files import remove_leftovers, replacing

_STATES = {
    "missing": "fetch-state-missing",
    "there": "fetch-state-there",
    "other": "fetch-state-other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A raw file that can be fetched: its name, address, stated digest, and how it stands now.

    `state` is missing, there (with the stated digest) or other.
    """

    name: str
    url: str
    digest: str | None
    state: str
    accepted: bool
    where: Span


def fetch(
    session: Session, names: Sequence[str], *, dry_run: bool, show_digest: bool, limits: Limits
) -> int:
    """Fetch the files named, or those of the sources named; all that are missing by default.

    Raises Problem with every file that could not be fetched, once the others have been.
    """
    wanted = tuple(_wanted(session.root, names))
    if not wanted:
        session.say(session.word("fetch-nothing"))
    faults: list[Diagnostic] = []
    came: list[str] = []
    for item in wanted:
        try:
            if dry_run:
                _list(session, item)
            elif show_digest:
                _show_digest(item, limits)
            elif _fetch(session, item, limits) and not item.accepted:
                came.append(item.name)
        except Problem as problem:
            faults += problem.diagnostics
    if came:
        session.say(session.word("fetch-accept", names=" ".join(came)))
    if faults:
        raise Problem(*faults)
    return 0


def _wanted(root: Path, names: Sequence[str]) -> Iterator[Wanted]:
    register = read_register(root)
    accepted = read_checksums(root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
    for name in _chosen(root, register, names):
        entry = register.raw[name]["fetch"]
        digest = entry.get("sha256", accepted.get(name))
        yield Wanted(
            name=name,
            url=entry["url"],
            digest=digest,
            state=_state(root / RAW / name, digest),
            accepted=name in accepted,
            where=register.raw_places[name],
        )


def _chosen(root: Path, register: Register, names: Sequence[str]) -> list[str]:
    """The files meant, each once; Problem for a name that means none or has no address."""
    if not names:
        addressed = [name for name, entry in register.raw.items() if "fetch" in entry]
        return [name for name in addressed if not (root / RAW / name).exists()]
    chosen: dict[str, None] = {}
    faults: list[Diagnostic] = []
    for given in names:
        name = Path(given).as_posix().removeprefix(f"{RAW}/")
        of_source = [file for file, entry in register.raw.items() if entry.get("source") == given]
        files = [name] if name in register.raw else of_source
        addressed = [file for file in files if "fetch" in register.raw[file]]
        if not addressed:
            faults.append(_meant_none(register, given, name))
        chosen.update(dict.fromkeys(addressed))
    if faults:
        raise Problem(*faults)
    return list(chosen)


def _meant_none(register: Register, given: str, name: str) -> Diagnostic:
    place = register.raw_places.get(name) or register.places.get(given)
    if place is not None:
        return diagnose("SRC135", place, name=given)
    known = [*register.sources, *register.raw]
    near = ", ".join(get_close_matches(name, known, n=3)) or "-"
    return diagnose("CFG119", name=given, near=near)


def _state(path: Path, digest: str | None) -> str:
    if not path.exists():
        return "missing"
    return "there" if path.is_file() and digest_bytes(path.read_bytes()) == digest else "other"


def _list(session: Session, item: Wanted) -> None:
    digest = item.digest[:12] if item.digest else session.word("fetch-no-digest")
    state = session.word(_STATES[item.state])
    words = {"name": item.name, "state": state, "digest": digest, "url": item.url}
    click.echo(session.word("fetch-would", **words))


def _show_digest(item: Wanted, limits: Limits) -> None:
    came = download(item.url, item.where, limits=limits, take=lambda piece: None)
    click.echo(f"{came.digest}  {item.name}  {came.size}  {item.url}")


def _fetch(session: Session, item: Wanted, limits: Limits) -> bool:
    """Download one file into its place; false where it is there already."""
    if item.digest is None:
        raise Problem(diagnose("SRC130", item.where, path=item.name))
    if item.state == "there":
        session.say(session.word("fetch-there", name=item.name))
        return False
    if item.state == "other":
        raise Problem(diagnose("SRC136", item.where, path=item.name, stated=item.digest[:12]))
    target = session.root / RAW / item.name
    remove_leftovers(target)
    with replacing(target) as part:
        came = download(item.url, item.where, limits=limits, take=part.write)
        if came.digest != item.digest:
            notes = (note("fetch-got-page"),) if came.is_page else ()
            raise Problem(
                diagnose(
                    "SRC131",
                    item.where,
                    notes=notes,
                    path=item.name,
                    stated=item.digest,
                    found=came.digest,
                )
            )
    session.say(session.word("fetched", name=item.name, size=came.size))
    return True
