"""The work of an import: read the drafts, understand them, write the compendium's files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.base.tree import Node, Nodes, walk
from bukti.draft import chapters as outlines
from bukti.draft import loss, markdown
from bukti.draft.audit import audited
from bukti.draft.changes import accepted, printable
from bukti.draft.citations import Item, bibliography, cited, with_keys
from bukti.draft.exhibits import Exhibits
from bukti.draft.finds import Finds, Kind
from bukti.draft.front import Front, recognised
from bukti.draft.mentions import Targets, bound
from bukti.draft.open_marks import restored
from bukti.draft.open_text import opened
from bukti.draft.package import open_package
from bukti.draft.pictures import FOLDER, Pictures
from bukti.draft.prepare import prepared
from bukti.draft.records import Draft, Imported, Reading
from bukti.draft.report import told
from bukti.draft.source import embedded, formulas, missing_pictures, passages
from bukti.draft.stores import with_fields
from bukti.draft.trees import text_of
from bukti.draft.vocabulary import language_of_text
from bukti.draft.wording import sentence
from bukti.manuscript.tree import words
from bukti.project.inventory import ABSTRACT, BIBLIOGRAPHY, FRONT
from bukti.tools import pandoc

_FORMATS = {".docx": "docx+citations", ".odt": "odt"}
_SECONDS = 120.0


def imported(drafts: Sequence[Draft], speech: str) -> Imported:
    """The files of a compendium from drafts, one for each language; `speech` is that of the page.

    Raises Problem for a file that is no draft, or whose language is not clear.
    """
    readings = [_read(draft) for draft in drafts]
    _refuse_doubles(readings)
    items, keys = with_keys([item for each in readings for item in each.items.values()])
    pictures = Pictures(word=sentence("picture", speech))
    for reading in readings:
        _understand(reading, keys, pictures, readings[0], speech)
    files: dict[str, bytes] = {}
    _settle_fronts(readings)
    for reading in readings:
        _write(reading, readings[0])
        files |= {path: text.encode() for path, text in reading.texts.items()}
    files |= {f"{FOLDER}/{name}": data for name, data in pictures.files.items()}
    if items:
        files[BIBLIOGRAPHY] = _bibliography(items).encode()
    for reading in readings:
        _account(reading)
    return told(readings, files, len(items), speech)


def _read(draft: Draft) -> Reading:
    package = open_package(draft.name, draft.data)
    text = opened(package) if package.suffix == ".odt" else None
    stored = text.stored if text else with_fields(package)
    package = stored.package
    try:
        tree, warnings = pandoc.read_document(
            prepared(package),
            _FORMATS[package.suffix],
            arguments=["--track-changes=all"],
            path=draft.name,
            seconds=_SECONDS,
        )
    except Problem as problem:
        raise Problem(
            *(_unreadable(draft, each.arguments) for each in problem.diagnostics)
        ) from problem
    if text:
        tree["blocks"] = restored(tree["blocks"], text.marks, text.described)
    words = text_of(tree["blocks"])
    if not words:
        raise Problem(diagnose("CFG148", Span(path=draft.name), path=draft.name))
    language = draft.language or language_of_text(words)
    if language is None:
        raise Problem(diagnose("CFG145", Span(path=draft.name), path=draft.name))
    reading = Reading(
        draft=draft,
        package=package,
        language=language,
        tree=tree,
        items=_items(tree, stored.items),
        passages=passages(package),
    )
    for warning in warnings:
        reading.finds.add(Kind.WARNINGS, warning.pretty)
    return reading


def _unreadable(draft: Draft, arguments: Mapping[str, str]) -> Any:
    if "limit" in arguments:
        return diagnose("CFG144", Span(path=draft.name), path=draft.name)
    reason = arguments.get("reason", "")
    return diagnose("CFG140", Span(path=draft.name), path=draft.name, reason=reason)


def _refuse_doubles(readings: Sequence[Reading]) -> None:
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


def _items(tree: Mapping[str, Any], listed: Sequence[Item]) -> dict[str, Item]:
    """The items that a reference manager kept in the draft, by their ids there."""
    found: dict[str, Item] = {}
    if listed:
        again, _ = pandoc.read_document(json.dumps(list(listed)).encode(), "csljson")
        found |= _items(again, ())
    if "references" in tree["meta"]:
        only = {**tree, "blocks": [], "meta": {"references": tree["meta"]["references"]}}
        data, _ = pandoc.convert(only, "csljson")
        found |= {str(item["id"]): item for item in json.loads(data)}
    return found


def _understand(
    reading: Reading,
    keys: Mapping[str, str],
    pictures: Pictures,
    leader: Reading,
    speech: str,
) -> None:
    finds, language = reading.finds, reading.language
    blocks = markdown.foreign_words(reading.tree["blocks"])
    blocks = accepted(printable(blocks, finds), finds, sentence("comment", speech))
    blocks = cited(blocks, reading.items, keys, language, finds)
    reading.front, blocks = recognised(blocks, language, finds)
    blocks = outlines.levelled(blocks)
    placing = Exhibits(finds=finds, ids=_ids(blocks, reading, leader))
    blocks = outlines.headed(placing.placed(blocks), finds)
    blocks, reading.outline = outlines.identified(blocks, _heading_ids(blocks, reading, leader))
    reading.exhibits = placing.found
    blocks = pictures.kept(blocks, reading.exhibits, reading.package.pictures, finds)
    targets = Targets(exhibits=reading.exhibits, headings=reading.outline.old, language=language)
    close = outlines.tightened(bound(blocks, targets, finds))
    assert isinstance(close, list)
    reading.chapters = outlines.split(close, sentence("opening", speech))
    if not reading.outline.ids:
        finds.add(Kind.HEADINGS_NONE, reading.draft.name)


def _ids(blocks: Nodes, reading: Reading, leader: Reading) -> Mapping[str, Sequence[str]]:
    """The leading draft's ids of tables and figures, where there are as many here."""
    if reading is leader:
        return {}
    trial = Exhibits(finds=Finds())
    trial.placed(blocks)
    own = trial.ids_by_prefix()
    ids: dict[str, Sequence[str]] = {}
    for prefix in own:
        leading = [each.id for each in leader.exhibits if each.prefix == prefix]
        if len(own[prefix]) == len(leading):
            ids[prefix] = leading
        else:
            text = f"{prefix}: {len(leading)} ({leader.language}), {len(own[prefix])}"
            reading.finds.add(Kind.LANGUAGES_DIFFER, f"{text} ({reading.language})")
    return ids


