"""The work of the stage privacy: search every output for personal details."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.ledger.passages import passage_records
from bukti.manuscript.bibliography.names import names_of
from bukti.manuscript.bibliography.scan import entries_of
from bukti.plan import Step
from bukti.privacy.findings import findings_of, unread_findings
from bukti.privacy.names import NameList, read_names, short_forms
from bukti.privacy.places import Stem, in_notebook, in_passages, in_source, in_table
from bukti.privacy.search import Search, Wanted, public_details
from bukti.privacy.survey import Exposure, Survey
from bukti.project import Project
from bukti.project.inventory import BIBLIOGRAPHY, CITATION, REGISTER
from bukti.project.privacy_inputs import is_output
from bukti.tools.records import Products

_PEOPLE = ("author", "editor", "translator")
Files = Callable[[str], "bytes | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What a search found: every detail at its places, and what could not be read."""

    exposures: tuple[Exposure, ...]
    unread: tuple[tuple[str, str, str], ...]


def work(project: Project, step: Step) -> Products:
    """The findings about personal details in the outputs."""
    return Products(files={}, findings=_findings(project, search_now(project, step)))


def search_now(project: Project, step: Step) -> Searched:
    """Search the outputs that are there."""
    return search_outputs(project, step.inputs, _on_disk(project.root))


def early_findings(
    project: Project, step: Step, made: Mapping[str, bytes]
) -> tuple[Diagnostic, ...]:
    """What is known before papers are made: the passages, tables and notebooks; `made` are new."""
    disk = _on_disk(project.root)
    early = [name for name in step.inputs if _is_early(name) or not is_output(name)]

    def files(name: str) -> bytes | None:
        return made[name] if name in made else disk(name)

    return _findings(project, search_outputs(project, early, files))


def _is_early(name: str) -> bool:
    return name.endswith((".csv", ".ipynb", "/passages.json")) and is_output(name)


def _findings(project: Project, searched: Searched) -> tuple[Diagnostic, ...]:
    found = [*findings_of(searched.exposures), *unread_findings(searched.unread)]
    privacy = project.privacy
    if privacy.path is not None and not privacy.digest:
        found.append(diagnose("QUA302", privacy.span))
    listed = read_names(privacy.names)
    if listed.unusable:
        lines = ", ".join(map(str, listed.unusable))
        found.append(diagnose("QUA303", privacy.span, lines=lines))
    return tuple(found)


def _on_disk(root: Path) -> Files:
    def read(name: str) -> bytes | None:
        path = root / name
        return path.read_bytes() if path.is_file() else None

    return read


def search_outputs(project: Project, names: Iterable[str], files: Files) -> Searched:
    """Search outputs; `names` may hold sources too, in which the places are looked for."""
    names = tuple(names)
    survey = Survey(Search(_wanted(project, files)))
    held = []
    shown = {REGISTER, *project.inventory.open_texts}  # the report shows them
    searched = [name for name in names if is_output(name) or name in shown]
    for name in searched:
        data = files(name)
        if data is not None and survey.take(name, data):
            held.append((name, data))
    stems = [stem for name, data in held for stem in _stems(project, survey, name, data)]
    lacking = survey.lacking(stems)
    for name in names if lacking else ():
        data = None if is_output(name) else files(name)
        if data is not None:
            found = in_source(name, data, survey.search, survey.reading)
            stems += [stem for stem in found if stem.find.about in lacking]
    unread = tuple(each for each in survey.unread if each[0] in searched)
    return Searched(exposures=tuple(survey.exposures(stems)), unread=unread)


def _stems(project: Project, survey: Survey, name: str, data: bytes) -> Iterator[Stem]:
    """The places in the author's own files that an output tells of."""
    if name.endswith("/passages.json"):
        yield from in_passages(passage_records(json.loads(data)), survey.search)
    elif name.startswith("data/clean/") and name.endswith(".csv"):
        yield from in_table(name, data.decode("utf-8-sig"), survey.search)
    elif name.endswith(".ipynb"):
        paths = {each.name: each.path for each in project.inventory.notebooks}
        path = paths[Path(name).stem]
        yield from in_notebook(path, data, survey.search, survey.reading)


def _wanted(project: Project, files: Files) -> Wanted:
    privacy, config = project.privacy, project.config
    bibliography = _text(files(BIBLIOGRAPHY))
    people = [*_people(bibliography), *_byline(project)]
    addresses = [author.email for author in config.authors if author.email]
    public = [*addresses, _text(files(REGISTER)), _text(files(CITATION)), bibliography]
    return Wanted(
        names=read_names(privacy.names) if privacy.names else NameList(),
        patterns=privacy.patterns,
        others=short_forms(people),
        allowed=public_details(public),
    )


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")


def _people(bibliography: str) -> Iterator[str]:
    for entry in entries_of(bibliography):
        for role in _PEOPLE:
            field = entry.first(role)
            if field is not None:
                yield from (name.text.strip("{}") for name in names_of(field.value))


def _byline(project: Project) -> Iterator[str]:
    for author in project.config.authors:
        words: Any = author.name
        yield from [words] if isinstance(words, str) else words.values()
