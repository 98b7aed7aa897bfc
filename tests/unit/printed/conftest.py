"""The small paper of the tests of rendering, finished in every format."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest
from tests.unit.render.conftest import invocation, typeset

from bukti.render.docx import render_docx
from bukti.render.html import render_html
from bukti.render.pdf import render_pdf
from bukti.tools import pandoc

Finished = Callable[[str, str], bytes]


@functools.cache
def finished(language: str, suffix: str) -> bytes:
    """The paper of a language in a format."""
    given = invocation(language)
    if suffix == "pdf":
        return render_pdf(given, convert=pandoc.convert, typeset=typeset)[0]
    return {"docx": render_docx, "html": render_html}[suffix](given, convert=pandoc.convert)[0]


@pytest.fixture(name="finished", scope="session")
def finished_fixture() -> Finished:
    return finished
