"""Stage clean: raw files become typed tables that fulfil their contract."""

from bukti.clean.raw import Raw

__all__ = ["Raw"]
