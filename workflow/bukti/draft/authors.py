"""The byline: names, and the affiliations and addresses that belong to them beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bukti.base.tree import Nodes
from bukti.draft.trees import inner
from bukti.draft.vocabulary import vocabularies, words_for
from bukti.manuscript.tree import plain_text

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_RAISED = re.compile("\x02([^\x03]*)\x03")
_NAME = re.compile(r"(?:[^\W\d_][\w'\u2019.-]*)(?: (?:[^\W\d_][\w'\u2019.-]*)){0,6}")
_SMALL = {"al", "bin", "binti", "da", "de", "der", "di", "van", "von", "y"}
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.){1,4}(?:[A-Z][A-Za-z]{0,4}\.?)?|Ph\.?D\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A name of the byline with what the draft says of it; empty where it says nothing."""

    name: str
    affiliation: str = ""
    email: str = ""
    orcid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    text: str
    marks: frozenset[str] = frozenset()


@dataclass(slots=True)
class Byline:
    """The lines between title and abstract, gathered until all are known."""

    names: list[_Line] = field(default_factory=list)
    homes: list[_Line] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def add_authors(self, inlines: Nodes) -> None:
        """Take a paragraph for names because its style says so."""
        self.names += _names(inlines)

    def add_line(self, inlines: Nodes) -> bool:
        """Take a centred line under the title for names, an affiliation or addresses, if it is."""
        text = " ".join(_RAISED.sub(" ", _raised(inlines)).split())
        if _EMAIL.search(text) or _ORCID.search(text):
            self.addresses.append(text)
            return bool(self.names)
        if _is_institution(text):
            if self.names:
                self.homes += _homes(inlines)
            return bool(self.names)
        names = list(_names(inlines))
        if self.names or not names or not all(_looks_like_name(line.text) for line in names):
            return False
        self.names += names
        return True

    def settled(self) -> tuple[tuple[Author, ...], list[str]]:
        """The authors, and the lines whose owners are not beyond doubt."""
        unused: list[str] = []
        homes = self._homes_by_name(unused)
        emails, orcids = self._addresses_by_name(unused)
        authors = tuple(
            Author(
                name=line.text,
                affiliation="; ".join(homes[number]),
                email=emails.get(number, ""),
                orcid=orcids.get(number, ""),
            )
            for number, line in enumerate(self.names)
        )
        return authors, unused

    def _homes_by_name(self, unused: list[str]) -> dict[int, list[str]]:
        homes: dict[int, list[str]] = {number: [] for number in range(len(self.names))}
        unmarked = [home for home in self.homes if not home.marks]
        for home in self.homes:
            if home.marks:
                owners = [n for n, name in enumerate(self.names) if name.marks & home.marks]
            elif len(unmarked) == 1 or len(self.names) == 1:
                owners = list(homes)
            else:
                owners = []
            for number in owners:
                homes[number].append(home.text)
            if not owners:
                unused.append(home.text)
        return homes

    def _addresses_by_name(self, unused: list[str]) -> tuple[dict[int, str], dict[int, str]]:
        emails: dict[int, str] = {}
        orcids: dict[int, str] = {}
        for line in self.addresses:
            rest = line
            for email in _EMAIL.findall(line):
                owner = self._owner(email)
                if owner is not None and owner not in emails:
                    emails[owner] = email
                    rest = rest.replace(email, " ")
            for orcid in _ORCID.findall(line):
                if len(self.names) == 1 and not orcids:
                    orcids[0] = orcid
                    rest = rest.replace(orcid, " ")
            if re.search(r"\w", re.sub(r"(?i)e-?mail|surel|orcid(?:\.org)?|https?", " ", rest)):
                unused.append(line)
        return emails, orcids

    def _owner(self, email: str) -> int | None:
        """Whose address it is: the only author's, or the one whose name it contains."""
        if len(self.names) == 1:
            return 0
        local = email.partition("@")[0].lower()
        fitting = [
            number
            for number, line in enumerate(self.names)
            if any(len(word) > 2 and word in local for word in line.text.lower().split())
        ]
        return fitting[0] if len(fitting) == 1 else None


def _raised(inlines: Nodes) -> str:
    """A text in which what is raised stands between two signs."""
    parts: list[str] = []
    for node in inlines:
        if node["t"] == "Superscript":
            parts.append(f"\x02{plain_text(node['c'])}\x03")
        elif node["t"] == "LineBreak":
            parts.append("\n")
        else:
            inside = inner(node)
            parts.append(_raised(inside) if inside else plain_text([node]))
    return "".join(parts)


def _names(inlines: Nodes) -> Iterator[_Line]:
    """Each name of a line with the marks raised behind it; degrees stay with their name."""
    conjunctions = {word for each in vocabularies().values() for word in each.conjunctions}
    either = "|".join(sorted(re.escape(word) for word in conjunctions))
    shielded = _RAISED.sub(lambda match: match[0].replace(",", "\x04"), _raised(inlines))
    pieces: list[str] = []
    for piece in re.split(rf"[,;\n&]|\s(?:{either})\s", shielded):
        bare = piece.strip()
        if pieces and _DEGREE.fullmatch(_RAISED.sub("", bare).strip()):
            pieces[-1] += f", {bare}"
        elif bare:
            pieces.append(bare)
    for piece in pieces:
        marks = {mark for found in _RAISED.findall(piece) for mark in re.split(r"[\x04\s]+", found)}
        name = " ".join(_RAISED.sub("", piece).replace("*", " ").split())
        if name:
            yield _Line(text=name, marks=frozenset(marks - {""}))


def _homes(inlines: Nodes) -> Iterator[_Line]:
    """Each affiliation of a line with the mark raised before it."""
    for line in _raised(inlines).split("\n"):
        for match in re.finditer("(?:\x02([^\x03]*)\x03)?([^\x02]+)", line):
            text = " ".join(match[2].split()).rstrip(" ,;")
            if text:
                marks = frozenset({match[1].strip()}) if match[1] else frozenset()
                yield _Line(text=text, marks=marks)


def _looks_like_name(text: str) -> bool:
    bare = text.partition(",")[0]
    if not _NAME.fullmatch(bare):
        return False
    return all(word[:1].isupper() or word.lower() in _SMALL for word in bare.split())


def _is_institution(text: str) -> bool:
    lowered = text.lower()
    return any(re.search(rf"\b{re.escape(word)}\b", lowered) for word in words_for("institutions"))
