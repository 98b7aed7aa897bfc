"""From what is in the outputs to findings at the places where authors can act, all masked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.privacy import planting

from bukti.base.codes import LANGUAGES, code_of
from bukti.base.diagnostic import Diagnostic
from bukti.base.span import Span
from bukti.console import Console
from bukti.ledger.passages import PassageRecord
from bukti.privacy.findings import findings_of, unread_findings
from bukti.privacy.finds import OWN, Find
from bukti.privacy.names import read_names
from bukti.privacy.places import Stem, in_notebook, in_passages, in_source, in_table
from bukti.privacy.reading.files import Reading
from bukti.privacy.search import Search, Wanted
from bukti.privacy.survey import Exposure, Survey

NAME, PHONE = "Siti Aminah", "0812-3456-7890"
WANTED = Wanted(names=read_names(f"Someone Else\n{NAME} | Bu Ami"))


def search() -> Search:
    return Search(WANTED)


def test_a_line_of_the_manuscript() -> None:
    passage = PassageRecord(
        kind="paragraph",
        section="",
        text="Kata Siti Aminah, dan\u00a0Bu Ami.",
        span=Span(path="id/a.md", line=3, column=1, end_line=4, end_column=9),
        runs=((0, 3, 1), (5, 3, 8), (18, 4, 1)),
    )
    stems = list(in_passages([passage], search()))
    assert [(stem.find.text, stem.span.line, stem.span.column) for stem in stems] == [
        ("Siti Aminah", 3, 8),
        ("Bu Ami", 4, 5),
    ]
    assert stems[0].span.end_column == 19


def test_a_line_counts_in_the_text_as_it_is() -> None:
    text = f"ab\u0301\n\ufb01x\u00ad {NAME}\n"
    (stem,) = in_source("id/a.md", text.encode(), search(), Reading())
    assert (stem.span.line, stem.span.column, stem.span.end_column) == (2, 5, 16)
    (stem,) = in_source("id/a.md", f"x\r\n\r\n{NAME}".encode(), search(), Reading())
    assert (stem.span.line, stem.span.column) == (3, 1)
    (stem,) = in_source("photo.jpg", planting.jpeg(NAME), search(), Reading())
    assert stem.span == Span(path="photo.jpg")


def test_a_row_and_column_of_a_table() -> None:
    text = f'a,who\n"x\ny",z\n1,"{NAME}"\n2,{PHONE}\n'
    stems = list(in_table("data/clean/t.csv", text, search()))
    assert [(each.find.kind, each.column, each.row, each.span.line) for each in stems] == [
        ("name", "who", 2, 4),
        ("telephone", "who", 3, 5),
    ]
    (head,) = in_table("t.csv", f"{NAME},b\n1,2\n", search())
    assert (head.column, head.row, head.span.line) == (NAME, None, 1)


@pytest.mark.parametrize("place", ["stream", "html", "picture", "metadata", "cell"])
def test_a_cell_of_a_notebook(place: str) -> None:
    data = planting.notebook(NAME, place)
    stems = list(in_notebook("n.ipynb", data, search(), Reading()))
    assert {stem.span for stem in stems} == {Span(path="n.ipynb", cell=2)}


def test_a_line_of_a_cell_counts_without_the_cell_of_parameters() -> None:
    book = json.loads(planting.notebook(NAME, "source"))
    tagged = {"cell_type": "code", "metadata": {"tags": ["injected-parameters"]}, "source": ""}
    book["cells"].insert(1, tagged)
    (stem,) = in_notebook("n.ipynb", json.dumps(book).encode(), search(), Reading())
    assert str(stem.span) == "n.ipynb:cell 2:1:6"


def survey(**files: bytes) -> Survey:
    made = Survey(search())
    for name, data in files.items():
        made.take(f"outputs/{name}", data)
    return made


def test_one_find_for_a_person_with_all_outputs() -> None:
    made = survey(b=planting.html(NAME), a=planting.docx("Bu Ami", "comment"), c=b"nothing")
    (exposure,) = made.exposures([])
    assert exposure.outputs == ("outputs/a", "outputs/b")
    assert (exposure.span.path, exposure.part) == ("outputs/a", "word/comments.xml")
    assert exposure.find.key == "2"


def test_what_has_a_place_is_not_told_of_the_output() -> None:
    made = survey(a=planting.html(f"{NAME} {PHONE}"))
    (stem,) = in_source("id/a.md", NAME.encode(), made.search, made.reading)
    assert {about[0] for about in made.lacking([stem])} == {"telephone"}
    places = {each.find.kind: str(each.span) for each in made.exposures([stem])}
    assert places == {"name": "id/a.md:1:1", "telephone": "outputs/a"}


def test_a_person_in_many_rows_is_told_once_for_the_column() -> None:
    rows = "".join(f"{NAME}\n" for _ in range(5))
    made = survey(a=NAME.encode())
    stems = in_table("data/clean/t.csv", f"who\n{rows}", made.search)
    (exposure,) = made.exposures(stems)
    assert (exposure.row, exposure.rows, exposure.column) == (1, 5, "who")
    (finding,) = findings_of([exposure])
    assert finding.notes[0].arguments == {"column": "who", "row": "1", "more": "4"}


def exposure(kind: str, text: str, **values: object) -> Exposure:
    find = Find(kind=kind, key=text, text=text, start=0)
    place = Span(path="outputs/a", line=1, column=2)
    return Exposure(find=find, span=place, outputs=("outputs/a",), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("name", "QUA311"),
        ("identity", "QUA312"),
        ("telephone", "QUA313"),
        ("email", "QUA314"),
        (f"{OWN}informant", "QUA315"),
        (f"{OWN}name", "QUA315"),
    ],
)
def test_each_kind_has_its_code(kind: str, code: str) -> None:
    (finding,) = findings_of([exposure(kind, "Siti Aminah")])
    assert (finding.code, finding.arguments["masked"]) == (code, "S… (11)")
    assert finding.arguments.get("pattern", kind.removeprefix(OWN)) == kind.removeprefix(OWN)


def test_very_many_are_told_together() -> None:
    several = [exposure("email", f"a{n}@b.org", column="mail", row=n) for n in range(1, 22)]
    (finding,) = findings_of([*several])
    assert (finding.code, finding.arguments["count"], finding.arguments["code"]) == (
        "QUA316",
        "21",
        "QUA314",
    )
    assert len(list(findings_of(several[:20]))) == 20


def test_an_output_that_cannot_be_read() -> None:
    (finding,) = unread_findings([("outputs/a", "word/media/b.png", "truncated PNG")])
    assert (finding.code, str(finding.span)) == ("QUA304", "outputs/a")
    assert finding.notes[0].arguments == {"part": "word/media/b.png"}


def shown(findings: list[Diagnostic]) -> str:
    """Everything that is written of findings, in each language and format."""
    line = "the line of the file with everything in it"
    consoles = [
        Console(language=language, form=form, source_line=lambda span: line)
        for language in LANGUAGES
        for form in ("full", "concise", "json", "github")
    ]
    records = json.dumps([each.to_json() for each in findings], ensure_ascii=False)
    return records + "".join(console.render(findings) for console in consoles)


SECRETS = [NAME, PHONE, "3201014501900001", "siti@example.org", "INF-0042"]


@pytest.mark.parametrize("planted", SECRETS)
@pytest.mark.parametrize(
    "data",
    [
        lambda text: planting.html(text),
        lambda text: planting.docx(text, "name"),
        lambda text: planting.notebook(text),
        lambda text: planting.pdf(text, "filename"),
        lambda text: f"{text},b\n{text},2\n".encode(),
    ],
)
def test_nothing_that_was_found_is_shown(planted: str, data: object) -> None:
    assert callable(data)
    wanted = Wanted(names=WANTED.names, patterns={"informant": r"INF-\d+"})
    made = Survey(Search(wanted))
    made.take("outputs/a", data(planted))
    stems: list[Stem] = []
    if data(planted).count(b",b\n"):
        stems = list(in_table("data/clean/a.csv", data(planted).decode(), made.search))
    findings = list(findings_of(made.exposures(stems)))
    assert findings
    text = shown(findings)
    assert planted not in text
    assert "everything in it" not in text


@given(st.from_regex(r"[A-Z][a-z]{3,8} [A-Z][a-z]{3,8}", fullmatch=True))
def test_no_name_is_shown(name: str) -> None:
    made = Survey(Search(Wanted(names=read_names(name))))
    made.take("outputs/a", planting.html(name))
    findings = list(findings_of(made.exposures([])))
    text = shown(findings)
    assert findings
    assert name not in text
    assert name.partition(" ")[2] not in text or name.partition(" ")[2] in shown([])


def test_the_excerpt_is_kept_back_for_all_that_shows_a_detail() -> None:
    for number in range(311, 316):
        assert not code_of(f"QUA{number}").excerpt
    assert code_of("QUA204").excerpt


def test_a_stem_in_no_output_is_still_told(tmp_path: Path) -> None:
    made = survey(a=b"x")
    stem = Stem(find=Find(kind="name", key="1", text=NAME, start=0), span=Span(path="a"))
    (exposed,) = made.exposures([stem])
    (finding,) = findings_of([exposed])
    assert (exposed.outputs, finding.notes) == ((), ())
