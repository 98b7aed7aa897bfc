"""The files that a verification leaves, for people and for programs."""

from __future__ import annotations

from bukti.base.digest import canonical_json
from bukti.verify.certificate import actions, certificate, codecheck_yml
from bukti.verify.junit import junit_xml
from bukti.verify.page import page
from bukti.verify.verification import Verification


def files_of(verification: Verification, language: str) -> dict[str, bytes]:
    """The files by their names, but the PDF; those for one reader are in the language."""
    texts = {
        "verification.json": canonical_json(verification.to_json()),
        "index.html": page(verification, language),
        "actions.md": actions(verification, language),
        "codecheck.yml": codecheck_yml(verification),
        "certificate.md": certificate(verification),
        "junit.xml": junit_xml(verification, language),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()}
