"""What a contract says must hold of a table: in a cell, a column, across rows, columns, tables."""

from bukti.clean.checks.breaches import breaches

__all__ = ["breaches"]
