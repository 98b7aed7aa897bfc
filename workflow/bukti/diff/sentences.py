"""Sentences of an edition, and which of them two states of it do not share."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from bukti.diff.records import Change, Sentence, SentenceChange

_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z])")
_ALIKE = 0.5
_MOST_COMPARED = 200


def sentences_of(record: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """The sentences of an edition's record of passages, in the order of the text."""
    return tuple(each for passage in record["passages"] for each in _of_passage(passage))


def _of_passage(passage: Mapping[str, Any]) -> Iterator[Sentence]:
    text = passage["text"]
    ends = [match.end() for match in _END.finditer(text)]
    starts = [run[0] for run in passage["runs"]]
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        words = " ".join(text[start:end].split())
        if words:
            run = bisect_right(starts, start) - 1
            line = passage["runs"][run][1] if run >= 0 else passage["line"]
            yield Sentence(section=passage["section"], text=words, path=passage["path"], line=line)


def changed_sentences(
    language: str, old: Sequence[Sentence], new: Sequence[Sentence]
) -> tuple[SentenceChange, ...]:
    """What came, was moved or reworded, in the order of the new text; then what went.

    A sentence that came is an old one reworded where at least half of their words are the same;
    one from its own section is taken before others.
    """
    gone, come = _unmatched(old, new)
    found: list[SentenceChange] = []
    for sentence in come:
        twin = _twin(sentence, gone)
        if twin is None:
            found.append(_change(language, "added", None, sentence))
            continue
        gone.remove(twin)
        same = twin.text == sentence.text
        found.append(_change(language, "moved" if same else "changed", twin, sentence))
    return (*found, *(_change(language, "removed", sentence, None) for sentence in gone))


def _unmatched(
    old: Sequence[Sentence], new: Sequence[Sentence]
) -> tuple[list[Sentence], list[Sentence]]:
    matcher = SequenceMatcher(
        None, [each.text for each in old], [each.text for each in new], autojunk=False
    )
    blocks = [block for block in matcher.get_opcodes() if block[0] != "equal"]
    gone = [sentence for _, a, b, _, _ in blocks for sentence in old[a:b]]
    come = [sentence for _, _, _, c, d in blocks for sentence in new[c:d]]
    return gone, come


def _twin(sentence: Sentence, gone: Sequence[Sentence]) -> Sentence | None:
    same = next((each for each in gone if each.text == sentence.text), None)
    if same is not None:
        return same
    own = [each for each in gone if each.section == sentence.section]
    others = gone if len(gone) <= _MOST_COMPARED else ()
    alike = (each for each in (*own, *others) if _alike(each.text, sentence.text))
    return next(alike, None)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _change(
    language: str, change: Change, old: Sentence | None, new: Sentence | None
) -> SentenceChange:
    place = new or old
    assert place is not None
    return SentenceChange(
        language=language,
        section=place.section,
        change=change,
        old=old.text if old else "",
        new=new.text if new else "",
        path=place.path,
        line=place.line,
    )
