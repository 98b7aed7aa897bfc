"""Citations that a reference manager kept in the draft, with keys that a person can read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bukti.base.digest import canonical_json
from bukti.base.language import is_language
from bukti.base.tree import Node, Nodes
from bukti.draft.exhibits import slug
from bukti.draft.finds import Finds, Kind
from bukti.draft.trees import text_of, trimmed
from bukti.draft.vocabulary import vocabularies
from bukti.manuscript.tree import plain_text, transform

Item = dict[str, Any]

_WORD = re.compile(r"[^\W\d_]{3,}|\d{4}")
_TERMS = {"and", "dan", "dkk", "etal", "eds", "hlm", "ibid", "vol", "see", "lihat", "the", "also"}
_SPACES = ("Space", "SoftBreak")


def with_keys(
    items: Sequence[Item], taken: Collection[str] = ()
) -> tuple[list[Item], dict[str, str]]:
    """The distinct items under keys of author and year, and the key for each item's old id.

    `taken` are keys that other works have already.

    Keys are the same whichever draft comes first: doubles of author and year are told apart by
    letters in the order of their titles.
    """
    distinct: dict[str, Item] = {}
    old: dict[str, str] = {}
    for item in items:
        content = canonical_json({key: value for key, value in item.items() if key != "id"})
        distinct.setdefault(content, item)
        old[str(item["id"])] = content
    groups: dict[str, list[str]] = {}
    for content in sorted(distinct, key=lambda each: (_title(distinct[each]), each)):
        groups.setdefault(_stem(distinct[content]), []).append(content)
    keys = {
        content: stem if len(group) == 1 else f"{stem}{_letters(number)}"
        for stem, group in groups.items()
        for number, content in enumerate(group)
    }
    keys = {content: f"{key}-2" if key in taken else key for content, key in keys.items()}
    named = [{**_with_language(distinct[content]), "id": key} for content, key in keys.items()]
    named.sort(key=lambda item: str(item["id"]))
    return named, {identifier: keys[content] for identifier, content in old.items()}


def _stem(item: Item) -> str:
    names = item.get("author") or item.get("editor") or [{}]
    first = names[0] if isinstance(names[0], dict) else {}
    name = slug(str(first.get("family") or first.get("literal") or "")).split("-")
    known = "".join(name[:2] if len(name[0]) < 4 else name[:1])
    return f"{known or slug(_title(item)).partition('-')[0] or 'item'}{_year(item)}"


def _title(item: Item) -> str:
    return str(item.get("title", ""))


def _year(item: Item) -> str:
    parts = (item.get("issued") or {}).get("date-parts") or [[""]]
    return str(parts[0][0]) if parts[0] and parts[0][0] else ""


def _letters(number: int) -> str:
    return chr(ord("a") + number) if number < 26 else f"-{number + 1}"


def _with_language(item: Item) -> Item:
    """The item with its language as a code, or without it where it is none."""
    language = str(item.get("language", "")).strip()
    code = language.replace("_", "-")
    if language and is_language(code):
        return {**item, "language": code}
    return {key: value for key, value in item.items() if key != "language"}


def cited(
    blocks: Nodes,
    items: Mapping[str, Item],
    keys: Mapping[str, str],
    language: str,
    finds: Finds,
) -> Nodes:
    """The blocks with each citation under its new key; what it showed otherwise is noted."""
    terms = vocabularies()[language].locators if language in vocabularies() else {}

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] != "Cite":
            return None
        citations, shown = node["c"]
        if any(citation["citationId"] not in keys for citation in citations):
            return [finds.here(Kind.CITATIONS_UNREAD, text_of(shown)), *shown]
        known = [items[citation["citationId"]] for citation in citations]
        renamed = [_renamed(citation, keys, terms) for citation in citations]
        cite = {"t": "Cite", "c": [renamed, []]}
        finds.notation.append(text_of(shown))
        if _says_more(text_of(shown), known, renamed):
            return [finds.here(Kind.CITATIONS_ALTERED, text_of(shown), whole=True), cite]
        return cite

    changed: Nodes = transform(blocks, change)
    return changed


def _renamed(citation: Node, keys: Mapping[str, str], terms: Mapping[str, str]) -> Node:
    suffix = list(_suffix(citation["citationSuffix"], terms))
    return {
        **citation,
        "citationId": keys[citation["citationId"]],
        "citationPrefix": trimmed(citation["citationPrefix"]),
        "citationSuffix": suffix,
    }


def _suffix(inlines: Nodes, terms: Mapping[str, str]) -> Iterator[Node]:
    """A locator with the language's own term instead of the program's."""
    words = trimmed(inlines)
    if words[:1] and words[0]["t"] == "Str" and words[0]["c"] == ",":
        yield words[0]
        yield {"t": "Space"}
        words = trimmed(words[1:])
        if words and words[0]["t"] == "Str" and words[0]["c"] in terms:
            words = [{"t": "Str", "c": terms[words[0]["c"]]}, *words[1:]]
    elif words:
        yield {"t": "Space"}
    for number, node in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else None
        if node["t"] in _SPACES and following is not None and following["t"] in _SPACES:
            continue
        yield node


def _says_more(shown: str, items: Sequence[Item], citations: Sequence[Node]) -> bool:
    """Whether a citation shows words that neither its items nor its notation account for."""
    known = " ".join([canonical_json(list(items)), *map(_notation, citations)]).lower()
    left = [word for word in _WORD.findall(shown.lower()) if word not in known]
    return any(word not in _TERMS for word in left)


def _notation(citation: Node) -> str:
    return plain_text([citation["citationPrefix"], citation["citationSuffix"]])


def bibliography(text: str, plain: Sequence[str]) -> str:
    """BibLaTeX entries; those of unknown language keep the letters of their titles as they are.

    Citation programs take titles for English where no language is given, and change their
    capitals. `plain` are the keys of such entries, which were written as if in another language.
    """
    entries = re.split(r"\n(?=@)", text)
    return "\n\n".join(_shielded(entry.strip(), plain) for entry in entries).strip() + "\n"


def _shielded(entry: str, plain: Sequence[str]) -> str:
    key = re.match(r"@\w+\{([^,]+),", entry)
    if key is None or key[1] not in plain:
        return entry
    without = re.sub(r",\n  langid = \{id\}", "", entry)
    return re.sub(r"(?m)^(  \w*title = )\{(.*)\}(,?)$", r"\1{{\2}}\3", without)
