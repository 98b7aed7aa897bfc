"""The steps of a build as a drawing: columns by stage, few crossings, no arrow that says nothing.

The order within columns follows K. Sugiyama, S. Tagawa and M. Toda, "Methods for Visual
Understanding of Hierarchical System Structures", IEEE Trans. SMC 11(2), 1981 (barycenters); arrows
that follow from others are left out: A. Aho, M. Garey and J. Ullman, "The Transitive Reduction of
a Directed Graph", SIAM J. Computing 1(2), 1972.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WIDTH, HEIGHT = 146, 22
ACROSS, DOWN = 30, 8
_SWEEPS = 6
_COLUMNS = {
    "raw": 0,
    "clean": 1,
    "analyse": 2,
    "text": 2,
    "manuscript": 3,
    "ledger": 4,
    "render": 4,
    "privacy": 5,
    "report": 6,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box: what it stands for, in which column it is, what goes into it and comes out."""

    id: str
    stage: str
    name: str
    column: int
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


@dataclass(slots=True)
class Graph:
    """Boxes by id and arrows between them, from what is made first to what is made of it."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: set[tuple[str, str]] = field(default_factory=set)


def graph_of(steps: Iterable[Mapping[str, Any]]) -> Graph:
    """The graph of steps with `id`, `stage`, `name`, `inputs` and `outputs`.

    Raw files have boxes of their own, the Markdown files of each language one together.
    """
    graph = Graph()
    makers: dict[str, str] = {}
    for step in steps:
        inputs, outputs = tuple(step["inputs"]), tuple(step["outputs"])
        stage, name = step["stage"], step["name"]
        package = stage == "clean" and not name
        column = 2 if package else _COLUMNS.get(stage, 5)
        graph.nodes[step["id"]] = Node(
            id=step["id"], stage=stage, name=name, column=column, inputs=inputs, outputs=outputs
        )
        makers |= dict.fromkeys(outputs, step["id"])
        for path in inputs:
            origin = makers.get(path) or _outside(graph, path)
            if origin:
                graph.edges.add((origin, step["id"]))
    graph.edges = reduced(graph.edges)
    return graph


def _outside(graph: Graph, path: str) -> str | None:
    """The box of a file that no step makes; None for one that is not drawn."""
    parts = path.split("/")
    if parts[:2] == ["data", "raw"]:
        key, stage, name = path, "raw", "/".join(parts[2:])
    elif parts[0] == "manuscript" and path.endswith(".md"):
        key, stage, name = f"manuscript/{parts[1]}", "text", parts[1]
    else:
        return None
    graph.nodes.setdefault(key, Node(id=key, stage=stage, name=name, column=_COLUMNS[stage]))
    return key


def reduced(edges: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The arrows without those that a longer way stands for; the graph has no circles."""
    after: dict[str, set[str]] = {}
    for origin, target in edges:
        after.setdefault(origin, set()).add(target)
    reach: dict[str, set[str]] = {}

    def reached(node: str) -> set[str]:
        if node not in reach:
            nexts = after.get(node, set())
            reach[node] = nexts.union(*(reached(each) for each in nexts))
        return reach[node]

    return {
        (origin, target)
        for origin, target in edges
        if not any(target in reached(other) for other in after[origin] - {target})
    }


def layout(graph: Graph) -> dict[str, Any]:
    """The drawing: its size, and every box with its place, in pixels from the upper left."""
    columns = _ordered(graph)
    tallest = max((len(column) for column in columns), default=0)
    height = tallest * (HEIGHT + DOWN) + DOWN
    places: dict[str, tuple[int, int]] = {}
    for number, column in enumerate(columns):
        room = height / max(len(column), 1)
        for row, name in enumerate(column):
            y = round(room * (row + 0.5) - HEIGHT / 2)
            places[name] = (DOWN + number * (WIDTH + ACROSS), y)
    return {
        "width": len(columns) * (WIDTH + ACROSS) - ACROSS + 2 * DOWN,
        "height": height,
        "box": [WIDTH, HEIGHT],
        "nodes": [
            {
                "id": node.id,
                "stage": node.stage,
                "name": node.name,
                "x": places[node.id][0],
                "y": places[node.id][1],
                "inputs": list(node.inputs),
                "outputs": list(node.outputs),
            }
            for column in columns
            for node in (graph.nodes[name] for name in column)
        ],
        "edges": sorted(list(edge) for edge in graph.edges),
    }


def _ordered(graph: Graph) -> list[list[str]]:
    """The boxes of each column that has any, in an order with few crossings."""
    used = sorted({node.column for node in graph.nodes.values()})
    columns = [
        [node.id for node in graph.nodes.values() if node.column == number] for number in used
    ]
    before: dict[str, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for origin, target in sorted(graph.edges):
        before.setdefault(target, []).append(origin)
        behind.setdefault(origin, []).append(target)
    for sweep in range(_SWEEPS):
        neighbours = before if sweep % 2 == 0 else behind
        for column in columns if sweep % 2 == 0 else reversed(columns):
            heights = _heights(columns)
            column.sort(key=lambda name: _barycenter(name, neighbours, heights))
    return columns


def _heights(columns: Sequence[Sequence[str]]) -> dict[str, float]:
    """How far down each box stands in its column, from 0 to 1."""
    return {
        name: (row + 0.5) / len(column) for column in columns for row, name in enumerate(column)
    }


def _barycenter(
    name: str, neighbours: Mapping[str, Sequence[str]], heights: Mapping[str, float]
) -> float:
    around = [heights[each] for each in neighbours.get(name, ())]
    return sum(around) / len(around) if around else heights[name]
