"""`bukti new`: a small paper that builds, to be turned into one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from bukti.base.codes import LANGUAGES
from bukti.base.diagnostic import Problem, diagnose
from bukti.base.digest import digest_bytes
from bukti.base.language import is_language
from bukti.cli.session import Session
from bukti.project.inventory import LABELS, RAW_DIGESTS
from bukti.tools.checksums import write_checksums
from bukti.tools.files import write_bytes, write_text
from bukti.tools.schemas import schema

_CHAPTERS = ("front.md", "00-abstract.md", "01-introduction.md", "02-results.md")
_FIRST = ("bukti.yaml", "data/sources.yaml")


def new(session: Session, folder: Path, languages: Sequence[str]) -> int:
    """Write the starter into a new or empty folder; Problem where it holds anything."""
    target = session.folder / folder
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Problem(diagnose("CFG117", folder=folder))
    languages = list(dict.fromkeys(languages))
    unknown = [language for language in languages if not _is_code(language)]
    if unknown:
        raise Problem(*(diagnose("CFG110", language=language) for language in unknown))
    starter = files("bukti.cli").joinpath("starter")
    for name, source in _tree(starter.joinpath("common"), ""):
        place = ".gitignore" if name == "gitignore" else name
        write_bytes(target / place, source.read_bytes())
    own = starter.joinpath(session.language)
    for name in ("bukti.yaml", "README.md"):
        text = own.joinpath(name).read_text(encoding="utf-8")
        text = text.replace("{name}", _slug(target.name)).replace(
            "{languages}", ", ".join(languages)
        )
        write_text(target / name, text)
    for language in languages:
        spoken = starter.joinpath(language if language in LANGUAGES else "en")
        for name in _CHAPTERS:
            write_bytes(target / "manuscript" / language / name, spoken.joinpath(name).read_bytes())
    write_text(target / LABELS, _labels(starter, languages))
    _accept_raw(target)
    session.say(session.word("new-made", folder=folder))
    for name in (*_FIRST, f"manuscript/{languages[0]}/01-introduction.md"):
        session.say(f"  {folder / name}")
    return 0


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


def _labels(starter: Traversable, languages: Sequence[str]) -> str:
    """The starter's words, in English for a language that it has none of."""
    text = starter.joinpath("common", *LABELS.split("/")).read_text(encoding="utf-8")
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
