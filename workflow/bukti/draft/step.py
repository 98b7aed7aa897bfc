"""The work of an import: read the drafts, understand them, write the compendium's files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.language import is_language
from bukti.base.span import Span
from bukti.base.tree import Nodes, walk
from bukti.draft import chapters as outlines
from bukti.draft import loss, markdown
from bukti.draft.audit import audited
from bukti.draft.changes import accepted, printable
from bukti.draft.citations import Item, bibliography, cited, with_keys
from bukti.draft.exhibits import Exhibits
from bukti.draft.finds import Kind
from bukti.draft.front import recognised
from bukti.draft.front_files import front_pieces, front_text
from bukti.draft.languages import heading_ids, ids, refuse_doubles, refuse_textless, settle_fronts
from bukti.draft.mentions import Targets, bound
from bukti.draft.open_marks import restored
from bukti.draft.open_text import opened
from bukti.draft.package import Package, open_package
from bukti.draft.pictures import FOLDER, Pictures
from bukti.draft.plain import SUFFIXES, without_settings
from bukti.draft.plain_draft import Plain, local_pictures, shaped, without_figures
from bukti.draft.plain_front import language_in, settings
from bukti.draft.prepare import prepared
from bukti.draft.records import Draft, Imported, Reading
from bukti.draft.report import told
from bukti.draft.source import Passage, embedded, formulas, missing_pictures, passages
from bukti.draft.stores import with_fields
from bukti.draft.trees import text_of
from bukti.draft.vocabulary import language_of_text
from bukti.draft.wording import sentence
from bukti.manuscript.foreign import foreign_findings
from bukti.project.inventory import ABSTRACT, BIBLIOGRAPHY, FRONT
from bukti.tools import pandoc

_FORMATS = {".docx": "docx+citations", ".odt": "odt"}
_SETTINGS = f"{pandoc.READER}+yaml_metadata_block+pandoc_title_block"
_WORKS = {"bib": "biblatex", "json": "csljson", "ris": "ris", "yaml": "markdown", "yml": "markdown"}
_SECONDS = 120.0


def imported(drafts: Sequence[Draft], speech: str, editions: Sequence[str] = ()) -> Imported:
    """The files of a compendium from drafts, one for each language; `speech` is that of the page.

    `editions` are the languages that papers are to be made in; all that have a text by default.
    Raises Problem for a file that is no draft, or whose language is not clear.
    """
    readings = [_read(draft) for draft in drafts]
    refuse_doubles(readings)
    refuse_textless(editions, readings)
    plain = [each.plain for each in readings if each.plain]
    own = frozenset[str]().union(*(each.keys for each in plain))
    items, keys = with_keys([item for each in readings for item in each.items.values()], own)
    pictures = Pictures(word=sentence("picture", speech))
    for reading in readings:
        _understand(reading, keys, pictures, readings[0], speech)
    files: dict[str, bytes] = {}
    settle_fronts(readings)
    for reading in readings:
        _write(reading, readings[0])
        files |= {path: text.encode() for path, text in reading.texts.items()}
    files |= {f"{FOLDER}/{name}": data for name, data in pictures.files.items()}
    works = [text for each in plain for text in each.bibliography.values()]
    texts = [*([_bibliography(items)] if items else []), *dict.fromkeys(works)]
    if texts:
        files[BIBLIOGRAPHY] = "\n".join(texts).encode()
    for reading in readings:
        _account(reading)
        if editions and reading.language not in editions:
            folder = f"manuscript/{reading.language}"
            reading.finds.add(Kind.EDITIONS_LEFT, reading.draft.name, folder)
    return told(readings, files, len(items) + len(own), speech)


def _read(draft: Draft) -> Reading:
    plain = draft.name.lower().endswith(SUFFIXES)
    try:
        return _read_plain(draft) if plain else _read_document(draft)
    except Problem as problem:
        if any(each.code.startswith("CFG14") for each in problem.diagnostics):
            raise
        raise Problem(
            *(_unreadable(draft, each.arguments) for each in problem.diagnostics)
        ) from problem


def _read_document(draft: Draft) -> Reading:
    package = open_package(draft.name, draft.data)
    text = opened(package) if package.suffix == ".odt" else None
    stored = text.stored if text else with_fields(package)
    package = stored.package
    tree, warnings = pandoc.read_document(
        prepared(package),
        _FORMATS[package.suffix],
        arguments=["--track-changes=all"],
        path=draft.name,
        seconds=_SECONDS,
    )
    if text:
        tree["blocks"] = restored(tree["blocks"], text.marks, text.described)
    reading = Reading(
        draft=draft,
        package=package,
        language=_language(draft, tree["blocks"]),
        tree=tree,
        items=_items(tree, stored.items),
        passages=passages(package),
    )
    for warning in warnings:
        reading.finds.add(Kind.WARNINGS, warning.pretty)
    return reading


def _language(draft: Draft, blocks: Nodes, named: str = "") -> str:
    """The language of a text: as it was given, as its settings name it, or by its words."""
    words = text_of(blocks)
    if not words:
        raise Problem(diagnose("CFG148", Span(path=draft.name), path=draft.name))
    language = draft.language or (named if is_language(named) else language_of_text(words))
    if language is None:
        raise Problem(diagnose("CFG145", Span(path=draft.name), path=draft.name))
    return language


def _read_plain(draft: Draft) -> Reading:
    head, body = without_settings(_decoded(draft))
    known, _ = pandoc.read_markdown(head, from_format=_SETTINGS, path=draft.name)
    tree = _tree(body)
    language = _language(draft, tree["blocks"], language_in(known["meta"]))
    said = settings(known["meta"], language)
    names = local_pictures(tree["blocks"])
    found = ((name, draft.beside(name)) for name in names)
    plain = Plain(
        body=body,
        settings=said,
        pictures={name: data for name, data in found if data is not None},
    )
    texts = [*loss.everything_in(without_figures(tree["blocks"])), *said.others]
    reading = Reading(
        draft=draft,
        package=None,
        language=language,
        tree=tree,
        items={},
        passages=tuple(Passage(kind="text", text=text) for text in texts),
        plain=plain,
    )
    inline = list(_items(known, ()).values())
    if inline:
        plain.bibliography[""] = _bibliography(inline)
    for name in said.bibliographies:
        works = _works(draft, name)
        if works is None:
            reading.finds.add(Kind.BIBLIOGRAPHY_MISSING, name)
        else:
            plain.bibliography[name] = works
    for text in said.others:
        reading.finds.whole(Kind.FRONT_UNPLACED, text)
    return reading


def _tree(text: str) -> dict[str, Any]:
    return pandoc.read_markdown(text, seconds=_SECONDS)[0]


def _decoded(draft: Draft) -> str:
    try:
        text = draft.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        code = diagnose("CFG140", Span(path=draft.name), path=draft.name, reason="UTF-8")
        raise Problem(code) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _works(draft: Draft, name: str) -> str | None:
    """The entries of a file of references as BibLaTeX; None for one that cannot be read."""
    data = draft.beside(name)
    suffix = name.rpartition(".")[2].lower()
    try:
        if data is None or suffix not in _WORKS:
            return None
        if suffix == "bib":
            return "\n".join(data.decode("utf-8-sig").splitlines()).strip() + "\n"
        tree, _ = pandoc.read_document(data, _WORKS[suffix])
        return _bibliography(list(_items(tree, ()).values()))
    except (Problem, UnicodeDecodeError):
        return None


def _unreadable(draft: Draft, arguments: Mapping[str, str]) -> Any:
    if "limit" in arguments:
        return diagnose("CFG144", Span(path=draft.name), path=draft.name)
    reason = arguments.get("reason", "")
    return diagnose("CFG140", Span(path=draft.name), path=draft.name, reason=reason)


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
    if reading.plain is not None or reading.package is None:
        _understand_plain(reading, pictures, leader, speech)
        return
    blocks = markdown.foreign_words(reading.tree["blocks"])
    blocks = accepted(printable(blocks, finds), finds, sentence("comment", speech))
    blocks = cited(blocks, reading.items, keys, language, finds)
    reading.front, blocks = recognised(blocks, language, finds)
    blocks = outlines.levelled(blocks)
    placing = Exhibits(finds=finds, ids=ids(blocks, reading, leader))
    blocks = outlines.headed(placing.placed(blocks), finds)
    blocks, reading.outline = outlines.identified(blocks, heading_ids(blocks, reading, leader))
    reading.exhibits = placing.found
    blocks = pictures.kept(blocks, reading.exhibits, reading.package.pictures, finds)
    targets = Targets(exhibits=reading.exhibits, headings=reading.outline.old, language=language)
    close = outlines.tightened(bound(blocks, targets, finds))
    assert isinstance(close, list)
    reading.chapters = outlines.split(close, sentence("opening", speech))
    if not reading.outline.ids:
        finds.add(Kind.HEADINGS_NONE, reading.draft.name)


def _understand_plain(reading: Reading, pictures: Pictures, leader: Reading, speech: str) -> None:
    assert reading.plain is not None
    result = shaped(
        reading.plain,
        reading.language,
        None if reading is leader else leader.outline,
        _tree,
        reading.finds,
        pictures=pictures,
        opening=sentence("opening", speech),
    )
    reading.front, reading.chapters = result.front, result.chapters
    reading.outline, reading.exhibits = result.outline, result.exhibits


def _write(reading: Reading, leader: Reading) -> None:
    """The Markdown files of a draft's language, and of the others that it has a front in."""
    front = reading.front
    names = outlines.file_names(reading.chapters)
    leading = outlines.file_names(leader.chapters)
    if len(names) == len(leading):
        names = leading
    pieces: list[tuple[str, Nodes]] = []
    for language in dict.fromkeys([reading.language, *front.languages()]):
        pieces += front_pieces(front, language)
    for name, chapter in zip(names, reading.chapters, strict=True):
        path = f"manuscript/{reading.language}/{name}"
        if chapter.text:
            reading.texts[path] = reading.finds.settle(path, chapter.text)
        else:
            pieces.append((path, chapter.blocks))
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
        reading.texts[f"manuscript/{language}/{FRONT}"] = front_text(values)


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
    if reading.package is not None:
        _note_parts(reading, reading.package, reread)
    chapters = {
        path: text
        for path, text in reading.texts.items()
        if path.startswith(f"manuscript/{language}/") and not path.endswith(FRONT)
    }
    audited(language, chapters, finds)
    if reading.plain is not None:
        for path, text in chapters.items():
            for each in foreign_findings(path, text, language, reading.plain.keys, _tree):
                line = each.span.line if each.span else 0
                finds.add(Kind.NOTATION, each.arguments.get("text", ""), path, line or 0)


def _note_parts(reading: Reading, package: Package, reread: Mapping[str, Any]) -> None:
    """Note the parts of a word processor's file that are not in the text."""
    kept = sum(node["t"] == "Math" for node in walk(reread["blocks"]))
    for _ in range(formulas(package) - kept):
        reading.finds.add(Kind.FORMULAS_LOST)
    for name in embedded(package):
        reading.finds.add(Kind.EMBEDDED, name)
    for name in missing_pictures(package):
        reading.finds.add(Kind.PICTURES_UNUSABLE, name)
