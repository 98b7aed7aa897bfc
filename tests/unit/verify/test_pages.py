"""What a verification writes: complete, in two languages, and harmless whatever an archive says."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from bukti.archive.lock import Difference
from bukti.base.codes import LANGUAGES
from bukti.base.diagnostic import diagnose, note
from bukti.base.span import Span
from bukti.tools.schemas import first_fault
from bukti.verify.engine import EngineInside
from bukti.verify.outputs import files_of
from bukti.verify.sheet import DATA, sheet
from bukti.verify.step import one_page
from bukti.verify.terminal import summary_lines
from bukti.verify.verdict import Ground, Outcome, Statement, Verdict
from bukti.verify.verification import (
    Libraries,
    Overall,
    Pair,
    Rebuild,
    Subject,
    Verification,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; alert(1); '",
    "]]><!--",
    "javascript:alert(1)",
    "{{constructor}}",
    "\u202ereversed",
    '#set text(fill: red) #eval("1")',
    "\\n- [REQUIRED] nothing",
    "a\n- item\n---\nkey: value",
)


def statement(states: bool | None = True, text: str = "24 books") -> Statement:
    return Statement(
        language="en",
        path="manuscript/en/02-results.md",
        line=4,
        text=text,
        section="sec:results",
        states=states,
    )


def verdict(
    outcome: Outcome = Outcome.REPRODUCED,
    ground: Ground = Ground.COMPUTED,
    *,
    name: str = "loans.2020",
    kind: str = "claim",
    main: bool = False,
    text: str = "24",
    states: bool | None = True,
) -> Verdict:
    return Verdict(
        kind=kind,
        id=name,
        ground=ground,
        outcome=outcome,
        theirs=text,
        ours=text,
        statements=(statement(states, text),),
        main=main,
        place="analysis/notebooks/10-loans.ipynb, 3",
    )


def verification(*verdicts: Verdict, text: str = "A paper", **more: object) -> Verification:
    plain: dict[str, object] = {
        "subject": Subject(
            file="paper.zip",
            sha256="0" * 64,
            name="paper",
            version="1.0",
            languages=("en", "id"),
            titles={"en": text},
            authors=((text, "0000-0002-1825-0097"), ("B", "")),
        ),
        "own_engine": "0.1.0",
        "engine": None,
        "libraries": Libraries(environment="own", python="3.11.7"),
        "rebuild": Rebuild(confinement="landlock+seccomp", seconds=12.3, cores=2),
        "verdicts": verdicts,
        "unchecked": (note("verify-not-interpretation"),),
        "compared": 9,
        "differing": (),
        "day": "2026-11-24",
    }
    return Verification(**{**plain, **more})  # type: ignore[arg-type]


T, D = Ground.TRANSCRIBED, Ground.DOCUMENTED


@pytest.mark.parametrize(
    ("verdicts", "overall", "weakest"),
    [
        ([verdict(main=True)], Overall.REPRODUCED, ()),
        ([verdict(Outcome.WITHIN, main=True)], Overall.REPRODUCED, ()),
        ([verdict(Outcome.SOURCE, T, main=True)], Overall.SOURCES, ("loans.2020",)),
        ([verdict(Outcome.SEGMENTS, D, main=True)], Overall.SOURCES, ("loans.2020",)),
        ([verdict(Outcome.TABLE, T, main=True), verdict()], Overall.WORD, ("loans.2020",)),
        ([verdict(main=True), verdict(Outcome.TABLE, T, name="b")], Overall.REPRODUCED, ()),
        ([verdict(Outcome.LOCATOR, D, main=True)], Overall.WORD, ("loans.2020",)),
        ([verdict(Outcome.UNCHECKED, Ground.UNCHECKED, main=True)], Overall.PARTLY, None),
        ([verdict(main=True), verdict(Outcome.DIFFERS, name="b")], Overall.FAILS, None),
        ([verdict(main=True, states=False)], Overall.FAILS, None),
        ([verdict(Outcome.TABLE, T)], Overall.WORD, None),
        ([], Overall.PARTLY, None),
    ],
)
def test_the_word_is_never_better_than_the_weakest_ground_of_a_main_claim(
    verdicts: list[Verdict], overall: Overall, weakest: tuple[str, ...] | None
) -> None:
    found = verification(*verdicts)
    assert found.overall is overall
    if weakest is not None:
        assert found.weakest == weakest


def test_an_error_makes_the_word_fail_a_warning_does_not() -> None:
    engine = EngineInside(name="engine/x.whl", version="0.2", differing=("bukti/a.py",))
    warned = diagnose("VER113", Span(path="engine/x.whl"), count=1, files="bukti/a.py")
    assert verification(verdict(), engine=engine, findings=(warned,)).overall is Overall.REPRODUCED
    failed = diagnose("VER110", count=1, libraries="polars")
    assert verification(verdict(), findings=(failed,)).overall is Overall.FAILS


EVERYTHING = verification(
    verdict(main=True),
    verdict(Outcome.DIFFERS, name="b", states=False),
    verdict(Outcome.UNCHECKED, Ground.UNCHECKED, name="c", states=None),
    *(verdict(kind=kind, name=kind) for kind in ("given", "quotation", "figure", "table", "paper")),
    findings=(
        diagnose("VER101", Span(path="a.ipynb", cell=3), id="b", theirs="1", ours="2"),
        diagnose("VER113", Span(path="e.whl"), count=1, files="bukti/a.py"),
    ),
    engine=EngineInside(name="e.whl", version="0.2", differing=("bukti/a.py",)),
    libraries=Libraries(
        environment="own",
        python="3.11.7",
        others=(Difference(name="polars", locked="1.0", installed="2.1"),),
    ),
    unchecked=(note("verify-not-given", count=1, ids="x"), note("verify-not-interpretation")),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_is_as_its_schema_says(language: str) -> None:
    files = files_of(EVERYTHING, language)
    data = json.loads(files["verification.json"])
    assert first_fault(data, "verification") is None
    assert data["overall"] == "does-not-hold"
    assert [each["name"] for each in data["libraries"]["others"]] == ["polars"]


def test_what_was_not_checked_is_said_first() -> None:
    lines = list(summary_lines(EVERYTHING, "en"))
    assert lines.index("Not checked:") < lines.index("Checked:")
    assert " ".join(lines).endswith(
        "DOES NOT HOLD: something that could be checked speaks against the paper;"
        " with other libraries than the authors had."
    )
    assert len(lines) < 50
    page = files_of(EVERYTHING, "en")["index.html"].decode()
    assert page.index("<h2>Not checked</h2>") < page.index("<h2>Checked</h2>")


def test_actions_are_required_for_errors_and_suggested_for_the_rest() -> None:
    text = files_of(EVERYTHING, "en")["actions.md"].decode()
    assert [line[:13] for line in text.splitlines() if line.startswith("- ")] == [
        "- [REQUIRED] ",
        "- [SUGGESTED]",
        "- [SUGGESTED]",
    ]
    assert "No action is required" in files_of(verification(verdict()), "en")["actions.md"].decode()


def test_junit_counts() -> None:
    suite = ElementTree.fromstring(files_of(EVERYTHING, "en")["junit.xml"])  # our own bytes
    assert {key: suite.get(key) for key in ("tests", "failures", "skipped")} == {
        "tests": "8",
        "failures": "1",
        "skipped": "1",
    }
    assert len(suite.findall("testcase")) == 8
    assert len(suite.findall("testcase/failure")) == 1


def test_codecheck_has_the_fields_of_the_specification() -> None:
    text = files_of(EVERYTHING, "en")["codecheck.yml"].decode()
    assert text.startswith("%YAML 1.1\n---\n")
    data = YAML(typ="safe").load(text)
    assert {"version", "manifest", "paper", "codechecker", "report", "summary"} <= data.keys()
    assert all(set(item) == {"file", "comment"} for item in data["manifest"])
    assert data["paper"]["authors"] == [
        {"name": "A paper", "ORCID": "0000-0002-1825-0097"},
        {"name": "B"},
    ]


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_an_archive_becomes_markup(text: str) -> None:
    hostile = verification(
        verdict(Outcome.DIFFERS, text=text, name=text, states=False, main=True),
        text=text,
        findings=(diagnose("VER101", Span(path=text), id=text, theirs=text, ours=text),),
        unchecked=(note("verify-not-waived", code=text, place=text, reason=text),),
    )
    files = files_of(hostile, "en")
    usual = Tags()
    usual.feed(files_of(EVERYTHING, "en")["index.html"].decode())
    tags = Tags()
    tags.feed(files["index.html"].decode())
    assert tags.tags <= usual.tags
    assert tags.attributes <= usual.attributes
    assert "<script" not in files["index.html"].decode()
    assert "<" not in files["actions.md"].decode() + files["certificate.md"].decode()
    assert files["actions.md"].decode().count("\n- ") == 1
    ElementTree.fromstring(files["junit.xml"])
    data = YAML(typ="safe").load(files["codecheck.yml"].decode())
    assert data.keys() == YAML(typ="safe").load(files_of(EVERYTHING, "en")["codecheck.yml"]).keys()
    assert first_fault(json.loads(files["verification.json"]), "verification") is None


def test_figures_that_differ_stand_side_by_side() -> None:
    png = b"\x89PNG\r\n\x1a\n rest"
    pair = Pair(id="trend", language="en", theirs=b"<svg onload=alert(1)>", ours=png)
    found = verification(verdict(Outcome.DIFFERS, kind="figure", name="trend"), pictures=(pair,))
    page = files_of(found, "en")["index.html"].decode()
    english = page[page.index('<section lang="en">') : page.index('<section lang="id">')]
    assert english.count("<img ") == 1
    assert "no picture that can be shown" in english
    assert "onload" not in page


def test_ids_on_the_page_are_unique() -> None:
    tags = Tags()
    tags.feed(files_of(EVERYTHING, "en")["index.html"].decode())
    assert len(tags.ids) == len(set(tags.ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_one_page_whatever_there_is_to_say(language: str) -> None:
    import pypdfium2

    long = "x y " * 400
    many = verification(
        *EVERYTHING.verdicts,
        text=HOSTILE[0] + HOSTILE[8],
        findings=(diagnose("VER101", Span(path="a"), id=long, theirs=long, ours=long),) * 40,
        unchecked=(note("verify-not-given", count=1, ids=long),) * 40,
    )
    assert json.loads(sheet(many, language)[DATA])["language"] == language
    document = pypdfium2.PdfDocument(one_page(many, language))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "#eval" in text
