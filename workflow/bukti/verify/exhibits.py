"""The verdicts on figures and tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from bukti.base.diagnostic import Note, note
from bukti.base.digest import digest_bytes
from bukti.project.products import figure_file
from bukti.verify.built import CLEAN, Built
from bukti.verify.values import compared, worst
from bukti.verify.verdict import Ground, Outcome, Verdict

FEW = 0.001
_SEEN = 8
_LARGEST = 150_000_000
_WITHOUT_LAYOUT = ("cell", "sources", "tables", "computed")


def figure_verdicts(
    theirs: Built, ours: Built, broken: Collection[str], notebooks: Collection[str] | None = None
) -> tuple[Verdict, ...]:
    """A verdict for each figure of the notebooks: all, or those named; `broken` are paths."""
    return tuple(
        _figure(theirs, ours, name, figure, broken)
        for name in _names(theirs, ours, notebooks)
        for figure in sorted(
            {*_products(theirs, name, "figures"), *_products(ours, name, "figures")}
        )
    )


def table_verdicts(
    theirs: Built,
    ours: Built,
    broken: Collection[str],
    received: Collection[str],
    notebooks: Collection[str] | None = None,
) -> tuple[Verdict, ...]:
    """A verdict for each table of the notebooks; `received` are clean tables whose raw came so."""
    found = []
    for name in _names(theirs, ours, notebooks):
        old, new = _products(theirs, name, "tables"), _products(ours, name, "tables")
        for table in sorted({*old, *new}):
            ground, outcome, reasons = _table(
                old.get(table), new.get(table), _stopped(theirs, name, broken), received
            )
            found.append(
                Verdict(
                    kind="table",
                    id=table,
                    ground=ground,
                    outcome=outcome,
                    reasons=reasons,
                    place=_place(theirs, name, old.get(table) or new[table]),
                )
            )
    return tuple(found)


def _names(theirs: Built, ours: Built, notebooks: Collection[str] | None) -> list[str]:
    names = sorted({*theirs.results, *ours.results})
    return names if notebooks is None else [name for name in names if name in notebooks]


def _products(built: Built, notebook: str, kind: str) -> Mapping[str, Any]:
    products: Mapping[str, Any] = built.results.get(notebook, {}).get(kind, {})
    return products


def _stopped(built: Built, notebook: str, broken: Collection[str]) -> str:
    path = built.results.get(notebook, {}).get("notebook", "")
    return path if path in broken else ""


def _place(built: Built, notebook: str, product: Mapping[str, Any]) -> str:
    path = built.results.get(notebook, {}).get("notebook", notebook)
    return f"{path}, {product['cell']}"


def _figure(
    theirs: Built, ours: Built, notebook: str, figure: str, broken: Collection[str]
) -> Verdict:
    old = _products(theirs, notebook, "figures").get(figure)
    new = _products(ours, notebook, "figures").get(figure)
    stopped = _stopped(theirs, notebook, broken)
    ground = Ground.UNCHECKED if stopped else Ground.COMPUTED
    if stopped:
        outcome, reasons = Outcome.UNCHECKED, [note("verify-notebook-stopped", notebook=stopped)]
    elif old is None:
        outcome, reasons = Outcome.DIFFERS, [note("verify-not-in-archive")]
    elif new is None:
        outcome, reasons = Outcome.MISSING, [note("verify-not-made")]
    else:
        each = [_picture(theirs, ours, notebook, figure, language) for language in old["digests"]]
        outcome = worst([result for result, _ in each])
        reasons = [reason for _, told in each for reason in told]
        if outcome is not Outcome.REPRODUCED:
            same = _same_data(theirs, ours, notebook)
            reasons.append(note("verify-figure-same-data" if same else "verify-figure-other-data"))
            outcome = outcome if same else Outcome.DIFFERS
    return Verdict(
        kind="figure",
        id=figure,
        ground=ground,
        outcome=outcome,
        reasons=tuple(reasons),
        place=_place(theirs, notebook, old or new or {"cell": "-"}),
    )


def _picture(
    theirs: Built, ours: Built, notebook: str, figure: str, language: str
) -> tuple[Outcome, list[Note]]:
    """A figure in one language: first its drawing, as data; then, if that differs, its pixels."""
    drawing = figure_file(notebook, figure, language, "svg")
    image = figure_file(notebook, figure, language, "png")
    recorded = theirs.results[notebook]["figures"][figure]["digests"][language]
    if theirs.digests.get(drawing, "") != recorded:
        return Outcome.DIFFERS, [note("verify-figure-swapped", path=drawing, language=language)]
    same = [theirs.digests.get(name) == ours.digests.get(name) for name in (drawing, image)]
    if all(same):
        return Outcome.REPRODUCED, []
    if image not in theirs.digests or image not in ours.digests:
        return Outcome.DIFFERS, [note("verify-figure-gone", path=image, language=language)]
    share = other_pixels(theirs.read(image), ours.read(image))
    if share is None:
        return Outcome.DIFFERS, [note("verify-figure-size", path=image, language=language)]
    shown = f"{share:.2%}"
    told = [note("verify-figure-pixels", path=image, language=language, share=shown)]
    return (Outcome.WITHIN if share <= FEW else Outcome.DIFFERS), told


def _same_data(theirs: Built, ours: Built, notebook: str) -> bool:
    """Whether a notebook's figures were drawn from the same tables."""
    reads = theirs.results[notebook]["reads"]
    names = [f"{CLEAN}{table}.csv" for table in reads]
    return all(theirs.digests.get(name) == ours.digests.get(name) for name in names)


