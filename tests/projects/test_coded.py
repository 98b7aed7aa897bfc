"""Corpora that were coded in other programs, from the exported file to papers in two languages."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.coding_projects import (
    QUALCODER,
    TAGUETTE,
    archive,
    code,
    database,
    guid,
    project,
    text_source,
)
from tests.projects.conftest import Compendium

SARI = (
    "Ibu Sari 👩 mengajar.\r\n"
    "Kami hanya bertiga, dan tidak ada kendaraan.\r\n"
    "Anggaran dipotong dua kali.\r\n"
)
BUDI = "Petugas kami dua orang. Anggaran cukup."
STAFF, NUMBER, BUDGET, BARRIER, CUT = 2, 3, 4, 5, 6
CODED = (  # number, text, words, codes
    (101, SARI, "Kami hanya bertiga", (STAFF,)),
    (102, SARI, "tidak ada kendaraan", (BARRIER,)),
    (103, SARI, "Anggaran dipotong dua kali", (BUDGET, CUT)),
    (104, BUDI, "Petugas kami dua orang", (NUMBER,)),
)
CODES = code(1, "Kapasitas", code(STAFF, "Petugas", code(NUMBER, "Jumlah")) + code(4, "Anggaran"))
CODES += code(BARRIER, "Hambatan", code(CUT, "Anggaran"))
SOURCES = """sources:
  S_SARI:
    title: Wawancara Ibu Sari
    publisher: Tim peneliti
    year: 2024
    kind: interview
    standing: primary
raw:
  FILE: {kind: received, source: S_SARI}
  sari.txt: {kind: transcribed, source: S_SARI}
"""
CLAIMS = """documentary:
  few_staff:
    statement:
      id: Petugas sedikit.
      en: There are few staff.
    evidence:
      - query: {code: Kapasitas / Petugas, below: true, at_least: 2, from_documents: 2}
NAMED      - {quotation: three}
quotations:
  three:
    source: S_SARI
    file: sari.txt
    text: Kami hanya bertiga
    translations: {en: There are only three of us}
"""
TEXTS = {
    "id": """# Hasil {#sec:results}

Petugas dibahas dalam
[2 segmen dari 2 dokumen](claim:code.petugas.n_with_below+code.petugas.documents_with_below).
[Petugas sedikit](claim:few_staff): "[Kami hanya bertiga](claim:three)", kata seorang pengajar.
Anggaran sebagai hambatan muncul dalam [1](claim:code.hambatan.anggaran.n) dari
[4 segmen](claim:corpus.segments).
""",
    "en": """# Results {#sec:results}

