"""Word's own citations: fields with tags, and the works that the tags name (`b:Sources`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale

from bukti.draft.csl import with_own_id
from bukti.draft.package import Package
from bukti.draft.vocabulary import vocabularies

Item = dict[str, Any]

_B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
_PART = re.compile(r"customXml/item\d*\.xml")
_CODE = re.compile(r"^\s*CITATION\s+(.*)$", re.DOTALL)
_WORD = re.compile(r'"[^"]*"|\S+')
_SWITCHES: dict[str, tuple[str, dict[str, str]]] = {
    "\\f": ("prefix", {}),
    "\\p": ("locator", {"label": "page"}),
    "\\s": ("suffix", {}),
    "\\v": ("locator", {"label": "volume"}),
}
_TYPES = {
    "ArticleInAPeriodical": "article-magazine",
    "Art": "graphic",
    "Book": "book",
    "BookSection": "chapter",
    "Case": "legal_case",
    "ConferenceProceedings": "paper-conference",
    "DocumentFromInternetSite": "webpage",
    "Film": "motion_picture",
    "InternetSite": "webpage",
    "Interview": "interview",
    "JournalArticle": "article-journal",
    "Patent": "patent",
    "Performance": "performance",
    "Report": "report",
    "SoundRecording": "song",
}
_FIELDS = {
    "Title": "title",
    "ShortTitle": "title-short",
    "Publisher": "publisher",
    "Institution": "publisher",
    "ThesisType": "genre",
    "JournalName": "container-title",
    "PeriodicalTitle": "container-title",
    "PublicationTitle": "container-title",
    "BookTitle": "container-title",
    "ConferenceName": "container-title",
    "InternetSiteTitle": "container-title",
    "Pages": "page",
    "Volume": "volume",
    "Issue": "issue",
    "Edition": "edition",
    "ChapterNumber": "chapter-number",
    "NumberVolumes": "number-of-volumes",
    "CaseNumber": "number",
    "PatentNumber": "number",
    "Court": "authority",
    "Medium": "medium",
    "URL": "URL",
    "DOI": "DOI",
}
_ROLES = {
    "Author": "author",
    "Artist": "author",
    "Inventor": "author",
    "Interviewee": "author",
    "Director": "director",
    "BookAuthor": "container-author",
    "Composer": "composer",
    "Editor": "editor",
    "Interviewer": "interviewer",
    "Translator": "translator",
}
_PLACES = ("City", "StateProvince", "CountryRegion")
_DATES = {"issued": ("Year", "Month", "Day"), "accessed": tuple(
    f"{part}Accessed" for part in ("Year", "Month", "Day"))}  # fmt: skip
_ADMINISTRATION = ("Tag", "Guid", "LCID", "SourceType", "RefOrder", "Author", "StandardNumber")


def sources(package: Package) -> dict[str, Item]:
    """The works that Word keeps within a draft, in CSL's form, by their tags."""
    found: dict[str, Item] = {}
    for name in sorted(package.parts):
        if not _PART.fullmatch(name) or b"bibliography" not in package.parts[name]:
            continue
        root = package.xml(name)
        for source in root.iter(f"{_B}Source") if root.tag == f"{_B}Sources" else ():
            tag = _text(source, "Tag")
            if tag:
                found.setdefault(tag, with_own_id(_item(source)))
    return found


def word_citation(code: str, known: Mapping[str, Item]) -> dict[str, Any] | None:
    """The citation of a field such as `CITATION Saf22 \\p 12 \\m Bas98`; None for other fields.

    Its items are empty where one of its tags names no work.
    """
    match = _CODE.match(code)
    if match is None:
        return None
    works: list[dict[str, Any]] = []
    words = iter(word.strip('"') for word in _WORD.findall(match[1]))
    for word in words:
        if word == "\\m":
            works.append({"tag": next(words, "")})
        elif not word.startswith("\\"):
            works.append({"tag": word})
        elif works:
            works[-1].update(_said(word, words))
    if not works or any(work["tag"] not in known for work in works):
        return {"citationItems": []}
    for work in works:
        work["itemData"] = known[work.pop("tag")]
    return {"citationItems": works}


