"""A state of a paper, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["added", "removed", "changed"]
Change = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of an edition: the id of its section, its words, and where it begins."""

    section: str
    text: str
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A figure or table: its notebook, its digest by language, and its rows where it is a table."""

    kind: str
    name: str
    notebook: str
    digests: Mapping[str, str]
    columns: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A paper in one state.

    `claims` are the ledger's, by `scheme:id`. `rests_on` has, for each notebook and for `""` (what
    the author wrote down), the files behind it that nobody generates, with their digests.
    `texts` are those of them that are plain text, `packages` the lock's versions.
    """

    name: str
    claims: Mapping[str, Mapping[str, Any]]
    sentences: Mapping[str, tuple[Sentence, ...]]
    exhibits: Mapping[str, Exhibit]
    rests_on: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, str] = field(repr=False)
    packages: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why something changed: a file or a package that did, and in what.

    `kind` is `raw`, `cleaning`, `contract`, `notebook`, `words`, `stated`, `source`, `package` or
    `file`; `lines` are lines of a text that changed, with their number in the new state (in the
    old one where they are gone).
    """

    kind: str
    name: str
    change: Kind
    old: str = ""
    new: str = ""
    lines: tuple[tuple[int, str, str], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """A claim that came, went, or is no longer what it was.

    `aspect` is what of it changed: `value`, `evidence`, `grade` or `status`, "" where it came or
    went. `places` are those of its marks (`path:line`) in the new state, else in the old one.
    """

    name: str
    change: Kind
    aspect: str = ""
    old: str = ""
    new: str = ""
    places: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """A cell of a table that changed: the words that name its row, its column, both values."""

    row: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitChange:
    """A figure or table that came, went or changed, in which languages, and for tables in what."""

    name: str
    change: Kind
    languages: tuple[str, ...] = ()
    cells: tuple[CellChange, ...] = ()
    old_rows: int = 0
    new_rows: int = 0
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceChange:
    """A sentence that came, went, was moved or reworded; where it stands, or stood."""

    language: str
    section: str
    change: Change
    old: str
    new: str
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that differs between two states of a paper.

    `causes` are those files and packages that changed, whether or not a claim did with them;
    `one_sided` the sections in which the sentences of some editions changed, and not of others,
    each with the languages in which they did.
    """

    old: str
    new: str
    claims: tuple[ClaimChange, ...]
    exhibits: tuple[ExhibitChange, ...]
    sentences: tuple[SentenceChange, ...]
    causes: tuple[Cause, ...]
    one_sided: Mapping[str, tuple[str, ...]]

    @property
    def empty(self) -> bool:
        """Whether nothing of the paper differs."""
        return not (self.claims or self.exhibits or self.sentences)
