"""Patterns that authors add, by an engine whose time grows with the text only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bukti.privacy.finds import OWN, Find


def own_finds(patterns: Mapping[str, str], texts: Sequence[str]) -> Iterator[tuple[int, Find]]:
    """Every match of every pattern, with the number of its text, without those of no character.

    The patterns must have been tried: see `bukti.project.privacy_settings`.
    """
    if not patterns or not texts:
        return
    import polars as pl

    column = pl.Series(texts, dtype=pl.String)
    for kind, pattern in patterns.items():
        for number, found in enumerate(column.str.extract_all(pattern).to_list()):
            start = 0
            for written in found:
                start = texts[number].find(written, start)
                if written:
                    yield number, Find(kind=f"{OWN}{kind}", key=written, text=written, start=start)
                start += len(written)
