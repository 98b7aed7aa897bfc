"""`bukti accept`: the one door by which raw files, values and translations are approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from bukti.base.diagnostic import Problem, diagnose
from bukti.cli.session import Session
from bukti.ledger.join import EditionRecord, approved_values, edition_record, with_counts_in_use
from bukti.ledger.translations import accepted_with, declared_of, translations_of
from bukti.manuscript.document import marks_json, passages_json
from bukti.manuscript.step import Shared, read_edition, read_shared
from bukti.project import Project, load_project
from bukti.project.inventory import ACCEPTED_TRANSLATIONS, ACCEPTED_VALUES
from bukti.project.raw_files import RAW, RAW_DIGESTS, RawFolder, list_raw
from bukti.project.register import read_register
from bukti.tools.accepted import (
    read_accepted_translations,
    read_accepted_values,
    write_accepted_translations,
    write_accepted_values,
)
from bukti.tools.checksums import read_checksums, write_checksums


def accept_raw(session: Session, names: Sequence[str]) -> int:
    """Record the digests of the raw files there are: all, or those named.

    A file that the register lets be absent stays on the list, unless it is named.
    """
    root = session.root
    folder = list_raw(root)
    accepted = _accepted(root, anew=not names)
    named = list(dict.fromkeys(map(_below_raw, names)))
    chosen = named or sorted({*folder.names, *folder.faults, *_gone(root, folder, accepted)})
    must_exist(chosen, [*folder.names, *folder.faults, *accepted])
    faults = [folder.faults[name] for name in chosen if name in folder.faults]
    if faults:
        raise Problem(*faults)
    changes = sum(_accept_file(session, folder, accepted, name) for name in chosen)
    if changes:
        write_checksums(root / RAW_DIGESTS, accepted)
    session.say(session.word("next-build" if changes else "nothing-to-accept"))
    return 0


def _gone(root: Path, folder: RawFolder, accepted: Mapping[str, str]) -> list[str]:
    """Listed files that are not there and that nothing lets be absent."""
    gone = [name for name in accepted if name not in folder.names]
    if not gone:
        return []
    register = read_register(root)
    return [name for name in gone if not register.may_be_absent(name)]


def _accept_file(session: Session, folder: RawFolder, accepted: dict[str, str], name: str) -> bool:
    """Bring the entry of one raw file up to date, and tell it; whether there was a change."""
    old = accepted.get(name)
    if name not in folder.names:
        del accepted[name]
        session.say(session.word("dropped-raw", name=name))
        return True
    new = folder.digest(name)
    if old == new:
        return False
    accepted[name] = new
    size = (folder.root / RAW / name).stat().st_size
    digests = {"old": old[:12] if old else "-", "new": new[:12]}
    session.say(session.word("accepted-raw", name=name, size=size, **digests))
    return True


def _accepted(root: Path, *, anew: bool) -> dict[str, str]:
    """The list there is; a broken one counts as none where all files are accepted anew."""
    try:
        return read_checksums(root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
    except Problem:
        if anew:
            return {}
        raise


def _below_raw(name: str) -> str:
    return Path(name).as_posix().removeprefix(f"{RAW}/")


def accept_values(session: Session, ids: Sequence[str]) -> int:
    """Record the values of the claims as they are now: of all, or of those named."""
    project = load_project(session.root)
    shared = read_shared(project)
    editions = _editions(project, shared) if shared.pool.counts.claims else []
    now = approved_values(with_counts_in_use(shared.pool, editions))
    path = project.root / ACCEPTED_VALUES
    accepted = read_accepted_values(path, shown_as=ACCEPTED_VALUES)
    chosen = list(ids) or sorted({*now, *accepted})
    must_exist(chosen, [*now, *accepted])
    changes = 0
    for name in chosen:
        old, new = accepted.get(name), now.get(name)
        if old == new:
            continue
        changes += 1
        if new is None:
            del accepted[name]
        else:
            accepted[name] = new
        shown_old = old["value"] if old else "-"
        shown_new = new["value"] if new else "-"
        session.say(session.word("accepted-value", id=name, old=shown_old, new=shown_new))
    if changes:
        write_accepted_values(path, accepted)
    session.say(session.word("next-build" if changes else "nothing-to-accept"))
    return 0


def accept_translation(session: Session, sections: Sequence[str]) -> int:
    """Declare that the editions say the same: in every section, or in those named."""
    project = load_project(session.root)
    shared = read_shared(project)
    editions = _editions(project, shared)
    now = translations_of(editions)
    path = project.root / ACCEPTED_TRANSLATIONS
    old = declared_of(read_accepted_translations(path, shown_as=ACCEPTED_TRANSLATIONS))
    known = dict.fromkeys(each.section for each in (*now, *old))
    must_exist(list(sections), [name for name in known if name])
    accepted = accepted_with(old, now, sections)
    for name in known:
        before, after = (
            {tuple(sorted(each.digests.items())) for each in records if each.section == name}
            for records in (old, accepted)
        )
        if before != after:
            count = len(after - before)
            session.say(session.word("accepted-translation", section=name or "-", count=count))
    changed = list(old) != list(accepted)
    if changed:
        write_accepted_translations(path, [each.to_json() for each in accepted])
    session.say(session.word("next-build" if changed else "nothing-to-accept"))
    return 0


def _editions(project: Project, shared: Shared) -> list[EditionRecord]:
    found = (read_edition(project, language, shared) for language in project.config.languages)
    return [edition_record(marks_json(each), passages_json(each)) for each in found]


def must_exist(chosen: Sequence[str], known: Sequence[str]) -> None:
    """Raise Problem, with the names that look alike, where one of those chosen is not known."""
    faults = [
        diagnose("CFG119", name=name, near=", ".join(get_close_matches(name, known, n=3)) or "-")
        for name in chosen
        if name not in known
    ]
    if faults:
        raise Problem(*faults)
