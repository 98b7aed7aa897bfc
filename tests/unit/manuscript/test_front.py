"""What `front.md` declares, and what of it is printed."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.base.tree import Node
from bukti.manuscript.byline import Byline, byline_meta, contributions
from bukti.manuscript.front import (
    FrontMatter,
    abstract_of,
    declarations,
    front_findings,
    missing_declarations,
    settings_of,
    statements,
)
from bukti.manuscript.tree import meta_list, meta_map, meta_string, plain_text
from bukti.project.byline import Affiliation, Author, Journal, Publication


def front(*items: dict[str, Any], **more: Any) -> FrontMatter:
    return FrontMatter(data={"statements": list(items), **more})


@pytest.mark.parametrize(
    ("text", "yaml", "rest"),
    [
        ("---\ntitle: T\n---\n", "title: T\n", "\n"),
        ("---\ntitle: T\n...\nText", "title: T\n", "\nText"),
        ("---  \ntitle: T\n---", "title: T\n", ""),
        ("title: T\n", "", "title: T\n"),
        ("---\ntitle: T\n", "", "---\ntitle: T\n"),
        ("", "", ""),
    ],
)
def test_settings_stand_between_two_lines(text: str, yaml: str, rest: str) -> None:
    assert settings_of(text) == (yaml, rest)


def test_a_declaration_is_known_by_its_key_or_has_a_title() -> None:
    given = front({"funding": "x"}, {"title": "T", "ai": "x"}, {"title": "T", "text": "x"})
    assert [each.key for each in declarations(given, "id")] == ["funding", "ai", ""]
    mapping = FrontMatter(data={"statements": {"data": "x", "funding": "y"}})
    assert [each.key for each in declarations(mapping, "id")] == ["data", "funding"]


@pytest.mark.parametrize("data", [None, "text", 3, [], [3, None, {}], ["x"]])
def test_what_is_no_list_of_declarations_is_none(data: Any) -> None:
    assert declarations(FrontMatter(data={"statements": data}), "en") == []
    assert list(front_findings(FrontMatter(data={"statements": data}), "en")) == []


def test_a_known_key_that_is_mistyped_is_named() -> None:
    (finding,) = front_findings(front({"fundig": "x"}), "en")
    assert finding.code == "CFG134"
    assert finding.hint is not None and finding.hint.arguments == {"near": "funding"}
    mapping = FrontMatter(data={"statements": {"title": "x"}})
    assert [each.code for each in front_findings(mapping, "en")] == ["CFG137"]


@pytest.mark.parametrize(
    ("item", "sound"),
    [
        ({"funding": "x"}, True),
        ({"title": "T", "funding": "x"}, True),
        ({"title": "T", "text": "x"}, True),
        ({"title": "T"}, False),
        ({"text": "x"}, False),
        ({"funding": "x", "ai": "y"}, False),
        ({"funding": "x", "text": "y"}, False),
    ],
)
def test_a_declaration_has_one_text(item: dict[str, str], sound: bool) -> None:
    assert [each.code for each in front_findings(front(item), "en")] == (
        [] if sound else ["CFG137"]
    )


@pytest.mark.parametrize(
    ("several", "roles", "missing"),
    [
        (False, False, ["interests", "ethics", "data", "ai"]),
        (True, True, ["interests", "ethics", "data", "ai"]),
        (True, False, ["contributions", "interests", "ethics", "data", "ai"]),
    ],
)
def test_what_journals_ask_for(several: bool, roles: bool, missing: list[str]) -> None:
    found = missing_declarations(
        front({"funding": "x"}), "en", several_authors=several, roles=roles
    )
    assert [each.arguments["item"] for each in found] == missing


def written(meta: dict[str, Node], language: str, roles: list[Node]) -> list[tuple[str, str]]:
    return [
        (plain_text([each["c"]["title"]]) or each["c"]["title"]["c"], plain_text(each["c"]["text"]))
        for each in statements(meta, language, roles)
    ]


def _inlines(text: str) -> Node:
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": text}]}


def test_headings_come_from_the_language_unless_the_author_has_one() -> None:
    meta = {
        "statements": meta_list(
            [
                meta_map({"funding": _inlines("none")}),
                meta_map({"title": _inlines("Own"), "prior": _inlines("talk")}),
                meta_map({"title": _inlines("Coding"), "text": _inlines("by hand")}),
            ]
        )
    }
    assert written(meta, "id", []) == [
        ("Pendanaan", "none"),
        ("Own", "talk"),
        ("Coding", "by hand"),
    ]
    assert written(meta, "de", [])[0][0] == "Funding"


AUTHORS = (
    Author(name="Sari", roles=("software", "writing-original-draft")),
    Author(name="Budi"),
)


def test_roles_are_the_contributions_in_the_language() -> None:
    roles = contributions(AUTHORS, "id")
    said = "Sari: Perangkat lunak, Penulisan – draf awal."
    assert plain_text(roles) == said
    funding = {"statements": meta_list([meta_map({"funding": _inlines("none")})])}
    assert written(funding, "id", roles) == [("Kontribusi penulis", said), ("Pendanaan", "none")]
    own = {"statements": meta_list([meta_map({"contributions": _inlines("All read it.")})])}
    assert written(own, "id", roles) == [("Kontribusi penulis", f"{said}All read it.")]
    assert contributions(AUTHORS[1:], "en") == []


def test_a_mapping_of_declarations_is_printed_in_the_usual_order() -> None:
    meta = {"statements": meta_map({key: _inlines(key) for key in ("ai", "data", "funding")})}
    assert [text for _, text in written(meta, "en", [])] == ["funding", "data", "ai"]


def test_affiliations_are_numbered_in_the_order_of_the_authors() -> None:
    byline = Byline(
        authors=(
            Author(name="Sari", affiliations=("b", "a")),
            Author(name={"id": "Budi", "en": "Buddy"}, affiliation="C", affiliations=("a",)),
        ),
        affiliations={
            "a": Affiliation(name={"id": "Satu", "en": "One"}),
            "b": Affiliation(name="Dua", ror="https://ror.org/012345678"),
        },
        publication=Publication(doi="10.1234/x", journal=Journal(name="J", volume="1")),
    )
    meta = byline_meta(byline, "en")
    authors = [each["c"] for each in meta["authors"]["c"]]
    assert [each["name"] for each in authors] == [meta_string("Sari"), meta_string("Buddy")]
    assert [[one["c"] for one in each["affiliations"]["c"]] for each in authors] == [
        ["1", "2"],
        ["3", "2"],
    ]
    places = [each["c"]["name"]["c"] for each in meta["affiliations"]["c"]]
    assert places == ["Dua", "One", "C"]
    assert meta["journal"]["c"] == {"name": meta_string("J"), "volume": meta_string("1")}
    assert "received" not in meta


def _heading(level: int, text: str) -> Node:
    return {"t": "Header", "c": [level, ["", [], []], [{"t": "Str", "c": text}]]}


def _paragraph(text: str) -> Node:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


def test_an_abstract_loses_its_own_heading_and_keeps_those_of_its_parts() -> None:
    blocks = [
        _heading(1, "Abstract"),
        _heading(2, "Aim."),
        _paragraph("We count."),
        _paragraph("More."),
        _heading(2, "Result."),
        {"t": "BulletList", "c": []},
        _heading(2, "End."),
    ]
    shown = abstract_of(blocks)
    assert [plain_text([each]).strip() for each in shown] == [
        "Aim. We count.",
        "More.",
        "Result.",
        "",
        "End.",
    ]
    assert shown[0]["c"][0]["t"] == "Strong"
    assert abstract_of([_paragraph("Plain.")]) == [_paragraph("Plain.")]
    assert abstract_of([]) == []
