"""Notes and addresses that a Markdown text defines at its end, brought to where they are used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_OPENING = re.compile(r"\[(\^?[^\]\n]+)\]:(?:[ \t]|$)")
_LABEL = re.compile(r"\[(\^?[^\]\[\n]+)\]")


def rejoined(texts: Sequence[str]) -> list[str]:
    """The texts, each with the definitions that it uses, wherever they stood before.

    A definition that no text uses stays where it is.
    """
    halves = [parted(text) for text in texts]
    blocks = {label: block for _, own in halves for label, block in own.items()}
    used = [_used(body, blocks) for body, _ in halves]
    for own in used:  # a note may use an address
        for label in list(own):
            own |= _used(blocks[label].partition("]:")[2], blocks)
    taken = set().union(*used)
    result: list[str] = []
    for text, (body, here), own in zip(texts, halves, used, strict=True):
        wanted = [
            label for label in blocks if label in own or (label in here and label not in taken)
        ]
        if set(wanted) == set(here):
            result.append(text)
        else:
            pieces = [body.rstrip("\n"), *(blocks[label] for label in wanted)]
            result.append("\n\n".join(pieces) + "\n")
    return result


def _used(text: str, blocks: Mapping[str, str]) -> set[str]:
    return {label for label in _LABEL.findall(text) if label in blocks}


def parted(text: str) -> tuple[str, dict[str, str]]:
    """A text without its definitions, and these by their labels."""
    kept: list[str] = []
    found: dict[str, list[str]] = {}
    lines = text.split("\n")
    label, fenced = "", False
    for number, line in enumerate(lines):
        fenced = fenced != line.lstrip().startswith(("```", "~~~"))
        match = None if fenced else _OPENING.match(line)
        if match and match[1] not in found:
            label = match[1]
            found[label] = [line]
        elif label and _goes_on(lines, number, label):
            found[label].append(line)
        else:
            label = ""
            kept.append(line)
    return "\n".join(kept), {key: "\n".join(own).rstrip("\n") for key, own in found.items()}


def _goes_on(lines: Sequence[str], number: int, label: str) -> bool:
    """Whether a line belongs to the definition before it: indented, or running on."""
    line, before = lines[number], lines[number - 1]
    if line.strip():
        indented = line.startswith(("    ", "\t"))
        return indented or (label.startswith("^") and bool(before.strip()) and line[0] != "#")
    following = next((each for each in lines[number + 1 :] if each.strip()), "")
    return label.startswith("^") and following.startswith(("    ", "\t"))
