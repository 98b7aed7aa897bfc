"""What an import tells: what was recognised, and all that is left to the author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from babel import Locale

from bukti.base.tree import walk
from bukti.draft.audit import differing_numbers
from bukti.draft.authors import Author
from bukti.draft.finds import Find, Kind
from bukti.draft.front import words_in
from bukti.draft.loss import everything_in, words_of
from bukti.draft.page import grouped, page, summary
from bukti.draft.records import Imported, Reading
from bukti.draft.trees import text_of
from bukti.draft.wording import sentence

Part = TypeVar("Part")


def told(
    readings: Sequence[Reading], files: dict[str, bytes], references: int, speech: str
) -> Imported:
    """The outcome of an import, with its page in the language `speech`."""
    finds: list[Find] = [find for each in readings for find in each.finds.placed]
    abstracts = _abstracts(readings)
    finds += [Find(kind=Kind.ABSTRACTS_DIFFER, text=text) for text in _differences(abstracts)]
    authors = next((each.front.authors for each in readings if each.front.authors), ())
    if not authors:
        finds.append(Find(kind=Kind.AUTHORS_MISSING, path="bukti.yaml"))
    languages = tuple(each.language for each in readings)
    groups = grouped(finds)
    taken = tuple(_taken(readings, abstracts, authors, references, speech))
    drafts = [each.draft.name.rpartition("/")[2] for each in readings]
    name = sentence("page", speech)
    others = [code for each in readings for code in each.front.languages()]
    return Imported(
        files={**files, name: page(drafts, taken, groups, speech).encode()},
        authors=authors,
        languages=languages,
        others=tuple(code for code in dict.fromkeys(others) if code not in languages),
        taken=taken,
        unclear=tuple(summary(groups, speech)),
        page=name,
    )


def _abstracts(readings: Sequence[Reading]) -> dict[str, str]:
    """The words of each language's abstract: its own draft's before that of another."""
    found: dict[str, str] = {}
    for own in (True, False):
        for each in readings:
            for language, blocks in each.front.abstracts.items():
                if (language == each.language) is own:
                    found.setdefault(language, words_in(blocks))
    return found


def _differences(abstracts: Mapping[str, str]) -> list[str]:
    pairs = list(abstracts.items())
    return [text for other in pairs[1:] for text in differing_numbers(pairs[0], other)]


def _taken(
    readings: Sequence[Reading],
    abstracts: Mapping[str, str],
    authors: Sequence[Author],
    references: int,
    speech: str,
) -> Iterator[str]:
    for each in readings:
        yield _text(each, speech)
    for code, title in _by_language([each.front.titles for each in readings]).items():
        name = language_name(code, speech)
        yield sentence("taken-title", speech, language=name, text=text_of(title))
    for code, text in abstracts.items():
        name, count = language_name(code, speech), len(words_of(text))
        yield sentence("taken-abstract", speech, language=name, words=count)
    for code, kept in _by_language([each.front.keywords for each in readings]).items():
        name = language_name(code, speech)
        yield sentence("taken-keywords", speech, language=name, text="; ".join(kept))
    if authors:
        yield sentence("taken-authors", speech, text="; ".join(map(_with_home, authors)))
    for each in readings:
        yield _exhibits(each, speech)
    if references:
        yield sentence("taken-references", speech, count=references)


def _by_language(parts: Sequence[Mapping[str, Part]]) -> dict[str, Part]:
    return {code: part for each in reversed(parts) for code, part in each.items()}


def _text(reading: Reading, speech: str) -> str:
    blocks = [block for chapter in reading.chapters for block in chapter.blocks]
    return sentence(
        "taken-text",
        speech,
        language=language_name(reading.language, speech),
        words=sum(len(words_of(text)) for text in everything_in(blocks)),
        chapters=len(reading.chapters),
        headings=len(reading.outline.ids),
    )


def _with_home(author: Author) -> str:
    return f"{author.name} ({author.affiliation})" if author.affiliation else author.name


def _exhibits(reading: Reading, speech: str) -> str:
    blocks = [block for chapter in reading.chapters for block in chapter.blocks]
    return sentence(
        "taken-exhibits",
        speech,
        language=language_name(reading.language, speech),
        tables=sum(each.prefix == "tbl" for each in reading.exhibits),
        figures=sum(each.prefix == "fig" for each in reading.exhibits),
        notes=sum(node["t"] == "Note" for node in walk(blocks)),
    )


def language_name(code: str, speech: str) -> str:
    """What the language of a code is called in the language of the messages."""
    name: str = Locale.parse(code, sep="-").get_display_name(speech) or code
    return name.removeprefix("Bahasa ")
