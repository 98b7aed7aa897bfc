"""Coded projects for tests, written as the programs named here write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

NAMESPACE = "urn:QDA-XML:project:1.0"


def guid(number: int) -> str:
    """A GUID that tells its number."""
    return f"{number:08X}-0000-4000-8000-000000000000"


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def project(
    sources: str,
    codes: str = "",
    rest: str = "",
    origin: str = "ATLAS.ti for Windows 23.2.3.27778",
) -> str:
    """The XML of a project, in the form of ATLAS.ti 23."""
    codes = codes or code(1, "Capacity", code(2, "Staff"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<Project xmlns="{NAMESPACE}" name="corpus" origin="{origin}" '
        f'creatingUserGUID="{guid(900)}" creationDateTime="2023-08-16T15:49:36Z">\n'
        f'<Users><User guid="{guid(900)}" name="R. Coder"/></Users>\n'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>\n"
        f"<Sources>{sources}</Sources>\n{rest}</Project>"
    )


def code(number: int, name: str, below: str = "") -> str:
    """A code with the codes below it."""
    return f'<Code guid="{guid(number)}" name="{name}" isCodable="true">{below}</Code>\n'


def selection(number: int, start: int, end: int, under: int | None = 1, name: str = "") -> str:
    """A passage, put under a code."""
    coding = (
        f'<Coding guid="{guid(number + 5000)}" creatingUser="{guid(900)}">'
        f'<CodeRef targetGUID="{guid(under)}"/></Coding>'
        if under is not None
        else ""
    )
    return (
        f'<PlainTextSelection guid="{guid(number)}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}" creatingUser="{guid(900)}">{coding}</PlainTextSelection>\n'
    )


def text_source(number: int, selections: str, path: str = "", inline: str | None = None) -> str:
    """A text with its passages, inline or in a file."""
    stated = f' plainTextPath="{path}"' if path else ""
    content = f"<PlainTextContent>{inline}</PlainTextContent>" if inline is not None else ""
    return (
        f'<TextSource guid="{guid(number)}" name="Interview {number}"{stated}>'
        f"{content}{selections}</TextSource>\n"
    )
