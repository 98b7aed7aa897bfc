"""The values that the author last approved."""

from __future__ import annotations

from pathlib import Path

import pytest

from bukti.base.diagnostic import Problem
from bukti.tools.accepted import read_accepted_values, write_accepted_values

VALUES = {
    "rate.2020": {"value": 2.3, "unit": "percent"},
    "count": {"value": 5, "unit": None},
    "met": {"value": True, "unit": None},
    "top": {"value": ["Papua", "NTT"], "unit": None},
}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "accepted/values.json"
    assert read_accepted_values(path, shown_as="v") == {}
    write_accepted_values(path, VALUES)
    assert read_accepted_values(path, shown_as="v") == VALUES


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{\n  "version": 1,\n', "v.json:3:1"),
        ("[]", "v.json"),
        ('{"version": 2, "values": {}}', "v.json"),
        ('{"version": 1, "values": {"a": {"value": null, "unit": null}}}', "v.json"),
        ('{"version": 1, "values": {"a": {"value": 1}}}', "v.json"),
    ],
)
def test_a_broken_record_is_refused(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "v.json"
    path.write_text(text)
    with pytest.raises(Problem) as caught:
        read_accepted_values(path, shown_as="v.json")
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(finding.span)) == ("CFG115", place)
