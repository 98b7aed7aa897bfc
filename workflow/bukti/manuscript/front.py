"""The front matter of an edition: what `front.md` says of title, keywords and declarations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.language import language_of
from bukti.base.span import Span
from bukti.base.tree import Node
from bukti.manuscript.tree import meta_map, meta_string, words

RUNNING = 72
"""How many letters the head of a page has room for."""
FREE = ""
_FREE_KEYS = ("title", "text")
CONTRIBUTIONS = "contributions"
_BLOCK = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$(?P<rest>.*)", re.S | re.M)
_PARTS = ("title", "subtitle")
_WANTED = ("funding", "interests", "ethics", "data", "ai")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The settings of a `front.md` as plain data, and the place of each key."""

    data: Mapping[str, Any] = field(default_factory=dict)
    place: Callable[[tuple[Any, ...]], Span | None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A declaration: its key, empty where the author titled it freely, and where it stands."""

    key: str
    span: Span | None


def settings_of(text: str) -> tuple[str, str]:
    """The YAML of a `front.md` and the text behind it; the YAML begins in the second line."""
    found = _BLOCK.match(text)
    return (found["yaml"], found["rest"]) if found else ("", text)


def abstract_of(blocks: Sequence[Node]) -> list[Node]:
    """The blocks of an abstract without its own heading; those of its parts run into the text."""
    kept: list[Node] = []
    lead: list[Node] = []
    for number, block in enumerate(blocks):
        if block["t"] == "Header":
            if number:
                kept += _run_in(lead, [])
                lead = block["c"][2]
        elif block["t"] == "Para":
            kept += _run_in(lead, block["c"])
            lead = []
        else:
            kept += [*_run_in(lead, []), block]
            lead = []
    return [*kept, *_run_in(lead, [])]


def _run_in(lead: list[Node], inlines: list[Node]) -> list[Node]:
    led = [{"t": "Strong", "c": lead}, {"t": "Space"}] if lead else []
    return [{"t": "Para", "c": [*led, *inlines]}] if led or inlines else []


def declarations(front: FrontMatter, language: str) -> list[Declaration]:
    """The declarations of a front matter in their order."""
    known = language_of(language).statements
    named = [(_key(item, known), path) for item, path in _items(front.data)]
    return [
        Declaration(key=key if key in known else FREE, span=front.place((*path, key)))
        for key, path in named
    ]


def _items(data: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], tuple[Any, ...]]]:
    """Each declaration as it is written, with the path that leads to its keys."""
    given = data.get("statements", [])
    if isinstance(given, Mapping):
        return [({key: text}, ("statements",)) for key, text in given.items()]
    numbered = enumerate(given if isinstance(given, list) else [])
    return [
        (item, ("statements", number))
        for number, item in numbered
        if isinstance(item, Mapping) and item
    ]


def _key(item: Mapping[str, Any], known: Mapping[str, str]) -> str:
    """What names a declaration: a known key, else a free title, else whatever it has."""
    found = [key for key in item if key in known] or [key for key in item if key == "title"]
    return found[0] if found else next(iter(item))


def front_findings(front: FrontMatter, language: str) -> Iterator[Diagnostic]:
    """Declarations that bukti does not know or cannot read, and a short title that is none."""
    known = language_of(language).statements
    for item, path in _items(front.data):
        unknown = [key for key in item if key not in known and key not in _FREE_KEYS]
        for key in unknown:
            near = get_close_matches(key, list(known), n=1)
            hint = note("perhaps-key", near=near[0]) if near else None
            where = front.place((*path, key))
            yield diagnose("CFG134", where, hint=hint, key=key, known=", ".join(known))
        if not unknown and not _is_declaration(item, known):
            where = front.place((*path, next(iter(item))))
            yield diagnose("CFG137", where, keys=", ".join(item))
    short = str(front.data.get("short-title", ""))
    if len(short) > RUNNING:
        where = front.place(("short-title",))
        yield diagnose("CFG136", where, length=len(short), limit=RUNNING)


def _is_declaration(item: Mapping[str, Any], known: Mapping[str, str]) -> bool:
    """Whether it has one known key, perhaps with a title, or a title and a text."""
    if set(item) == set(_FREE_KEYS):
        return True
    rest = set(item) - {"title"}
    return len(rest) == 1 and rest <= set(known)


def missing_declarations(
    front: FrontMatter, language: str, *, several_authors: bool, roles: bool
) -> Iterator[Diagnostic]:
    """The declarations that journals ask for and this front matter has not.

    They are those of the ICMJE and COPE: funding, interests, ethics, data and use of artificial
    intelligence; for several authors their contributions too.
    """
    given = {each.key for each in declarations(front, language)}
    wanted = list(_WANTED)
    if several_authors and not roles:
        wanted.insert(0, CONTRIBUTIONS)
    titles = language_of(language).statements
    for key in wanted:
        if key not in given:
            where = front.place(("statements",))
            yield diagnose("CFG135", where, item=key, title=titles[key])


def statements(meta: Mapping[str, Node], language: str, contributions: list[Node]) -> list[Node]:
    """The declarations for the tree, each a map of title and text.

    `contributions` are the authors' roles as blocks: they stand before what the author says of
    the contributions, or else before all declarations.
    """
    titles = language_of(language).statements
    found = [_titled(key, fields, titles) for key, fields in _fields(meta, titles)]
    keys = [key for key, _ in _fields(meta, titles)]
    if not contributions:
        return found
    if CONTRIBUTIONS not in keys:
        return [_statement(meta_string(titles[CONTRIBUTIONS]), contributions), *found]
    own = found[keys.index(CONTRIBUTIONS)]["c"]
    own["text"] = {"t": "MetaBlocks", "c": [*contributions, *_blocks(own["text"])]}
    return found


def _fields(
    meta: Mapping[str, Node], titles: Mapping[str, str]
) -> list[tuple[str, Mapping[str, Node]]]:
    """Each declaration's key and fields, in the author's order, or that of the headings."""
    value = meta.get("statements", meta_map({}))
    if value["t"] == "MetaMap":
        order = [*titles, *value["c"]]
        return [(key, {key: value["c"][key]}) for key in sorted(value["c"], key=order.index)]
    items = value["c"] if value["t"] == "MetaList" else []
    fields = [item["c"] for item in items if item["t"] == "MetaMap" and item["c"]]
    return [(_key(each, titles), each) for each in fields]


def _titled(key: str, fields: Mapping[str, Node], titles: Mapping[str, str]) -> Node:
    if key == "title":
        return meta_map(dict(fields))
    title = fields.get("title") or meta_string(titles.get(key, key))
    return meta_map({"title": title, "text": fields[key]})


def _statement(title: Node, blocks: list[Node]) -> Node:
    return meta_map({"title": title, "text": {"t": "MetaBlocks", "c": blocks}})


def _blocks(value: Node) -> list[Node]:
    if value["t"] == "MetaBlocks":
        return list(value["c"])
    inlines = value["c"] if value["t"] == "MetaInlines" else words(str(value["c"]))
    return [{"t": "Para", "c": inlines}]


def front_json(
    front: FrontMatter,
    language: str,
    abstract: Span | None,
    place: Callable[[Span], Mapping[str, Any]],
) -> dict[str, Any]:
    """What parity compares of a front matter: each part, keyword and declaration, with its place.

    `abstract` is where the abstract stands, None where there is none.
    """
    keywords = front.data.get("keywords", [])
    count = 1 if isinstance(keywords, str) else len(keywords)
    parts = {key: front.place((key,)) for key in _PARTS if key in front.data}
    words = [front.place(("keywords", number)) for number in range(count)]
    named = {**parts, "abstract": abstract}
    return {
        "parts": [{"name": name, **place(where)} for name, where in named.items() if where],
        "keywords": [place(where) for where in words if where],
        "statements": [
            {"key": each.key, **place(each.span)}
            for each in declarations(front, language)
            if each.span
        ],
    }
