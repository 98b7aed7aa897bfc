"""The archive of a paper: what is in it, what machines read of it, and that it builds again."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bukti.archive.layout import Archive
from bukti.archive.step import opened
from tests.projects.conftest import Compendium, environment
from tests.projects.test_restricted import RAW, restrict

SETTINGS = """\
version: 1
name: months
paper:
  version: 1.2.0
  date: 2024-05-06
  license: CC-BY-4.0
authors:
  - {name: Tirta Wening, family: Wening, orcid: 0000-0002-1825-0097, affiliations: [lab]}
affiliations:
  lab: {name: Calendar Laboratory, ror: https://ror.org/03yrm5c26}
languages: [id, en]
formats: [pdf, docx, html]
level: draft
replication: {minutes: 1, memory: 512, machine: a laptop with 2 cores, rights: [use]}
"""
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
SCHEMA_TERMS = (
    "ComputerLanguage CreateAction CreativeWork Dataset ImageObject Organization Person "
    "ScholarlyArticle SoftwareSourceCode about actionStatus affiliation agent alternateName "
    "author conditionsOfAccess contentSize creator datePublished description encodingFormat "
    "endTime familyName givenName hasPart identifier inLanguage instrument isBasedOn keywords license mainEntity "
    "mentions name object programmingLanguage publisher result softwareRequirements url "
    "usageInfo version"
)
PROFILES = ("ro-crate-1.1", "workflow-ro-crate", "process-run-crate", "workflow-run-crate")
# It asks that a workflow's id be an absolute address, which that of a file in the crate never is.
IMPOSSIBLE = "process-run-crate-0.5_5.1"


@pytest.fixture(scope="module")
def archived(built_once: Compendium, tmp_path_factory: pytest.TempPathFactory) -> Compendium:
    """A compendium with an archive; tests must not touch it."""
    import shutil

    root = tmp_path_factory.mktemp("archived") / "makalah é"
    shutil.copytree(built_once.root, root, symlinks=True)
    paper = Compendium(root)
    paper.path("bukti.yaml").write_text(SETTINGS, encoding="utf-8")
    paper.path("notes.txt").write_text("for me alone", encoding="utf-8")
    ended = paper.run("archive")
    assert ended.status == 0, ended.out + ended.err
    return paper


@pytest.fixture(scope="module")
def unpacked(archived: Compendium, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    into = tmp_path_factory.mktemp("unpacked") / "archive"
    return opened(archived.path("outputs/archive/months-1.2.0.zip"), into)


def with_its_engine(archive: Archive, folder: Path, *words: str) -> None:
    """Run the engine that an archive carries, and no other, on its folder."""
    engine = folder / "engine"
    with zipfile.ZipFile(archive.root / archive.wheel) as wheel:
        wheel.extractall(engine)
    done = subprocess.run(
        [sys.executable, "-m", "bukti", *words],
        cwd=archive.root,
        env={**environment(), "PYTHONPATH": str(engine), "TZ": "Asia/Jakarta", "LANG": "C"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_in(unpacked: Archive) -> None:
    names = set(unpacked.files)
    assert names >= {
        "bukti.yaml",
        "bukti",
        "Snakefile",
        "workflow/bootstrap.py",
        "requirements.lock",
        RAW,
        "data/raw.sha256",
        "analysis/cleaning/months.py",
        "analysis/notebooks/10-months.ipynb",
        "manuscript/id/02-results.md",
        "outputs/papers/paper.id.pdf",
        "outputs/ledger.json",
        "data/clean/datapackage.json",
        "README.compendium.md",
        "CITATION.cff",
    }
    assert "notes.txt" not in names
    first = {name.partition("/")[0] for name in names}
    assert not {".bukti", ".snakemake", ".vscode", ".gitignore"} & first
    assert not any(name.startswith(("outputs/logs", "outputs/archive")) for name in names)


def test_no_place_of_this_machine_is_told(archived: Compendium, unpacked: Archive) -> None:
    sign = str(archived.root.parent).encode()
    assert not [name for name in unpacked.files if sign in (unpacked.root / name).read_bytes()]


def test_facts_of_the_readme(unpacked: Archive) -> None:
    text = (unpacked.root / "README.md").read_text(encoding="utf-8")
    for line in (
        "Tirta Wening. Version 1.2.0, 2024-05-06.",
        "Replicators should expect it to run for about 1 minute.",
        "The code was last run on a laptop with 2 cores, and took up to 512 MiB of memory.",
        "- [x] <10 minutes",
        "- [x] All data **are** publicly available.",
        "- [x] I certify that the author(s) of the manuscript have legitimate access",
        "- [ ] I certify that the author(s) of the manuscript have documented permission",
        "| Table 1: The months of a common year | `analysis/notebooks/10-months.ipynb` | 5 |",
        "- [x] No Pseudo random generator is used in the analysis described here.",
        "The paper: CC BY 4.0",
    ):
        assert line in text


def test_the_citation(unpacked: Archive) -> None:
    text = (unpacked.root / "CITATION.cff").read_text(encoding="utf-8")
    assert 'family-names: "Wening"\n    given-names: "Tirta"\n' in text
    assert 'license: "CC-BY-4.0"\n' in text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the validator's own
@pytest.mark.parametrize("profile", PROFILES)
def test_the_crate_is_as_its_profiles_say(
    unpacked: Archive, profile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rocrate_validator import models, services
    from rocrate_validator.utils.http import HttpRequester

    def get(requester: Any, address: str, **_: Any) -> Any:
        assert address == CONTEXT
        return Answer()

    monkeypatch.setattr(type(HttpRequester()), "get", get, raising=False)
    settings = services.ValidationSettings(
        rocrate_uri=str(unpacked.root),
        profile_identifier=profile,
        requirement_severity=models.Severity.RECOMMENDED,
        skip_checks=[IMPOSSIBLE],
        offline=True,
        cache_path=tmp_path / "cache",
    )
    issues = services.validate(settings).get_issues()
    assert [(issue.check.identifier, issue.message) for issue in issues] == []


class Answer:
    """The context that the specification publishes, as far as the crate uses it."""

    status_code = 200
    headers: Mapping[str, str] = {"Content-Type": "application/ld+json"}

    def json(self) -> Any:
        terms = {term: f"http://schema.org/{term}" for term in SCHEMA_TERMS.split()}
        terms["File"] = "http://schema.org/MediaObject"
        terms["ComputationalWorkflow"] = "https://bioschemas.org/ComputationalWorkflow"
        terms["conformsTo"] = "http://purl.org/dc/terms/conformsTo"
        return {"@id": CONTEXT, "@context": terms}

    @property
    def text(self) -> str:
        return json.dumps(self.json())


def test_an_unpacked_archive_builds_to_the_same_bytes(archived: Compendium, tmp_path: Path) -> None:
    source = archived.path("outputs/archive/months-1.2.0.zip")
    archive = opened(source, tmp_path / "elsewhere" / "months")
    made = [name for name in archive.files if name.startswith(("outputs/", "data/clean/"))]
    for name in made:
        (archive.root / name).unlink()
    with_its_engine(archive, tmp_path, "archive")
    differing = [
        name
        for name in made
        if sha256((archive.root / name).read_bytes()).hexdigest() != archive.files[name]
    ]
    assert differing == []
    again = archive.root / "outputs/archive/months-1.2.0.zip"
    assert again.read_bytes() == source.read_bytes()


def test_what_may_not_be_passed_on_is_left_out(paper: Compendium, tmp_path: Path) -> None:
    restrict(paper)
    names = tmp_path / "names.txt"
    names.write_text("Siti Nur Aminah\n", encoding="utf-8")
    with paper.path("bukti.yaml").open("a", encoding="utf-8") as file:
        file.write(f"privacy: {{names: {names}}}\n")
    refused = paper.run("archive", "--format", "concise")
    assert (refused.status, "error[ARC139] archive-names-list-told" in refused.out) == (2, True)
    paper.replace("bukti.yaml", str(names), "../names.txt")
    refused = paper.run("archive", "--format", "concise")
    assert refused.status == 2
    assert "error[ARC137] archive-needs-kept" in refused.out
    assert not paper.path("outputs/archive").exists()
    assert paper.run("accept", "table").status == 0

    listed = paper.run("archive", "--dry-run")
    assert RAW not in listed.out.splitlines()
    assert "Left out, since it may not be passed on: data/raw/months.csv" in listed.err
    ended = paper.run("archive", "--output", "../its.zip")
    assert ended.status == 0, ended.out + ended.err
    archive = opened(tmp_path / "its.zip", tmp_path / "its")
    assert RAW not in archive.files
    assert "data/kept/months.parquet" in archive.files
    text = (archive.root / "README.md").read_text(encoding="utf-8")
    digest = sha256(paper.path(RAW).read_bytes()).hexdigest()
    assert f"How to get it: Ask the office. Its SHA-256 must then be `{digest}`." in text
    ledger = json.loads((archive.root / "outputs/ledger.json").read_bytes())
    assert ledger["not_included"]
    privacy = json.loads((archive.root / "outputs/findings/privacy.json").read_bytes())
    assert [each["code"] for each in privacy["findings"]] == ["QUA302"]
    (entity,) = [each for each in archive.crate["@graph"] if "conditionsOfAccess" in each]
    assert entity["conditionsOfAccess"] == "restricted: Ask the office."
    assert entity["identifier"] == f"SHA-256 {digest}"
