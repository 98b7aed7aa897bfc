"""What becomes of a draft in Markdown: its own words, in files, with the ids that papers need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from bukti.base.tree import Nodes, walk
from bukti.draft.chapters import REFERENCE_LIST, Chapter, Outline
from bukti.draft.exhibits import Exhibit, slug, unique
from bukti.draft.finds import Finds, Kind
from bukti.draft.front import Front, recognised
from bukti.draft.labels import is_reference_heading, label_of, starts_with_label
from bukti.draft.pictures import FOLDER, Pictures
from bukti.draft.plain import Section, sections, titled
from bukti.draft.plain_front import Settings
from bukti.draft.plain_notes import parted, rejoined
from bukti.manuscript.foreign import homes_of, probed, proposed
from bukti.manuscript.notations import Home
from bukti.manuscript.tree import transform

Read = Callable[[str], dict[str, Any]]
_CONVERTED = {"REN171": Home.TEXT, "REN172": Home.ATTRIBUTES}
_DEFINED = re.compile(r"\{[^{}\n]*?#((?:fig|tbl|tab|eq|eqn|sec)[-:][\w.:-]+)")
_REFS = re.compile(r"\s*:{3,}[ \t]*\{[^}\n]*#refs[^}\n]*\}[ \t]*\n\s*:{3,}\s*")
_EQUATION = re.compile(r"(\$\$[ \t]*\{#)(eq)-(?=[\w-]+\})")
_ALT = re.compile(r"(\]\([^()\n]*\)\{[^{}\n]*?)\b(fig-alt)(?==)")
_DEFINES_KEY = re.compile(r"^\s*@\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)


@dataclass(slots=True)
class Plain:
    """A draft in Markdown: its text without settings, these, and the files that it names."""

    body: str
    settings: Settings
    bibliography: dict[str, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its bibliography."""
        return frozenset(
            key for text in self.bibliography.values() for key in _DEFINES_KEY.findall(text)
        )


@dataclass(slots=True)
class Shaped:
    """What a draft in Markdown became."""

    front: Front
    chapters: list[Chapter]
    outline: Outline
    exhibits: list[Exhibit]


def shaped(
    plain: Plain,
    language: str,
    leader: Outline | None,
    read: Read,
    finds: Finds,
    *,
    pictures: Pictures,
    opening: str,
) -> Shaped:
    """The front and the chapters of a draft; `leader` is the outline of the leading language."""
    body = with_own_ids(plain.body, language, plain.keys, read, finds)
    body = with_pictures(body, plain.pictures, pictures, read, finds)
    title, found = titled(_sections(body, read, finds))
    front = plain.settings.front
    if title and language not in front.titles:
        front.titles[language] = read(title)["blocks"][0]["c"]
    elif title:
        finds.whole(Kind.FRONT_UNPLACED, title)
    found = _without_front(found, language, front, read, finds)
    found = _without_made_list(found, finds)
    found, outline = _identified(found, body, leader, language, finds)
    files = _files([each for each in found if each.level or each.text.strip()], opening)
    texts = rejoined([text for _, text in files])
    chapters = [
        Chapter(name=name, blocks=read(text)["blocks"], text=text.strip("\n") + "\n")
        for (name, _), text in zip(files, texts, strict=True)
    ]
    return Shaped(front=front, chapters=chapters, outline=outline, exhibits=_exhibits(chapters))


def _sections(body: str, read: Read, finds: Finds) -> list[Section]:
    """The sections, if they are those that pandoc sees; otherwise the text as one."""
    found = sections(body)
    seen = [node["c"][0] for node in read(body)["blocks"] if node["t"] == "Header"]
    if [each.level for each in found if each.level] == seen:
        return found
    finds.add(Kind.HEADINGS_NONE)
    return [Section(level=0, text=body)]


