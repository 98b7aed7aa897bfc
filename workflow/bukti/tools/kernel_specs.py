"""The kernels that are installed, and how one of them is started."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from bukti.tools.process import guarded

QUIET = logging.getLogger("bukti.kernel")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False
_START = Path(__file__).with_name("kernel_start.py")
_SETTINGS = {"r": ("/etc/R", "/etc/papersize")}


def installed_kernels() -> tuple[str, ...]:
    """The names of the kernels of this environment and of the system, in order."""
    return tuple(sorted(_specs().find_kernel_specs()))


def _specs() -> KernelSpecManager:
    """Finds kernels in this environment and the system only, never in a home.

    `python3` is always that of the engine's own environment.
    """
    prefixes = dict.fromkeys([sys.prefix, "/usr/local", "/usr"])
    folders = [str(Path(prefix, "share", "jupyter", "kernels")) for prefix in prefixes]
    return KernelSpecManager(kernel_dirs=folders, log=QUIET)


def import_folders(variables: Mapping[str, str]) -> tuple[Path, ...]:
    """The folders that a Python kernel looks for modules in besides its own."""
    return tuple(map(Path, filter(os.path.isabs, variables.get("PYTHONPATH", "").split(":"))))


def settings_of(manager: AsyncKernelManager) -> tuple[Path, ...]:
    """The settings of the system that a kernel's language reads when it starts."""
    spec = manager.kernel_spec
    language = spec.language.lower() if spec is not None else ""
    return tuple(map(Path, _SETTINGS.get(language, ())))


class Manager(AsyncKernelManager):
    """A manager whose kernel runs under the guard."""

    guard: Mapping[str, Any] = {}

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The command of the kernel, behind that of the guard."""
        return guarded(super().format_kernel_cmd(extra_arguments), **self.guard)


def manager_of(kernel: str, private: Path, memory_bytes: int | None) -> Manager:
    """The manager of a kernel by its name; LookupError, with the names there are, for no such."""
    specs = _specs()
    names = installed_kernels()
    if kernel not in names:
        raise LookupError(", ".join(names))
    manager = Manager(
        kernel_name=kernel,
        kernel_spec_manager=specs,
        transport="ipc",
        ip=str(private / "k" / "s"),
        connection_file=str(private / "k" / "c.json"),
        log=QUIET,
    )
    manager.guard = {
        "policy": private / "policy.json",
        "memory_bytes": memory_bytes,
        "remove": private,
    }
    return manager


def arguments_of(manager: Manager, folder: Path) -> list[str]:
    """IPython's options; a file starts it, since after a line it puts its streams back."""
    if not manager.ipykernel:
        return []
    source = f"{_START.read_text(encoding='utf-8')}\ninstall(get_ipython())\n"
    file = folder / "start.py"
    file.write_text(f"exec({source!r}, {{'get_ipython': get_ipython}})\n", encoding="utf-8")
    return [
        "--HistoryManager.enabled=False",
        "--InteractiveShell.colors=nocolor",
        f"--IPKernelApp.exec_files={file}",
    ]
