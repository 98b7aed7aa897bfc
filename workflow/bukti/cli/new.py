"""`bukti new`: a small paper that builds, or one made from drafts, to be turned into one's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bukti.base.codes import LANGUAGES
from bukti.base.diagnostic import Problem, diagnose
from bukti.base.digest import digest_bytes
from bukti.base.language import is_language
from bukti.base.span import Span
from bukti.cli.editor import editor_files
from bukti.cli.session import Session
from bukti.project.inventory import BIBLIOGRAPHY, CLAIMS, FRONT_FILES, LABELS, RAW_DIGESTS, REGISTER
from bukti.tools.checksums import write_checksums
from bukti.tools.files import read_bytes, write_bytes, write_text
from bukti.tools.schemas import schema

if TYPE_CHECKING:
    from bukti.draft.records import Draft, Imported

_CHAPTERS = ("front.md", "00-abstract.md", "01-introduction.md", "02-results.md")
_FORMATS = ("pdf", "docx", "html")
_DEFAULT = ("id", "en")
_COMMENT = re.compile(rf"^# ({'|'.join(LANGUAGES)}): (.*\n)", re.MULTILINE)
_BYLINE = re.compile(r"^authors:.*?(?=^languages:)", re.MULTILINE | re.DOTALL)
_EDITIONS = re.compile(r"^# editions: \[\w+\]", re.MULTILINE)


def new(
    session: Session,
    folder: Path,
    languages: Sequence[str] = (),
    formats: Sequence[str] = (),
    drafts: Sequence[str] = (),
    editions: Sequence[str] = (),
    coded: bool = False,
) -> int:
    """Write a compendium into a new or empty folder: a starter, or what the drafts hold.

    `drafts` are files, each with its language before it where that is said: `en=paper.docx`;
    `editions` are the languages that the whole paper is in: all by default, or those of the drafts.
    `coded` chooses the starter with coded interviews.
    Raises Problem, before anything is written, for a folder that holds anything, for what is no
    language or format, and for a draft that cannot be read.
    """
    target = session.folder / folder
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Problem(diagnose("CFG117", folder=folder))
    languages = list(dict.fromkeys(languages))
    _refuse_unknown(languages, formats)
    if drafts:
        return _from_drafts(session, folder, languages, formats, drafts, editions)
    languages = languages or list(_DEFAULT)
    editions = _editions(editions, languages)
    starter = _starter().joinpath("coded") if coded else _starter()
    _lay_out(session, starter.joinpath("common"), target)
    if coded:
        _common_files(target)
    _settings(session, target, languages, formats, editions=editions)
    _readme(session, target, "README.md")
    for language in languages:
        spoken = starter.joinpath(language if language in LANGUAGES else "en")
        for chapter in _CHAPTERS if language in editions else FRONT_FILES:
            place = target / "manuscript" / language / chapter
            write_bytes(place, spoken.joinpath(chapter).read_bytes())
    for name in (LABELS, CLAIMS):
        text = (target / name).read_text(encoding="utf-8")
        write_text(target / name, _in_languages(text, languages))
    _accept_raw(target)
    first = f"manuscript/{editions[0]}/01-introduction.md"
    session.say(session.word("new-made", folder=folder))
    session.say(f"  {folder / first}  {session.word('new-text')}")
    session.say(f"  {folder / REGISTER}  {session.word('new-sources')}")
    session.say(f"  {folder / 'bukti.yaml'}  {session.word('new-settings')}")
    session.say(session.word("new-build", folder=folder))
    return 0


def _from_drafts(
    session: Session,
    folder: Path,
    languages: Sequence[str],
    formats: Sequence[str],
    given: Sequence[str],
    editions: Sequence[str],
) -> int:
    from bukti.draft.step import imported

    target = session.folder / folder
    drafts = [_draft(session, text, languages) for text in given]
    found = imported(drafts, session.language, editions)
    known = {*found.languages, *found.others}
    alone = [language for language in languages if language not in known]
    if alone:
        raise Problem(*(diagnose("CFG147", language=language) for language in alone))
    _lay_out(session, _starter().joinpath("draft"), target)
    _common_files(target)
    order = dict.fromkeys([*languages, *found.languages, *found.others])
    whole = [language for language in order if language in (editions or found.languages)]
    _settings(session, target, list(order), formats, found, whole)
    _readme(session, target, "README-draft.md")
    for path, data in sorted(found.files.items()):
        write_bytes(target / path, data)
    if BIBLIOGRAPHY not in found.files:
        write_text(target / BIBLIOGRAPHY, "")
    _tell(session, folder, found)
    return 0


def _common_files(target: Path) -> None:
    """What every compendium has, whatever it is made from."""
    for name, place in (("Snakefile", "Snakefile"), ("gitignore", ".gitignore")):
        write_bytes(target / place, _starter().joinpath("common", name).read_bytes())


def _tell(session: Session, folder: Path, found: Imported) -> None:
    session.say(session.word("new-imported", folder=folder))
    for line in found.taken:
        session.say(f"  {line}")
    if found.unclear:
        session.say(session.word("new-unclear", page=folder / found.page))
        for line in found.unclear:
            session.say(f"  {line}")
    session.say(session.word("new-build", folder=folder))


def _draft(session: Session, text: str, languages: Sequence[str]) -> Draft:
    """A draft from `paper.docx` or `en=paper.docx`; of a paper in one language it is in that."""
    from bukti.draft.records import Draft

    language, equals, name = text.partition("=")
    path = session.folder / text
    if equals and not path.exists() and _is_code(language):
        path = session.folder / name
    else:
        language, name = languages[0] if len(languages) == 1 else "", text
    return Draft(
        name=name,
        data=read_bytes(path, shown_as=name),
        language=language or None,
        beside=partial(_beside, path.parent),
    )


def _beside(folder: Path, address: str) -> bytes | None:
    """The bytes of a file that a draft names, relative to its folder."""
    for name in (address, unquote(address)):
        try:
            if (folder / name).is_file():
                return (folder / name).read_bytes()
        except (OSError, ValueError):
            continue
    return None


def _refuse_unknown(languages: Sequence[str], formats: Sequence[str]) -> None:
    faults = [diagnose("CFG110", language=each) for each in languages if not _is_code(each)]
    span = Span(path="bukti.yaml")
    faults += [
        diagnose("CFG107", span, key="formats", value=each, rule=", ".join(_FORMATS))
        for each in formats
        if each not in _FORMATS
    ]
    if faults:
        raise Problem(*faults)


def _starter() -> Traversable:
    return files("bukti.cli").joinpath("starter")


def _lay_out(session: Session, source: Traversable, target: Path) -> None:
    """Copy a part of the starter, with its comments in the session's language only."""
    for name, entry in _tree(source, ""):
        place = ".gitignore" if name == "gitignore" else name
        data = entry.read_bytes()
        if name.endswith((".yaml", ".py")):
            data = _in_language(data.decode("utf-8"), session.language).encode()
        write_bytes(target / place, data)
    for path, data in editor_files().items():
        write_bytes(target / path, data)


