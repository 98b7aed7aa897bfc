"""Contracts made from a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bukti.clean.contract import Contract, contract_of

MakeContract = Callable[..., Contract]


def make_contract(*fields: Mapping[str, Any], key: Any = (), **more: Any) -> Contract:
    data = {"raw": ["a.csv"], "schema": {"fields": list(fields), "primaryKey": key}, **more}
    return contract_of("t", "data/contract/t.yaml", data)


@pytest.fixture
def contract() -> MakeContract:
    """A contract of the given fields; its path is `data/contract/t.yaml`."""
    return make_contract
