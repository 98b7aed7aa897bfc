"""The page: one file whose only script and style are its own, with all data in one inert block."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from html import escape
from typing import Any

_ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def page_of(
    data: Mapping[str, Any], *, title: str, language: str, style: str, script: str, without: str
) -> bytes:
    """The page in UTF-8; `without` is shown where scripts are off.

    Nothing but `script` runs and nothing is loaded: the policy names the two digests.
    """
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_source(script)}'",
            f"style-src '{_source(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    text = f"""<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
<noscript><p>{escape(without)}</p></noscript>
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


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()