def _in_language(text: str, language: str) -> str:
    return _COMMENT.sub(lambda match: f"# {match[2]}" if match[1] == language else "", text)


def _editions(given: Sequence[str], languages: Sequence[str]) -> list[str]:
    """The languages that the whole paper is in; Problem for one that the paper has not."""
    known = ", ".join(languages)
    faults = [
        diagnose("CFG128", language=each, known=known) for each in given if each not in languages
    ]
    if faults:
        raise Problem(*faults)
    return [language for language in languages if not given or language in given]


def _settings(
    session: Session,
    target: Path,
    languages: Sequence[str],
    formats: Sequence[str],
    found: Imported | None = None,
    editions: Sequence[str] = (),
) -> None:
    template = _starter().joinpath(session.language, "bukti.yaml").read_text(encoding="utf-8")
    values = {
        "{name}": _slug(target.name),
        "{languages}": ", ".join(languages),
        "{formats}": ", ".join(formats or _FORMATS),
    }
    for field, value in values.items():
        template = template.replace(field, value)
    if found is not None:
        template = _BYLINE.sub(lambda _: _authors(found), template)
    if editions and set(editions) != set(languages):
        written = f"editions: [{', '.join(editions)}]"
        template = _EDITIONS.sub(lambda _: written, template)
    write_text(target / "bukti.yaml", template)


def _authors(found: Imported) -> str:
    """The byline as settings; nothing where no author was recognised."""
    lines: list[str] = []
    for author in found.authors:
        lines.append(f"  - name: {_quoted(author.name)}")
        for key in ("affiliation", "orcid", "email"):
            value = getattr(author, key)
            if value:
                lines.append(f"    {key}: {_quoted(value)}")
    return "\n".join(["authors:", *lines, ""]) if lines else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _readme(session: Session, target: Path, name: str) -> None:
    text = _starter().joinpath(session.language, name).read_text(encoding="utf-8")
    write_text(target / "README.md", text.replace("{name}", _slug(target.name)))


def _tree(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _tree(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry


def _is_code(language: str) -> bool:
    pattern = schema("bukti")["properties"]["languages"]["items"]["pattern"]
    return re.fullmatch(pattern, language) is not None and is_language(language)


def _in_languages(text: str, languages: Sequence[str]) -> str:
    """The words of a file of the starter, in English for a language that it has none of."""
    others = [language for language in languages if language not in LANGUAGES]
    return re.sub(
        r"\ben: ([^,}]+)",
        lambda match: ", ".join([match[0], *(f"{other}: {match[1]}" for other in others)]),
        text,
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "paper"


def _accept_raw(target: Path) -> None:
    raw = target / "data/raw"
    digests = {path.name: digest_bytes(path.read_bytes()) for path in raw.iterdir()}
    write_checksums(target / RAW_DIGESTS, digests)
