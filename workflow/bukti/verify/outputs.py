"""The files that a verification leaves, for people and for programs."""

from __future__ import annotations

from bukti.base.digest import canonical_json
from bukti.verify.junit import junit_xml
from bukti.verify.verification import Verification


def files_of(verification: Verification, language: str) -> dict[str, bytes]:
    """The files by their names; those for one reader are in the language."""
    texts = {
        "verification.json": canonical_json(verification.to_json()),
        "junit.xml": junit_xml(verification, language),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()}
