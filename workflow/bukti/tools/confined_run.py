"""Running a program confined: it reads what it is given, writes nothing and has no network."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bukti.tools.clean_environment import clean_environment
from bukti.tools.confine import Policy, compiled
from bukti.tools.files import write_text
from bukti.tools.process import Finished, run


def run_confined(
    argv: Sequence[str | Path],
    *,
    cwd: Path,
    policy: Policy,
    environment: Mapping[str, str],
    input: bytes,
    seconds: float,
    memory_bytes: int,
) -> Finished:
    """Run a program to its end under a policy and limits; `environment` adds to a clean one."""
    with tempfile.TemporaryDirectory(prefix="bukti-", ignore_cleanup_errors=True) as name:
        private = Path(name).resolve()
        rules = private / "policy.json"
        write_text(rules, compiled(policy))
        return run(
            argv,
            cwd=cwd,
            env={**clean_environment(private / "home"), **environment},
            input=input,
            seconds=seconds,
            memory_bytes=memory_bytes,
            policy=rules,
        )
