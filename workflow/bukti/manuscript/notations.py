"""How pandoc's other programs write what bukti writes differently: one table, pure data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bukti.base.diagnostic import Diagnostic, Note, diagnose
from bukti.base.span import Span

PLACEHOLDER = "REN170"  # words that the author left for later


class Home(StrEnum):
    """What pandoc must take a place for so that it counts."""

    TEXT = "text"
    CODE = "code"
    ATTRIBUTES = "attributes"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """A notation of another program.

    `pattern` finds its places, and its group `probe`, if there is one, ends where the probe goes
    in (else it goes before the place). `form` gives what bukti writes instead; where it
    gives None, the hint of the catalogue says all.
    """

    code: str
    pattern: re.Pattern[str]
    home: Home = Home.TEXT
    form: Callable[[re.Match[str]], str | None] | None = None

    def finding(self, where: Span, hint: Note | None, text: str) -> Diagnostic:
        """What is said at a place of this notation."""
        return diagnose(self.code, where, hint=hint, text=text)


_KINDS = {"fig": "fig", "tbl": "tbl", "tab": "tbl", "eq": "eq", "eqn": "eq", "sec": "sec"}
_KIND = "|".join(_KINDS)
_KEY = r"[\w.]+(?:-[\w.]*\w)*"
_COMMANDS = {
    "textbf": "**...**",
    "textit": "*...*",
    "emph": "*...*",
    "underline": "[...]{.underline}",
    "texttt": "`...`",
    "footnote": "^[...]",
    "cite": "[@key]",
    "citep": "[@key]",
    "citet": "@key",
    "section": "# ... {#sec:name}",
    "subsection": "## ... {#sec:name}",
    "href": "[...](https://...)",
    "url": "<https://...>",
    "includegraphics": '![...](file.png){alt="..."}',
    "input": "manuscript/<language>/NN-name.md",
    "include": "manuscript/<language>/NN-name.md",
}
_BARE = "newpage|pagebreak|clearpage|noindent|bigskip|medskip|smallskip|centering|maketitle|hfill"


def _reference(name: str) -> str:
    kind, _, rest = re.sub(r"[:\-]", ":", name, count=1).partition(":")
    return f"{_KINDS[kind]}:{rest}" if kind in _KINDS and rest else f"sec:{name}"


def _command(match: re.Match[str]) -> str | None:
    return _COMMANDS.get(match["name"] or "")


def _identifier(match: re.Match[str]) -> str:
    return f"{{#{_reference(match['key'])}}}"


def _mention(match: re.Match[str]) -> str:
    return f"@{_reference(match['key'])}"


NOTATIONS = (
    Notation(
        code="REN171",
        pattern=re.compile(rf"(?<![\w\\@])@(?P<key>(?:{_KIND})-{_KEY})"),
        form=_mention,
    ),
    Notation(
        code="REN171",
        pattern=re.compile(r"\\@ref\((?P<key>[\w:.-]+)\)"),
        form=_mention,
    ),
    Notation(
        code="REN171",
        pattern=re.compile(r"\\(?:ref|autoref|eqref|cref|Cref|pageref)\{(?P<key>[\w:.-]+)\}"),
        form=_mention,
    ),
    Notation(
        code="REN172",
        pattern=re.compile(rf"(?P<probe>\{{[^{{}}\n]*?#(?P<key>(?:{_KIND})-{_KEY}))(?=[\s}}])"),
        home=Home.ATTRIBUTES,
        form=_identifier,
    ),
    Notation(
        code="REN172",
        pattern=re.compile(r"\(\\#(?P<key>[\w:-]+)\)"),
        form=_identifier,
    ),
    Notation(
        code="REN173",
        pattern=re.compile(
            r"\\(?!(?:ref|autoref|eqref|cref|Cref|pageref)\{)"
            rf"(?:(?P<name>[A-Za-z]{{2,}})\*?(?:\[[^\]\n]*\])?\{{[^{{}}\n]*\}}|(?:{_BARE})\b)"
        ),
        form=_command,
    ),
    Notation(
        code="REN174",
        pattern=re.compile(r"^ {0,3}(?:`{3,}|~{3,}) *(?P<probe>\{(?:r|python|julia|ojs|sql)\b)"
                           r"[^}\n]*\}", re.MULTILINE),
        home=Home.CODE,
    ),
    Notation(
        code="REN174",
        pattern=re.compile(r"(?<!`)`(?P<probe>r |\{(?:r|python|julia)\} )[^`\n]+`(?!`)"),
        home=Home.CODE,
    ),
    Notation(
        code="REN175",
        pattern=re.compile(
            r"^ {0,3}:{3,} *\{[^}\n]*?(?P<probe>\.(?:callout-\w+|panel-tabset|column-[a-z]+)"
            r"|layout-ncol|layout-nrow)[^}\n]*\}", re.MULTILINE
        ),
        home=Home.ATTRIBUTES,
    ),
    Notation(code="REN176", pattern=re.compile(r"\{\{[<%#]?[^{}\n]{1,120}\}\}")),
    Notation(
        code="REN176",
        pattern=re.compile(r"\$(?:if|for|endif|endfor|else)\b(?:\([^)\n]*\))?\$"),
    ),
    Notation(
        code="REN177",
        pattern=re.compile(
            r"(?<![\w\\@])@(?P<key>(?:doi|pmid|pmc|pmcid|arxiv|isbn|url|https?|wikidata|tag):"
            r"[^\s\];,]*[\w/])"
        ),
    ),
    Notation(
        code="REN186",
        pattern=re.compile(
            r"(?<![\\!\]])\[(?![@^\]])[^\[\]\n]+\][ \t]+\((?:https?://|www\.|mailto:)[^\s()]+\)"
        ),
    ),
    Notation(
        code="REN178",
        pattern=re.compile(r"\A---\n(?=[\w-]+:)(?:.*\n)*?(?:---|\.\.\.)(?=\n|\Z)"),
        home=Home.ANYWHERE,
    ),
)  # fmt: skip
"""What authors bring along from R Markdown, Quarto, Manubot and LaTeX."""
