"""Writes the pages that come from the code: `python docs/make.py`. A test keeps them in step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from bukti.base.codes import Code, all_codes
from bukti.cli import bukti

HERE = Path(__file__).parent
TITLES = {
    "en": ("Findings by code", "example", "what to do", "why"),
    "id": ("Temuan menurut kode", "contoh", "yang dilakukan", "mengapa"),
}
INTRODUCTION = {
    "en": "Every finding has a stable code. This page says what each means and what to do.",
    "id": "Setiap temuan memiliki kode tetap. Halaman ini menjelaskan arti dan penanganannya.",
}


def codes_page(language: str) -> str:
    """The page of all codes in one language."""
    title = TITLES[language][0]
    lines = [f"# {title}", "", INTRODUCTION[language], ""]
    for code in all_codes():
        lines += _code(code, language)
    return "\n".join(lines).rstrip() + "\n"


def _code(code: Code, language: str) -> Iterator[str]:
    _, example, remedy, why = TITLES[language]
    texts = code.texts[language]
    yield f"## {code.code} {code.name} ({code.severity})"
    yield ""
    yield f"`{texts['message']}`"
    yield ""
    yield texts["what"]
    yield ""
    yield f"- {why}: {texts['why']}"
    yield f"- {example}: {_shown(texts['example'])}"
    yield f"- {remedy}: {texts['remedy']}"
    yield ""


def _shown(example: str) -> str:
    """An example as it is typed, so that notation in it is not taken for a link."""
    if "](" not in example:
        return example
    fence = "``" if "`" in example else "`"
    return f"{fence} {example} {fence}" if fence == "``" else f"`{example}`"


def commands_page() -> str:
    """The page of all verbs, from their own help."""
    lines = ["# Commands", "", "What `bukti VERB --help` says.", ""]
    for name, verb in bukti.commands.items():
        context = click.Context(
            verb,
            info_name=f"bukti {name}",
            terminal_width=88,
            help_option_names=["-h", "--help"],
        )
        lines += [f"## {name}", "", "```text", verb.get_help(context), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


PAGES = {
    "codes.md": lambda: codes_page("en"),
    "codes.id.md": lambda: codes_page("id"),
    "commands.md": commands_page,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
