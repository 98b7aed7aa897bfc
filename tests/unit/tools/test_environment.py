"""What runs, as digests: a stage depends on its own floor and those below it, no others."""

from __future__ import annotations

import pytest

from bukti.plan import STAGES
from bukti.tools.environment import ENGINE, engine_digest, engine_files, environment_digest


@pytest.mark.parametrize(
    ("stage", "within", "outside"),
    [
        ("clean", "clean/cast.py", "analyse/api.py"),
        ("analyse", "clean/cast.py", "manuscript/pool.py"),
        ("render", "ledger/join.py", "gate/step.py"),
        ("gate", "gate/step.py", "report/page.py"),
        ("report", "report/templates/report.css", "cli/__init__.py"),
        ("clean", "schemas/contract.schema.json", "cli/why.py"),
    ],
)
def test_the_files_of_a_stage(stage: str, within: str, outside: str) -> None:
    found = {path.relative_to(ENGINE).as_posix() for path in engine_files(stage)}
    assert within in found
    assert outside not in found
    assert not [name for name in found if "__pycache__" in name]


def test_every_stage_has_a_digest_of_its_own() -> None:
    assert len({engine_digest(stage) for stage in STAGES}) == len(STAGES)
    assert len(environment_digest()) == 64
