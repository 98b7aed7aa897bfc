"""The verdicts on claims: their values, their grounds, and whether each sentence states them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.base.claims import shown_value
from bukti.base.diagnostic import Note, note
from bukti.verify.built import Built
from bukti.verify.grounds import ground_of
from bukti.verify.values import compared
from bukti.verify.verdict import Ground, Outcome, Statement, Verdict

_LONGEST = 160
_ABSTRACT = "00-abstract.md"
Key = tuple[str, str]
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What verdicts on claims need to know besides the two builds.

    `received` are the clean tables whose raw files came as they are; `found` the claims whose
    value stands in a source that the archive includes; `broken` the notebooks that could not be
    run again, by path; `ran` those that were to be, all where it is None; `chosen` the claims to
    judge, all where it is empty; `stopped` is whether the rebuild did not come to its end.
    """

    received: Collection[str] = ()
    found: Collection[Key] = ()
    broken: Collection[str] = ()
    ran: Collection[str] | None = None
    chosen: Collection[str] = field(default_factory=frozenset)
    stopped: bool = False


def claim_verdicts(theirs: Built, ours: Built, around: Around) -> tuple[Verdict, ...]:
    """A verdict for each claim that the paper uses or that is chosen; others only if they fail."""
    old, new = theirs.entries(), ours.entries()
    main = main_claims(old)
    restricted = _restricted(theirs)
    found = []
    for key in sorted(old.keys() | new.keys()):
        entry = old.get(key) or new[key]
        if around.chosen and key[1] not in around.chosen:
            continue
        told = Told(key=key, old=old.get(key), new=new.get(key), around=around)
        verdict = told.verdict(key in main, restricted.get(key[1]), ours.ledger is not None)
        if _is_used(entry) or around.chosen or not verdict.holds:
            found.append(verdict)
    return tuple(found)


def main_claims(entries: Mapping[Key, Entry]) -> frozenset[Key]:
    """The claims that an abstract states; all that are used where none does."""
    used = frozenset(key for key, entry in entries.items() if _is_used(entry))
    stated = frozenset(
        key
        for key, entry in entries.items()
        for marks in entry.get("marks", {}).values()
        for mark in marks
        if mark["path"].rpartition("/")[2] == _ABSTRACT
    )
    return stated or used


def _is_used(entry: Entry) -> bool:
    return any(entry.get("marks", {}).values())