Staff were discussed in
[2 segments of 2 documents](claim:code.petugas.n_with_below+code.petugas.documents_with_below).
[Staff are few](claim:few_staff): "[There are only three of us](claim:three)", a teacher said.
The budget as a barrier occurs in [1](claim:code.hambatan.anggaran.n) of
[4 segments](claim:corpus.segments).
""",
}


BELOW = {
    "id": 'segmen di bawah "Kapasitas / Petugas" dan kode di bawahnya, masing-masing sekali',
    "en": 'segments under "Kapasitas / Petugas" and the codes below it, each once',
}


def units(text: str) -> int:
    """The length of a text as programs for Windows count it."""
    return len(text.encode("utf-16-le")) // 2


def exported(left_out: int = 0) -> bytes:
    """A project as NVivo and others export it: files, CR LF, UTF-16, a byte order mark."""

    def selections(text: str) -> str:
        return "".join(
            _selection(number, text, words, under)
            for number, its, words, under in CODED
            if its is text and number != left_out
        )

    sources = text_source(10, selections(SARI), path=f"internal://{guid(10)}.txt")
    sources += text_source(11, selections(BUDI), inline=BUDI)
    sari = b"\xef\xbb\xbf" + SARI.encode()
    return archive({"project.qde": project(sources, CODES), f"sources/{guid(10)}.txt": sari})


def _selection(number: int, text: str, words: str, under: tuple[int, ...]) -> str:
    start = units(text[: text.index(words)])
    codings = "".join(
        f'<Coding guid="{guid(1000 * each + number)}"><CodeRef targetGUID="{guid(each)}"/></Coding>'
        for each in under
    )
    return (
        f'<PlainTextSelection guid="{guid(number)}" name="{words}" startPosition="{start}" '
        f'endPosition="{start + units(words)}">{codings}</PlainTextSelection>'
    )


def of_qualcoder(left_out: int = 0) -> bytes:
    """The same in QualCoder: categories of codes, code points as Qt counts, line feeds."""
    texts = [text.replace("\r\n", "\n") for text in (SARI, BUDI)]
    names = {STAFF: ("Petugas", 1), NUMBER: ("Jumlah", None), BUDGET: ("Anggaran", 1)}
    names |= {BARRIER: ("Rintangan", 2), CUT: ("Pemotongan", 2)}
    above = {NUMBER: STAFF}
    coded: list[tuple[object, ...]] = []
    for number, text, words, under in CODED:
        own = text.replace("\r\n", "\n")
        start = units(own[: own.index(words)])
        for each in under if number != left_out else ():
            place = (texts.index(own) + 1, words, start, start + units(words))
            key = number * 10 + each
            coded.append((key, each, *place, "AB", "2024-02-01 10:00:00", "", None, None))
    rows: dict[str, list[tuple[object, ...]]] = {
        "project": [("v17", "2024-01-01", "", "QualCoder 3.8")],
        "source": [
            (number, name, text, None, "", "AB", "2024-01-01", None, None)
            for number, (name, text) in enumerate(zip(("Sari", "Budi"), texts, strict=True), 1)
        ],
        "code_cat": [(1, "Kapasitas", "AB", "", "", None), (2, "Hambatan", "AB", "", "", None)],
        "code_name": [
            (each, name, "", category, "AB", "", "", above.get(each))
            for each, (name, category) in names.items()
        ],
        "code_text": coded,
    }
    return database(QUALCODER, rows)


def of_taguette(left_out: int = 0) -> bytes:
    """The same in Taguette: tags with dots, HTML, bytes of UTF-8."""
    texts = [text.replace("\r\n", "\n").strip() for text in (SARI, BUDI)]
    paths = {1: "Kapasitas", STAFF: "Kapasitas.Petugas", NUMBER: "Kapasitas.Petugas.Jumlah"}
    paths |= {BUDGET: "Kapasitas.Anggaran", BARRIER: "Hambatan", CUT: "Hambatan.Anggaran"}
    places: list[tuple[object, ...]] = []
    for number, text, words, _ in CODED:
        own = text.replace("\r\n", "\n").strip()
        start = len(own[: own.index(words)].encode())
        if number != left_out:
            places.append((number, texts.index(own) + 1, start, start + len(words.encode()), words))
    rows: dict[str, list[tuple[object, ...]]] = {
        "projects": [(1, "corpus", "", "2024-01-01")],
        "documents": [
            (number, name, "", f"{name}.txt", "2024-01-01", 1, "LEFT_TO_RIGHT", text)
            for number, (name, text) in enumerate(zip(("Sari", "Budi"), texts, strict=True), 1)
        ],
        "tags": [(each, 1, path, "") for each, path in paths.items()],
        "highlights": places,
        "highlight_tags": [
            (number, each) for number, _, _, under in CODED for each in under if number != left_out
        ],
    }
    return database(TAGUETTE, rows)


def laid_out(root: Path, name: str, data: bytes, named: str = "") -> Compendium:
    """A compendium in two languages that rests on a coded project and a transcript."""
    paper = Compendium(root)
    files = {
        "bukti.yaml": "version: 1\nname: corpus\nlanguages: [id, en]\nformats: [html, docx]\n"
        "authors:\n  - {name: Ani Wijaya, affiliation: Universitas}\nlevel: draft\n",
        "data/sources.yaml": SOURCES.replace("FILE", name),
        "manuscript/claims.yaml": CLAIMS.replace("NAMED", named),
        **{f"manuscript/{each}/01-results.md": text for each, text in TEXTS.items()},
        "manuscript/id/front.md": "---\ntitle: Petugas\nkeywords: [contoh]\n---\n",
        "manuscript/en/front.md": "---\ntitle: Staff\nkeywords: [example]\n---\n",
        "manuscript/id/00-abstract.md": "Siapa yang bekerja di sana?\n",
        "manuscript/en/00-abstract.md": "Who works there?\n",
    }
    for path, text in files.items():
        paper.path(path).parent.mkdir(parents=True, exist_ok=True)
        paper.path(path).write_text(text, encoding="utf-8")
    paper.path("data/raw").mkdir()
    paper.path(f"data/raw/{name}").write_bytes(data)
    paper.path("data/raw/sari.txt").write_bytes(SARI.encode())
    for words in (["coding", name], ["accept", "raw"]):
        ended = paper.run(*words)
        assert ended.status == 0, ended.out + ended.err
    return paper


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Compendium:
    """The project of another program, built to papers."""
    named = f"      - {{segment: {guid(102).lower()}}}\n"
    paper = laid_out(tmp_path_factory.mktemp("coded"), "corpus.qdpx", exported(), named)
    ended = paper.run("build")
    assert ended.status == 0, ended.out + ended.err
    return paper


@pytest.fixture
def coded(whole: Compendium, tmp_path: Path) -> Iterator[Compendium]:
    target = tmp_path / "paper"
    shutil.copytree(whole.root, target, symlinks=True)
    yield Compendium(target)


def found(paper: Compendium) -> tuple[int, set[tuple[str, str]]]:
    """How a check ends: its status, and code and place (file and line) of each finding."""
    ended = paper.run("check", "--format", "json")
    listed = json.loads(ended.out)
    return ended.status, {
        (each["code"], f"{Path(each['path']).name}:{each['line']}") for each in listed
    }


def line_of(paper: Compendium, name: str, words: str) -> str:
    lines = paper.path(name).read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if words in line)
    return f"{Path(name).name}:{number}"


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "2 segmen dari 2 dokumen"), ("en", "2 segments of 2 documents")],
)
def test_papers_in_both_languages_carry_the_counts(
    whole: Compendium, language: str, words: str
) -> None:
    page = whole.path(f"outputs/papers/paper.{language}.html").read_text(encoding="utf-8")
    read = " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())
    assert words in read
    assert BELOW[language] in read  # in the evidence appendix
    evidence = whole.path(f"outputs/manuscript/{language}/evidence.json").read_text()
    claims = {claim["id"]: claim for claim in json.loads(evidence)["claims"]}
    count = claims["code.petugas.n_with_below"]["evidence"]
    assert count["count"]["path"] == "Kapasitas / Petugas"
    assert count["count"]["below"] is True
    assert {row["segment"] for row in count["rows"]} == {guid(101).lower(), guid(104).lower()}


def test_why_leads_from_a_count_to_the_raw_file(whole: Compendium) -> None:
    ended = whole.run("why", "code.petugas.n_with_below")
    assert ended.status == 0, ended.err
    assert "and the codes below it, each once" in ended.out
    assert "data/raw/corpus.qdpx" in ended.out
    assert "without the codes below it" in whole.run("why", "code.hambatan.anggaran.n").out


def test_the_ledger_lists_the_counts_that_the_text_uses(whole: Compendium) -> None:
    ledger = json.loads(whole.path("outputs/ledger.json").read_text(encoding="utf-8"))
    counts = {entry["id"] for entry in ledger["claims"] if "count" in entry["evidence"]}
    assert counts == {
        "code.petugas.n_with_below",
        "code.petugas.documents_with_below",
        "code.hambatan.anggaran.n",
        "corpus.segments",
    }
    assert {entry["status"] for entry in ledger["claims"]} == {"holds"}


def test_one_letter_of_a_quotation_fails_at_its_line(coded: Compendium) -> None:
    coded.replace("manuscript/claims.yaml", "text: Kami hanya bertiga", "text: Kami hanya bertika")
    status, findings = found(coded)
    assert status == 1
    assert ("QUA201", line_of(coded, "manuscript/claims.yaml", "bertika")) in findings


def test_one_letter_of_quoted_words_in_the_text_fails_at_its_line(coded: Compendium) -> None:
    name = "manuscript/id/01-results.md"
    coded.replace(name, "[Kami hanya bertiga]", "[Kami hanya bertika]")
    status, findings = found(coded)
    assert (status, findings) == (1, {("CLM601", line_of(coded, name, "bertika"))})


def test_a_segment_that_was_removed_fails_where_it_is_named_and_counted(coded: Compendium) -> None:
    coded.path("data/raw/corpus.qdpx").write_bytes(exported(left_out=102))
    assert coded.run("accept", "raw").status == 0
    status, findings = found(coded)
    assert status == 1
    assert ("CLM603", line_of(coded, "manuscript/claims.yaml", "segment:")) in findings
    for language in TEXTS:
        name = f"manuscript/{language}/01-results.md"
        assert ("CLM201", line_of(coded, name, "corpus.segments")) in findings
        assert ("CLM602", line_of(coded, name, "claim:few_staff")) in findings


def test_a_build_fails_as_the_check_does(coded: Compendium) -> None:
    coded.path("data/raw/corpus.qdpx").write_bytes(exported(left_out=104))
    assert coded.run("accept", "raw").status == 0
    ended = coded.run("build")
    assert ended.status == 1
    place = line_of(coded, "manuscript/claims.yaml", "query:")
    assert f"manuscript/{place}:" in ended.out
    assert "CLM605" in ended.out


def test_one_coder_alone_is_no_warning_and_the_example_builds(tmp_path: Path) -> None:
    assert Compendium(tmp_path).run("new", "p", "--coded", "--formats", "html").status == 0
    paper = Compendium(tmp_path / "p")
    ended = paper.run("build", "--format", "json")
    assert (ended.status, json.loads(ended.out)) == (0, []), ended.err
    table = paper.path("data/clean/segments.csv").read_text(encoding="utf-8")
    assert ",A," in table and ",B," not in table


@pytest.mark.parametrize(
    ("name", "made"), [("data.qda", of_qualcoder), ("corpus.sqlite3", of_taguette)]
)
def test_other_programs_support_the_same_claims(
    tmp_path: Path, name: str, made: Callable[[int], bytes]
) -> None:
    paper = laid_out(tmp_path, name, made(0))
    if name == "data.qda":  # whose codes have one name each, and whose segments have one code
        for language in TEXTS:
            text = f"manuscript/{language}/01-results.md"
            paper.replace(text, "[4 ", "[5 ")
            paper.replace(text, "code.hambatan.anggaran.n", "code.hambatan.pemotongan.n")
    assert found(paper) == (0, set())
    paper.path(f"data/raw/{name}").write_bytes(made(104))
    assert paper.run("accept", "raw").status == 0
    status, findings = found(paper)
    assert status == 1
    assert ("CLM605", line_of(paper, "manuscript/claims.yaml", "query:")) in findings
    assert ("CLM201", line_of(paper, "manuscript/id/01-results.md", "n_with_below")) in findings
