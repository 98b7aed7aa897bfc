"""Values that were taken over, looked up in the text of the sources that an archive includes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from bukti.base.language import is_language
from bukti.base.numbers import exact
from bukti.base.quantities import parse_quantities
from bukti.base.quantity import Quantity
from bukti.manuscript.quotations import stated_pages
from bukti.manuscript.source_texts import SourceText
from bukti.project.register import Register
from bukti.verify.grounds import ground_of
from bukti.verify.verdict import Ground

DOCUMENTS = (".pdf", ".txt", ".md", ".html", ".htm", ".docx")
_TELLING = 3
Key = tuple[str, str]
Text = Callable[[str], SourceText | None]


def found_in_sources(
    entries: Mapping[Key, Mapping[str, Any]],
    register: Register,
    present: Collection[str],
    text: Text,
) -> tuple[Key, ...]:
    """The claims whose number stands in a received document of one of their sources.

    `present` are the raw files that are there, `text` gives what one says. A number has to stand
    on the page that its locator names; where none is named, or the document has none, one of at
    least three digits may stand anywhere, since a shorter one stands somewhere in any document.
    """
    return tuple(
        key
        for key, entry in sorted(entries.items())
        if ground_of(entry) is Ground.TRANSCRIBED and _stands(entry, register, present, text)
    )


def _stands(
    entry: Mapping[str, Any], register: Register, present: Collection[str], text: Text
) -> bool:
    value, evidence = entry["value"], entry["evidence"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    wanted = exact(value)
    for source in evidence["sources"]:
        language = str(register.sources.get(source, {}).get("language", "en"))
        if not is_language(language):
            continue
        for name in documents_of(source, register):
            found = text(name) if name in present else None
            if found is not None and _says(found, evidence["locator"] or "", wanted, language):
                return True
    return False


def documents_of(source: str, register: Register) -> tuple[str, ...]:
    """The raw files of a source that came as they are and hold running text."""
    return tuple(
        name
        for name, entry in register.raw.items()
        if entry.get("source") == source
        and entry.get("kind") == "received"
        and name.lower().endswith(DOCUMENTS)
    )


def _says(text: SourceText, locator: str, wanted: Decimal, language: str) -> bool:
    stated = stated_pages(locator)
    if stated and text.pages:
        parts = [part for part, labels in _pages(text) if labels & stated]
        return any(_states(part, wanted, language) for part in parts)
    telling = len(wanted.normalize().as_tuple().digits) >= _TELLING
    return telling and _states(text.text, wanted, language)


def _pages(text: SourceText) -> Iterator[tuple[str, frozenset[str]]]:
    ends = [*text.pages[1:], len(text.text)]
    for start, end, labels in zip(text.pages, ends, text.labels, strict=True):
        yield text.text[start:end], labels


def _states(text: str, wanted: Decimal, language: str) -> bool:
    return any(wanted in _numbers(each) for each in parse_quantities(text, language))


def _numbers(quantity: Quantity) -> Iterator[Decimal]:
    for each in (quantity, *quantity.parts):
        if each.number is not None:
            yield each.number
