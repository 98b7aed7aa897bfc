"""Identifiers of an exported project: those that are GUIDs stay, others become one each."""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, uuid5

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SPACE = uuid5(NAMESPACE_URL, "urn:bukti:coding")


def guid(kind: str, identity: str) -> str:
    """The GUID of a record: its own, or one that its kind and identifier give, always the same."""
    if _GUID.fullmatch(identity):
        return identity
    return str(uuid5(_SPACE, f"{kind}:{identity}"))
