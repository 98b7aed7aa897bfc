"""Executing a notebook once, in a fresh and confined kernel, to the same bytes every time."""

from __future__ import annotations

import asyncio
import copy
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from bukti.tools import kernel_output as output
from bukti.tools.clean_environment import clean_environment
from bukti.tools.confine import Level, Policy, compiled, denied_network, denied_path, level
from bukti.tools.files import write_text
from bukti.tools.kernel_specs import (
    QUIET,
    Manager,
    arguments_of,
    import_folders,
    manager_of,
    settings_of,
)
from bukti.tools.process import end

FailureKind = Literal["error", "timeout", "died", "input"]

STARTING_SECONDS = 60
_GRACE = 3.0
_LONGEST_SOCKET_FOLDER = 80
_KINDS: Mapping[str, FailureKind] = {"StdinNotImplementedError": "input"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFailure:
    """Why a notebook could not be executed to its end, and in which cell, counted from 1.

    Cell 0 means that the kernel did not start. `line` is a line of that cell.
    """

    kind: FailureKind
    cell: int
    ename: str = ""
    evalue: str = ""
    traceback: str = ""
    line: int | None = None
    denied_path: str | None = None
    denied_network: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """The executed notebook, what stopped it if anything did, and how far it was confined."""

    notebook: NotebookNode
    failure: CellFailure | None
    confinement: Level


def execute(
    notebook: NotebookNode,
    *,
    kernel: str = "python3",
    scratch: Path,
    policy: Policy,
    environment: Mapping[str, str],
    seconds_per_cell: int,
    memory_bytes: int | None = None,
) -> Execution:
    """Execute a copy of a notebook, without its old outputs, in a kernel of its own.

    Raises LookupError, with the names of those installed, for a kernel that is not.
    The kernel works and keeps all its files in `scratch`; `environment` is added to a clean one.
    Not for use where an event loop is already running in this thread.
    """
    fresh = _cleaned(notebook)
    scratch = scratch.resolve()
    variables = {**clean_environment(scratch / ".home"), **environment}
    with tempfile.TemporaryDirectory(
        prefix="bukti-", dir=_short_folder(), ignore_cleanup_errors=True
    ) as name:
        private = Path(name).resolve()
        sockets = private / "k"
        sockets.mkdir(mode=0o700)
        manager = manager_of(kernel, private, memory_bytes)
        whole = Policy(
            read=(*policy.read, *settings_of(manager)),
            write=(*policy.write, scratch, sockets),
            listed=(*policy.listed, *import_folders(variables)),
            network=policy.network,
        )
        write_text(private / "policy.json", compiled(whole))
        with (private / "errors.log").open("wb+") as errors:
            run = _Run(
                fresh,
                manager,
                policy=whole,
                scratch=scratch,
                seconds=seconds_per_cell,
                errors=errors,
            )
            failure = asyncio.run(run.all_cells(variables))
    output.normalise(fresh, scratch)
    return Execution(notebook=fresh, failure=failure, confinement=level())


def _cleaned(notebook: NotebookNode) -> NotebookNode:
    fresh = copy.deepcopy(notebook)
    fresh.nbformat_minor = max(5, fresh.get("nbformat_minor", 0))
    seen: set[str] = set()
    for index, cell in enumerate(fresh.cells, 1):
        if cell.get("id") in seen | {None}:
            cell["id"] = f"cell-{index}"
        seen.add(cell["id"])
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
            cell.metadata.pop("execution", None)
    fresh.metadata.pop("widgets", None)
    return fresh


def _short_folder() -> str:
    """Where local sockets fit: their paths may have little more than a hundred bytes."""
    usual = tempfile.gettempdir()
    return usual if len(os.fsencode(usual)) <= _LONGEST_SOCKET_FOLDER else "/tmp"  # noqa: S108


class _Run:
    """One notebook, one kernel, from its start to its end."""

    def __init__(
        self,
        notebook: NotebookNode,
        manager: Manager,
        *,
        policy: Policy,
        scratch: Path,
        seconds: int,
        errors: IO[bytes],
    ) -> None:
        self.notebook = notebook
        self.manager = manager
        self.policy = policy
        self.scratch = scratch
        self.seconds = seconds
        self.errors = errors
        self.ready_at = 0
        self.late = False
        self.asked = False
        self.client = NotebookClient(
            notebook, km=manager, timeout=None, record_timing=False, store_widget_state=False
        )
        self.client.log = QUIET

    async def all_cells(self, variables: Mapping[str, str]) -> CellFailure | None:
        """Start the kernel, execute cell by cell to the first failure, and leave nothing behind."""
        try:
            if not await self._start(variables):
                return self._died(0)
            for number, cell in enumerate(self.notebook.cells, 1):
                failure = await self._cell(number, cell)
                if failure is not None:
                    return failure
            return None
        finally:
            await self._stop()

    async def _start(self, variables: Mapping[str, str]) -> bool:
        await self.manager.start_kernel(
            cwd=str(self.scratch),
            env=dict(variables),
            extra_arguments=arguments_of(self.manager, Path(self.manager.connection_file).parent),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.errors,
        )
        channels = self.manager.client()
        channels.start_channels()
        self.client.kc = channels
        try:
            await channels.wait_for_ready(timeout=STARTING_SECONDS)
        except RuntimeError:
            return False
        channels.allow_stdin = False
        reply = await channels.kernel_info(reply=True, timeout=STARTING_SECONDS)
        self._describe(reply["content"])
        self.ready_at = self.errors.seek(0, os.SEEK_END)
        return True

    def _describe(self, content: Mapping[str, Any]) -> None:
        spec = self.manager.kernel_spec
        assert spec is not None
        self.notebook.metadata["language_info"] = content["language_info"]
        self.notebook.metadata["kernelspec"] = {
            "display_name": spec.display_name,
            "language": spec.language,
            "name": self.manager.kernel_name,
        }

    async def _cell(self, number: int, cell: NotebookNode) -> CellFailure | None:
        if cell.cell_type != "code":
            return None
        count = self.client.code_cells_executed + 1
        watches = [
            asyncio.create_task(watch) for watch in (self._stop_late_cell(), self._stop_question())
        ]
        failed: CellExecutionError | None = None
        try:
            await self.client.async_execute_cell(cell, number - 1, execution_count=count)
        except CellExecutionError as error:
            failed = error
        except DeadKernelError:
            if not (self.late or self.asked):
                return self._died(number)
        finally:
            for watch in watches:
                watch.cancel()
        return self._judged(number, cell, count, failed)

    async def _stop_question(self) -> None:
        """End a kernel that asks, though nobody is there: it would wait for ever."""
        assert self.client.kc is not None
        await self.client.kc.stdin_channel.get_msg()
        self.asked = True
        self._terminate()

    async def _stop_late_cell(self) -> None:
        await asyncio.sleep(self.seconds)
        self.late = True
        await self.manager.interrupt_kernel()
        await asyncio.sleep(_GRACE)
        self._terminate()

    def _terminate(self) -> None:
        process = self._process()
        if process is not None:
            process.terminate()

    def _judged(
        self, number: int, cell: NotebookNode, count: int, failed: CellExecutionError | None
    ) -> CellFailure | None:
        """The failure of a cell that has ended: by an error, too late, or by what it let slip."""
        said, trace = output.stderr(cell), output.traceback(cell)
        evalue = output.plain(failed.evalue) if failed else ""
        path, network = self._denied(f"{evalue}\n{trace}\n{said}")
        stopped = self.late or self.asked
        if not (failed or stopped or path or network):
            return None
        ename = failed.ename if failed else ""
        if not failed and not stopped:
            ename, evalue = "PermissionError", output.telling_line(f"{trace}\n{said}")
            trace = trace or said
        return CellFailure(
            kind=self._kind(ename),
            cell=number,
            ename=ename,
            evalue=output.portable(evalue, self.scratch),
            traceback=output.portable(output.from_user_code(trace), self.scratch),
            line=output.cell_line(trace, count, cell.source),
            denied_path=path,
            denied_network=network,
        )

    def _kind(self, ename: str) -> FailureKind:
        if self.asked:
            return "input"
        return "timeout" if self.late else _KINDS.get(ename, "error")

    def _denied(self, text: str) -> tuple[str | None, bool]:
        if level() == "unconfined":
            return None, False
        path = denied_path(text, self.policy, self.scratch)
        return path, path is None and not self.policy.network and denied_network(text)

    def _died(self, number: int) -> CellFailure:
        process = self._process()
        status = process.poll() if process is not None else None
        if status is not None and status < 0:
            name = signal.Signals(-status).name
        else:
            name = "" if status is None else f"exit status {status}"
        said = output.portable(output.tail(self.errors, self.ready_at), self.scratch)
        return CellFailure(kind="died", cell=number, ename=name, traceback=said)

    def _process(self) -> subprocess.Popen[bytes] | None:
        return getattr(self.manager.provisioner, "process", None)

    async def _stop(self) -> None:
        if self.client.kc is not None:
            self.client.kc.stop_channels()
        process = self._process()
        if process is not None:
            end(process)
        await self.manager.cleanup_resources()