def with_own_ids(text: str, language: str, keys: frozenset[str], read: Read, finds: Finds) -> str:
    """A text in which ids such as `#fig-x` and what refers to them are written as bukti does.

    Only an id that the text itself gives is referred to; anything else stays as it was.
    """
    for pattern, new in ((_EQUATION, "eq:"), (_ALT, "alt")):
        for match in pattern.finditer(text):
            finds.add(Kind.NOTATION_CONVERTED, f"{match[2]} \u2192 {new}")
        text = pattern.sub(lambda match, new=new: f"{match[1]}{new}", text)  # type: ignore[misc]
    places = proposed(text, language, keys)
    homes = homes_of(read(probed(text, places)), places) if places else {}
    defined = {re.sub(r"[-:]", ":", name, count=1) for name in _DEFINED.findall(text)}
    pieces: list[str] = []
    renamed: dict[str, str] = {}
    done = 0
    for number, place in enumerate(places):
        code, match = place.notation.code, place.match
        if place.notation.form is None or homes.get(number) is not _CONVERTED.get(code):
            continue
        written = (place.notation.form(match) or "").rstrip(".")
        start, end, new = match.start(), match.end(), written
        if code == "REN172":
            start, new = match.start("key"), written.strip("{}#")
            renamed[match["key"]] = new
        elif written.removeprefix("@") not in _as_own(defined):
            continue
        end -= len(match[0]) - len(match[0].rstrip("."))
        finds.add(Kind.NOTATION_CONVERTED, f"{text[start:end]} \u2192 {new}")
        finds.notation.append(text[start:end])
        pieces += [text[done:start], new]
        done = end
    return _relinked("".join([*pieces, text[done:]]), renamed)


def _relinked(text: str, renamed: Mapping[str, str]) -> str:
    """The text in which links to renamed ids lead to their new names."""
    return re.sub(
        r"(\]\(#)([^)\s]+)(?=[)\s])",
        lambda match: match[1] + renamed.get(match[2], match[2]),
        text,
    )


def _as_own(names: set[str]) -> set[str]:
    own = {"tab": "tbl", "eqn": "eq"}
    parts = (name.partition(":") for name in names)
    return {f"{own.get(kind, kind)}:{rest}" for kind, _, rest in parts}


def with_pictures(
    text: str, given: Mapping[str, bytes], pictures: Pictures, read: Read, finds: Finds
) -> str:
    """A text whose pictures have the addresses that they have in the compendium."""
    for address in local_pictures(read(text)["blocks"]):
        data = given.get(address)
        if data is None:
            finds.add(Kind.PICTURES_UNUSABLE, address)
            continue
        name, usable = pictures.added(slug(PurePosixPath(address).stem), data, address)
        if not usable:
            finds.add(Kind.PICTURES_UNUSABLE, name, f"{FOLDER}/{name}")
        written = "|".join(re.escape(each) for each in dict.fromkeys((address, unquote(address))))
        text = re.sub(
            rf"(\]\(<?|^\[[^\]\n]+\]: *<?)(?:{written})(?=[>\s)]|$)",
            lambda match, name=name: f"{match[1]}../pictures/{name}",  # type: ignore[misc]
            text,
            flags=re.MULTILINE,
        )
    return text


def without_figures(blocks: Nodes) -> Nodes:
    """The blocks with figures as their captions alone, which pandoc repeats in the picture."""
    changed: Nodes = transform(
        blocks, lambda node: node["c"][1][1] if node["t"] == "Figure" else None
    )
    return changed


def local_pictures(blocks: Nodes) -> list[str]:
    """The addresses of the pictures that are files."""
    found = (node["c"][2][0] for node in walk(blocks) if node["t"] == "Image")
    return list(dict.fromkeys(each for each in found if "://" not in each and each[:5] != "data:"))


def _without_front(
    found: Sequence[Section], language: str, front: Front, read: Read, finds: Finds
) -> list[Section]:
    """The sections without abstracts and keywords, which become the front's."""
    kept: list[Section] = []
    pieces: list[str] = []
    for each in found:
        label = label_of(each.title, language) if each.level else None
        own = read(each.text)["blocks"] if not each.level and each.text.strip() else []
        if label is not None or _opens_with_label(own, language):
            pieces.append(each.written())
        else:
            kept.append(each)
    if not pieces:
        return kept
    seen, rest = recognised(read("\n\n".join(pieces))["blocks"], language, finds)
    for name in ("titles", "abstracts", "keywords"):
        for code, value in getattr(seen, name).items():
            getattr(front, name).setdefault(code, value)
    front.authors = front.authors or seen.authors
    for block in rest:
        finds.whole(Kind.FRONT_UNPLACED, " ".join(_words(block)))
    return kept


