"""Clean tables as they are stored for computing."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO

from bukti.privacy.finds import Piece, joined
from bukti.privacy.reading.plain_text import decoded, letters_in

_LONGEST = 2**31 - 1


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table in CSV with the line on which each begins, counted from 1."""
    head = text.partition("\n")[0]
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(StringIO(text), delimiter=max(",;\t", key=head.count))
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(str(error)) from error


def delimited(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """The cells of a table in CSV, which do not run together as the line does."""
    text = decoded(data)
    if text is not None:
        yield Piece(text=joined(cell for _, row in rows_of(text) for cell in row))


def parquet(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """The cells of a Parquet file by column, the columns' names and the file's metadata."""
    import polars as pl

    frame = pl.read_parquet(BytesIO(data))
    yield Piece(text=joined(frame.columns))
    for column in frame:
        if not column.dtype.is_float() and not column.dtype.is_temporal():
            cells = (str(cell) for cell in column.unique(maintain_order=True).drop_nulls())
            yield Piece(text=joined(cells), part=column.name)
    metadata = pl.read_parquet_metadata(BytesIO(data))
    yield Piece(text=joined(value for name, value in metadata.items() if name != "ARROW:schema"))
    footer = int.from_bytes(data[-8:-4], "little")
    for piece in letters_in(data[-8 - footer : -8]):
        yield Piece(text=re.sub(r"ARROW:schema[\w+/=]*", "", piece.text), numbers=False)


def faults() -> tuple[type[BaseException], ...]:
    """What reading a Parquet file may raise, as far as it was read at all."""
    polars = sys.modules.get("polars")
    if polars is None:
        return ()
    return polars.exceptions.PolarsError, polars.exceptions.PanicException