def _heading_ids(blocks: Nodes, reading: Reading, leader: Reading) -> Sequence[str]:
    """The leading draft's ids of headings, where the headings are of the same levels here."""
    if reading is leader:
        return ()
    levels = outlines.outline_levels(blocks)
    if levels == leader.outline.levels:
        return leader.outline.ids
    text = f"sec: {len(leader.outline.levels)} ({leader.language}), {len(levels)}"
    reading.finds.add(Kind.LANGUAGES_DIFFER, f"{text} ({reading.language})")
    return ()


def _settle_fronts(readings: Sequence[Reading]) -> None:
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


def _write(reading: Reading, leader: Reading) -> None:
    """The Markdown files of a draft's language, and of the others that it has a front in."""
    front = reading.front
    names = outlines.file_names(reading.chapters)
    leading = outlines.file_names(leader.chapters)
    if len(names) == len(leading):
        names = leading
    pieces: list[tuple[str, Nodes]] = []
    for language in dict.fromkeys([reading.language, *front.languages()]):
        pieces += _front_pieces(front, language)
    for name, chapter in zip(names, reading.chapters, strict=True):
        pieces.append((f"manuscript/{reading.language}/{name}", chapter.blocks))
    tree = {
        "pandoc-api-version": reading.tree["pandoc-api-version"],
        "meta": {},
        "blocks": markdown.flat(markdown.joined([blocks for _, blocks in pieces])),
    }
    data, _ = pandoc.convert(tree, markdown.WRITER, arguments=markdown.ARGUMENTS, seconds=_SECONDS)
    written = markdown.parted(data.decode())
    fronts: dict[str, dict[str, list[str]]] = {}
    for (path, _), text in zip(pieces, written, strict=True):
        file, _, key = path.partition("#")
        settled = reading.finds.settle(file, text)
        if key:
            fronts.setdefault(file, {}).setdefault(key, []).append(" ".join(settled.split()))
        else:
            reading.texts[file] = settled
    reading.finds.rest(f"manuscript/{reading.language}")
    for language in dict.fromkeys([reading.language, *front.languages()]):
        values = fronts.get(f"manuscript/{language}/{FRONT}", {})
        _note_missing(reading, language, values)
        if language == reading.language:
            values.setdefault("title", [re.sub(r"\.\w+$", "", PurePath(reading.draft.name).name)])
        reading.texts[f"manuscript/{language}/{FRONT}"] = _front_text(values)


