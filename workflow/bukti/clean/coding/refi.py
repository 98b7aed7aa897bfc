"""Projects and codebooks in REFI-QDA 1.5 (qdasoftware.org): codes, cases, sets, notes, people.

Elements are known by their local names; GUIDs are compared in lower case, without braces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.clean.coding.archive import Archive
from bukti.clean.coding.draft import Draft
from bukti.clean.coding.markup import child, children, local, parsed, text_of
from bukti.clean.coding.records import Attribute, Code, Group, Leftover, Memo
from bukti.clean.coding.refi_sources import Sources, guid_of, target_of

_PROJECT = {"Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Sets", "Description"}
_CODED = {"Description", "Coding", "NoteRef", "VariableValue"}
_KNOWN = {
    "Project": {*_PROJECT, "NoteRef"},
    "CodeBook": {"Codes", "Sets"},
    "Code": {"Description", "NoteRef", "Code"},
    "Case": {"Description", "CodeRef", "VariableValue", "SourceRef", "SelectionRef"},
    "Set": {"Description", "MemberCode", "MemberSource", "MemberNote"},
    "Sources": {"TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"},
    "Coding": {"CodeRef", "NoteRef"},
    "TextSource": {*_CODED, "PlainTextContent", "PlainTextSelection"},
    "PDFSource": {*_CODED, "PDFSelection", "Representation"},
    "PictureSource": {*_CODED, "PictureSelection", "TextDescription"},
    "AudioSource": {*_CODED, "AudioSelection", "Transcript"},
    "VideoSource": {*_CODED, "VideoSelection", "Transcript"},
}


def read_refi(data: bytes, path: str) -> Draft:
    """A `.qdpx` archive, or a `.qde` or `.qdc` file alone.

    Raises Problem where it holds no project or several, cannot be opened safely, or is no XML.
    """
    if not data.startswith(b"PK"):
        return _read(parsed(data, path), Draft(path=path, lined=True), None)
    archive = Archive(data, path)
    projects = [name for name in archive.names if name.lower().endswith((".qde", ".qdc"))]
    if len(projects) != 1:
        shown = ", ".join(projects) or "-"
        raise Problem(diagnose("QUA103", Span(path=path), count=len(projects), names=shown))
    root = parsed(archive.read(projects[0]), path, projects[0])
    return _read(root, Draft(path=path, entry=projects[0]), archive)


def _read(root: Any, draft: Draft, archive: Archive | None) -> Draft:
    if local(root) not in ("Project", "CodeBook"):
        raise Problem(diagnose("QUA102", Span(path=draft.path), found=f"<{local(root)}>"))
    draft.origin = root.get("origin", "")
    book = root if local(root) == "CodeBook" else child(root, "CodeBook")
    for user in children(child(root, "Users"), "User"):
        draft.coders[guid_of(user)] = user.get("name") or user.get("id") or guid_of(user)
    for each in children(child(book, "Codes"), "Code"):
        draft.codes += _codes(each, (), None)
    _notes(root, draft)
    sources = Sources(draft, archive)
    for source in child(root, "Sources") if child(root, "Sources") is not None else ():
        if local(source) in _KNOWN["Sources"]:
            sources.read(source)
    variables = {
        guid_of(each): each.get("name", "")
        for each in children(child(root, "Variables"), "Variable")
    }
    _cases(root, draft, variables)
    _documents_values(root, draft, variables)
    for holder in (root,) if book is root else (root, book):
        for each in children(child(holder, "Sets"), "Set"):
            draft.groups.append(_set(each, draft))
    draft.leftovers += _leftovers(root)
    return draft


def _codes(element: Any, above: tuple[str, ...], parent: str | None) -> Iterator[Code]:
    name = element.get("name", "")
    code = Code(
        id=guid_of(element),
        name=name,
        path=(*above, name),
        parent=parent,
        line=element.sourceline,
        codable=element.get("isCodable", "true") in ("true", "1"),
        colour=element.get("color", ""),
        memo=text_of(child(element, "Description")),
    )
    yield code
    for each in children(element, "Code"):
        yield from _codes(each, code.path, code.id)


def _notes(root: Any, draft: Draft) -> None:
    """The notes, each with the ids of what refers to it."""
    about: dict[str, list[str]] = {}
    for each in root.iter():
        if local(each) == "NoteRef":
            owner = guid_of(each.getparent())
            about.setdefault(target_of(each), []).append(owner)
            what = local(each.getparent())
            draft.references.append((what, owner, "memo", target_of(each), each.sourceline))
    for each in children(child(root, "Notes"), "Note"):
        author = guid_of(each, "creatingUser")
        draft.memos.append(
            Memo(
                id=guid_of(each),
                name=each.get("name", ""),
                text=text_of(child(each, "PlainTextContent"))
                or text_of(child(each, "Description")),
                line=each.sourceline,
                coder=draft.coders.get(author, author),
                created=each.get("creationDateTime", ""),
                about=tuple(dict.fromkeys(about.get(guid_of(each), ()))),
            )
        )


def _cases(root: Any, draft: Draft, variables: dict[str, str]) -> None:
    for each in children(child(root, "Cases"), "Case"):
        members = {
            kind: _members(each, draft, element, kind)
            for element, kind in (
                ("SourceRef", "document"),
                ("SelectionRef", "segment"),
                ("CodeRef", "code"),
            )
        }
        draft.groups.append(
            Group(
                kind="case",
                id=guid_of(each),
                name=each.get("name", ""),
                line=each.sourceline,
                memo=text_of(child(each, "Description")),
                documents=members["document"],
                segments=members["segment"],
                codes=members["code"],
            )
        )
        draft.attributes += _values(each, "case", variables)


def _documents_values(root: Any, draft: Draft, variables: dict[str, str]) -> None:
    for source in children(child(root, "Sources"), *_KNOWN["Sources"]):
        draft.attributes += _values(source, "document", variables)


def _values(element: Any, owner: str, variables: dict[str, str]) -> Iterator[Attribute]:
    for each in children(element, "VariableValue"):
        reference = child(each, "VariableRef")
        target = "" if reference is None else target_of(reference)
        values = [text_of(value) for value in each if local(value).endswith("Value")]
        yield Attribute(
            owner=owner,
            id=guid_of(element),
            name=variables.get(target, target),
            value=values[0] if values else "",
            line=each.sourceline,
        )


def _set(element: Any, draft: Draft) -> Group:
    return Group(
        kind="set",
        id=guid_of(element),
        name=element.get("name", ""),
        line=element.sourceline,
        memo=text_of(child(element, "Description")),
        documents=_members(element, draft, "MemberSource", "document"),
        codes=_members(element, draft, "MemberCode", "code"),
        memos=_members(element, draft, "MemberNote", "memo"),
    )


def _members(element: Any, draft: Draft, name: str, kind: str) -> tuple[str, ...]:
    found = children(element, name)
    for each in found:
        what = local(element)
        draft.references.append((what, guid_of(element), kind, target_of(each), each.sourceline))
    return tuple(target_of(each) for each in found)


def _leftovers(root: Any) -> Iterator[Leftover]:
    """Links, graphs and whatever the standard does not know, kept as it stands."""
    from lxml import etree

    for parent in root.iter():
        known = _KNOWN.get(local(parent), set())
        for each in parent if known else ():
            if local(each) and local(each) not in known:
                yield Leftover(
                    kind=local(each),
                    id=guid_of(each),
                    name=each.get("name", ""),
                    content=etree.tostring(each, method="c14n", with_tail=False).decode(),
                    line=each.sourceline,
                )
