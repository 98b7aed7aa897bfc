"""Whether the settings of the title block hold together: ids, names, languages, dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.project.byline import DATES, given_name, is_orcid, words_in
from bukti.tools.yaml_files import Document

Keys = tuple[str | int, ...]
Languages = tuple[str, ...]


def check_byline(document: Document, languages: Languages) -> tuple[Diagnostic, ...]:
    """Every fault of the title block's settings that the schema cannot see, at its place."""
    return (
        *_orcids(document),
        *_unknown_affiliations(document),
        *_unused_affiliations(document),
        *_family_names(document, languages),
        *_correspondence(document, languages),
        *_words(document, languages),
        *_dates(document),
    )


def _authors(document: Document) -> Iterator[tuple[int, Mapping[str, Any]]]:
    return enumerate(document.data.get("authors", ()))


def _orcids(document: Document) -> Iterator[Diagnostic]:
    for number, author in _authors(document):
        orcid = author.get("orcid", "")
        if orcid and not is_orcid(orcid):
            yield diagnose("CFG122", document.span(("authors", number, "orcid")), orcid=orcid)


def _unknown_affiliations(document: Document) -> Iterator[Diagnostic]:
    known = document.data.get("affiliations", {})
    for number, author in _authors(document):
        for place, key in enumerate(author.get("affiliations", ())):
            if key not in known:
                near = get_close_matches(key, list(known), n=1)
                where = document.span(("authors", number, "affiliations", place))
                hint = note("perhaps-key", near=near[0]) if near else None
                yield diagnose("CFG123", where, hint=hint, key=key)


def _unused_affiliations(document: Document) -> Iterator[Diagnostic]:
    used = {key for _, author in _authors(document) for key in author.get("affiliations", ())}
    for key in document.data.get("affiliations", {}):
        if key not in used:
            yield diagnose("CFG124", document.span(("affiliations", key)), key=key)


def _family_names(document: Document, languages: Languages) -> Iterator[Diagnostic]:
    for number, author in _authors(document):
        family = author.get("family", "")
        pairs = [
            (words_in(author["name"], each), words_in(family, each)) for each in languages if family
        ]
        wrong = next((pair for pair in pairs if given_name(*pair) is None), None)
        if wrong:
            where = document.span(("authors", number, "family"))
            yield diagnose("CFG125", where, name=wrong[0], family=wrong[1])


def _correspondence(document: Document, languages: Languages) -> Iterator[Diagnostic]:
    for number, author in _authors(document):
        if author.get("corresponding") and not author.get("email"):
            where = document.span(("authors", number, "corresponding"))
            yield diagnose("CFG127", where, name=words_in(author["name"], languages[0]))


def _words(document: Document, languages: Languages) -> Iterator[Diagnostic]:
    for keys, words in _by_language(document.data):
        missing = [language for language in languages if not words.get(language)]
        key = ".".join(map(str, keys))
        if missing:
            where = document.span(keys)
            yield diagnose("CFG126", where, key=key, missing=", ".join(missing))
        for language in words:
            if language not in languages:
                where = document.span((*keys, language))
                yield diagnose("CFG129", where, language=language, known=", ".join(languages))


def _by_language(data: Mapping[str, Any]) -> Iterator[tuple[Keys, Mapping[str, str]]]:
    paper = data.get("paper", {})
    for keys, words in (
        *(
            (("authors", number, key), author.get(key))
            for number, author in enumerate(data.get("authors", ()))
            for key in ("name", "family", "affiliation")
        ),
        *(
            (("affiliations", key, "name"), affiliation["name"])
            for key, affiliation in data.get("affiliations", {}).items()
        ),
        *((("paper", key), paper.get(key)) for key in ("copyright", "license")),
        (("paper", "journal", "name"), paper.get("journal", {}).get("name")),
    ):
        if isinstance(words, Mapping):
            yield keys, words


def _dates(document: Document) -> Iterator[Diagnostic]:
    paper = document.data.get("paper", {})
    given = [(key, paper[key]) for key in DATES[1:] if key in paper]
    for (earlier, first), (later, second) in pairwise(given):
        if date.fromisoformat(first) > date.fromisoformat(second):
            where = document.span(("paper", later))
            yield diagnose(
                "CFG130", where, later=later, second=second, earlier=earlier, first=first
            )
