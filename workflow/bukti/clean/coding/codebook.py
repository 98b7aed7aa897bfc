"""Which code is meant: by its id, its path or its name, and only where there is one such."""

from __future__ import annotations

from collections.abc import Sequence

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.clean.coding.records import Code

BETWEEN = " / "


def shown_path(code: Code) -> str:
    """A code's path as it is written: `Capacity / Staff`."""
    return BETWEEN.join(code.path)


def code_named(codes: Sequence[Code], wanted: str, where: Span) -> Code:
    """The one code with this id, this path or this name.

    Raises Problem where there is none, or several of that name, with the paths to choose from.
    """
    words = " ".join(wanted.split())
    for fits in (
        [code for code in codes if code.id == wanted.strip("{}").lower() or code.id == wanted],
        [code for code in codes if " ".join(shown_path(code).split()) == words],
        [code for code in codes if " ".join(code.name.split()) == words],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            paths = "; ".join(map(_distinct, fits))
            raise Problem(diagnose("QUA121", where, code=wanted, paths=paths))
    raise Problem(diagnose("QUA122", where, code=wanted))


def _distinct(code: Code) -> str:
    path = shown_path(code)
    return path if code.id == path else f"{path} ({code.id})"


def with_children(codes: Sequence[Code], code: Code) -> tuple[Code, ...]:
    """A code and all codes below it."""
    found, ids = [code], {code.id}
    below = True
    while below:
        below = False
        for each in codes:
            if each.parent in ids and each.id not in ids:
                found.append(each)
                ids.add(each.id)
                below = True
    return tuple(found)
