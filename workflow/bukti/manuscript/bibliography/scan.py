"""The entries of a BibTeX file with the places of their fields; goes on behind what is broken.

pandoc reads the same file for the paper, but tells no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_GAP = r"(?:\s|%[^\n]*+)*+"  # a comment goes to the end of its line
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_START = re.compile(
    rf"@\s*(?P<kind>[A-Za-z]+)\s*(?P<opening>[{{(]){_GAP}|^[ \t]*@(?P<word>\w+)(?=[ \t]*,)",
    re.MULTILINE,
)
_KEY = re.compile(rf"(?P<key>[^\s,{{}}()\"=%]+){_GAP}(?=[,}})])")
_NAME = re.compile(rf"(?P<before>(?:,|\s|%[^\n]*+)*+)(?P<name>[A-Za-z][\w:.+/-]*)\s*={_GAP}")
_WORD = re.compile(r"\d+|[^\W\d][\w:.+/-]*")
_JOIN = re.compile(rf"{_GAP}#{_GAP}")
_END = re.compile(r"(?P<before>(?:,|\s|%[^\n]*+)*+)(?P<end>[})])?")
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of an entry: its value as written without its outer braces, and its place.

    `unknown` are the abbreviations in it that no `@string` defines, each with its offset.
    """

    value: str
    start: int
    end: int
    unknown: tuple[tuple[str, int], ...] = ()

    @property
    def plain(self) -> str:
        """The value on one line, without braces and the backslashes before signs."""
        return " ".join(self.address.replace("~", " ").split())

    @property
    def address(self) -> str:
        """The value as an identifier or address, in which `~` is no space."""
        bare = re.sub(r"(?<!\\)[{}]", "", self.value)
        return re.sub(r"\\(?=[&%$#_{}~])", "", bare).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry: its type and the names of its fields in small letters; the place of its key.

    `broken` is the offset where neither a field nor the end follows; None for a whole entry.
    """

    kind: str
    key: str
    start: int
    end: int
    fields: Mapping[str, Field]
    broken: int | None = None

    def first(self, *names: str) -> Field | None:
        """The first of these fields that says something."""
        return next((self.fields[name] for name in names if self.says(name)), None)

    def says(self, name: str) -> bool:
        """Whether a field is there and not empty."""
        return name in self.fields and bool(self.fields[name].plain)


def entries_of(text: str) -> tuple[Entry, ...]:
    """The entries of a BibTeX file in their order; of a broken one what can be read of it."""
    return tuple(entry for entry in _entries(text) if entry.key)


def broken_entries(text: str) -> tuple[Entry, ...]:
    """The entries that cannot be read to their end; those whose key is at fault have none."""
    return tuple(entry for entry in _entries(text) if entry.broken is not None)


def _entries(text: str) -> Iterator[Entry]:
    defined: dict[str, str] = {}
    place = 0
    while match := _START.search(text, place):
        kind, place = (match["kind"] or match["word"]).lower(), match.end()
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        first = not before.strip()
        if _COMMENT.search(before) or (not first and match["opening"] == "("):
            continue  # a comment, or an address in words between the entries
        if match["word"]:  # no brace behind the type
            start = match.start("word")
            yield Entry(kind=kind, key="", start=start, end=place, fields={}, broken=start)
        elif kind in ("comment", "preamble"):
            place = _closing(text, match.end())
        elif kind == "string":
            fields, place, _ = _fields(text, place, defined)
            defined |= {name: field.value for name, field in fields.items()}
        elif key := _KEY.match(text, place):
            fields, place, broken = _fields(text, key.end(), defined)
            start, end = key.span("key")
            broken = _broken(text, place, fields) if broken is None else broken
            yield Entry(
                kind=kind, key=key["key"], start=start, end=end, fields=fields, broken=broken
            )
        elif first:
            yield Entry(kind=kind, key="", start=place, end=place, fields={}, broken=place)


def _broken(text: str, place: int, fields: Mapping[str, Field]) -> int | None:
    """Where an entry breaks off: behind its last field, or where that begins if its end is not."""
    match = _END.match(text, place)
    if match is None or (match["end"] and _commas(match["before"]) < 2):
        return None
    if (match.end() < len(text) and text[match.end()] != "@") or not fields:
        return match.end()
    return max(field.start for field in fields.values())


def _commas(gap: str) -> int:
    return _COMMENT.sub("", gap).count(",")


def _fields(
    text: str, place: int, defined: Mapping[str, str]
) -> tuple[dict[str, Field], int, int | None]:
    """The fields from a place on, where they end, and where a comma or a value is missing."""
    fields: dict[str, Field] = {}
    broken: int | None = None
    while match := _NAME.match(text, place):
        if _commas(match["before"]) != 1 and broken is None:
            broken = match.start("name")
        field, place = _value(text, match.end(), defined)
        if place == match.end():
            return fields, place, place if broken is None else broken
        fields.setdefault(match["name"].lower(), field)
    return fields, place, broken


def _value(text: str, start: int, defined: Mapping[str, str]) -> tuple[Field, int]:
    """A value with all parts that `#` joins, and where it ends."""
    parts: list[str] = []
    unknown: list[tuple[str, int]] = []
    place, inner, end = start, start, start
    while True:
        part, inner_start, end = _part(text, place)
        if end == place:
            break
        inner = inner_start if not parts else inner
        if inner_start == place and not part.isdigit():
            if part.lower() not in defined and not _MONTH.fullmatch(part):
                unknown.append((part, place))
            part = defined.get(part.lower(), part)
        parts.append(part)
        joined = _JOIN.match(text, end)
        if joined is None:
            break
        place = joined.end()
    closing = end - 1 if text[end - 1 : end] in ("}", '"') and inner > start else end
    field = Field(value="".join(parts), start=inner, end=closing, unknown=tuple(unknown))
    return (field if closing > inner else Field(value="", start=start, end=end)), end


def _part(text: str, place: int) -> tuple[str, int, int]:
    """One part of a value: what is in it, where that begins, and where the part ends."""
    opening = text[place : place + 1]
    if opening == "{":
        end = _closing(text, place + 1)
        return text[place + 1 : end - 1], place + 1, end
    if opening == '"':
        end = _quote(text, place + 1)
        return text[place + 1 : end - 1], place + 1, end
    word = _WORD.match(text, place)
    return (word[0], place, word.end()) if word else ("", place, place)


def _closing(text: str, place: int) -> int:
    """Where the braces that are open at a place end; the end of the text where they never do."""
    depth = 1
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, place):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return len(text)


def _quote(text: str, place: int) -> int:
    depth = 0
    for match in re.compile(r"\\.|[{}\"]", re.DOTALL).finditer(text, place):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] == '"' and depth == 0:
            return match.end()
    return len(text)
