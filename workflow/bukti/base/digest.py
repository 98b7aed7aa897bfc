"""Digests and the one way in which records are written as JSON."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest_bytes(data: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_text(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return digest_bytes(text.encode("utf-8"))


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, two spaces of indent and a final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def digest_json(value: Any) -> str:
    """The SHA-256 of a value's canonical JSON."""
    return digest_text(canonical_json(value))
