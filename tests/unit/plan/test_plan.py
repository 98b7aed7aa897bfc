"""From a made-up compendium to its steps."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.hedges import Tolerances
from bukti.base.span import Span
from bukti.plan import STAGES, Plan, Step, plan
from bukti.project import Project
from bukti.project.config import Config
from bukti.project.notebook_source import NotebookSource
from bukti.project.privacy_settings import Privacy


def with_notebooks(project: Project, *notebooks: NotebookSource) -> Project:
    inventory = replace(project.inventory, notebooks=notebooks)
    return replace(project, inventory=inventory)


def book(name: str, **names: Any) -> NotebookSource:
    return NotebookSource(name=name, path=f"{name}.ipynb", **names)


def test_the_steps(project: Project) -> None:
    assert [step.id for step in plan(project).steps] == [
        "clean.a",
        "clean.b",
        "clean",
        "analyse.10-x",
        "analyse.20-y",
        "manuscript.id",
        "manuscript.en",
        "ledger",
        "render.id.pdf",
        "render.id.docx",
        "render.id.html",
        "render.en.pdf",
        "render.en.docx",
        "render.en.html",
        "privacy",
        "report",
        "gate",
    ]


def test_a_parallel_edition_is_made_of_both_as_pdf_and_html(project: Project) -> None:
    config = replace(project.config, parallel=(("id", "en"),))
    steps = plan(replace(project, config=config))
    made = [step.name for step in steps.stage("render") if len(step.params["languages"]) == 2]
    assert made == ["id-en.pdf", "id-en.html"]
    step = steps.step("render", "id-en.pdf")
    assert step.outputs[0] == "outputs/papers/paper.id-en.pdf"
    assert {*step.inputs} >= {
        *steps.step("render", "id.pdf").inputs,
        *steps.step("render", "en.pdf").inputs,
    }


def test_clean(project: Project) -> None:
    step = plan(project).step("clean", "b")
    assert step.inputs == (
        "data/contract/b.yaml",
        "analysis/cleaning/b.py",
        "data/raw/a.csv",
        "data/raw/b.csv",
        "data/raw.sha256",
    )
    assert step.outputs == (
        "data/clean/b.parquet",
        "data/clean/b.csv",
        "data/clean/b.json",
        "outputs/findings/clean.b.json",
    )


def test_analyse(project: Project) -> None:
    step = plan(project).step("analyse", "10-x")
    assert step.inputs == (
        "analysis/notebooks/10-x.ipynb",
        "data/clean/a.parquet",
        "data/clean/a.json",
        "manuscript/labels.yaml",
    )
    figures = [f"outputs/results/10-x/trend.{name}" for name in FIGURES]
    assert step.outputs == (
        *(f"outputs/results/10-x.{suffix}" for suffix in ("ipynb", "html", "json")),
        *figures,
        "outputs/findings/analyse.10-x.json",
    )
    assert step.params == {
        "languages": ["id", "en"],
        "seconds": 600,
        "memory": 8192,
        "parameters": {},
        "from": "tables",
    }


def test_settings_of_one_notebook_are_no_matter_of_the_others(project: Project) -> None:
    settings: Any = {"limits": {"10-x": {"seconds": 5}}, "parameters": {"10-x": {"limit": 3}}}
    changed = replace(project, config=replace(project.config, **settings))
    before, after = plan(project), plan(changed)
    assert after.step("analyse", "10-x").params == {
        **before.step("analyse", "10-x").params,
        "seconds": 5,
        "parameters": {"limit": 3},
    }
    assert [step.id for step in after.steps if step not in before.steps] == ["analyse.10-x"]


FIGURES = ("id.svg", "id.png", "en.svg", "en.png")


def test_manuscript(project: Project) -> None:
    step = plan(project).step("manuscript", "en")
    assert "manuscript/en/01-results.md" in step.inputs
    assert "manuscript/id/front.md" in step.inputs
    assert "manuscript/id/00-abstract.md" in step.inputs
    assert "manuscript/id/01-results.md" not in step.inputs
    assert "manuscript/accepted/values.json" not in step.inputs
    assert "styles/apa.csl" in step.inputs
    assert step.findings == "outputs/manuscript/en/findings.json"
    assert step.params["authors"][0]["name"] == {"id": "Nama", "en": "Name"}


def test_the_ledger_joins_all_editions(project: Project) -> None:
    step = plan(project).step("ledger", "")
    for language in ("id", "en"):
        for record in ("marks", "passages"):
            assert f"outputs/manuscript/{language}/{record}.json" in step.inputs
    assert "manuscript/accepted/values.json" in step.inputs
    assert step.outputs == ("outputs/ledger.json", "outputs/findings/ledger.json")


@pytest.mark.parametrize(("suffix", "figure"), [("pdf", "svg"), ("html", "svg"), ("docx", "png")])
def test_a_paper_takes_the_figures_of_its_own_language(
    project: Project, suffix: str, figure: str
) -> None:
    step = plan(project).step("render", f"en.{suffix}")
    appendix = ("outputs/manuscript/en/appendix.json",) if suffix == "html" else ()
    assert step.inputs == (
        "outputs/manuscript/en/tree.json",
        "outputs/manuscript/en/evidence.json",
        "outputs/manuscript/en/places.json",
        *appendix,
        f"outputs/results/10-x/trend.en.{figure}",
        f"outputs/results/20-y/map.en.{figure}",
        "manuscript/photo.png",
    )
    assert step.outputs[0] == f"outputs/papers/paper.en.{suffix}"


def test_a_pdf_has_the_evidence_appendix_on_demand(project: Project) -> None:
    page = replace(project.config.page, annex=("pdf",))
    steps = plan(replace(project, config=replace(project.config, page=page)))
    record = "outputs/manuscript/en/appendix.json"
    assert record in steps.step("render", "en.pdf").inputs
    assert record not in steps.step("render", "en.docx").inputs


def test_no_paper_waits_for_the_ledger_or_another_language(project: Project) -> None:
    for step in plan(project).stage("render"):
        language = step.name.partition(".")[0]
        other = "en" if language == "id" else "id"
        assert "outputs/ledger.json" not in step.inputs
        assert not [name for name in step.inputs if f"/{other}/" in name or f".{other}." in name]


def test_the_gate_reads_the_findings_of_all(project: Project) -> None:
    found = diagnose("ANA102", Span(path="n.ipynb", cell=1), function="read")
    steps = plan(replace(project, findings=(found,)))
    gate = steps.step("gate", "")
    findings = [step.findings for step in steps.steps[:-1]]
    assert gate.params["findings"] == findings
    assert list(gate.inputs[: len(findings)]) == findings
    assert gate.params["plan"] == [found.to_json()]
    waiver = {"code": "CLM301", "at": "", "reason": "because", "line": None, "column": None}
    assert gate.params["waivers"] == [waiver]
    assert gate.outputs == (gate.findings, "outputs/SHA256SUMS")
    assert {*gate.inputs, *gate.outputs} == {*steps.products()}


def test_the_search_for_personal_details_reads_all_outputs_and_where_they_came_from(
    project: Project,
) -> None:
    steps = plan(project)
    step = steps.step("privacy", "")
    made = {output for each in steps.steps[:-3] for output in each.outputs}
    assert made <= set(step.inputs)
    assert {"bukti.yaml", "manuscript/en/01-results.md", "manuscript/references.bib"} <= {
        *step.inputs
    }
    raw = {name for name in step.inputs if name.startswith("data/raw/")}
    assert raw == set(project.inventory.open_texts)
    asked = Privacy(path=Path("/elsewhere/names"), digest="d", names="Siti Aminah")
    other = plan(replace(project, privacy=asked))
    assert other.step("privacy", "").params == {"names": "d", "asked": True}
    assert "Siti" not in repr(other)
    assert "Siti" not in repr(asked)


def test_every_output_is_made_once(project: Project) -> None:
    products = plan(project).products()
    assert len(products) == len(set(products))


def test_every_input_is_made_earlier_or_is_a_source(project: Project) -> None:
    made: set[str] = set()
    for step in plan(project).steps:
        for name in step.inputs:
            assert name in made or not name.startswith(("outputs/", "data/clean/")), name
        made |= set(step.outputs)


def test_steps_are_sound(project: Project) -> None:
    steps = plan(project).steps
    assert len({step.id for step in steps}) == len(steps)
    for step in steps:
        assert step.stage in STAGES
        assert step.findings in step.outputs
        assert len(set(step.inputs)) == len(step.inputs)
        assert not set(step.inputs) & set(step.outputs)
        assert step.log == f"outputs/logs/{step.id}.log"


def test_params_come_back_from_their_record_as_they_were(project: Project) -> None:
    for step in plan(project).steps:
        assert json.loads(json.dumps(dict(step.params))) == dict(step.params), step.id


@pytest.mark.parametrize(
    ("change", "stages"),
    [
        ({"cell_seconds": 1}, {"analyse"}),
        ({"kernel_memory": 256}, {"analyse"}),
        ({"rounding": "half-up"}, {"manuscript"}),
        ({"tolerances": Tolerances(about=Decimal(1))}, {"manuscript"}),
        ({"version": "2"}, {"clean", "manuscript", "report"}),
        ({"date": "2026-01-05"}, {"manuscript", "render", "report"}),
        ({"level": "submit"}, {"manuscript", "ledger", "report", "gate"}),
        ({"waivers": ()}, {"report", "gate"}),
        ({"name": "other"}, {"clean", "ledger", "report"}),
        ({"authors": ()}, {"manuscript", "report"}),
        ({"engine": ">=0.1"}, set()),
    ],
)
def test_a_setting_reaches_the_stages_that_use_it(
    project: Project, change: dict[str, object], stages: set[str]
) -> None:
    config: Config = replace(project.config, **change)  # type: ignore[arg-type]
    after = plan(replace(project, config=config))
    pairs = zip(plan(project).steps, after.steps, strict=True)
    assert {new.stage for old, new in pairs if old.params != new.params} == stages


def test_a_bare_compendium(project: Project) -> None:
    inventory = replace(project.inventory, tables=(), notebooks=(), pictures=(), shared=(), raw=())
    config = Config(name="a", languages=("en",), formats=("html",))
    steps = plan(replace(project, inventory=inventory, config=config))
    assert steps.step("ledger", "").inputs == (
        "outputs/manuscript/en/marks.json",
        "outputs/manuscript/en/passages.json",
    )


def test_an_unknown_table(project: Project) -> None:
    with pytest.raises(Problem) as caught:
        plan(with_notebooks(project, book("n", reads=("a", "c", "d"))))
    assert [
        (item.code, item.arguments["table"], item.arguments["known"])
        for item in caught.value.diagnostics
    ] == [("ANA103", "c", "a, b"), ("ANA103", "d", "a, b")]


@pytest.mark.parametrize("kind", ["figures", "tables"])
def test_a_product_made_twice(project: Project, kind: str) -> None:
    first, second = (book(name, **{kind: ("x",)}) for name in ("m", "n"))
    with pytest.raises(Problem) as caught:
        plan(with_notebooks(project, first, second))
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(finding.span)) == ("ANA104", "n.ipynb")
    assert finding.arguments == {"id": "x", "other": "m.ipynb"}


def test_a_figure_and_a_table_may_have_one_name(project: Project) -> None:
    assert plan(with_notebooks(project, book("m", figures=("x",)), book("n", tables=("x",))))


def test_looking_up(project: Project) -> None:
    steps = plan(project)
    maker = steps.maker_of("data/clean/a.csv")
    assert maker is not None and maker.id == "clean.a"
    assert steps.maker_of("data/raw/a.csv") is None
    with pytest.raises(Problem) as caught:
        steps.step("clean", "c")
    assert caught.value.diagnostics[0].arguments == {"target": "c", "known": "a, b"}


def test_a_plan_of_one_step() -> None:
    step = Step(stage="ledger", name="", inputs=(), outputs=("f",), findings="f")
    assert (step.id, Plan(steps=(step,)).products()) == ("ledger", ("f",))
