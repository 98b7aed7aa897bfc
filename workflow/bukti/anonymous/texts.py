"""The files of a compendium without what says whose it is. Pure."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from bukti.anonymous.identity import Identity
from bukti.anonymous.references import masked_references, renamed
from bukti.base.language import language_of
from bukti.project.inventory import BIBLIOGRAPHY

SETTINGS = "bukti.yaml"
_WITHHELD = ("acknowledgements", "contributions", "funding")
_TEXTS = (".md", ".yaml", ".yml", ".ipynb", ".py", ".txt", ".toml", ".R", "")
_LINED = ("source", "text", "text/plain", "text/html")
_LEFT_ALONE = ("data/raw/", "data/kept/", "data/raw.sha256", "data/clean/", "outputs/")
_GONE = ("CITATION.cff", ".zenodo.json", "codemeta.json", "AUTHORS")
_HOLDER = re.compile(r"(?m)^(Copyright\b[^\n0-9]*(?:[0-9]{4}(?:[-–, ]+[0-9]{4})*)?)[^\n]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """The files as they are in the copy, and what of them was withheld, by path.

    `gone` are the files that the copy is without, `changed` those in which something was replaced,
    `statements` the declarations that say only that they are withheld, `references` the number of
    self-citations.
    """

    files: Mapping[str, bytes]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    statements: tuple[str, ...]
    references: int


def masked(files: Mapping[str, bytes], settings: Mapping[str, Any], identity: Identity) -> Masked:
    """A compendium's files without their authors; raw and kept data stay as they are."""
    languages = [str(each) for each in settings["languages"]]
    first = languages[0]
    references, keys = masked_references(
        files.get(BIBLIOGRAPHY, b"").decode("utf-8"),
        identity,
        word(first, "anonymous"),
        word(first, "withheld"),
    )
    mask = _Mask(identity=identity, languages=languages, keys=keys)
    new = {path: mask.file(path, data) for path, data in files.items() if path not in _GONE}
    if BIBLIOGRAPHY in new:
        new[BIBLIOGRAPHY] = references.encode()
    return Masked(
        files=new,
        gone=tuple(path for path in files if path in _GONE),
        changed=tuple(sorted(path for path, data in new.items() if data != files[path])),
        statements=tuple(mask.statements),
        references=len(keys),
    )


@dataclass(frozen=True, kw_only=True)
class _Mask:
    """What is done to each file; `statements` gathers the declarations that were withheld."""

    identity: Identity
    languages: Sequence[str]
    keys: Mapping[str, str]
    statements: list[str] = field(default_factory=list)

    def file(self, path: str, data: bytes) -> bytes:
        """A file without the authors; as it is where it is no text, or data."""
        text = _decoded(path, data)
        if text is None:
            return data
        name, language = PurePosixPath(path).name, _language(path, self.languages)
        new = renamed(text, self.keys) if path.startswith("manuscript/") else text
        if path == SETTINGS:
            new = _settings(new, self.languages)
        elif name == "front.md":
            new, found = _front(new, language, self.identity)
            self.statements.extend(f"{path}: {each}" for each in found)
        elif name.upper().startswith("LICENSE"):
            holder = word(language, "anonymous")
            new = _HOLDER.sub(lambda match: f"{match[1].rstrip()} {holder}", new)
        replaced = _replaced(
            path, new, lambda each: self.identity.replaced(each, word(language, "anonymous"))
        )
        return data if replaced == text else replaced.encode()


def word(language: str, key: str) -> str:
    """A word that an anonymous paper prints, in a language."""
    return language_of(language).words[key]


def _language(path: str, languages: Sequence[str]) -> str:
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[1] in languages else languages[0]


def _decoded(path: str, data: bytes) -> str | None:
    """A file's text; None for what stays as it is."""
    if path.startswith(_LEFT_ALONE) or PurePosixPath(path).suffix not in _TEXTS:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _settings(text: str, languages: Sequence[str]) -> str:
    """The settings with an author who has no name."""
    yaml = _yaml()
    data = yaml.load(text)
    data["authors"] = [{"name": {each: word(each, "anonymous") for each in languages}}]
    data.pop("affiliations", None)
    return _dumped(yaml, data)


def _front(text: str, language: str, identity: Identity) -> tuple[str, list[str]]:
    """A `front.md` whose declarations name nobody, and the keys of those withheld."""
    head, divider, rest = text.removeprefix("---\n").partition("\n---")
    yaml = _yaml()
    data = yaml.load(head) if divider else None
    if not isinstance(data, Mapping) or not data.get("statements"):
        return text, []
    found: list[str] = []
    given = data["statements"]
    for item in given if isinstance(given, list) else [given]:
        for key, said in item.items():
            if key != "title" and (key in _WITHHELD or identity.found(str(said))):
                item[key] = word(language, "withheld")
                found.append(str(key))
    return (f"---\n{_dumped(yaml, data)}---{rest}", found) if found else (text, [])


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.width = 4096
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    return yaml


def _dumped(yaml: Any, data: Any) -> str:
    written = io.StringIO()
    yaml.dump(data, written)
    return written.getvalue()


def _replaced(path: str, text: str, replace: Callable[[str], str]) -> str:
    """A text with its strings replaced; of a notebook those that its JSON holds."""
    if not path.endswith(".ipynb"):
        return replace(text)
    try:
        record = json.loads(text)
    except ValueError:
        return replace(text)
    new = _walked(record, replace)
    return text if new == record else json.dumps(new, ensure_ascii=False, indent=1) + "\n"


def _walked(node: Any, replace: Callable[[str], str]) -> Any:
    if isinstance(node, str):
        return replace(node)
    if isinstance(node, list):
        return [_walked(each, replace) for each in node]
    if isinstance(node, dict):
        return {
            key: _lines(value, replace)
            if key in _LINED and isinstance(value, list)
            else _walked(value, replace)
            for key, value in node.items()
        }
    return node


def _lines(lines: list[Any], replace: Callable[[str], str]) -> list[str]:
    """A text that a notebook holds line by line: a name may go over the end of one."""
    return replace("".join(map(str, lines))).splitlines(keepends=True)
