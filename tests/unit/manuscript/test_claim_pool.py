"""Every claim that a mark can use, from notebooks and from `claims.yaml`."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.base.claims import Claim, Evidence, Kind, claim_to_json
from bukti.base.span import Span
from bukti.manuscript.pool import malformed_ids, pool_of, unregistered, unusable

WRITTEN: dict[str, Any] = {
    "given": {"age.child": {"value": 18, "unit": "years", "source": "S_LAW", "locator": "art. 1"}},
    "documentary": {
        "via_cpap": {
            "statement": {"en": "Through the plan."},
            "evidence": [
                {"source": "S_PLAN", "locator": "page 2"},
                {"source": "S_LAW", "locator": "art. 3"},
                {"source": "S_PLAN"},
            ],
        }
    },
}


def place(keys: tuple[Any, ...]) -> Span:
    return Span(path=".".join(str(key) for key in keys))


def result(notebook: str, *names: str) -> dict[str, Any]:
    return {
        "claims": {
            name: claim_to_json(
                Claim(
                    id=name,
                    kind=Kind.VALUE,
                    value=number,
                    evidence=Evidence(notebook=notebook, cell=number),
                )
            )
            for number, name in enumerate(names, start=1)
        }
    }


def test_claims_of_all_notebooks_and_of_the_file_are_in_one_pool() -> None:
    pool, findings = pool_of([result("a", "x.1", "x.2"), result("b", "y")], WRITTEN)
    assert findings == ()
    assert list(pool.claims) == ["x.1", "x.2", "y", "via_cpap"]
    families = {family: [claim.id for claim in found] for family, found in pool.families().items()}
    assert families == {"x": ["x.1", "x.2"], "y": ["y"], "via_cpap": ["via_cpap"]}


def test_given_values_have_a_scheme_of_their_own() -> None:
    pool, _ = pool_of([result("a", "age.child")], WRITTEN)
    computed, given = pool.find("claim", "age.child"), pool.find("given", "age.child")
    assert computed is not None and computed.kind is Kind.VALUE
    assert given is not None and (given.kind, given.value, given.unit) == (Kind.GIVEN, 18, "years")
    assert given.evidence == Evidence(sources=("S_LAW",), locator="art. 1")
    assert pool.find("given", "via_cpap") is None


def test_a_documentary_claim_names_each_source_once_and_all_places() -> None:
    pool, _ = pool_of([], WRITTEN)
    claim = pool.claims["via_cpap"]
    assert claim.kind is Kind.DOCUMENTARY
    assert claim.evidence.sources == ("S_PLAN", "S_LAW")
    assert claim.evidence.locator == "page 2; art. 3"


def test_a_claim_stated_in_two_notebooks_is_reported_at_the_second() -> None:
    pool, (found,) = pool_of([result("a.ipynb", "y", "x"), result("b.ipynb", "x")], {})
    assert (found.code, found.span) == ("CLM103", Span(path="b.ipynb", cell=1))
    assert found.arguments == {"id": "x", "first": "a.ipynb:cell 2"}
    assert pool.claims["x"].evidence.notebook == "a.ipynb"


@pytest.mark.parametrize(
    ("scheme", "name", "near"),
    [
        ("claim", "x.3", "x.2, x.1"),
        ("claim", "zzzz", "-"),
        ("given", "age.chld", "age.child"),
        ("given", "x.1", "-"),
    ],
)
def test_ids_that_look_like_one_that_is_not_there(scheme: str, name: str, near: str) -> None:
    pool, _ = pool_of([result("a", "x.1", "x.2")], WRITTEN)
    assert pool.nearest(scheme, name) == near


def test_ids_of_the_file_must_be_well_formed() -> None:
    written: dict[str, Any] = {"given": {"Age": {}, "age": {}}, "documentary": {"a-b": {}}}
    found = malformed_ids(written, place)
    assert [(each.code, str(each.span)) for each in found] == [
        ("CLM104", "given.Age"),
        ("CLM104", "documentary.a-b"),
    ]


def test_sources_must_be_in_the_register() -> None:
    found = unregistered(WRITTEN, {"S_PLAN": {}}, place)
    assert [(each.code, str(each.span), each.arguments["source"]) for each in found] == [
        ("CLM108", "given.age.child.source", "S_LAW"),
        ("CLM108", "documentary.via_cpap.evidence.1.source", "S_LAW"),
    ]
    assert unregistered(WRITTEN, {"S_PLAN": {}, "S_LAW": {}}, place) == ()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_given_value_that_is_no_number_is_reported_and_left_out(value: float) -> None:
    written: dict[str, Any] = {"given": {"age": {"value": value, "source": "S_LAW"}}}
    pool, _ = pool_of([], written)
    assert pool.given == {}
    (found,) = unusable(written, place)
    assert (found.code, str(found.span)) == ("CLM105", "given.age.value")
    assert found.arguments["id"] == "age"
