"""A compendium: its folder, its settings and its files. All paths come from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from bukti.base.diagnostic import Diagnostic, Problem, Severity, diagnose
from bukti.project.byline_checks import check_byline
from bukti.project.citation_style import check_style
from bukti.project.config import (
    Config,
    Level,
    check_dates,
    check_editions,
    check_engine,
    check_languages,
    check_parallel,
    config_of,
)
from bukti.project.example_author import example_author
from bukti.project.inventory import Inventory, take_inventory
from bukti.project.number_forms import (
    NumberPattern,
    check_number_forms,
    number_patterns,
    patterns_that_hide,
)
from bukti.project.page_fonts import check_fonts
from bukti.project.page_settings import check_page
from bukti.project.parameters import check_settings
from bukti.project.privacy_settings import Privacy, check_patterns, read_privacy
from bukti.project.reference_document import reference_of
from bukti.tools.environment import starter_settings
from bukti.tools.files import read_text
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import Document, read_yaml

CONFIG = "bukti.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A compendium as it stands: its folder, its settings, its files.

    `findings` are faults of the settings and the notebooks' sources that stop nothing;
    `number_patterns` are those of numbers that the settings allow in the prose.
    `reference` is the Word document whose look the papers in Word take over, empty for none;
    `privacy` says what of persons is searched in the outputs.
    """

    root: Path
    config: Config
    inventory: Inventory
    findings: tuple[Diagnostic, ...] = ()
    number_patterns: tuple[NumberPattern, ...] = ()
    reference: str = ""
    privacy: Privacy = field(default_factory=Privacy)


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds a `bukti.yaml`; Problem where none does."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG).is_file():
            return candidate
    raise Problem(diagnose("CFG101", folder=start))


def load_config(root: Path) -> Config:
    """The settings of a compendium; raises Problem with every fault that makes them useless."""
    settings = _settings(root)
    return config_of(settings.data, settings.span)


def load_project(root: Path) -> Project:
    """A compendium, read and checked; raises Problem with every fault that stops the plan."""
    settings = _settings(root)
    config = config_of(settings.data, settings.span)
    inventory, found = take_inventory(root, config.languages, config.editions)
    findings = check_byline(settings, config.languages) + check_fonts(settings, root) + found
    findings += patterns_that_hide(settings) + check_parallel(settings)
    if config.level is not Level.DRAFT:
        starters = [read_text(path, shown_as=path.name) for path in starter_settings()]
        findings += tuple(example_author(settings, starters))
    reference, faults_of_reference = reference_of(settings, root)
    findings += faults_of_reference
    if config.limits or config.parameters:
        faults = check_settings(settings, inventory.notebooks)
        if faults:
            raise Problem(*faults)
    return Project(
        root=root,
        config=config,
        inventory=inventory,
        findings=findings,
        number_patterns=number_patterns(settings),
        reference=reference,
        privacy=read_privacy(settings, root),
    )


def _settings(root: Path) -> Document:
    document = read_yaml(root / CONFIG, shown_as=CONFIG)
    faults = check_document(document, "bukti")
    if not faults:
        faults = check_languages(document) + check_editions(document) + check_dates(document)
        faults += check_parallel(document)
        faults += check_engine(document, version("bukti"))
        faults += check_style(document, root) + check_page(document)
        faults += check_fonts(document, root)
        faults += check_number_forms(document) + check_patterns(document)
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise Problem(*faults)
    return document
