"""The names of authors and editors as BibTeX divides them, and what goes wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_OTHERS = re.compile(r"(?:.*[\s,])?(?:et\.?\s*al\.?|et\s+alii|dkk\.?|dll\.?|cs\.)", re.IGNORECASE)
_BEFORE = re.compile(r"(?:.*,\s*)?(?:Prof|Dr|Drs|Dra|Ir|Apt)\.?\s+\S.*")
_CLEAR = re.compile(
    r"(?:S\.?(?:Pd|Sos|Kom|Si|Psi|Ag|Hum|Farm|Stat|Kep|Ked|IP|I\.P|KM|STP|Tr)"
    r"|M\.?(?:Pd|Si|Sos|Kom|Hum|Sc|Ag|Psi|Kes|Stat|AP|IP|Eng|Phil|Ed|Th|BA|KM)"
    r"|B\.?(?:Sc|Eng|Ed)|Ph\.?\s?D|LL\.?\s?[MBD]|Dipl|Sp\.\w+)\.?(?:[.\s]?I)?(?:\W.*)?"
)
_AFTER_TWO_COMMAS = re.compile(r"(?:S\.?\s?[HETP]|M\.?\s?[HMTAE]|SKM|Lc|DEA|CPA)\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of a field: as it is written, and its offset in the field."""

    text: str
    offset: int

    @property
    def braced(self) -> bool:
        """Whether braces hold it together."""
        return self.text.startswith("{") and _depth_never_zero(self.text)


def names_of(value: str) -> Iterator[Name]:
    """The names that `and` separates, outside of braces."""
    start = 0
    for match in _AND.finditer(value):
        before = value[: match.start()]
        if before.count("{") == before.count("}"):
            yield _name(value, start, match.start())
            start = match.end()
    yield _name(value, start, len(value))


def _name(value: str, start: int, end: int) -> Name:
    text = value[start:end]
    return Name(text=text.strip(), offset=start + len(text) - len(text.lstrip()))


def _depth_never_zero(text: str) -> bool:
    depth = 0
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0:
            return place == len(text) - 1
    return False


def stands_for_others(name: Name) -> bool:
    """Whether a name is or ends in "et al." or "dkk.", which BibTeX takes for a person."""
    return _OTHERS.fullmatch(_plain(name)) is not None


def has_degree(name: Name) -> bool:
    """Whether a name carries a title or degree: "Prof. Dr.", "M.Si.", "S.H." behind two commas.

    Letters that may be initials, as in "Sari, M.A.", are no degree.
    """
    if name.braced:
        return False
    text = _plain(name)
    if _BEFORE.fullmatch(text):
        return True
    parts = [part.strip() for part in text.split(",")]
    behind = _AFTER_TWO_COMMAS if len(parts) > 2 else None
    return any(
        _CLEAR.fullmatch(part) or (behind is not None and number > 1 and behind.fullmatch(part))
        for number, part in enumerate(parts)
        if number
    )


def is_divided_body(name: Name, words: Collection[str], heads: Collection[str]) -> bool:
    """Whether a name is that of a body, which BibTeX would turn round.

    It holds one of `words`, or begins with one of `heads`; before a comma it must begin with one.
    """
    if "{" in name.text:
        return False
    head, comma, _ = _plain(name).partition(",")
    tokens = [token.lower() for token in re.findall(r"\w+", head) if token[0].isupper()]
    if len(re.findall(r"\w+", head)) < 2 or not tokens:
        return False
    if tokens[0] in heads or tokens[0] in words:
        return True
    return not comma and any(token in words for token in tokens)


def _plain(name: Name) -> str:
    return " ".join(re.sub(r"[{}]", "", name.text).replace("~", " ").split())
