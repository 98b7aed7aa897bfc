"""Archives that are rebuilt and judged: a sound one, one with each fault, and hostile ones."""

from __future__ import annotations

import json
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bukti.tools.confine import level
from bukti.tools.enclosed import Bounds
from bukti.verify import step
from bukti.verify.step import Request, verify
from bukti.verify.verification import Overall, Rebuild, Verification
from tests.projects.archives import files_of, replaced, sealed, started, with_raw
from tests.projects.conftest import Compendium, Ended

BOUNDS = Bounds(seconds=240, memory_bytes=4 << 30, disk_bytes=512 << 20)
Files = dict[str, bytes]
confined = pytest.mark.skipif(level() != "landlock+seccomp", reason="needs Landlock and seccomp")
pytestmark = confined


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Compendium:
    """A built paper; tests must not touch it."""
    paper = started(tmp_path_factory.mktemp("verified"))
    ended = paper.run("build")
    assert ended.status == 0, ended.out + ended.err
    return paper


@pytest.fixture(scope="session")
def files(finished: Compendium) -> Files:
    """What its archive holds; tests must not touch it."""
    return files_of(finished)


@dataclass(frozen=True)
class Desk:
    """A reviewer's folder, with room for what is temporary."""

    root: Path

    def run(self, archive: bytes, *words: str) -> Ended:
        (self.root / "t").mkdir(exist_ok=True)
        (self.root / "paper.zip").write_bytes(archive)
        env = {"TMPDIR": str(self.root / "t")}
        ended = Compendium(self.root).run("verify", "paper.zip", *words, env=env)
        assert "Traceback" not in ended.out + ended.err
        assert list((self.root / "t").iterdir()) == []
        return ended

    def verification(self) -> Any:
        written = self.root / "paper-verification"
        return json.loads((written / "verification.json").read_bytes())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def honest(finished: Compendium, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rebuild of the sound paper stands for that of an archive in which outputs were changed."""

    def rebuilt(_: Request, __: object, root: Path, *___: object) -> Rebuild:
        for name in ("outputs", "data/clean"):
            shutil.copytree(finished.path(name), root / name)
        return Rebuild(confinement=level(), seconds=1.0)

    monkeypatch.setattr(step, "_rebuilt", rebuilt)
    yield


def judged(tmp_path: Path, files: Files, bounds: Bounds = BOUNDS) -> Verification:
    archive = tmp_path / "paper.zip"
    archive.write_bytes(sealed(files))
    return verify(Request(archive=archive, bounds=bounds, cores=2), lambda _: None, lambda _: None)


def codes(verification: Verification) -> set[str]:
    return {finding.code for finding in verification.findings}


def test_a_sound_archive(files: Files, desk: Desk) -> None:
    ended = desk.run(sealed(files))
    assert (ended.status, ended.out) == (0, "")
    assert ended.err.index("The rebuild will take about") < ended.err.index("[1/")
    assert ended.err.index("Not checked:") < ended.err.index("Checked:")
    told = desk.verification()
    assert (told["overall"], told["findings"], told["libraries"]["others"]) == ("reproduced", [], [])
    assert told["files"]["differing"] == []
    outcomes = {(each["kind"], each["id"]): each["outcome"] for each in told["verdicts"]}
    assert outcomes["claim", "twelve_months"] == "segments"
    assert outcomes["claim", "days_total"] == "reproduced"
    assert outcomes["given", "leap_year.days"] == "matches-source"
    assert outcomes["paper", "paper.en.pdf"] == "reproduced"
    assert {each.name for each in (desk.root / "paper-verification").iterdir()} == {
        *("verification.json", "index.html", "verification.en.pdf", "verification.id.pdf"),
        *("actions.md", "certificate.md", "codecheck.yml", "junit.xml"),
    }


def test_one_claim_alone(files: Files, desk: Desk) -> None:
    ended = desk.run(sealed(files), "days_total")
    assert ended.status == 0, ended.out + ended.err
    assert "render" not in ended.err
    (verdict,) = desk.verification()["verdicts"]
    assert (verdict["id"], verdict["ground"], verdict["outcome"]) == (
        "days_total",
        "computed",
        "reproduced",
    )
    wrong = desk.run(sealed(files), "days_totl")
    assert (wrong.status, "like it: days_total" in wrong.out) == (2, True)


def test_a_digit_in_a_raw_file(files: Files, desk: Desk) -> None:
    ended = desk.run(sealed(with_raw(files, "months.csv", "2,28", "2,29")), "--format", "concise")
    assert ended.status == 1
    assert '"days_total": the archive says 365 days, the rebuild gives 366 days' in ended.out
    assert "manuscript/en/02-results.md:3: error[VER104]" in ended.out
    assert "DOES NOT HOLD" in ended.err
    assert "REQUIRED" in (desk.root / "paper-verification/actions.md").read_text()


def test_a_sentence_changed_in_the_source_of_a_paper(files: Files, tmp_path: Path) -> None:
    source = "manuscript/en/01-introduction.md"
    found = judged(tmp_path, replaced(files, source, "differ in length", "do not differ"))
    assert {"VER107", "VER221"} <= codes(found)
    (finding,) = [each for each in found.findings if each.code == "VER221"]
    assert "differ" in finding.arguments["printed"]
    assert "do not differ" in finding.arguments["wanted"]
    assert [each.arguments["page"] for each in finding.notes] == ["1"]
    assert found.overall is Overall.FAILS


def test_a_segment_removed(files: Files, tmp_path: Path) -> None:
    gone = SEGMENT_LINE
    found = judged(tmp_path, with_raw(files, "segments.csv", gone, ""))
    (finding,) = [each for each in found.findings if each.code == "VER102"]
    assert finding.arguments["id"] == "twelve_months"
    assert [each.key for each in finding.notes] == ["verify-evidence-lost"]


SEGMENT_LINE = "s2,letter,Calendar,The second month is the shortest\n"


@pytest.mark.usefixtures("honest")
def test_a_value_in_the_ledger(files: Files, tmp_path: Path) -> None:
    found = judged(tmp_path, replaced(files, "outputs/ledger.json", '"value": 365', '"value": 364'))
    assert codes(found) == {"VER101", "VER108"}


@pytest.mark.usefixtures("honest")
def test_a_figure_swapped(files: Files, tmp_path: Path) -> None:
    figure = "outputs/results/10-months/months.en"
    other = {f"{figure}.svg": b"<svg/>", f"{figure}.png": b"no picture"}
    found = judged(tmp_path, {**files, **other})
    (finding,) = [each for each in found.findings if each.code == "VER105"]
    assert finding.arguments["id"] == "months"
    assert {each.key for each in finding.notes} >= {"verify-figure-swapped"}


@pytest.mark.usefixtures("honest")
def test_another_library_in_the_lock(files: Files, tmp_path: Path) -> None:
    lock = files["requirements.lock"].decode()
    version = next(line for line in lock.splitlines() if line.startswith("polars=="))
    pin = version.split()[0]
    found = judged(tmp_path, replaced(files, "requirements.lock", pin, "polars==0.1"))
    (finding,) = found.findings
    assert finding.code == "VER110"
    assert "polars" in finding.arguments["libraries"]
    assert "(0.1)" in finding.arguments["libraries"]


@pytest.mark.usefixtures("honest")
@pytest.mark.parametrize("text", ["{", "[]", '{"version": 1}', '{"x": NaN}', "[" * 100_000])
def test_a_record_that_is_none(files: Files, desk: Desk, text: str) -> None:
    ended = desk.run(sealed({**files, "outputs/ledger.json": text.encode()}), "--format", "concise")
    assert ended.status == 2
    assert "outputs/ledger.json: error[VER124]" in ended.out


def test_a_byte_of_the_archive(files: Files, desk: Desk) -> None:
    data = bytearray(sealed(files))
    data[len(data) // 2] ^= 1
    ended = desk.run(bytes(data), "--format", "concise")
    assert ended.status == 1
    assert "error[ARC" in ended.out
    assert "Nothing of paper.zip was unpacked or run" in ended.err


def test_a_finished_paper(files: Files, finished: Compendium, desk: Desk) -> None:
    pdf = desk.root / "sent.pdf"
    pdf.write_bytes(files["outputs/papers/paper.en.pdf"])
    own = finished.run("verify", str(pdf))
    assert (own.status, own.out) == (0, ""), own.out + own.err
    assert "sent.pdf carries evidence in en: 5 claims, 7 places" in own.err
    assert "7 of 7 as the ledger has them" in own.err
    assert "Nothing was rebuilt" in own.err
    tree = "outputs/manuscript/en/tree.json"
    other = desk.run(sealed(replaced(files, tree, '"differ"', '"vary"')), "sent.pdf")
    assert (other.status, "error[VER221]" in other.out) == (1, True)
    pdf.write_bytes(b"%PDF-1.7 no more")
    assert desk.run(sealed(files), "sent.pdf").status == 2


def hostile(files: Files, body: str) -> Files:
    """The archive with a cleaning script that does something before it cleans."""
    script = "analysis/cleaning/months.py"
    code = f"import os\n{body}\n"
    return {**files, script: code.encode() + files[script]}


@pytest.mark.parametrize(
    "body",
    [
        "print(open('{secret}').read())",
        "open('{outside}', 'w').write('x')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['sh', '-c', 'cat {secret} > {outside}'], check=True)",
    ],
    ids=["reads a secret", "writes outside", "opens a socket", "through a shell"],
)
def test_a_hostile_script_is_stopped(files: Files, tmp_path: Path, body: str) -> None:
    secret, outside = tmp_path / "id_rsa", tmp_path / "new"
    secret.write_text("the secret")
    found = judged(tmp_path, hostile(files, body.format(secret=secret, outside=outside)))
    assert "VER111" in codes(found)
    assert found.fails
    assert not outside.exists()
    assert "the secret" not in json.dumps(found.to_json())


@pytest.mark.parametrize(
    ("body", "reason", "bounds"),
    [
        ("import time; time.sleep(600)", "verify-limit-time", {"seconds": 12}),
        (
            "x = b'1' * (1500 << 20)\nimport time; time.sleep(600)",
            "verify-limit-memory",
            {"memory_bytes": 1 << 30},
        ),
        (
            "import time\nfor n in range(300):\n    if os.fork() == 0: time.sleep(600)\n"
            "time.sleep(600)",
            "verify-limit-processes",
            {"processes": 150},
        ),
    ],
    ids=["sleeps", "memory", "forks"],
)
def test_a_script_that_uses_everything_up_is_ended(
    files: Files, tmp_path: Path, body: str, reason: str, bounds: dict[str, int]
) -> None:
    named = {name: getattr(BOUNDS, name) for name in BOUNDS.__slots__}
    begun = time.monotonic()
    found = judged(tmp_path, hostile(files, body), Bounds(**{**named, **bounds}))
    (finding,) = [each for each in found.findings if each.code == "VER112"]
    assert [each.key for each in finding.notes] == [reason]
    assert time.monotonic() - begun < 120


def test_files_that_stand_for_the_engine_are_not_run(files: Files, tmp_path: Path) -> None:
    outside = tmp_path / "new"
    code = f"open({str(outside)!r}, 'w').write('x')\nraise SystemExit(9)\n".encode()
    traps = ("Snakefile", "bukti.py", "sitecustomize.py", "json.py", "workflow/engine.smk")
    found = judged(tmp_path, {**files, **dict.fromkeys(traps, code)})
    assert found.findings == ()
    assert not outside.exists()


def test_an_interrupt_leaves_nothing(files: Files, tmp_path: Path) -> None:
    place = tmp_path / "t"
    place.mkdir()
    archive = sealed(hostile(files, "import time; time.sleep(600)"))
    (tmp_path / "paper.zip").write_bytes(archive)
    process = Compendium(tmp_path).start("verify", "paper.zip", env={"TMPDIR": str(place)})
    deadline = time.monotonic() + 60
    while not list(place.glob("*/paper/.bukti/locks/*")) and time.monotonic() < deadline:
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2, err
    assert list(place.iterdir()) == []


def test_seeded_faults(desk: Desk, files: Files) -> None:
    ended = desk.run(sealed(files), "--challenge", "5")
    assert ended.status == 0, ended.out + ended.err
    challenge = desk.verification()["challenge"]
    assert challenge == {"seeded": 5, "at_line": 5, "elsewhere": 0, "missed": []}
    assert "5 seeded into a copy: 5 reported at their line" in ended.err
