"""Drafts of one paper in several languages: one for each, with the same ids and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.base.tree import Nodes
from bukti.draft import chapters as outlines
from bukti.draft.exhibits import Exhibits
from bukti.draft.finds import Finds, Kind
from bukti.draft.records import Reading
from bukti.draft.trees import text_of


def refuse_doubles(readings: Sequence[Reading]) -> None:
    """Raise Problem where two drafts are in one language."""
    seen: dict[str, str] = {}
    for each in readings:
        if each.language in seen:
            raise Problem(
                diagnose(
                    "CFG146",
                    Span(path=each.draft.name),
                    language=each.language,
                    first=seen[each.language],
                    second=each.draft.name,
                )
            )
        seen[each.language] = each.draft.name


def refuse_textless(editions: Sequence[str], readings: Sequence[Reading]) -> None:
    """Raise Problem where no draft holds the text of an edition."""
    known = [each.language for each in readings]
    faults = [
        diagnose("CFG149", language=language, known=", ".join(known))
        for language in editions
        if language not in known
    ]
    if faults:
        raise Problem(*faults)


def ids(blocks: Nodes, reading: Reading, leader: Reading) -> Mapping[str, Sequence[str]]:
    """The leading draft's ids of tables and figures, where there are as many here."""
    if reading is leader:
        return {}
    trial = Exhibits(finds=Finds())
    trial.placed(blocks)
    own = trial.ids_by_prefix()
    found: dict[str, Sequence[str]] = {}
    for prefix in own:
        leading = [each.id for each in leader.exhibits if each.prefix == prefix]
        if len(own[prefix]) == len(leading):
            found[prefix] = leading
        else:
            text = f"{prefix}: {len(leading)} ({leader.language}), {len(own[prefix])}"
            reading.finds.add(Kind.LANGUAGES_DIFFER, f"{text} ({reading.language})")
    return found


def heading_ids(blocks: Nodes, reading: Reading, leader: Reading) -> Sequence[str]:
    """The leading draft's ids of headings, where the headings are of the same levels here."""
    if reading is leader:
        return ()
    levels = outlines.outline_levels(blocks)
    if levels == leader.outline.levels:
        return leader.outline.ids
    text = f"sec: {len(leader.outline.levels)} ({leader.language}), {len(levels)}"
    reading.finds.add(Kind.LANGUAGES_DIFFER, f"{text} ({reading.language})")
    return ()


def settle_fronts(readings: Sequence[Reading]) -> None:
    """Take a title or abstract in the language of another draft off this one's, and list it."""
    languages = {each.language for each in readings}
    for reading in readings:
        front = reading.front
        for language in languages - {reading.language}:
            parts = [front.titles.pop(language, []), front.subtitles.pop(language, [])]
            parts += [front.abstracts.pop(language, [])]
            texts = [*map(text_of, parts), "; ".join(front.keywords.pop(language, []))]
            for text in filter(None, texts):
                reading.finds.whole(Kind.FRONT_UNPLACED, text)
