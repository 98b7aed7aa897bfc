"""A draft in Markdown, taken apart into sections whose words stay exactly as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

SUFFIXES = (".md", ".markdown", ".qmd", ".rmd")
_SETTINGS = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE_BLOCK = re.compile(r"(?:%[^\n]*\n(?:[ \t]+[^\n]+\n)*){1,3}")
_ATX = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ATTRIBUTES = re.compile(r"[ \t]*(\{[^{}]*\})[ \t]*#*$")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it, up to the next heading; level 0: before the first.

    `attributes` are as they are written, `{#sec:x}`, or empty.
    """

    level: int
    title: str = ""
    attributes: str = ""
    text: str = ""

    @property
    def identifier(self) -> str:
        """The id that its attributes give; empty for none."""
        match = re.search(r"#([^\s}]+)", self.attributes)
        return match[1] if match else ""

    def written(self) -> str:
        """The section as Markdown."""
        if not self.level:
            return self.text
        head = " ".join(filter(None, ("#" * self.level, self.title, self.attributes)))
        return f"{head}\n{self.text}"

    def raised(self, levels: int) -> Section:
        """The section so many levels higher."""
        return replace(self, level=self.level - levels) if self.level else self


def without_settings(text: str) -> tuple[str, str]:
    """The settings or the title block that a text begins with, and the text behind them."""
    for pattern in (_SETTINGS, _TITLE_BLOCK):
        match = pattern.match(text)
        if match:
            return match[0], text[match.end() :]
    return "", text


def sections(text: str) -> list[Section]:
    """The sections of a text; what stands before the first heading is one of level 0."""
    lines = text.split("\n")
    starts = list(_headings(lines))
    found = [Section(level=0, text="\n".join(lines[: starts[0][0] if starts else None]))]
    for number, (line, length, head) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        found.append(replace(head, text="\n".join(lines[line + length : end])))
    return found


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, int, Section]]:
    """Line, number of lines, level, title and attributes of each heading."""
    closed, fence, comment = True, "", False
    for number, line in enumerate(lines):
        if fence or comment:
            closed = _closes(line, fence) if fence else "-->" in line
            fence = "" if closed else fence
            comment = comment and not closed
            continue
        opening = _FENCE.match(line)
        if opening and "`" not in line[opening.end() :]:
            fence, closed = opening[1], False
        elif line.lstrip().startswith("<!--") and "-->" not in line:
            comment, closed = True, False
        elif closed and (found := _heading(line, lines[number + 1 : number + 2])):
            yield number, found[0], found[1]
            closed = True
        else:
            closed = not line.strip()


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(fence) and set(bare) == {fence[0]}


def _heading(line: str, following: Sequence[str]) -> tuple[int, Section] | None:
    match = _ATX.match(line)
    if match:
        return 1, _section(len(match[1]), line.lstrip("#").strip())
    under = _SETEXT.match(following[0]) if following else None
    if under and line.strip() and line[0] not in " \t|+>-*:=#":
        return 2, _section(1 if under[1][0] == "=" else 2, line.strip())
    return None


def _section(level: int, text: str) -> Section:
    attributes = _ATTRIBUTES.search(text)
    title = text[: attributes.start()] if attributes else re.sub(r"[ \t]+#+$", "", text)
    return Section(level=level, title=title.strip(), attributes=attributes[1] if attributes else "")


def titled(found: Sequence[Section]) -> tuple[str, list[Section]]:
    """The title, if the only heading of the first level opens the text, and the sections.

    Their headings are raised so that the highest are of the first level.
    """
    heads = [each for each in found if each.level]
    tops = [each for each in heads if each.level == 1]
    title = ""
    rest = list(found)
    if len(tops) == 1 and heads[0] is tops[0] and len(heads) > 1 and not found[0].text.strip():
        title = tops[0].title
        rest = [Section(level=0, text=tops[0].text), *found[found.index(tops[0]) + 1 :]]
    shift = min((each.level for each in rest if each.level), default=1) - 1
    return title, [each.raised(shift) for each in rest]
