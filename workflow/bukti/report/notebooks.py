"""The cells of executed notebooks: their code, and what they gave as text or as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

BUNDLE = "application/vnd.bukti.result+json"
LONGEST = 4000
LARGEST_PICTURE = 120_000
_PICTURES = ("image/png", "image/jpeg")


def notebook_data(
    name: str, executed: Mapping[str, Any], results: Mapping[str, Any], *, closed: bool = False
) -> dict[str, Any]:
    """A notebook as the page has it; what it gave as HTML is shown as text, never as HTML.

    Of one that is `closed` only its results are shown, since not everyone may see its tables.
    """
    return {
        "name": name,
        "path": results["notebook"],
        "confinement": results["confinement"],
        "reads": results["reads"],
        "cells": [
            {
                "kind": cell["cell_type"],
                "source": _text(cell["source"]),
                "outputs": [
                    each
                    for output in cell.get("outputs", ())
                    for each in (
                        [{"withheld": True}]
                        if closed and not _is_result(output)
                        else _shown(output)
                    )
                ],
            }
            for cell in executed["cells"]
        ],
    }


def _is_result(output: Mapping[str, Any]) -> bool:
    return BUNDLE in output.get("data", {})


def _shown(output: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if output["output_type"] == "stream":
        yield {"text": _cut(_text(output["text"]))}
    elif output["output_type"] == "error":
        yield {"text": _cut(f"{output['ename']}: {output['evalue']}")}
    else:
        yield from _of_data(output["data"])


def _of_data(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    bundle = data.get(BUNDLE)
    if isinstance(bundle, Mapping) and bundle.get("kind") == "figure":
        yield {"figure": str(bundle.get("id"))}
        return
    picture = next((media for media in _PICTURES if media in data), None)
    if picture:
        yield _picture(picture, _text(data[picture]))
    elif "text/plain" in data:
        yield {"text": _cut(_text(data["text/plain"]))}


def _picture(media: str, encoded: str) -> dict[str, Any]:
    whole = "".join(encoded.split())
    if len(whole) > LARGEST_PICTURE:
        return {"left": media, "size": len(whole) * 3 // 4}
    return {"picture": f"data:{media};base64,{whole}"}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(value)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
