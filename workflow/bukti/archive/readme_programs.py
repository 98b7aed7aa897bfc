"""What an archive's README says of programs: what each makes, chance in them, each exhibit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bukti.archive.facts import Exhibit, Facts
from bukti.archive.readme_form import box, table
from bukti.project.raw_files import RAW

_CHANCE = re.compile(
    r"\b(random|default_rng|RandomState|rng|shuffle|sample|set\.seed|runif|rnorm)\b"
)
_SEED = re.compile(r"(?:seed|default_rng|RandomState)\w*\s*[=(]\s*(\d+)")
Mention = tuple[str, str, str]


def controlled_randomness(facts: Facts) -> Iterator[str]:
    """The section on generators of random numbers, by what stands in the programs."""
    yield "### Controlled Randomness"
    found = [*_mentions(facts)]
    seeds = [mention for mention in found if mention[2]]
    lines = [box(True, f"Random seed is set at {place} of program `{p}`") for p, place, _ in seeds]
    if not found:
        lines.append(
            box(True, "No Pseudo random generator is used in the analysis described here.")
        )
    yield "\n".join(lines or [box(False, "Random seed is set")])
    if found and not seeds:
        places = "; ".join(f"`{program}`, {place}" for program, place, _ in found)
        yield f"Words that may belong to a generator stand here, without a seed: {places}."
    yield (
        "This was read from the programs. Kernels run on one thread and with a fixed hash seed; "
        "`./bukti check --twice` runs each notebook twice and says what differs."
    )


def _mentions(facts: Facts) -> Iterator[Mention]:
    """Where programs speak of chance: the program, the place in it, the seed."""
    for table_source in facts.project.inventory.tables:
        text = facts.files.get(table_source.script, b"").decode("utf-8", "replace")
        yield from _in_text(table_source.script, text, "")
    for notebook in facts.project.inventory.notebooks:
        cells = json.loads(facts.files[notebook.path]).get("cells", [])
        for number, cell in enumerate(cells, start=1):
            if cell.get("cell_type") == "code":
                yield from _in_text(notebook.path, "".join(cell["source"]), f"cell {number}, ")


def _in_text(program: str, text: str, before: str) -> Iterator[Mention]:
    for number, line in enumerate(text.splitlines(), start=1):
        code = line.partition("#")[0]
        if _CHANCE.search(code):
            seed = _SEED.search(code)
            yield program, f"{before}line {number}", seed[1] if seed else ""


def description_of_programs(facts: Facts) -> Iterator[str]:
    """The section that says what each program reads and makes."""
    yield "## Description of programs/code"
    yield (
        "- Programs in `analysis/cleaning` make one clean table each from raw files. "
        "Each is run on its own; `data/contract` says what its table must fulfil.\n"
        "- Notebooks in `analysis/notebooks` make the numbers, figures and tables. Each is run "
        "once, from its first cell to its last; `outputs/results` has them as they were run.\n"
        "- The text in `manuscript` names numbers, figures and tables by their ids."
    )
    rows = [
        (f"`{each.script}`", _names(each.raw), f"`data/clean/{each.name}`")
        for each in facts.project.inventory.tables
    ]
    for notebook in facts.project.inventory.notebooks:
        made = [*(f"figure {name}" for name in notebook.figures)]
        made += [f"table {name}" for name in notebook.tables]
        reads = _names(tuple(f"data/clean/{name}" for name in notebook.reads))
        rows.append((f"`{notebook.path}`", reads, ", ".join([*made, "numbers"])))
    yield table(("Program", "Reads", "Makes"), rows)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "-"


def list_of_exhibits(facts: Facts) -> Iterator[str]:
    """The section that says where each number, figure and table is from."""
    yield "## List of tables and programs"
    numbers = facts.ledger["summary"]["numbers"].values()
    bound, bare = (sum(each[key] for each in numbers) for key in ("bound", "bare"))
    closed = bool(facts.left_out)
    yield "The provided code reproduces:"
    yield "\n".join(
        [
            box(not bare and not closed, "All numbers provided in text in the paper"),
            box(not closed, "All tables and figures in the paper"),
            box(
                closed,
                "Selected tables and figures in the paper, as explained and justified below.",
            ),
        ]
    )
    yield (
        f"{bound} numbers in the text, in all languages, are bound to their evidence, and "
        f"{bare} are not. `outputs/ledger.json` has each claim with its notebook, cell and rows."
    )
    head = ("Figure/Table #", "Program", "Cell", "Output file", "Note")
    if facts.exhibits:
        yield table(head, [_row(facts, each) for each in facts.exhibits])


def _row(facts: Facts, exhibit: Exhibit) -> tuple[str, ...]:
    closed = _is_closed(facts, exhibit.notebook)
    return (
        f"{exhibit.label}: {exhibit.caption}",
        f"`{exhibit.notebook}`" if exhibit.notebook else "n.a. (written in the text)",
        str(exhibit.cell or ""),
        f"`{exhibit.files}`" if exhibit.files else "",
        "Rests on data that are not included" if closed else "",
    )


def _is_closed(facts: Facts, notebook: str) -> bool:
    inventory = facts.project.inventory
    reads = {name for each in inventory.notebooks if each.path == notebook for name in each.reads}
    closed = {f"{RAW}/{each.name}" for each in facts.left_out}
    return any(closed & {*each.raw} for each in inventory.tables if each.name in reads)
