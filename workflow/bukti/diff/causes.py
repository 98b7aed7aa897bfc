"""Which files and packages changed, and which of them a change of a result comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from bukti.diff.records import Cause, Kind, Revision

_KINDS = {
    "data/raw/": "raw",
    "analysis/cleaning/": "cleaning",
    "data/contract/": "contract",
    "analysis/notebooks/": "notebook",
    "manuscript/labels.yaml": "words",
    "manuscript/claims.yaml": "stated",
    "data/sources.yaml": "source",
}
_MOST_LINES = 3
_MOST_COMPARED = 20_000


def all_causes(old: Revision, new: Revision) -> tuple[Cause, ...]:
    """Every file and package behind the paper that changed."""
    return (*_files(old, new, _everything(old), _everything(new)), *_packages(old, new))


def causes_of(old: Revision, new: Revision, notebook: str | None) -> tuple[Cause, ...]:
    """What changed behind the results of a notebook, or behind what the author stated (None).

    Packages are named where no file changed: they alone are left as the cause then.
    """
    key = notebook or ""
    files = (*_files(old, new, old.rests_on.get(key, {}), new.rests_on.get(key, {})),)
    return files or tuple(_packages(old, new))


def _everything(revision: Revision) -> dict[str, str]:
    return {name: digest for files in revision.rests_on.values() for name, digest in files.items()}


def _files(
    old: Revision, new: Revision, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Cause]:
    for name in sorted({*before, *after}):
        if before.get(name) == after.get(name):
            continue
        change = _change(name in before, name in after)
        lines = _lines(old.texts.get(name), new.texts.get(name)) if change == "changed" else []
        yield Cause(
            kind=_kind(name),
            name=name,
            change=change,
            lines=tuple(lines[:_MOST_LINES]),
            more=max(0, len(lines) - _MOST_LINES),
        )


def _packages(old: Revision, new: Revision) -> Iterator[Cause]:
    for name in sorted({*old.packages, *new.packages}):
        before, after = old.packages.get(name, ""), new.packages.get(name, "")
        if before != after:
            change = _change(bool(before), bool(after))
            yield Cause(kind="package", name=name, change=change, old=before, new=after)


def _change(before: bool, after: bool) -> Kind:
    if before and after:
        return "changed"
    return "added" if after else "removed"


def _kind(name: str) -> str:
    return next((kind for start, kind in _KINDS.items() if name.startswith(start)), "file")


def _lines(old: str | None, new: str | None) -> list[tuple[int, str, str]]:
    """The lines that differ: the number, the old and the new one; none for what is no text."""
    if old is None or new is None:
        return []
    before, after = old.splitlines(), new.splitlines()
    if max(len(before), len(after)) > _MOST_COMPARED:
        return []
    found: list[tuple[int, str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for step in range(max(b - a, d - c)):
            was = before[a + step] if a + step < b else ""
            now = after[c + step] if c + step < d else ""
            number = c + step + 1 if c + step < d else a + step + 1
            found.append((number, was, now))
    return found
