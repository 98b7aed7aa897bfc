"""The people of a paper, their places and its publication, as metadata of an edition's tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from bukti.base.language import language_of
from bukti.base.tree import Node
from bukti.manuscript.tree import meta_list, meta_map, meta_string, words
from bukti.project.byline import Affiliation, Author, Publication, given_name, words_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who wrote the paper, where they work, and how it was published, in all languages."""

    authors: Sequence[Author] = ()
    affiliations: Mapping[str, Affiliation] = field(default_factory=dict)
    publication: Publication = field(default_factory=Publication)


def byline_meta(byline: Byline, language: str) -> dict[str, Node]:
    """The byline in a language; authors name their affiliations by number, counted from 1."""
    places: dict[tuple[str, str], int] = {}
    authors = []
    for author in byline.authors:
        own = [(words_in(author.affiliation, language), "")] if author.affiliation else []
        known = [
            byline.affiliations[key] for key in author.affiliations if key in byline.affiliations
        ]
        own += [(words_in(each.name, language), each.ror) for each in known]
        numbers = [str(places.setdefault(place, len(places) + 1)) for place in own]
        authors.append(_author(author, language, numbers))
    return {
        "authors": meta_list(authors),
        "affiliations": meta_list(_map({"name": name, "ror": ror}) for name, ror in places),
        **_publication(byline.publication, language),
    }


def _author(author: Author, language: str, numbers: Sequence[str]) -> Node:
    name, family = words_in(author.name, language), words_in(author.family, language)
    given = given_name(name, family)
    fields = {
        "name": name,
        "family": family if family and given is not None else "",
        "given": given if family and given else "",
        "orcid": author.orcid,
        "email": author.email,
    }
    flags = {"corresponding": author.corresponding, "equal": author.equal}
    return meta_map(
        {
            **_map(fields)["c"],
            **{key: {"t": "MetaBool", "c": value} for key, value in flags.items()},
            "affiliations": meta_list(map(meta_string, numbers)),
        }
    )


def _publication(publication: Publication, language: str) -> dict[str, Node]:
    simple = {
        "received": publication.received or "",
        "accepted": publication.accepted or "",
        "published": publication.published or "",
        "doi": publication.doi,
        "copyright": words_in(publication.copyright, language),
        "license": words_in(publication.license, language),
    }
    meta: dict[str, Node] = dict(_map(simple)["c"])
    if publication.journal:
        values = asdict(publication.journal)
        meta["journal"] = _map({**values, "name": words_in(publication.journal.name, language)})
    return meta


def _map(fields: Mapping[str, str]) -> Node:
    return meta_map({key: meta_string(text) for key, text in fields.items() if text})


def contributions(authors: Sequence[Author], language: str) -> list[Node]:
    """The authors' roles in the terms of CRediT, as one paragraph; nothing where none is given."""
    terms = language_of(language).roles
    inlines: list[Node] = []
    for author in authors:
        if author.roles:
            name = words_in(author.name, language) + ":"
            roles = ", ".join(terms[role] for role in author.roles)
            inlines += [{"t": "Space"}] if inlines else []
            inlines += [{"t": "Strong", "c": words(name)}, *words(f" {roles}.")]
    return [{"t": "Para", "c": inlines}] if inlines else []
