"""The page of a verification: one file, in both languages, without any script.

All that comes from an archive is escaped, and the page's own policy lets a browser load and run
nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files

from bukti.base.codes import LANGUAGES
from bukti.verify.groups import NAMES, group_name, groups_of
from bukti.verify.verdict import Statement, Verdict
from bukti.verify.verification import Overall, Pair, Verification
from bukti.verify.wording import Wording, sentences_of

_POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
_MOST_PICTURES, _LARGEST = 8, 2 * 1024**2
_PNG = b"\x89PNG\r\n\x1a\n"
_STATES = {True: "states-yes", False: "states-no", None: "states-unknown"}


def page(verification: Verification, language: str) -> str:
    """The page as HTML; `language` is the one that is shown first."""
    style = files("bukti.verify").joinpath("templates", "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    policy = f"{_POLICY}; style-src 'sha256-{digest}'"
    first = Wording(language)
    title = first.say("title", name=verification.subject.name)
    switch = "".join(f'<label for="{each}" lang="{each}">{_of(each)}</label>' for each in LANGUAGES)
    inputs = "".join(
        f'<input class="language" type="radio" name="language" id="{each}"'
        f' aria-label="{_of(each)}"{" checked" if each == language else ""}>'
        for each in LANGUAGES
    )
    sections = "".join(_section(verification, Wording(each)) for each in LANGUAGES)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'{inputs}\n<div class="switch">{switch}</div>\n<main>\n{sections}</main>\n'
        "</body>\n</html>\n"
    )


def _of(language: str) -> str:
    return Wording(language).say("language")


def _section(verification: Verification, wording: Wording) -> str:
    return "\n".join([f'<section lang="{wording.language}">', *_parts(verification, wording), ""])


def _parts(verification: Verification, wording: Wording) -> Iterator[str]:
    subject = verification.subject
    name = f"{subject.name} {subject.version}".strip()
    yield f"<h1>{escape(wording.say('title', name=name))}</h1>"
    for language, title in subject.titles.items():
        yield f'<p class="title" lang="{escape(language)}">{escape(title)}</p>'
    yield from _word(verification, wording)
    yield _heading("not-checked", wording)
    yield _list(escape(wording.note(note)) for note in verification.unchecked)
    yield from _findings(verification, wording)
    yield _heading("checked", wording)
    yield from _counts(verification, wording)
    yield _heading("how", wording)
    pairs = wording.circumstances(verification)
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in pairs)
    yield f"<dl>{rows}</dl>"
    yield _heading("verdicts", wording)
    yield from _verdicts(verification, wording)
    yield f"<footer>{escape(wording.say('main-abstract'))} {escape(wording.say('page-note'))}"
    yield "</footer>\n</section>"


def _word(verification: Verification, wording: Wording) -> Iterator[str]:
    fails = verification.overall is Overall.FAILS
    more = ""
    if verification.weakest and not fails:
        ids = ", ".join(verification.weakest)
        more = f"<p>{escape(wording.say('weakest', ids=ids))}</p>"
    if verification.chosen:
        chosen = wording.say("verified-claims", claims=", ".join(verification.chosen))
        more += f"<p>{escape(chosen)}</p>"
    kind = "word fails" if fails else "word"
    yield f'<div class="{kind}">{escape(wording.overall(verification))}{more}</div>'


def _findings(verification: Verification, wording: Wording) -> Iterator[str]:
    yield _heading("fails", wording)
    if not verification.findings:
        yield f"<p>{escape(wording.say('fails-none'))}</p>"
        return
    items = (
        f"<b>{each.code}</b> {escape(wording.finding(each))}"
        f'<span class="hint">{escape(wording.hint(each))}</span>'
        for each in verification.findings
    )
    yield f'<div class="fails">{_list(items)}</div>'


def _counts(verification: Verification, wording: Wording) -> Iterator[str]:
    rows = [wording.group(group) for group in groups_of(verification.verdicts)]
    for language, (good, all_) in sentences_of(verification).items():
        held = wording.say("of", holds=good, total=all_)
        rows.append((f"{wording.say('sentences')} ({language})", held, ""))
    if verification.compared:
        same = verification.compared - len(verification.differing)
        held = wording.say("of", holds=same, total=verification.compared)
        rows.append((wording.say("files"), held, ""))
    lines = [
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(held)}</td><td>{escape(how)}</td></tr>'
        for name, held, how in rows
    ]
    yield f'<div class="table"><table>{"".join(lines)}</table></div>'


def _verdicts(verification: Verification, wording: Wording) -> Iterator[str]:
    for name in NAMES:
        found = [each for each in verification.verdicts if group_name(each) == name]
        if found:
            yield f"<h3>{escape(wording.say(f'group-{name}'))}</h3>"
            yield _table(found, wording)
            if name == "figure":
                yield from _pictures(verification.pictures[:_MOST_PICTURES], wording)


def _pictures(pairs: Sequence[Pair], wording: Wording) -> Iterator[str]:
    """Figures that differ, side by side."""
    for pair in pairs:
        both = (("archive", pair.theirs), ("rebuild", pair.ours))
        shown = "".join(_picture(pair.id, data, key, wording) for key, data in both)
        name = escape(f"{pair.id} ({pair.language})")
        yield f'<p><code>{name}</code></p><div class="pair">{shown}</div>'


def _picture(name: str, data: bytes, key: str, wording: Wording) -> str:
    side = wording.say(f"column-{key}")
    if not data.startswith(_PNG) or len(data) > _LARGEST:
        return (
            f"<figure>{escape(wording.say('no-picture'))}<figcaption>{side}</figcaption></figure>"
        )
    source = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    image = f'<img src="{source}" alt="{escape(f"{name}, {side}")}">'
    return f"<figure>{image}<figcaption>{escape(side)}</figcaption></figure>"


def _table(verdicts: Sequence[Verdict], wording: Wording) -> str:
    columns = ("id", "verdict", "archive", "rebuild", "place", "sentences")
    head = "".join(
        f'<th scope="col">{escape(wording.say(f"column-{name}"))}</th>' for name in columns
    )
    rows = "".join(_row(each, wording) for each in verdicts)
    table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="table"><table>{table}</table></div>'


def _row(verdict: Verdict, wording: Wording) -> str:
    main = f' <span class="quiet">({escape(wording.say("main"))})</span>' if verdict.main else ""
    told = "".join(
        f'<br><span class="quiet">{escape(text)}</span>' for text in _told(verdict, wording)
    )
    spoken = _list(_statement(each, wording) for each in verdict.statements)
    anchor = escape(f"{wording.language}-{verdict.kind}-{verdict.id}")
    kind = "" if verdict.holds else ' class="fails"'
    return (
        f'<tr id="{anchor}"{kind}><td><code>{escape(verdict.id)}</code>{main}</td>'
        f"<td>{escape(wording.verdict(verdict))}{told}</td>"
        f"<td>{escape(verdict.theirs)}</td><td>{escape(verdict.ours)}</td>"
        f"<td>{_path(verdict.place)}</td><td>{spoken}</td></tr>"
    )


def _told(verdict: Verdict, wording: Wording) -> Iterator[str]:
    yield from map(wording.note, verdict.reasons)
    if verdict.accepted:
        yield wording.say("approved")


def _statement(statement: Statement, wording: Wording) -> str:
    place = f"{statement.path}:{statement.line}" if statement.line else statement.path
    states = wording.say(_STATES[statement.states])
    text = f"\u201c{statement.text}\u201d " if statement.text else ""
    shown = f'<span lang="{escape(statement.language)}">{escape(text)}</span>'
    return f'{shown}{escape(states)} <span class="quiet">{_path(place)}</span>'


def _path(path: str) -> str:
    """A path that may be broken behind its folders."""
    return escape(path).replace("/", "/<wbr>")


def _heading(key: str, wording: Wording) -> str:
    return f"<h2>{escape(wording.say(key))}</h2>"


def _list(items: Iterator[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{lines}</ul>" if lines else ""
