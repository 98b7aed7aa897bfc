"""States of a paper: the one in a folder, and that of a revision, set up in its own folder."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from bukti.archive.lock import locked_versions
from bukti.archive.step import opened
from bukti.base.diagnostic import Problem, diagnose
from bukti.base.digest import digest_bytes
from bukti.diff.records import Exhibit, Revision
from bukti.diff.sentences import sentences_of
from bukti.plan import Plan, Step, plan
from bukti.project import Project, load_project
from bukti.project.inventory import RAW_DIGESTS
from bukti.project.products import LEDGER, manuscript_file, results_of
from bukti.project.raw_files import RAW
from bukti.tools.checksums import read_checksums
from bukti.tools.files import write_bytes
from bukti.tools.git import git

LOCK = "requirements.lock"
_REVISIONS = ".bukti/revisions"
_REUSED = ("outputs/results", "outputs/manuscript", "outputs/findings", "outputs/ledger.json")
_MOST_TEXT = 2_000_000
_TEXTS = (".csv", ".tsv", ".txt", ".md", ".py", ".yaml", ".json")


def read_revision(root: Path, name: str) -> Revision:
    """The state of the built paper in a folder; Problem where its plan or ledger does not stand."""
    project = load_project(root)
    steps = plan(project)
    rests_on = _rests_on(root, steps)
    return Revision(
        name=name,
        claims={
            f"{claim['scheme']}:{claim['id']}": claim for claim in _json(root / LEDGER)["claims"]
        },
        sentences={
            language: sentences_of(_json(root / manuscript_file(language, "passages")))
            for language in project.config.editions
        },
        exhibits=dict(_exhibits(root, project)),
        rests_on=rests_on,
        texts=dict(_texts(root, rests_on)),
        packages=packages_of(root),
    )


def picture(root: Path, exhibit: Exhibit, language: str) -> bytes | None:
    """A figure of the built paper in a folder as SVG, in a language; None where there is none."""
    stem = results_of(PurePosixPath(exhibit.notebook).stem).removesuffix(".json")
    path = root / stem / f"{exhibit.name.partition(':')[2]}.{language}.svg"
    return path.read_bytes() if path.is_file() else None


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _rests_on(root: Path, steps: Plan) -> dict[str, dict[str, str]]:
    made = {output: step for step in steps.steps for output in step.outputs}
    found = {step.inputs[0]: _digests(root, steps, step, made) for step in steps.stage("analyse")}
    results = {output for step in steps.stage("analyse") for output in step.outputs}
    stated = steps.step("ledger", "")
    behind = [
        name
        for name in stated.inputs
        if name not in results and name not in made and (root / name).is_file()
    ]
    found[""] = {name: digest_bytes((root / name).read_bytes()) for name in behind}
    return found


def _digests(root: Path, steps: Plan, step: Step, made: Mapping[str, Step]) -> dict[str, str]:
    """The files behind a step that no step makes, with their digests."""
    found: dict[str, str] = {}
    waiting, seen = [step], {step.id}
    while waiting:
        for name in waiting.pop().inputs:
            maker = made.get(name)
            if maker is None and name != RAW_DIGESTS and (root / name).is_file():
                found[name] = digest_bytes((root / name).read_bytes())
            elif maker is not None and maker.id not in seen:
                seen.add(maker.id)
                waiting.append(maker)
    return found


def _texts(root: Path, rests_on: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for name in sorted({name for files in rests_on.values() for name in files}):
        path = root / name
        if path.suffix in _TEXTS and path.stat().st_size <= _MOST_TEXT:
            yield name, path.read_text(encoding="utf-8", errors="replace")


def _exhibits(root: Path, project: Project) -> Iterator[tuple[str, Exhibit]]:
    for notebook in project.inventory.notebooks:
        path = root / results_of(notebook.name)
        if not path.is_file():
            continue
        results = _json(path)
        for name, record in results["figures"].items():
            yield (
                f"figure:{name}",
                Exhibit(
                    kind="figure",
                    name=f"figure:{name}",
                    notebook=notebook.path,
                    digests=record["digests"],
                ),
            )
        for name, record in results["tables"].items():
            yield (
                f"table:{name}",
                Exhibit(
                    kind="table",
                    name=f"table:{name}",
                    notebook=notebook.path,
                    digests={},
                    columns=tuple(record["columns"]),
                    rows=tuple(record["rows"]),
                ),
            )


def packages_of(root: Path) -> dict[str, str]:
    """The versions that the lock of a compendium names; none where it has no lock."""
    path = root / LOCK
    if not path.is_file():
        return {}
    return locked_versions(path.read_text(encoding="utf-8"))


def archive_folder(root: Path, archive: Path) -> tuple[Path, str]:
    """An archive of the paper, opened in a folder of its own as it was built, and its short name.

    Raises Problem where it is not whole, safe and as its lists say.
    """
    name = digest_bytes(archive.read_bytes())[:12]
    folder = root / _REVISIONS / name
    shutil.rmtree(root / _REVISIONS, ignore_errors=True)
    found = opened(archive, folder)
    return folder, f"{found.name} {found.version}".strip()


def revision_folder(root: Path, revision: str) -> tuple[Path, str]:
    """The compendium as a revision of git has it, in a folder of its own, and its short name.

    What the current build made is copied there, so that only what differs is built again. Raw
    files that git does not hold are taken from here, where they are those of the revision.
    Raises Problem where this is no repository, there is no such revision, or no compendium in it.
    """
    wanted = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = git(root, "rev-parse", *wanted)
    if commit is None:
        raise Problem(diagnose("CFG181", revision=revision, known=_known(root)))
    name = commit.decode().strip()
    packed = git(root, "archive", "--format=tar", name, ".")
    if packed is None:
        raise Problem(diagnose("CFG182", revision=revision))
    folder = root / _REVISIONS / name[:12]
    if not (folder / "bukti.yaml").is_file():
        _unpack(root, folder, packed, revision)
    return folder, name[:12]


def _known(root: Path) -> str:
    if git(root, "rev-parse", "--git-dir") is None:
        raise Problem(diagnose("CFG183"))
    names = git(
        root,
        *("for-each-ref", "--sort=-creatordate", "--count=8"),
        *("--format=%(refname:short)", "refs/tags", "refs/heads"),
    )
    return ", ".join((names or b"").decode().split()) or "HEAD"


def _unpack(root: Path, folder: Path, packed: bytes, revision: str) -> None:
    new = folder.with_name(f"{folder.name}.new")
    for leftover in (new, *folder.parent.glob("*")):
        shutil.rmtree(leftover, ignore_errors=True)
    new.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            place = PurePosixPath(member.name)
            data = archive.extractfile(member) if member.isfile() else None
            if data is not None and not place.is_absolute() and ".." not in place.parts:
                write_bytes(new / place, data.read())
    if not (new / "bukti.yaml").is_file():
        shutil.rmtree(new)
        raise Problem(diagnose("CFG182", revision=revision))
    _copy_raw(root, new)
    _copy_built(root, new)
    new.rename(folder)


def _copy_raw(root: Path, new: Path) -> None:
    for name, digest in read_checksums(new / RAW_DIGESTS, shown_as=RAW_DIGESTS).items():
        here, there = root / RAW / name, new / RAW / name
        inside = root.joinpath(RAW).resolve() in here.resolve().parents
        if there.exists() or not inside or not here.is_file():
            continue
        data = here.read_bytes()
        if digest_bytes(data) == digest:
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(data)


def _copy_built(root: Path, new: Path) -> None:
    for name in (".bukti/steps", "data/clean", *_REUSED):
        here, there = root / name, new / name
        there.parent.mkdir(parents=True, exist_ok=True)
        if here.is_dir():
            shutil.copytree(here, there, dirs_exist_ok=True)
        elif here.is_file():
            shutil.copy2(here, there)