def _words(block: Any) -> Iterator[str]:
    yield from (str(node["c"]) for node in walk(block) if node["t"] in ("Str", "Code"))


def _opens_with_label(blocks: Nodes, language: str) -> bool:
    return any(
        block["t"] == "Para" and starts_with_label(block["c"], language) is not None
        for block in blocks
    )


def _without_made_list(found: Sequence[Section], finds: Finds) -> list[Section]:
    """The sections without the place of a list of references, which papers make themselves.

    The notes that are defined there go to the section before.
    """
    kept: list[Section] = []
    for each in found:
        body, notes = parted(each.text)
        if each.level and is_reference_heading(each.title) and not _REFS.sub("", body).strip():
            finds.notation.append(each.title)
            if notes and kept:
                text = "\n\n".join([kept[-1].text.rstrip("\n"), *notes.values()])
                kept[-1] = replace(kept[-1], text=text + "\n")
        else:
            kept.append(each)
    return kept


def _identified(
    found: Sequence[Section],
    body: str,
    leader: Outline | None,
    language: str,
    finds: Finds,
) -> tuple[list[Section], Outline]:
    """The sections with an id each."""
    heads = [each for each in found if each.level]
    levels = [each.level for each in heads]
    leading = leader.ids if leader is not None and leader.levels == levels else ()
    if leader is not None and leader.levels != levels:
        finds.add(Kind.LANGUAGES_DIFFER, f"sec: {len(leader.levels)}, {len(levels)} ({language})")
    outline = Outline(levels=levels)
    result = [each for each in found if not each.level]
    for number, each in enumerate(heads):
        identifier = each.identifier
        if is_reference_heading(each.title):
            identifier = REFERENCE_LIST
            sign = finds.here(Kind.REFERENCES_TYPED, each.title)["c"][1]
            each = replace(each, title=each.title + sign, attributes="{.unnumbered}")
        elif not identifier and f"(#{_automatic(each.title)})" not in body:
            name = leading[number] if leading else f"sec:{slug(each.title) or number + 1}"
            identifier = unique(name, {*outline.ids, "sec:references"})
        outline.ids.append(identifier or f"sec:{slug(each.title)}")
        result.append(_with_id(each, identifier))
    return result, outline


def _automatic(title: str) -> str:
    """The id that pandoc gives a heading that has none."""
    plain = re.sub(r"[^\w\s.-]", "", title.lower())
    return re.sub(r"\s+", "-", plain.strip()).lstrip("0123456789.-_")


def _with_id(section: Section, identifier: str) -> Section:
    if not identifier or section.identifier == identifier:
        return section
    inner = section.attributes.strip("{}").strip()
    return replace(section, attributes=f"{{#{' '.join(filter(None, (identifier, inner)))}}}")


def _files(found: Sequence[Section], opening: str) -> list[tuple[str, str]]:
    """The name and the text of each file: one for each heading of the first level."""
    files: list[tuple[str, str]] = []
    for each in found:
        if each.level <= 1:
            name = opening
            if each.level:
                listed = each.identifier.startswith(REFERENCE_LIST)
                name = slug(each.title) if listed else each.identifier.removeprefix("sec:")
                name = slug(name) or slug(each.title)
            files.append((name, each.written()))
        elif not files:
            files.append((opening, each.written()))
        else:
            name, text = files[-1]
            files[-1] = (name, f"{text}\n{each.written()}")
    return files


def _exhibits(chapters: Sequence[Chapter]) -> list[Exhibit]:
    """The tables and figures that have an id."""
    found: list[Exhibit] = []
    for chapter in chapters:
        for node in walk(chapter.blocks):
            prefix = {"Table": "tbl", "Image": "fig", "Figure": "fig"}.get(node["t"], "")
            identifier = str(node["c"][0][0]) if prefix else ""
            if identifier and identifier not in {each.id for each in found}:
                found.append(Exhibit(id=identifier, prefix=prefix, word="", number="", anchors=()))
    return found
