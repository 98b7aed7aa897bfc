"""Places by their code: the spellings of a register, and every other name by name."""

from __future__ import annotations

import polars as pl
import pytest

from bukti.base.diagnostic import Diagnostic, Problem
from bukti.clean.raw import Raw

OWN = b"""
systems = ["own"]
[[place]]
codes = { own = "01" }
names = { en = "North" }
spellings = ["N."]
until = 2001
"""


def raw(**files: bytes) -> Raw:
    return Raw(files={"a.csv": b"", **files}, script="analysis/cleaning/t.py")


def codes(
    names: list[str | None], system: str = "bps", total: str | None = None
) -> list[str | None]:
    frame = pl.DataFrame({"p": names}, schema={"p": pl.String})
    found = raw().places(
        frame, "p", register="id-provinces", codes=system, into="code", total=total
    )
    return found.get_column("code").to_list()


def refused(
    frame: pl.DataFrame, year: str | int | None = None, **files: bytes
) -> tuple[Diagnostic, ...]:
    with pytest.raises(Problem) as caught:
        raw(**files).places(
            frame, "p", register="id-provinces", codes="bps", into="code", year=year
        )
    return caught.value.diagnostics


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nanggroe Aceh Darussalam, Prop.", "11"),
        ("ACEH", "11"),
        ("DI Yogyakarta", "34"),
        ("D.I. Yogyakarta", "34"),
        ("D. I.  YOGYAKARTA", "34"),
        ("Kep. Bangka Belitung", "19"),
        ("Kepulauan Bangka Belitung", "19"),
        ("Irian Jaya Barat", "91"),
        ("NTT", "53"),
        ("DKI  Jakarta ", "31"),
        ("Prov. Jawa\u00a0Barat", "32"),
        ("West Java Province", "32"),
        ("Papua", "94"),
        (None, None),
        (" ", None),
    ],
)
def test_spellings_in_use(name: str | None, code: str | None) -> None:
    assert codes([name]) == [code]


def test_the_two_systems_differ_in_papua() -> None:
    names: list[str | None] = ["Papua", "Papua Barat", "Papua Tengah", "Bali"]
    assert codes(names, "bps") == ["94", "91", "96", "51"]
    assert codes(names, "kemendagri") == ["91", "92", "94", "51"]


def test_there_are_38_provinces_with_a_code_each() -> None:
    from bukti.clean.places import gazetteer

    for system in ("bps", "kemendagri"):
        places = set(gazetteer("id-provinces", system, {}, "t").places.values())
        assert len(places) == 38
        assert len({place.code for place in places}) == 38
        assert sum(place.first != 2022 for place in places) == 34


def test_every_unmatched_name_is_listed_with_line_and_count() -> None:
    names = [
        "Yogyakarta, Kota",
        "Bali",
        "Kota Yogyakarta",
        "Yogyakarta, Kota",
        "Jawa Brat",
        "Papua*",
    ]
    found = refused(pl.DataFrame({"p": names, "_row": [2, 3, 4, 5, 6, 7]}))
    assert [(each.code, str(each.span)) for each in found] == [
        ("CLN141", "data/raw/a.csv:2"),
        ("CLN141", "data/raw/a.csv:4"),
        ("CLN141", "data/raw/a.csv:6"),
        ("CLN141", "data/raw/a.csv:7"),
    ]
    assert [each.arguments["rows"] for each in found] == ["2", "1", "1", "1"]
    assert "Jawa Barat" in found[2].notes[0].arguments["near"]


@pytest.mark.parametrize("name", ["Indonesia", "JUMLAH", "Total", "Jumlah/Total"])
def test_a_total_is_named_as_such(name: str) -> None:
    (finding,) = refused(pl.DataFrame({"p": ["Bali", name]}))
    assert finding.code == "CLN142"
    assert codes(["Bali", name], total="00") == ["51", "00"]


def test_a_place_before_its_time() -> None:
    frame = pl.DataFrame(
        {"p": ["Papua Selatan", "Papua Selatan", "Bali"], "y": ["2023", "2018", "2018"]}
    )
    (finding,) = refused(frame, "y")
    assert finding.code == "CLN143"
    assert (finding.arguments["year"], finding.arguments["span"]) == ("2018", "2022-")
    (finding,) = refused(frame, 2021)
    assert finding.arguments["year"] == "2021"


def test_a_register_of_the_compendium() -> None:
    own = raw(**{"own.toml": OWN})
    frame = own.places(pl.DataFrame({"p": ["n", "NORTH"]}), "p", register="own.toml", into="c")
    assert frame.get_column("c").to_list() == ["01", "01"]
    (change,) = own.changes
    assert (change.kind, change.values) == ("places", (("n", "01", 1), ("NORTH", "01", 1)))


@pytest.mark.parametrize(
    ("register", "system", "reason"),
    [
        ("id-provinces", None, "codes='bps' | 'kemendagri'"),
        ("id-provinces", "iso", "codes='bps' | 'kemendagri'"),
        ("nowhere", None, "?"),
        ("../codes", None, "?"),
        ("twice.toml", None, "N."),
        ("broken.toml", None, "'systems'"),
    ],
)
def test_a_register_that_cannot_be_used(register: str, system: str | None, reason: str) -> None:
    twice = OWN + OWN.partition(b"\n\n")[0].replace(b'systems = ["own"]', b"").replace(
        b'"01"', b'"02"'
    ).replace(b'"North"', b'"South"')
    with pytest.raises(Problem) as caught:
        raw(**{"twice.toml": twice, "broken.toml": b""}).places(
            pl.DataFrame({"p": ["n"]}), "p", register=register, codes=system, into="c"
        )
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.arguments["reason"]) == ("CLN144", reason)
