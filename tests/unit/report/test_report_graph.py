"""The drawing of the build: nothing is lost, no box lies on another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.report_samples import sample

from bukti.report.graph import HEIGHT, WIDTH, graph_of, layout, reduced

EDGES = st.sets(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda each: each[0] < each[1])
)


def reach(edges: set[tuple[str, str]]) -> set[tuple[str, str]]:
    found = set(edges)
    while True:
        more = {(a, d) for a, b in found for c, d in found if b == c} - found
        if not more:
            return found
        found |= more


@given(EDGES)
def test_reduction_keeps_what_depends_on_what_and_no_arrow_more(
    edges: set[tuple[int, int]],
) -> None:
    named = {(str(a), str(b)) for a, b in edges}
    kept = reduced(named)
    assert kept <= named
    assert reach(kept) == reach(named)
    assert all(reach(kept - {edge}) != reach(kept) for edge in kept)


def test_boxes_lie_side_by_side_within_the_drawing() -> None:
    drawn = sample()["graph"]
    boxes = {(node["x"], node["y"]) for node in drawn["nodes"]}
    assert len(boxes) == len(drawn["nodes"]) == 3
    assert all(x + WIDTH <= drawn["width"] and y + HEIGHT <= drawn["height"] for x, y in boxes)
    assert drawn["edges"] == [
        ["clean.rates", "analyse.10-rates"],
        ["data/raw/rates.csv", "clean.rates"],
    ]


def test_texts_of_a_language_are_one_box() -> None:
    step = {"id": "manuscript.en", "stage": "manuscript", "name": "en", "outputs": ["x"]}
    inputs = ["manuscript/en/01.md", "manuscript/en/02.md", "manuscript/labels.yaml"]
    drawn = layout(graph_of([{**step, "inputs": inputs}]))
    assert drawn["edges"] == [["manuscript/en", "manuscript.en"]]
    assert layout(graph_of([]))["nodes"] == []
