"""The packages behind a state of a paper, as its lock names them."""

from __future__ import annotations

from pathlib import Path

from bukti.diff.step import LOCK, packages_of


def test_of_entries_with_markers_the_one_for_this_machine_counts(tmp_path: Path) -> None:
    lines = (
        "numpy==2.4 ; python_version >= '3'",
        "numpy==9.9 ; python_version < '3'",
        "Babel==2.1",
    )
    (tmp_path / LOCK).write_text("".join(f"{line} \\\n    --hash=x\n" for line in lines))
    assert packages_of(tmp_path) == {"numpy": "2.4", "babel": "2.1"}


def test_a_paper_without_a_lock_has_none(tmp_path: Path) -> None:
    assert packages_of(tmp_path) == {}
