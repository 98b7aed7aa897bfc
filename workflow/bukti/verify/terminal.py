"""The summary of a verification for a terminal: one screen, what was not checked first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bukti.verify.groups import groups_of
from bukti.verify.verification import Verification
from bukti.verify.wording import Wording, sentences_of

_WIDTH = 96


def summary_lines(verification: Verification, language: str) -> Iterator[str]:
    """The lines of the summary, without the findings, which the console writes."""
    wording = Wording(language)
    subject = verification.subject
    named = {"name": subject.name, "version": subject.version, "file": subject.file}
    yield wording.say("verified", **named)
    if verification.chosen:
        yield wording.say("verified-claims", claims=", ".join(verification.chosen))
    yield ""
    yield f"{wording.say('not-checked')}:"
    for note in verification.unchecked:
        yield from _item(wording.note(note))
    yield ""
    yield f"{wording.say('checked')}:"
    yield from _aligned(_checked(verification, wording))
    yield ""
    yield f"{wording.say('how')}:"
    yield from _aligned(list(wording.circumstances(verification)))
    yield ""
    yield from textwrap.wrap(wording.overall(verification), _WIDTH)
    if verification.weakest and not verification.fails:
        yield from _item(wording.say("weakest", ids=_some(verification.weakest)))


def _checked(verification: Verification, wording: Wording) -> list[tuple[str, str]]:
    lines = []
    for group in groups_of(verification.verdicts):
        name, held, counts = wording.group(group)
        lines.append((name, f"{held} ({counts})"))
    spoken = [
        f"{language} {wording.say('of', holds=good, total=all_)}"
        for language, (good, all_) in sentences_of(verification).items()
    ]
    if spoken:
        lines.append((wording.say("sentences"), ", ".join(spoken)))
    if verification.compared:
        same = verification.compared - len(verification.differing)
        held = wording.say("of", holds=same, total=verification.compared)
        lines.append((wording.say("files"), held))
    return lines


def _aligned(lines: list[tuple[str, str]]) -> Iterator[str]:
    width = max((len(name) for name, _ in lines), default=0)
    for name, text in lines:
        yield from textwrap.wrap(
            text,
            _WIDTH,
            initial_indent=f"  {name:<{width}}  ",
            subsequent_indent=" " * (width + 4),
            break_on_hyphens=False,
        )


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _some(names: tuple[str, ...], most: int = 6) -> str:
    more = len(names) - most
    return ", ".join([*names[:most], *([f"+ {more}"] if more > 0 else [])])
