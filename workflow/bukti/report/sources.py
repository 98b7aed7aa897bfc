"""The register as the page has it, and how the paper's sources are shared out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bukti.base.codes import LANGUAGES
from bukti.project.byline import words_in

_WORDS = ("title", "publisher", "short", "terms", "obtain", "note")
_PLAIN = ("authors", "year", "url", "doi", "accessed", "kind", "standing", "language", "access")
Source = Mapping[str, Any]


def source_data(name: str, source: Source) -> dict[str, Any]:
    """A source of the register; what has words has them in each language of the page."""
    words = {key: in_languages(source[key]) for key in _WORDS if key in source}
    plain = {key: source[key] for key in _PLAIN if key in source}
    return {"id": name, **plain, **words}


def in_languages(words: Any) -> dict[str, str]:
    """Words, or words by language, in each language of the page."""
    return {language: words_in(words, language) for language in LANGUAGES}


def sources_in_use(
    entries: Iterable[Mapping[str, Any]], products: Iterable[Mapping[str, Any]]
) -> tuple[str, ...]:
    """The sources behind the claims, figures and tables that the paper uses, sorted."""
    found = {
        source
        for entry in entries
        if entry["status"] != "unused"
        for source in entry["evidence"]["sources"]
    }
    found |= {source for product in products for source in product.get("sources", ())}
    return tuple(sorted(found))


def shares_of(used: Sequence[str], register: Mapping[str, Source]) -> dict[str, Any]:
    """How many sources are in use, are secondary or of unstated standing, and the largest maker.

    Where two publishers have as many, the first by name stands.
    """
    sources = [register.get(name, {}) for name in used]
    standings = Counter(str(source.get("standing", "unknown")) for source in sources)
    makers = Counter(
        words_in(source["publisher"], LANGUAGES[0]) for source in sources if "publisher" in source
    )
    largest = sorted(makers.items(), key=lambda each: (-each[1], each[0]))[:1]
    restricted = sum(source.get("access", "open") != "open" for source in sources)
    return {
        "used": len(used),
        "registered": len(register),
        "secondary": standings["secondary"],
        "unknown": standings["unknown"],
        "restricted": restricted,
        "publisher": largest[0][0] if largest else "",
        "of_publisher": largest[0][1] if largest else 0,
    }