def _front_pieces(front: Front, language: str) -> list[tuple[str, Nodes]]:
    """What of a language goes to its `front.md` and `00-abstract.md`."""
    folder = f"manuscript/{language}"
    pieces: list[tuple[str, Nodes]] = []
    for key, inlines in (("title", front.titles), ("subtitle", front.subtitles)):
        if language in inlines:
            pieces.append((f"{folder}/{FRONT}#{key}", [_paragraph(inlines[language])]))
    keywords = front.keywords.get(language, ())
    pieces += [(f"{folder}/{FRONT}#keywords", [_paragraph(words(each))]) for each in keywords]
    if language in front.abstracts:
        pieces.append((f"{folder}/{ABSTRACT}", front.abstracts[language]))
    return pieces


def _paragraph(inlines: Nodes) -> Node:
    return {"t": "Para", "c": inlines}


def _front_text(values: Mapping[str, list[str]]) -> str:
    keys = [key for key in ("title", "subtitle") if key in values]
    lines = ["---", *(f"{key}: {_yaml(values[key][0])}" for key in keys)]
    if "keywords" in values:
        lines += ["keywords:", *(f"  - {_yaml(word)}" for word in values["keywords"])]
    return "\n".join([*lines, "---", ""])


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _note_missing(reading: Reading, language: str, values: Mapping[str, list[str]]) -> None:
    folder = f"manuscript/{language}"
    if "title" not in values:
        reading.finds.add(Kind.TITLE_MISSING, "", f"{folder}/{FRONT}", 2)
    if language not in reading.front.abstracts:
        reading.finds.add(Kind.ABSTRACT_MISSING, "", f"{folder}/{ABSTRACT}")


def _bibliography(items: Sequence[Item]) -> str:
    """The items as BibLaTeX, with the names that it has for languages."""
    data = json.dumps([{"language": "id", **item} for item in items], ensure_ascii=False)
    tree, _ = pandoc.read_document(data.encode(), "csljson")
    text, _ = pandoc.convert(tree, "biblatex", arguments=["--wrap=none"])
    return bibliography(
        text.decode(), [str(item["id"]) for item in items if "language" not in item]
    )


def _account(reading: Reading) -> None:
    """Note what is missing of the draft, and what its text leaves open."""
    finds, language = reading.finds, reading.language
    whole = [find.text for find in finds.placed if find.kind is Kind.FRONT_UNPLACED]
    body = "\n\n".join(text for path, text in reading.texts.items() if not path.endswith(FRONT))
    fronts = [text for path, text in reading.texts.items() if path.endswith(FRONT)]
    reread, _ = pandoc.read_markdown(body, seconds=_SECONDS)
    written = [*loss.everything_in(reread["blocks"]), *finds.notation, *whole, *fronts]
    for author in reading.front.authors:
        written += [author.name, author.affiliation, author.email, author.orcid]
    loss.note_losses(reading.passages, written, finds)
    _note_formulas(reading, reread)
    for name in embedded(reading.package):
        finds.add(Kind.EMBEDDED, name)
    for name in missing_pictures(reading.package):
        finds.add(Kind.PICTURES_UNUSABLE, name)
    chapters = {
        path: text
        for path, text in reading.texts.items()
        if path.startswith(f"manuscript/{language}/") and not path.endswith(FRONT)
    }
    audited(language, chapters, finds)


def _note_formulas(reading: Reading, reread: Mapping[str, Any]) -> None:
    kept = sum(node["t"] == "Math" for node in walk(reread["blocks"]))
    for _ in range(formulas(reading.package) - kept):
        reading.finds.add(Kind.FORMULAS_LOST)
