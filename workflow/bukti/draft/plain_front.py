"""The settings at the top of a draft in Markdown: titles, authors, abstract, works, the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.base.tree import Nodes
from bukti.draft.authors import Author
from bukti.draft.front import Front
from bukti.draft.trees import text_of

_TITLES = {"title": "titles", "subtitle": "subtitles"}
_AUTHOR = ("name", "affiliation", "affiliations", "email", "orcid")
_HOME = ("department", "name", "city", "country")
_READ = ("title", "subtitle", "author", "authors", "abstract", "keywords", "lang", "bibliography")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What settings say: the front, the files of the bibliography, and lines for no place."""

    front: Front = field(default_factory=Front)
    bibliographies: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def language_in(meta: Mapping[str, Any]) -> str:
    """The language that the settings name, by its code; empty for none."""
    return text_of(meta["lang"]).replace("_", "-").partition("-")[0] if "lang" in meta else ""


def settings(meta: Mapping[str, Any], language: str) -> Settings:
    """What pandoc read in the settings of a draft in this language."""
    front = Front()
    meta = {key: value for key, value in meta.items() if _words(value)}
    for key, name in _TITLES.items():
        if key in meta:
            getattr(front, name)[language] = _inlines(meta[key])
    if "abstract" in meta:
        front.abstracts[language] = _blocks(meta["abstract"])
    if "keywords" in meta:
        front.keywords[language] = list(_keywords(meta["keywords"]))
    authors = meta.get("author", meta.get("authors"))
    people = [author for author in _authors(authors) if author.name] if authors else []
    front.authors = tuple(people)
    files = _items(meta["bibliography"]) if "bibliography" in meta else []
    return Settings(
        front=front,
        bibliographies=tuple(text_of(each) for each in files),
        others=(
            *(
                f"{key}: {_words(value)}"
                for key, value in sorted(meta.items())
                if key not in (*_READ, "references")
            ),
            *(_left_over(authors) if authors else ()),
        ),
    )


def _items(value: Any) -> list[Any]:
    return list(value["c"]) if value["t"] == "MetaList" else [value]


def _inlines(value: Any) -> Nodes:
    if value["t"] == "MetaInlines":
        return list(value["c"])
    if value["t"] == "MetaBlocks":
        return [node for block in value["c"] for node in block["c"] if isinstance(node, dict)]
    return [{"t": "Str", "c": _words(value)}]


def _blocks(value: Any) -> Nodes:
    if value["t"] == "MetaBlocks":
        return list(value["c"])
    return [{"t": "Para", "c": _inlines(value)}]


def _words(value: Any) -> str:
    """The words of a setting, on a line."""
    if value["t"] == "MetaMap":
        return "; ".join(f"{key}: {_words(each)}" for key, each in sorted(value["c"].items()))
    if value["t"] == "MetaList":
        return "; ".join(map(_words, value["c"]))
    if value["t"] == "MetaBool":
        return str(value["c"]).lower()
    return str(value["c"]) if value["t"] == "MetaString" else text_of(value["c"])


def _keywords(value: Any) -> Iterator[str]:
    for each in _items(value):
        words = _words(each)
        separator = ";" if ";" in words else ","
        parts = [words] if value["t"] == "MetaList" else words.split(separator)
        yield from (part.strip() for part in parts if part.strip())


def _authors(value: Any) -> Iterator[Author]:
    for each in _items(value):
        if each["t"] != "MetaMap":
            yield Author(name=_words(each))
            continue
        known = each["c"]
        homes = known.get("affiliation", known.get("affiliations"))
        yield Author(
            name=_name(known.get("name")),
            affiliation="; ".join(_home(home) for home in _items(homes)) if homes else "",
            email=_words(known["email"]) if "email" in known else "",
            orcid=_words(known["orcid"]).rpartition("/")[2] if "orcid" in known else "",
        )


def _left_over(value: Any) -> Iterator[str]:
    """What the settings say of the authors beyond what `bukti.yaml` takes over."""
    for each in _items(value):
        if each["t"] != "MetaMap":
            continue
        known = each["c"]
        homes = known.get("affiliation", known.get("affiliations"))
        maps = [home["c"] for home in (_items(homes) if homes else ()) if home["t"] == "MetaMap"]
        rest = [(known, _AUTHOR), *((home, _HOME) for home in maps)]
        for fields, taken in rest:
            for key, words in sorted((key, _words(each)) for key, each in fields.items()):
                if key not in taken and words:
                    yield f"{_name(known.get('name'))}: {key}: {words}"


def _name(value: Any) -> str:
    if value is None:
        return ""
    if value["t"] != "MetaMap":
        return _words(value)
    parts = value["c"]
    if "literal" in parts:
        return _words(parts["literal"])
    return " ".join(_words(parts[key]) for key in ("given", "family") if key in parts)


def _home(value: Any) -> str:
    if value["t"] != "MetaMap":
        return _words(value)
    parts = [value["c"][key] for key in _HOME if key in value["c"]]
    return ", ".join(map(_words, parts)) or _words(value)