def _restricted(built: Built) -> dict[str, str]:
    """What stands for the raw files behind each claim whose raw files are not included."""
    if built.ledger is None:
        return {}
    return {
        claim: item["from"] for item in built.ledger["not_included"] for claim in item["claims"]
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One claim in the archive and in the rebuild."""

    key: Key
    old: Entry | None
    new: Entry | None
    around: Around

    def verdict(self, main: bool, restricted: str | None, joined: bool) -> Verdict:
        """The verdict; `restricted` is what stands for missing raw files, if anything does."""
        entry = self.old or self.new or {}
        ground, outcome, reasons = self._judged(entry, restricted)
        return Verdict(
            kind="given" if self.key[0] == "given" else _kind(entry),
            id=self.key[1],
            ground=ground,
            outcome=outcome,
            theirs=_shown(self.old),
            ours=_shown(self.new),
            reasons=tuple(reasons),
            statements=tuple(self._statements(joined)),
            main=main,
            accepted=_accepted(self.old),
            place=_place(entry),
        )

    def _judged(
        self, entry: Entry, restricted: str | None
    ) -> tuple[Ground, Outcome, tuple[Note, ...]]:
        ground = ground_of(entry)
        notebook = entry["evidence"]["notebook"]
        if notebook in self.around.broken:
            return _unchecked(note("verify-notebook-stopped", notebook=notebook))
        if self.new is None and self.around.ran is not None and notebook not in self.around.ran:
            return _unchecked(note("verify-not-rebuilt"))
        if self.new is None and self.around.stopped:
            return _unchecked(note("verify-rebuild-stopped"))
        if self.old is None:
            return ground, Outcome.DIFFERS, (note("verify-not-in-archive"),)
        if restricted == "result":
            return _unchecked(note("verify-kept-result", notebook=notebook))
        if ground is Ground.DOCUMENTED:
            return ground, *_documented(self.old, self.new)
        if self.new is None:
            return ground, Outcome.MISSING, (note("verify-not-made"),)
        outcome = compared(self.old["value"], self.new["value"])
        if outcome is not Outcome.DIFFERS and self.old["unit"] != self.new["unit"]:
            outcome = Outcome.DIFFERS
        if outcome is Outcome.DIFFERS:
            return ground, outcome, ()
        return self._grounded(ground, outcome, restricted)

    def _grounded(
        self, ground: Ground, outcome: Outcome, restricted: str | None
    ) -> tuple[Ground, Outcome, tuple[Note, ...]]:
        """The outcome of a value that came out again, by what it rests on."""
        if restricted:
            return Ground.TRANSCRIBED, Outcome.TABLE, (note("verify-kept-table"),)
        if ground is Ground.TRANSCRIBED:
            came = (self.old or {})["evidence"]["table"] in self.around.received
            found = came or self.key in self.around.found
            return ground, Outcome.SOURCE if found else Outcome.TABLE, ()
        return ground, outcome, ()

    def _statements(self, joined: bool) -> Iterator[Statement]:
        entry = self.new if self.new is not None and joined else self.old
        for language, marks in sorted((entry or {}).get("marks", {}).items()):
            for mark in marks:
                yield Statement(
                    language=language,
                    path=mark["path"],
                    line=mark["line"],
                    text=mark["text"],
                    section=mark["section"],
                    states=mark["status"] == "holds" if joined else None,
                )


def _kind(entry: Entry) -> str:
    return "quotation" if entry["kind"] == "quotation" else "claim"


def _unchecked(reason: Note) -> tuple[Ground, Outcome, tuple[Note, ...]]:
    return Ground.UNCHECKED, Outcome.UNCHECKED, (reason,)


def _documented(old: Entry, new: Entry | None) -> tuple[Outcome, tuple[Note, ...]]:
    """How documentary evidence came out: what supports the claim, and whether it still does."""
    if new is None:
        return Outcome.MISSING, (note("verify-not-made"),)
    before, now = old["evidence"]["rows"], new["evidence"]["rows"]
    lost = sum(row not in now for row in before)
    if lost:
        return Outcome.MISSING, (note("verify-evidence-lost", lost=lost, count=len(before)),)
    if new["status"] == "without-evidence" or not now:
        return Outcome.MISSING, (note("verify-no-evidence"),)
    if new["status"] == "contradicted":
        return Outcome.CONTRADICTED, ()
    support = [row for row in now if not row.get("against")]
    against = len(now) - len(support)
    if against > len(support):
        return Outcome.CONTRADICTED, (note("verify-more-against", against=against),)
    return Outcome.SEGMENTS if _shows_words(new, support) else Outcome.LOCATOR, ()


def _shows_words(entry: Entry, support: Sequence[Mapping[str, Any]]) -> bool:
    """Whether words of a document were compared; a passage without its text names a place only."""
    if any(row.get("tier") for row in support):
        return True
    places = (entry.get("grade") or {}).get("ground") == "locators"
    return not places and any("segment" in row for row in support)


def _shown(entry: Entry | None) -> str:
    if entry is None:
        return "-"
    if entry["value"] is None:
        return str(len(entry["evidence"]["rows"]))
    text = shown_value(entry["value"], entry["unit"])
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _accepted(entry: Entry | None) -> bool | None:
    accepted = (entry or {}).get("accepted")
    if not accepted or entry is None:
        return None
    return bool(accepted["value"] == entry["value"] and accepted["unit"] == entry["unit"])


def _place(entry: Entry) -> str:
    evidence = entry["evidence"]
    if evidence["notebook"]:
        return f"{evidence['notebook']}, {evidence['cell']}"
    return ", ".join(filter(None, [*evidence["sources"], evidence["locator"]]))
