"""A corpus as a REFI-QDA 1.5 project (`.qdpx`), without the names of people and folders."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from bukti.clean.coding.identifiers import guid
from bukti.clean.coding.records import Code, Corpus, Group, Memo
from bukti.clean.coding.refi_passages import Passages, element, reference, valid

PROJECT = "project.qde"
_COLOUR = re.compile(r"#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})")
_OLDEST = (1980, 1, 1, 0, 0, 0)
_KINDS = {"code": "MemberCode", "document": "MemberSource", "memo": "MemberNote"}


def written_project(corpus: Corpus, name: str) -> bytes:
    """The archive of a corpus: the project, and each text as a file of its own.

    Coders are numbered in the order of their passages. Leftovers are left out. The same corpus
    gives the same bytes.
    """
    from lxml import etree

    root = _project(corpus, name)
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    files = {PROJECT: body}
    for document in corpus.documents:
        if document.text is not None:
            files[f"sources/{guid('text', document.id)}.txt"] = document.text.encode()
    return _zipped(files)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=_OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            package.writestr(entry, data)
    return buffer.getvalue()


def _project(corpus: Corpus, name: str) -> Any:
    root = element(None, "Project", name=name, origin="bukti")
    coders = _coders(corpus)
    users = element(root, "Users") if coders else None
    for number, each in enumerate(coders, start=1):
        element(users, "User", guid=coders[each], name=f"Coder {number}")
    if corpus.codes:
        codes = element(element(root, "CodeBook"), "Codes")
        for code in corpus.codes:
            if code.parent is None:
                _code(codes, code, corpus)
    variables = _variables(corpus, root)
    _cases(corpus, root, variables)
    passages = Passages(corpus, coders, variables)
    if corpus.documents:
        sources = element(root, "Sources")
        for document in corpus.documents:
            passages.source(sources, document)
    _notes(root, [*corpus.memos, *passages.memos], coders)
    sets = [each for each in corpus.groups if each.kind == "set"]
    if sets:
        holder = element(root, "Sets")
        for each_set in sets:
            _set(holder, each_set, corpus)
    return root


def _coders(corpus: Corpus) -> dict[str, str]:
    """The GUID of each coder by name; it tells nothing of the name."""
    names = [
        coder
        for segment in corpus.segments
        for coder in (segment.coder, *(coding.coder for coding in segment.codings))
    ]
    names += [memo.coder for memo in corpus.memos]
    found = dict.fromkeys(name for name in names if name)
    return {name: guid("coder", str(number)) for number, name in enumerate(found, start=1)}


def _code(parent: Any, code: Code, corpus: Corpus) -> None:
    colour = code.colour if _COLOUR.fullmatch(code.colour) else None
    node = element(
        parent,
        "Code",
        guid=guid("code", code.id),
        name=code.name,
        isCodable="true" if code.codable else "false",
        color=colour,
    )
    _described(node, code.memo)
    _noted(node, code.id, corpus.memos)
    for each in corpus.codes:
        if each.parent == code.id:
            _code(node, each, corpus)


def _described(node: Any, memo: str) -> None:
    if memo:
        element(node, "Description").text = valid(memo)


def _noted(node: Any, identity: str, memos: Iterable[Memo]) -> None:
    for memo in memos:
        if identity in memo.about:
            reference(node, "NoteRef", guid("memo", memo.id))


def _variables(corpus: Corpus, root: Any) -> dict[str, str]:
    names = dict.fromkeys(each.name for each in corpus.attributes)
    if names:
        holder = element(root, "Variables")
        for name in names:
            identity = guid("variable", name)
            element(holder, "Variable", guid=identity, name=name, typeOfVariable="Text")
    return {name: guid("variable", name) for name in names}


def _cases(corpus: Corpus, root: Any, variables: Mapping[str, str]) -> None:
    cases = [each for each in corpus.groups if each.kind == "case"]
    holder = element(root, "Cases") if cases else None
    for case in cases:
        node = element(holder, "Case", guid=guid("case", case.id), name=case.name)
        _described(node, case.memo)
        _referred(node, "CodeRef", "code", case.codes, corpus.codes)
        for each in corpus.attributes:
            if (each.owner, each.id) == ("case", case.id):
                value = element(node, "VariableValue")
                reference(value, "VariableRef", variables[each.name])
                element(value, "TextValue").text = valid(each.value)
        _referred(node, "SourceRef", "document", case.documents, corpus.documents)
        _referred(node, "SelectionRef", "segment", case.segments, corpus.segments)


def _referred(
    node: Any, name: str, kind: str, members: Sequence[str], known: Iterable[Any]
) -> None:
    ids = {each.id for each in known}
    for each in members:
        if each in ids:
            reference(node, name, guid(kind, each))


def _notes(root: Any, memos: Sequence[Memo], coders: Mapping[str, str]) -> None:
    holder = element(root, "Notes") if memos else None
    for memo in memos:
        author = coders.get(memo.coder)
        node = element(
            holder, "Note", guid=guid("memo", memo.id), name=memo.name, creatingUser=author
        )
        element(node, "PlainTextContent").text = valid(memo.text)


def _set(holder: Any, each: Group, corpus: Corpus) -> None:
    node = element(holder, "Set", guid=guid("set", each.id), name=each.name)
    _described(node, each.memo)
    members = {
        "code": (each.codes, corpus.codes),
        "document": (each.documents, corpus.documents),
        "memo": (each.memos, corpus.memos),
    }
    for kind, (ids, known) in members.items():
        _referred(node, _KINDS[kind], kind, ids, known)
