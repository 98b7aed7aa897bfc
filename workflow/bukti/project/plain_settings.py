"""Settings as plain data, as they come back from a record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bukti.project.config import Config


def plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with lists for tuples, as they come back from a record."""
    found: dict[str, Any] = json.loads(json.dumps(settings))
    return found


def byline_settings(config: Config) -> dict[str, Any]:
    """The settings of the title block."""
    return plain(
        {
            "authors": [asdict(author) for author in config.authors],
            "affiliations": {key: asdict(each) for key, each in config.affiliations.items()},
            "publication": asdict(config.publication),
        }
    )
