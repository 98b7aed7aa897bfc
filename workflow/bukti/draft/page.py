"""The one page that lists what an import leaves to the author, each thing with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from bukti.draft.finds import Find, Kind
from bukti.draft.wording import advice_for, line_for, sentence

_LAST = (Kind.NUMBERS, Kind.REFERENCES_MADE, Kind.CONTENTS)
_UNPLACED = ("", 0)


def grouped(finds: Iterable[Find]) -> dict[Kind, list[Find]]:
    """The finds by kind, in the order of the page, each kind in the order of the text."""
    found = list(finds)
    groups = {kind: [each for each in found if each.kind is kind] for kind in Kind}
    return {kind: _sorted(group) for kind, group in groups.items() if group}


def _sorted(group: list[Find]) -> list[Find]:
    return sorted(group, key=lambda each: (each.path, each.line))


def summary(groups: Mapping[Kind, Sequence[Find]], language: str) -> list[str]:
    """A line for each kind."""
    return [line_for(kind, len(group), language) for kind, group in groups.items()]


def page(
    drafts: Sequence[str],
    taken: Sequence[str],
    groups: Mapping[Kind, Sequence[Find]],
    language: str,
) -> str:
    """The page in Markdown."""
    names = ", ".join(drafts)
    lines = [
        f"# {sentence('title', language)}",
        "",
        sentence("intro", language, drafts=names),
        "",
        f"## {sentence('taken', language)}",
        "",
        *(f"- {_plain(each)}" for each in taken),
        "",
        f"## {sentence('look', language)}",
        "",
    ]
    if not groups:
        lines += [sentence("nothing", language), ""]
    lines += [f"- {line}" for line in summary(groups, language)]
    for kind, group in sorted(groups.items(), key=lambda each: each[0] in _LAST):
        lines += ["", f"### {_capital(line_for(kind, len(group), language))}", ""]
        lines += [advice_for(kind, language), "", *_places(group)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _places(group: Sequence[Find]) -> Iterator[str]:
    """A line for each place, with all that was found there; words without a place in full."""
    for (path, line), finds in groupby(group, key=lambda each: (each.path, each.line)):
        texts = [each.text for each in finds]
        if (path, line) == _UNPLACED:
            yield from (f"- {_plain(text)}" for text in texts if text)
            continue
        place = f"`{path}:{line}`" if line else f"`{path}`"
        shown = "; ".join(_plain(text) for text in texts if text)
        yield f"- {place}: {shown}" if shown else f"- {place}"


def _plain(text: str) -> str:
    """A text of the draft in which nothing is Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in text)
