"""`bukti suggest`: binds the bare numbers of the prose to the claims that they state."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import click

from bukti.base.claims import shown_value
from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.cli.corrections import corrected
from bukti.cli.keyboard import keyboard
from bukti.cli.session import Session
from bukti.manuscript.fitting import Fit
from bukti.manuscript.marks import Fix
from bukti.manuscript.step import lets_stand, read_edition, read_shared
from bukti.manuscript.suggestions import Suggestion, suggestions_of, twin_of
from bukti.project import load_project
from bukti.tools.files import read_bytes, write_bytes

SKIP, END, UNDO = ("\r", "\n", "s", " "), ("q", "\x1b", "\x03", "\x04"), "u"
_MOST = 9
Keys = Callable[[], str]


@dataclass(slots=True)
class Binding:
    """The files of the manuscript while their numbers are bound.

    `before` holds each file as it was found and `written` as it was last left, so that what
    somebody else writes meanwhile is not lost.
    """

    root: Path
    before: dict[str, bytes] = field(default_factory=dict)
    written: dict[str, bytes] = field(default_factory=dict)
    fixes: dict[str, list[Fix]] = field(default_factory=dict)
    bound: list[tuple[Suggestion, Fix]] = field(default_factory=list)

    def bind(self, suggestion: Suggestion, fit: Fit) -> bool:
        """Write a mark; whether Markdown lets one stand there. Problem where the file changed."""
        fix = suggestion.fix(fit)
        if fix is None:
            return False
        self._original(fix.path)
        done = self.fixes.get(fix.path, [])
        old, new = (_text(corrected(self.before[fix.path], each)) for each in (done, [*done, fix]))
        if not lets_stand(fix.path, old, new, (fit.address,)):
            return False
        self._write(fix.path, [*done, fix])
        self.bound.append((suggestion, fix))
        return True

    def undo(self) -> Suggestion | None:
        """Take back the mark written last; None where there is none."""
        if not self.bound:
            return None
        suggestion, fix = self.bound.pop()
        self._write(fix.path, [each for each in self.fixes[fix.path] if each is not fix])
        return suggestion

    def _write(self, path: str, fixes: list[Fix]) -> None:
        original = self._original(path)
        if read_bytes(self.root / path, shown_as=path) != self.written[path]:
            raise Problem(diagnose("CLM403", Span(path=path), path=path))
        self.written[path] = corrected(original, fixes)
        write_bytes(self.root / path, self.written[path])
        self.fixes[path] = fixes

    def _original(self, path: str) -> bytes:
        if path not in self.before:
            self.before[path] = self.written[path] = read_bytes(self.root / path, shown_as=path)
        return self.before[path]

    def is_open(self, suggestion: Suggestion) -> bool:
        """Whether a number is not bound yet."""
        return all(suggestion is not each for each, _ in self.bound)


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def suggest(session: Session, *, yes: bool, keys: Keys | None = None) -> int:
    """Show what fits each bare number and bind what the author chooses, or with `yes` the clear.

    Without a terminal to ask in, the suggestions are only listed. The status is 1 where bare
    numbers are left.
    """
    project = load_project(session.root)
    shared = read_shared(project)
    editions = [read_edition(project, language, shared) for language in project.config.languages]
    found = [suggestions_of(edition) for edition in editions]
    binding = Binding(root=session.root)
    if session.form == "json":
        click.echo(_as_json(list(chain(*found))))
    elif yes:
        _bind_clear(binding, found)
    elif keys is not None:
        _ask(session, binding, found, keys)
    elif sys.stdin.isatty():
        with keyboard() as pressed:
            _ask(session, binding, found, pressed)
    else:
        _list(session, list(chain(*found)))
    return _sum(session, binding, list(chain(*found)))


def _bind_clear(binding: Binding, found: Sequence[Sequence[Suggestion]]) -> None:
    for suggestion in chain(*found):
        if suggestion.clear:
            binding.bind(suggestion, suggestion.fits[0])


def _ask(
    session: Session, binding: Binding, found: Sequence[Sequence[Suggestion]], keys: Keys
) -> None:
    """Go through the numbers that fit something, the leading language first."""
    queue = [suggestion for suggestion in chain(*found) if suggestion.fits]
    place = 0
    while place < len(queue):
        suggestion = queue[place]
        if not binding.is_open(suggestion):
            place += 1
            continue
        _show(session, suggestion, place + 1, len(queue))
        answer = _answer(suggestion.fits[:_MOST], keys)
        if answer == END[0]:
            return
        if answer == UNDO:
            undone = binding.undo()
            place = next((n for n, each in enumerate(queue) if each is undone), place)
            continue
        place += 1
        if isinstance(answer, Fit):
            _bind(session, binding, suggestion, answer)
            _bind_twins(session, binding, suggestion, answer, found, keys)


def _answer(fits: Sequence[Fit], keys: Keys) -> Fit | str:
    """The claim chosen, or what else is to be done; keys without a meaning are passed over."""
    while True:
        key = keys()
        if key.isdecimal() and 0 < int(key) <= len(fits):
            return fits[int(key) - 1]
        if key in END or not key:
            return END[0]
        if key in (*SKIP, UNDO):
            return key


def _bind(session: Session, binding: Binding, suggestion: Suggestion, fit: Fit) -> None:
    done = binding.bind(suggestion, fit)
    told = "bound" if done else "cannot-bind"
    session.say("  " + session.word(told, text=suggestion.text, address=fit.address))


def _bind_twins(
    session: Session,
    binding: Binding,
    suggestion: Suggestion,
    fit: Fit,
    found: Sequence[Sequence[Suggestion]],
    keys: Keys,
) -> None:
    for others in found:
        if others and others[0].language == suggestion.language:
            continue
        twin = twin_of(suggestion, fit, others, binding.is_open)
        if twin is None:
            continue
        session.say(f"  {_place(twin)}  {_excerpt(twin)}")
        session.say("  " + session.word("bind-twin", edition=twin.language))
        if keys() in ("1", "y", "\r", "\n"):
            _bind(session, binding, twin, fit)


def _show(session: Session, suggestion: Suggestion, number: int, count: int) -> None:
    session.say()
    session.say(f"{click.style(_place(suggestion), bold=True)}  ({number}/{count})")
    session.say(f"  {_excerpt(suggestion)}")
    fits = suggestion.fits[:_MOST]
    width = max(len(fit.address) for fit in fits)
    for key, fit in enumerate(fits, start=1):
        value = shown_value(fit.claim.value, fit.claim.unit)
        line = f"{fit.address:<{width}}  {value}  {fit.origin}".rstrip()
        session.say(f"  {click.style(str(key), fg='cyan', bold=True)}  {line}")
    session.say(
        "  " + session.word("suggest-keys", keys="1" if len(fits) == 1 else f"1–{len(fits)}")
    )


def _place(suggestion: Suggestion) -> str:
    return str(suggestion.passage.span(suggestion.start, suggestion.end))


def _excerpt(suggestion: Suggestion, room: int = 40) -> str:
    """The words around a number, the number made plain."""
    text = suggestion.passage.text
    before, behind = text[: suggestion.start], text[suggestion.end :]
    if len(before) > room:
        before = "\u2026" + before[-room:]
    if len(behind) > room:
        behind = behind[:room] + "\u2026"
    return before + click.style(suggestion.text, bold=True, underline=True) + behind


def _list(session: Session, suggestions: Sequence[Suggestion]) -> None:
    for suggestion in suggestions:
        fits = "; ".join(fit.shown for fit in suggestion.fits[:_MOST]) or session.word(
            "fits-nothing"
        )
        click.echo(f'{_place(suggestion)}: "{suggestion.text}": {fits}')


def _as_json(suggestions: Sequence[Suggestion]) -> str:
    return json.dumps([_entry(each) for each in suggestions], ensure_ascii=False, indent=2)


def _entry(suggestion: Suggestion) -> dict[str, Any]:
    span = suggestion.passage.span(suggestion.start, suggestion.end)
    keys = ("path", "line", "column", "end_line", "end_column")
    return {
        **{key: getattr(span, key) for key in keys},
        "text": suggestion.text,
        "clear": suggestion.clear,
        "fits": [
            {
                "address": fit.address,
                "value": fit.claim.value,
                "unit": fit.claim.unit,
                "origin": fit.origin,
            }
            for fit in suggestion.fits
        ],
    }


def _sum(session: Session, binding: Binding, suggestions: Sequence[Suggestion]) -> int:
    left = [each for each in suggestions if binding.is_open(each)]
    nothing = [each for each in left if not each.fits]
    files = {fix.path for _, fix in binding.bound}
    if session.form != "json":
        session.say()
        session.say(session.word("suggest-sum", bound=len(binding.bound), files=len(files),
                                 left=len(left), nothing=len(nothing)))  # fmt: skip
    return 1 if left else 0
