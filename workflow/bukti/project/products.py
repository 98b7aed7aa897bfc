"""Where what a build makes lies: paths from the compendium's folder."""

from __future__ import annotations

DATA_PACKAGE = "data/clean/datapackage.json"
LEDGER = "outputs/ledger.json"
REPORT = "outputs/report/index.html"
FINDINGS = "outputs/findings.json"
DIGESTS = "outputs/SHA256SUMS"


def clean_table(name: str) -> str:
    """Where a clean table lies."""
    return f"data/clean/{name}.parquet"


def cleaning_ledger(name: str) -> str:
    """Where the record of what cleaning changed lies."""
    return f"data/clean/{name}.json"


def results_of(notebook: str) -> str:
    """Where the results of a notebook lie."""
    return f"outputs/results/{notebook}.json"


def executed_notebook(notebook: str) -> str:
    """Where a notebook with its outputs lies."""
    return f"outputs/results/{notebook}.ipynb"


def figure_file(notebook: str, figure: str, language: str, suffix: str) -> str:
    """Where a figure of a notebook lies."""
    return f"outputs/results/{notebook}/{figure}.{language}.{suffix}"


def paper_file(edition: str, suffix: str) -> str:
    """Where a paper lies; its edition is a language, or two with a hyphen between them."""
    return f"outputs/papers/paper.{edition}.{suffix}"


def manuscript_file(language: str, name: str) -> str:
    """Where a product of the manuscript stage lies."""
    return f"outputs/manuscript/{language}/{name}.json"


def findings_file(step: str) -> str:
    """Where the findings of a step lie, by its id."""
    return f"outputs/findings/{step}.json"
