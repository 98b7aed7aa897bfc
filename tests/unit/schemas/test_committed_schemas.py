"""The committed JSON Schemas: sound in themselves, and in step with the code that writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from jsonschema import Draft202012Validator

import bukti
from bukti.analyse.bundle import MIME, claim_bundle, family_bundle, figure_bundle, table_bundle
from bukti.analyse.results import results_json, results_of
from bukti.base.claims import Claim, Evidence, Kind, Mark, Status
from bukti.base.diagnostic import diagnose, note
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.clean.raw import Raw, ledger_json
from bukti.gate.verdict import Judged, findings_record
from bukti.ledger.join import EditionRecord, join
from bukti.manuscript.candidates import find_candidates
from bukti.manuscript.document import evidence_json, marks_json, passages_json
from bukti.manuscript.edition import Edition, Section
from bukti.manuscript.node_record import node_record
from bukti.manuscript.passages import Part, Passage
from bukti.manuscript.picture_faults import Pictures
from bukti.manuscript.pool import Pool
from bukti.manuscript.products import Use
from bukti.manuscript.references import Citation
from bukti.plan import Step
from bukti.tools.records import Products, findings_json, record_path, run_step
from bukti.tools.schemas import schema

FOLDER = Path(bukti.__file__).parent / "schemas"
NAMES = sorted(path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json"))
RECORDS = (
    "results",
    "result-bundle",
    "marks",
    "passages",
    "places",
    "evidence",
    "ledger",
    "findings",
    "step-record",
    "cleaning",
)
PLACE = Span(path="manuscript/en/01-a.md", line=1, column=2, end_line=1, end_column=5)


def faults(name: str, record: Any) -> list[str]:
    stored = json.loads(canonical_json(record))
    validator = Draft202012Validator(schema(name))
    return [
        f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(stored)
    ]


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "properties" in node and "additionalProperties" not in node.get("if", {}):
            yield node
        for key, value in node.items():
            if key not in ("if", "then"):
                yield from objects(value)
    elif isinstance(node, list):
        for item in node:
            yield from objects(item)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema(name)["title"]


@pytest.mark.parametrize("name", NAMES)
def test_no_object_takes_unknown_keys(name: str) -> None:
    assert all(item.get("additionalProperties", True) is not True for item in objects(schema(name)))


# what a table or figure has only where the notebook asks for it
OPTIONAL = {"groups", "sections", "totals", "heads", "units", "marks", "computed"}
OPTIONAL |= {"sources", "tables", "columns"}
# what ledgers of cleaning that were kept earlier lack
OPTIONAL |= {"readings", "looked_up", "concerned", "listed"}

# what only counts of a coded corpus have
OPTIONAL |= {"count"}


@pytest.mark.parametrize("name", RECORDS)
def test_every_key_of_a_record_is_described_and_required(name: str) -> None:
    definitions = schema(name).get("$defs", {})
    assert schema(name)["description"]
    for item in objects(schema(name)):
        free = OPTIONAL - set(item["required"])
        assert item["required"] == [key for key in item["properties"] if key not in free]
        for key, value in item["properties"].items():
            target = definitions.get(value.get("$ref", "").rpartition("/")[2], {})
            assert value.get("description") or target.get("description"), (name, key)


BUNDLES = {
    "number": claim_bundle("rate.2020", 2.3, "percent", [{"year": 2020, "rate": 2.3, "x": None}]),
    "test": claim_bundle("met", True, None, []),
    "list": claim_bundle("top", ["Papua", "NTT"], None, []),
    "family": family_bundle("cl", [("2020", 5, {"year": 2020, "cl": 5})], "children"),
    "figure": figure_bundle("trend", {"en": {"svg": "<svg/>", "png": "AA=="}}, 160.0),
    "table": table_bundle("months", ["month"], [{"month": 1}], {"month": 0}),
}


@pytest.mark.parametrize("bundle", BUNDLES.values(), ids=BUNDLES)
def test_bundles_validate(bundle: dict[str, Any]) -> None:
    assert faults("result-bundle", bundle) == []


@pytest.mark.parametrize("bundle", BUNDLES.values(), ids=BUNDLES)
def test_spoilt_bundles_do_not(bundle: dict[str, Any]) -> None:
    for key in bundle:
        assert faults("result-bundle", {name: bundle[name] for name in bundle if name != key})
    assert faults("result-bundle", {**bundle, "more": 1})
    assert faults("result-bundle", {**bundle, "id": "No Id"})
    assert faults("result-bundle", {**bundle, "kind": "other"})


def test_results_validate() -> None:
    outputs = [{"data": {MIME: bundle}} for bundle in BUNDLES.values()]
    notebook = {"cells": [{"outputs": outputs}]}
    tables = {"t": pl.DataFrame({"year": [2019, 2020], "rate": [1.0, 2.3], "cl": [4, 5]})}
    results = results_of("analysis/notebooks/10-a.ipynb", notebook, tables)
    record = results_json(results, ("t",), "landlock")
    assert set(record["claims"]) == {"rate.2020", "met", "top", "cl.2020"}
    assert faults("results", record) == []
    assert faults("results", {**record, "reads": ["t", "t"]})


def test_cleaning_validates() -> None:
    raw = Raw(files={"a.csv": b"k,v\n1,x\n2,y\n3,x\n"}, script="s.py")
    frame = raw.csv("a.csv")
    frame = raw.keep(frame, pl.col("k") != "2", reason="because")
    frame = raw.drop(frame, pl.col("k") == "9", reason="because")
    frame = raw.replace(frame, "v", {"x": "z"}, reason="because")
    raw.merge(frame, by=["v"], reason="because")
    record = ledger_json("t", raw, {"a.csv": "0" * 64}, [1, None, 3], 3)
    assert faults("cleaning", record) == []
    again = {"row": 1, "by": "AB", "on": "2024-03-01", "agrees": True, "line": None}
    assert faults("cleaning", {**record, "readings": [again]}) == []
    assert faults("cleaning", {key: record[key] for key in record if key != "readings"}) == []
    assert faults("cleaning", {**record, "raw": {"a.csv": "abc"}})


CLAIM = Claim(
    id="rate.2020",
    kind=Kind.VALUE,
    value=2.3,
    unit="percent",
    evidence=Evidence(
        notebook="n.ipynb", cell=2, table="t", rows=({"year": 2020},), row_numbers=(3,)
    ),
)
GIVEN = Claim(id="age", kind=Kind.GIVEN, value=18, evidence=Evidence(sources=("S_LAW",)))
VIA = Claim(
    id="via",
    kind=Kind.DOCUMENTARY,
    evidence=Evidence(sources=("S_A",), locator="p. 3", rows=({"source": "S_A", "against": True},)),
)
POOL = Pool(claims={CLAIM.id: CLAIM, VIA.id: VIA}, given={GIVEN.id: GIVEN})


def mark(scheme: str, name: str, status: Status) -> Mark:
    return Mark(
        index=0,
        scheme=scheme,
        claims=(name,),
        options={"of": "rate"},
        text="2.3",
        span=PLACE,
        section="",
        status=status,
    )


MARKS = (mark("claim", "rate.2020", Status.HOLDS), mark("given", "age", Status.WITHOUT_EVIDENCE))


def edition() -> Edition:
    return Edition(
        language="en",
        marks=list(MARKS),
        uses=[Use(kind="figure", id="trend", span=PLACE, section="sec:a")],
        citations=[Citation(key="a2020", span=PLACE, section="sec:a")],
        references=[Citation(key="fig:trend", span=Span(path="a.md"), section="sec:a")],
        sections=[Section(id="sec:a", title="A", level=1, span=PLACE)],
    )


def test_marks_validate() -> None:
    assert faults("marks", marks_json(edition())) == []


def test_passages_validate() -> None:
    passage = Passage(
        kind="paragraph",
        section="sec:a",
        text="Rose 2.",
        places=(0, 1, 2, 3, 4, 5, 6),
        parts=(Part(kind="mark", start=5, end=6, name="claim:a"),),
        source=find_candidates("manuscript/en/01-a.md", "Rose 2.", 0),
    )
    record = passages_json(Edition(language="en", passages=[passage]))
    assert record["passages"][0]["end_column"] == 8
    assert faults("passages", record) == []


def test_places_validate() -> None:
    record = node_record(edition(), {}, Pictures(), lambda path: {path: {}}.__getitem__)
    assert record["places"]
    assert faults("places", record) == []


def test_evidence_validates() -> None:
    record = evidence_json(edition(), POOL)
    assert len(record["claims"]) == 2
    assert faults("evidence", record) == []


@pytest.mark.parametrize("accepted", [{}, {"rate.2020": {"value": 2.0, "unit": None}}])
def test_the_ledger_validates(accepted: dict[str, Any]) -> None:
    one = EditionRecord(
        language="en", marks=MARKS, products=(), citations=(), references=(), sections=()
    )
    record = join("paper", POOL, [one], accepted, {"10-a": "landlock"})
    assert {entry["status"] for entry in record["claims"]} == {
        "holds",
        "unused",
        "without-evidence",
    }
    assert faults("ledger", record) == []


FINDING = diagnose("CLN209", PLACE, rows=1, expected=2, notes=[note("traceback", text="x")])


def test_findings_validate() -> None:
    bare = diagnose("CFG101", folder=".", hint=note("perhaps-key", near="x"))
    assert faults("findings", findings_json((FINDING, bare))) == []
    judged = [Judged(finding=FINDING, waived="because"), Judged(finding=bare)]
    assert faults("findings", findings_record(judged, "draft")) == []
    assert faults("findings", {**findings_json((FINDING,)), "level": "draft"})


def test_step_records_validate(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    step = Step(
        stage="clean", name="t", inputs=("a",), outputs=("b",), findings="b", params={"x": [1]}
    )
    run_step(tmp_path, step, lambda: Products(files={}))
    record = json.loads(record_path(tmp_path, step.id).read_bytes())
    assert faults("step-record", record) == []
