"""Keys that other programs write into a paper's settings, and where bukti has what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note

UNKNOWN = "CFG103"
_IN_CONFIG = {
    "authors: [{name: ...}]": "author authors by-author creator orcid email corresponding",
    "affiliations: {key: {name: ...}}": "affiliation affiliations by-affiliation institute"
    " institution",
    "paper: {date: 2026-11-24}": "date date-modified published",
    "paper: {version: 1.0.0}": "version",
    "paper: {doi: 10.1234/...}": "doi",
    "paper: {license: CC-BY-4.0}": "license rights",
    "paper: {copyright: ...}": "copyright",
    "paper: {journal: {name: ...}}": "journal volume issue citation",
    "languages: [id, en]": "lang language languages locale",
    "formats: [pdf, docx, html]": "output format formats pdf docx html",
    "citations: {style: apa}": "csl citation-style biblio-style cite-method natbib biblatexoptions",
    "page: {paper: a4, margins: 25mm, size: 11, spacing: double}": "documentclass classoption"
    " geometry papersize margin margin-left margin-right margin-top margin-bottom fontsize"
    " mainfont sansfont fontfamily linestretch linenumbers line-numbers indent layout twocolumn",
}
_IN_FRONT = {
    "keywords:": "tags keyword categories subject",
    "short-title:": "shorttitle short_title runninghead running-head running_head runningtitle"
    " title-short",
    "statements: [{acknowledgements: ...}]": "thanks acknowledgements acknowledgments"
    " acknowledgement",
    "statements: [{funding: ...}]": "funding funders",
    "statements: [{interests: ...}]": "conflicts competing-interests coi disclosure",
    "statements: [{contributions: ...}]": "contributions credit",
}
_ELSEWHERE = {
    "00-abstract.md": "abstract abstrak summary",
    "manuscript/references.bib": "bibliography references nocite bib",
    "manuscript/templates": "reference-doc reference_docx template",
    "90-appendix-name.md": "appendix appendices",
}
_NEEDLESS = (
    "toc toc-depth toc_depth number-sections number_sections numbersections link-citations"
    " colorlinks linkcolor citecolor urlcolor header-includes include-before include-after knit"
    " engine execute jupyter kernel params project editor server runtime site css theme highlight"
    " code-fold keep-tex keep_tex keep-md pdf-engine latex_engine crossref pandoc filters"
    " abstract-title keywords-title always_allow_html suppress-bibliography thumbnail github"
    " manubot-output-bibliography requests_cache_path clear_requests_cache manubot"
    " fig-width fig-height fig-format df-print draft bookdown"
)


def explained_settings(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings about a `front.md`; where another program has the key, they say what to do."""
    for finding in findings:
        key = finding.arguments.get("key", "")
        hint = _hint(key.lower()) if finding.code == UNKNOWN else None
        yield diagnose("REN179", finding.span, hint=hint, key=key) if hint else finding


def _hint(key: str) -> Note | None:
    if form := _form(key, _IN_CONFIG):
        return note("setting-in-config", form=form)
    if form := _form(key, _IN_FRONT):
        return note("write-instead", form=form)
    if place := _form(key, _ELSEWHERE):
        return note("setting-elsewhere", place=place)
    return note("setting-needless") if key in _NEEDLESS.split() else None


def _form(key: str, forms: dict[str, str]) -> str | None:
    return next((form for form, keys in forms.items() if key in keys.split()), None)
