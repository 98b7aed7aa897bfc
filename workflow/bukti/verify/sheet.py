"""The one page of a verification, for a file or an editor's desk, as the sources of Typst."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from bukti.base.digest import canonical_json
from bukti.verify.groups import groups_of
from bukti.verify.verification import Overall, Verification
from bukti.verify.wording import Wording, sentences_of

MAIN, DATA = "main.typ", "data.json"
_MOST, _LONGEST = 7, 170


def sheet(verification: Verification, language: str) -> dict[str, bytes]:
    """The sources, by name; what does not fit on the page is counted."""
    wording = Wording(language)
    template = files("bukti.verify").joinpath("templates", "sheet.typ").read_bytes()
    return {MAIN: template, DATA: canonical_json(_data(verification, wording)).encode()}


def _data(verification: Verification, wording: Wording) -> dict[str, Any]:
    subject = verification.subject
    name = f"{subject.name} {subject.version}".strip()
    findings = [f"{each.code} {wording.finding(each)}" for each in verification.findings]
    return {
        "language": wording.language,
        "title": wording.say("title", name=name),
        "titles": [_short(title) for title in subject.titles.values()],
        "fails": verification.overall is Overall.FAILS,
        "word": wording.overall(verification),
        "parts": [
            {
                "heading": wording.say("not-checked"),
                "items": _some(wording.note(note) for note in verification.unchecked),
            },
            {
                "heading": wording.say("fails"),
                "items": _some(findings) or [wording.say("fails-none")],
            },
        ],
        "checked": wording.say("checked"),
        "columns": [wording.say(key) for key in ("column-id", "column-holds", "column-verdict")],
        "counts": _counts(verification, wording),
        "how": wording.say("how"),
        "pairs": [[name, _short(text)] for name, text in wording.circumstances(verification)],
        "note": wording.say("main-abstract"),
    }


def _counts(verification: Verification, wording: Wording) -> list[list[str]]:
    rows = [list(wording.group(group)) for group in groups_of(verification.verdicts)]
    for language, (good, all_) in sentences_of(verification).items():
        held = wording.say("of", holds=good, total=all_)
        rows.append([f"{wording.say('sentences')} ({language})", held, ""])
    return rows


def _some(texts: Iterable[str]) -> list[str]:
    """The first of the texts, how many more there are, and the last, which must not be lost."""
    found = [_short(text) for text in texts]
    if len(found) <= _MOST:
        return found
    return [*found[: _MOST - 1], f"+ {len(found) - _MOST}", found[-1]]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
