"""The sentences of a verification in one language, for the terminal and for every page alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bukti.base.codes import code_of, note_text, verify_words
from bukti.base.diagnostic import Diagnostic, Note
from bukti.verify.groups import Group
from bukti.verify.verdict import Verdict
from bukti.verify.verification import Challenge, Verification

UNCONFINED = "unconfined"


@dataclass(frozen=True, slots=True)
class Wording:
    """Says everything of a verification in a language."""

    language: str
    words: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", verify_words(self.language))

    def say(self, key: str, **arguments: object) -> str:
        """A word or sentence, filled."""
        return self.words[key].format(**arguments)

    def note(self, note: Note) -> str:
        """A note as a sentence."""
        return note_text(note.key, self.language).format(**note.arguments)

    def finding(self, finding: Diagnostic) -> str:
        """A finding as one sentence, with its notes, its place in front."""
        texts = code_of(finding.code).texts[self.language]
        message = texts["message"].format(**finding.arguments)
        place = f"{finding.span}: " if finding.span else ""
        return "; ".join([f"{place}{message}", *map(self.note, finding.notes)])

    def hint(self, finding: Diagnostic) -> str:
        """What to do about a finding."""
        if finding.hint is not None:
            return self.note(finding.hint)
        return code_of(finding.code).texts[self.language]["hint"].format(**finding.arguments)

    def group(self, group: Group) -> tuple[str, str, str]:
        """A group: its name, how many hold, and how they came out."""
        counts = [
            f"{self.say(f'outcome-{outcome}')} {count}" for outcome, count in group.outcomes.items()
        ]
        if group.unstated:
            counts.append(self.say("unstated", count=group.unstated))
        held = self.say("of", holds=group.holds, total=group.total)
        return self.say(f"group-{group.name}"), held, "; ".join(counts)

    def verdict(self, verdict: Verdict) -> str:
        """A verdict in words: its outcome, and that a sentence says otherwise where one does."""
        said = sum(statement.states is False for statement in verdict.statements)
        words = [self.say(f"outcome-{verdict.outcome}")]
        if said:
            words.append(self.say("unstated", count=said))
        return ", ".join(words)

    def overall(self, verification: Verification) -> str:
        """The one word, with what limits it."""
        word = self.say(f"overall-{verification.overall}")
        if verification.libraries.others:
            word = f"{word}; {self.say('other-libraries')}"
        return f"{word}."

    def circumstances(self, verification: Verification) -> Iterator[tuple[str, str]]:
        """How the rebuild was done: what, and how."""
        subject = verification.subject
        yield self.say("archive"), f"{subject.file}, SHA-256 {subject.sha256}"
        yield self.say("engine"), self._engine(verification)
        yield self.say("libraries"), self._libraries(verification)
        level = verification.rebuild.confinement
        key = "confinement-none" if level == UNCONFINED else "confinement-landlock"
        yield self.say("confinement"), self.say(key, level=level)
        seconds, cores = round(verification.rebuild.seconds), verification.rebuild.cores
        yield self.say("took"), self.say("took-seconds", seconds=seconds, cores=cores)
        if verification.challenge:
            yield self.say("challenge"), self._challenge(verification.challenge)
        if verification.day:
            yield self.say("day"), verification.day

    def _challenge(self, challenge: Challenge) -> str:
        return self.say(
            "challenge-counts",
            seeded=len(challenge.faults),
            found=challenge.count("at its line"),
            elsewhere=challenge.count("elsewhere"),
            missed=challenge.count("missed"),
        )

    def _engine(self, verification: Verification) -> str:
        engine, own = verification.engine, verification.own_engine
        if engine is None:
            return self.say("engine-own", version=own)
        if engine.unmodified:
            return self.say("engine-same", version=own)
        count = len(engine.differing)
        return self.say("engine-other", version=own, other=engine.version, count=count)

    def _libraries(self, verification: Verification) -> str:
        libraries = verification.libraries
        python = libraries.python
        if not libraries.locked:
            return self.say("libraries-unknown", python=python)
        if libraries.others:
            return self.say("libraries-other", python=python, count=len(libraries.others))
        key = "libraries-archive" if libraries.environment == "archive" else "libraries-same"
        return self.say(key, python=python)


def sentences_of(verification: Verification) -> dict[str, tuple[int, int]]:
    """For each language how many sentences state their claims, and how many were looked at."""
    found: dict[str, tuple[int, int]] = {}
    for verdict in verification.verdicts:
        for statement in verdict.statements:
            if statement.states is not None:
                good, all_ = found.get(statement.language, (0, 0))
                found[statement.language] = (good + statement.states, all_ + 1)
    return dict(sorted(found.items()))