def _said(switch: str, words: Iterator[str]) -> dict[str, Any]:
    """What a switch says of the work before it; those that only change its looks say nothing."""
    if switch == "\\n":
        return {"suppress-author": True}
    if switch == "\\l":
        next(words, None)
    if switch not in _SWITCHES:
        return {}
    key, more = _SWITCHES[switch]
    return {key: next(words, ""), **more}


def _item(source: Any) -> Item:
    item: Item = {"type": _TYPES.get(_text(source, "SourceType"), "document")}
    if item["type"] == "report" and _text(source, "ThesisType"):
        item["type"] = "thesis"
    left: list[str] = []
    for node in source:
        name, value = str(node.tag).removeprefix(_B), " ".join((node.text or "").split())
        key = _FIELDS.get(name)
        if key and value:
            left += [] if item.setdefault(key, value) == value else [f"{name}: {value}"]
        elif value and not _is_known(name):
            left.append(value if name == "Comments" else f"{name}: {value}")
    item |= _names(source, left)
    place = ", ".join(filter(None, (_text(source, part) for part in _PLACES)))
    item |= {"publisher-place": place} if place else {}
    for key, parts in _DATES.items():
        item |= _date(key, [_text(source, part) for part in parts])
    item |= _standard_number(_text(source, "StandardNumber"), left)
    return {**item, "annote": "; ".join(left)} if left else item


def _is_known(name: str) -> bool:
    dated = any(name in parts for parts in _DATES.values())
    return dated or name in _PLACES or name in _ADMINISTRATION


def _text(source: Any, name: str) -> str:
    return " ".join(source.findtext(f"{_B}{name}", "").split())


def _names(source: Any, left: list[str]) -> Item:
    """The persons and bodies by their role; of a role that CSL lacks, in words."""
    found: dict[str, list[dict[str, str]]] = {}
    for role in source.iterfind(f"{_B}Author/*"):
        name = str(role.tag).removeprefix(_B)
        names = [{"literal": body} for body in [_text(role, "Corporate")] if body]
        names += [_person(person) for person in role.iterfind(f"{_B}NameList/{_B}Person")]
        names = [each for each in names if each]
        if name in _ROLES:
            found.setdefault(_ROLES[name], []).extend(names)
        elif names:
            shown = ", ".join(" ".join(reversed(each.values())) for each in names)
            left.append(f"{name}: {shown}")
    return {role: names for role, names in found.items() if names}


def _person(person: Any) -> dict[str, str]:
    """A name; of one that has a single part, as Indonesian names may, that part."""
    given = " ".join(filter(None, (_text(person, "First"), _text(person, "Middle"))))
    family = _text(person, "Last")
    if family and given:
        return {"family": family, "given": given}
    alone = family or given
    return {"family": alone} if alone else {}


def _date(key: str, parts: list[str]) -> Item:
    """A date as far as it is told in numbers or by a month's name; otherwise in its own words."""
    year, month, day = parts
    if not year:
        return {}
    if not re.fullmatch(r"\d{1,4}", year):
        return {key: {"literal": " ".join(filter(None, (day, month, year)))}}
    numbers = [int(year)]
    order = int(month) if month.isdecimal() else _months().get(month.lower().rstrip("."), 0)
    if 1 <= order <= 12:
        numbers.append(order)
        numbers += [int(day)] if day.isdecimal() and 1 <= int(day) <= 31 else []
    elif month:
        return {key: {"literal": " ".join(filter(None, (day, month, year)))}}
    return {key: {"date-parts": [numbers]}}


def _months() -> dict[str, int]:
    return {
        name.lower().rstrip("."): number
        for code in vocabularies()
        for width in ("wide", "abbreviated")
        for number, name in Locale.parse(code).months["format"][width].items()
    }


def _standard_number(text: str, left: list[str]) -> Item:
    """An ISBN or ISSN by its length; another number stays in words."""
    digits = re.sub(r"[^\dXx]", "", text)
    if len(digits) in (10, 13):
        return {"ISBN": text}
    if len(digits) == 8:
        return {"ISSN": text}
    left += [text] if text else []
    return {}
