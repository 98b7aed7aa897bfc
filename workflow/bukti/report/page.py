"""The page: one file whose only script and style are its own, with all data in one inert block."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any

SCRIPTS = ("dom", "state", "parts", "claims", "claim", "views", "data", "build", "start")
_ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def page_of(data: Mapping[str, Any]) -> bytes:
    """The page of a report's data, in UTF-8.

    Nothing but its own script runs and nothing is loaded: the policy names the two digests.
    """
    language = data["lead"]
    words = data["words"][language]
    title = f"{words['report-title']}: {data['paper']['title'][language]}"
    style, script = _template("report.css"), _script()
    text = f"""<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
<noscript><p>{escape(words["without-script"])}</p></noscript>
<script type="application/json" id="report-data">{inert(data)}</script>
<script>{script}</script>
</body>
</html>
"""
    return text.encode("utf-8", "replace")


def inert(data: Any) -> str:
    """JSON that can stand in an element of HTML: no sign of markup is left in it."""
    text = json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.translate(_ESCAPES)


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_source(script)}'",
            f"style-src '{_source(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


def _template(name: str) -> str:
    return files("bukti.report").joinpath("templates", name).read_text(encoding="utf-8")


def _script() -> str:
    """All parts of the script in their order, as one function, so that no name leaks out."""
    parts = "\n".join(_template(f"{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'
