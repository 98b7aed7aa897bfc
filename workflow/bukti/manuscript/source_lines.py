"""The line of sources below a figure or table, made from the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.language import Language, language_of
from bukti.base.tree import Nodes
from bukti.manuscript.tree import link, words

_MOST = 6  # names in a line; what goes beyond is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The register of sources by id, the sources of each clean table, the bibliography's keys."""

    sources: Mapping[str, Mapping[str, Any]]
    origins: Mapping[str, Sequence[str]]
    keys: frozenset[str]

    def ids_of(self, product: Mapping[str, Any]) -> tuple[str, ...]:
        """The ids of the sources that a product of a notebook rests on."""
        own = product.get("sources", ())
        reads = product.get("reads", ())
        tables = product.get("tables", reads if len(reads) == 1 else ()) or self._alike(reads)
        inherited = [name for table in tables for name in self.origins.get(table, ())]
        return tuple(dict.fromkeys(own or inherited))

    def _alike(self, tables: Sequence[str]) -> Sequence[str]:
        """Tables that come from one source, all of them; none where their sources differ."""
        origins = [{*self.origins.get(table, ())} for table in tables]
        same = all(each == origins[0] for each in origins)
        return tables if same and origins and len(origins[0]) == 1 else ()


def source_line(
    ids: Sequence[str], register: Register, language: str, *, computed: bool = False
) -> Nodes:
    """The line's words, from "Source:" to its full stop; ids that are not registered are left out.

    A source with an entry in the bibliography (`cite`, or one under its own id) is cited; others
    are named by publisher and years, each publisher once. `computed` adds that values are own
    calculations.
    """
    speech = language_of(language)
    known = [name for name in ids if name in register.sources]
    parts = list(_parts(known, register, speech))
    if not parts:
        return []
    hidden = len(parts) - _MOST
    if hidden > 1:
        more = speech.words["further-sources"].replace("{count}", str(hidden))
        parts = [*parts[:_MOST], words(more)]
    if computed:
        parts.append(words(speech.words["own-calculation"]))
    several = len(parts) - computed > 1
    inlines = words(speech.words["source-plural" if several else "source"] + ": ")
    for place, part in enumerate(parts):
        inlines += [*(words("; ") if place else []), *part]
    return [*inlines, {"t": "Str", "c": "."}]


def _parts(ids: Sequence[str], register: Register, speech: Language) -> Iterator[Nodes]:
    named: dict[str, list[Mapping[str, Any]]] = {}
    for name in ids:
        entry = register.sources[name]
        key = str(entry.get("cite", name))
        if key in register.keys:
            named[f"@{key}"] = []
        else:
            named.setdefault(_name(entry, speech.code), []).append(entry)
    for name, entries in named.items():
        yield _named(name, entries, speech) if entries else _cited(name.removeprefix("@"))


def _cited(key: str) -> Nodes:
    citation = {
        "citationId": key,
        "citationMode": {"t": "AuthorInText"},
        "citationPrefix": [],
        "citationSuffix": [],
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return [{"t": "Cite", "c": [[citation], words(f"@{key}")]}]


def _name(entry: Mapping[str, Any], language: str) -> str:
    return next(
        text
        for text in (words_in(entry.get(key), language) for key in ("short", "publisher", "title"))
        if text
    )


def words_in(value: Any, language: str) -> str:
    """A text of the register in a language, or in the first that it has; empty where it is none."""
    if isinstance(value, Mapping):
        return str(value.get(language) or next(iter(value.values()), ""))
    return str(value or "")


def _named(name: str, entries: Sequence[Mapping[str, Any]], speech: Language) -> Nodes:
    """A name with the years of its sources in brackets, each linked to the source's address."""
    years: dict[str, str] = {}
    for entry in sorted(entries, key=lambda each: str(each.get("year", ""))):
        year = str(entry.get("year", "")) or speech.words["undated"]
        years.setdefault(year, str(entry.get("url", "")))
    inlines = [*words(f"{name} "), {"t": "Str", "c": "("}]
    for place, (year, url) in enumerate(years.items()):
        shown = words(year)
        inlines += [*(words(", ") if place else []), *([link(shown, url)] if url else shown)]
    return [*inlines, {"t": "Str", "c": ")"}]
