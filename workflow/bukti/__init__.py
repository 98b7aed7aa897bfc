"""bukti: the paper that proves itself. These names are what a notebook needs."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bukti.analyse import coding
    from bukti.analyse.api import claim, claims, figure, number_format, read, table

__all__ = ["claim", "claims", "coding", "figure", "number_format", "read", "table"]


def __getattr__(name: str) -> Any:
    if name == "coding":
        from importlib import import_module

        return import_module("bukti.analyse.coding")
    if name in __all__:
        from bukti.analyse import api

        return getattr(api, name)
    raise AttributeError(name)
