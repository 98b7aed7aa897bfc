"""Where the engine's rules lie: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path


def engine_snakefile() -> str:
    """The path of `engine.smk`; FileNotFoundError where the installation lacks it."""
    package = Path(__file__).resolve().parent
    for folder in (package.parent, package / "_workflow"):
        if (folder / "engine.smk").is_file():
            return str(folder / "engine.smk")
    raise FileNotFoundError("engine.smk")