def differing_pictures(
    theirs: Built, ours: Built, verdicts: Iterable[Verdict]
) -> Iterator[tuple[str, str, bytes, bytes]]:
    """Id, language and both pictures of each figure that does not hold, where they differ."""
    for verdict in verdicts:
        if verdict.kind != "figure" or verdict.holds:
            continue
        notebook = verdict.place.rpartition(", ")[0].rpartition("/")[2].removesuffix(".ipynb")
        old, new = (_products(built, notebook, "figures") for built in (theirs, ours))
        for language in (old.get(verdict.id) or new[verdict.id])["digests"]:
            image = figure_file(notebook, verdict.id, language, "png")
            pair = [
                built.read(image) if image in built.digests else b"" for built in (theirs, ours)
            ]
            if pair[0] != pair[1]:
                yield verdict.id, language, pair[0], pair[1]


def other_pixels(theirs: bytes, ours: bytes) -> float | None:
    """The share of pixels that look different; None for pictures of other sizes or unreadable."""
    if digest_bytes(theirs) == digest_bytes(ours):
        return 0.0
    from PIL import Image, ImageChops

    try:
        with Image.open(BytesIO(theirs)) as old, Image.open(BytesIO(ours)) as new:
            if old.size != new.size or old.size[0] * old.size[1] > _LARGEST:
                return None
            difference = ImageChops.difference(old.convert("RGBA"), new.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    strongest = None
    for channel in difference.split():
        strongest = channel if strongest is None else ImageChops.lighter(strongest, channel)
    assert strongest is not None
    histogram = strongest.histogram()
    return sum(histogram[_SEEN + 1 :]) / max(1, sum(histogram))


def _table(
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    stopped: str,
    received: Collection[str],
) -> tuple[Ground, Outcome, tuple[Note, ...]]:
    if stopped:
        told = note("verify-notebook-stopped", notebook=stopped)
        return Ground.UNCHECKED, Outcome.UNCHECKED, (told,)
    if old is None:
        return Ground.COMPUTED, Outcome.DIFFERS, (note("verify-not-in-archive"),)
    if new is None:
        return Ground.COMPUTED, Outcome.MISSING, (note("verify-not-made"),)
    tables = {*old.get("tables", ())}
    taken_over = bool(tables) and not old.get("computed")
    ground = Ground.TRANSCRIBED if taken_over else Ground.COMPUTED
    outcome = compared(_content(old), _content(new))
    if outcome is Outcome.DIFFERS:
        return ground, outcome, tuple(_cells(old, new))
    if taken_over:
        return ground, Outcome.SOURCE if tables <= {*received} else Outcome.TABLE, ()
    return ground, outcome, ()


def _content(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in _WITHOUT_LAYOUT}


def _cells(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Note]:
    """Where two tables differ first, and in how many cells."""
    before, now = old["rows"], new["rows"]
    if old["columns"] != new["columns"] or len(before) != len(now):
        shape = {
            "rows": len(before),
            "columns": len(old["columns"]),
            "rows_now": len(now),
            "columns_now": len(new["columns"]),
        }
        yield note("verify-table-shape", **shape)
        return
    cells = [
        (number, column, row[column], other[column])
        for number, (row, other) in enumerate(zip(before, now, strict=True), start=1)
        for column in old["columns"]
        if compared(row.get(column), other.get(column)) is Outcome.DIFFERS
    ]
    if not cells:
        yield note("verify-table-layout")
        return
    row, column, theirs, ours = cells[0]
    told = {"row": row, "column": column, "theirs": theirs, "ours": ours, "count": len(cells)}
    yield note("verify-table-cell", **told)
