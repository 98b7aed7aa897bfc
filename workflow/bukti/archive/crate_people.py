"""Who made a paper, where they work, and under which licence: as entities of its crate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bukti.archive.facts import Facts
from bukti.project.byline import Affiliation, Author, given_name
from bukti.render.front import Publication
from bukti.render.title_block import license_of

Entity = dict[str, Any]
NO_LICENCE = "The authors state no licence."
GROUP = "#authors"
"""All authors together, who publish the archive."""


def agents(facts: Facts) -> list[dict[str, str]]:
    """References to the authors in order; to an unnamed group where the settings name none."""
    authors = facts.project.config.authors
    return [{"@id": _id(author, place)} for place, author in enumerate(authors, 1)] or [
        {"@id": GROUP}
    ]


def people(facts: Facts) -> Iterator[Entity]:
    """The authors and the places where they work."""
    config = facts.project.config
    yield {"@id": GROUP, "@type": "Organization", "name": "The authors", "url": "./"}
    for place, author in enumerate(config.authors, start=1):
        yield _person(facts, author, place)
        for name, affiliation in _affiliations(facts, author):
            yield _organisation(facts, name, affiliation)


def _id(author: Author, place: int) -> str:
    return f"https://orcid.org/{author.orcid}" if author.orcid else f"#author-{place}"


def _person(facts: Facts, author: Author, place: int) -> Entity:
    name, family = facts.words(author.name), facts.words(author.family)
    entity: Entity = {"@id": _id(author, place), "@type": "Person", "name": name}
    if not (family or author.orcid or author.affiliation or author.affiliations):
        return {**entity, "@type": "Organization", "url": "./"}  # a group of contributors, say
    if family:
        entity |= {"familyName": family, "givenName": given_name(name, family) or name}
    places = [{"@id": each} for each, _ in _affiliations(facts, author)]
    return {**entity, "affiliation": places} if places else entity


def _affiliations(facts: Facts, author: Author) -> Iterator[tuple[str, Affiliation]]:
    known = facts.project.config.affiliations
    for key in author.affiliations:
        affiliation = known[key]
        yield affiliation.ror or f"#affiliation-{key}", affiliation
    if author.affiliation:
        name = facts.words(author.affiliation)
        yield f"#affiliation-{'-'.join(name.split())}", Affiliation(name=name)


def _organisation(facts: Facts, name: str, affiliation: Affiliation) -> Entity:
    words = facts.words(affiliation.name)
    return {"@id": name, "@type": "Organization", "name": words, "url": affiliation.ror or name}


def licence(facts: Facts) -> tuple[Any, list[Entity]]:
    """The licence of the paper as the crate refers to it, and its entity.

    It is the one that the settings name, else a licence file of the compendium.
    """
    text = facts.words(facts.project.config.publication.license)
    name, address = license_of(Publication(license=text))
    files = sorted(each for each in facts.sources if each.startswith(("LICENSE", "LICENCE")))
    if address:
        about = f"The licence of the paper, {name}."
        entity = {"@id": address, "@type": "CreativeWork", "name": name, "description": about}
        return {"@id": address}, [entity]
    if name:
        entity = {"@id": "#licence", "@type": "CreativeWork", "name": name, "description": name}
        return {"@id": "#licence"}, [entity]
    if files:
        return [{"@id": each} for each in files], []
    entity = {"@id": "#licence", "@type": "CreativeWork"}
    return {"@id": "#licence"}, [{**entity, "name": NO_LICENCE, "description": NO_LICENCE}]
