"""Run inside a Python kernel before its first cell: outputs stand where they were caused.

A kernel reads what child processes write in a thread of its own, so that it may land before or
behind what the cell itself writes. It imports nothing of the engine, being run as a text.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import Any

_STARTS = ("subprocess.Popen", "os.system", "os.posix_spawn", "os.fork", "os.forkpty")
_PATIENCE = 5.0


class Order:
    """Waits for the output of child processes before anything else is put out."""

    def __init__(self, shell: Any) -> None:
        self.children = False
        self.streams: list[Any] = [
            stream for stream in (sys.stdout, sys.stderr) if hasattr(stream, "watch_fd_thread")
        ]
        self.empty = {stream.name: threading.Event() for stream in self.streams}
        for kind in {type(stream) for stream in self.streams}:
            self._watch(kind)
        sys.addaudithook(self._notice)
        shell.display_pub.publish = self._after_draining(shell.display_pub.publish)
        hook = shell.displayhook
        hook.finish_displayhook = self._after_draining(hook.finish_displayhook)
        shell.events.register("post_run_cell", self._finish)

    def _notice(self, event: str, _: object) -> None:
        if event in _STARTS:
            self.children = True

    def _finish(self, *_: object) -> None:
        self._drain()
        self.children = False

    def _drain(self) -> None:
        """Send a mark through each pipe and wait until the reading thread has met it."""
        for stream in self.streams:
            empty = self.empty[stream.name]
            empty.clear()
            try:
                os.write(stream._original_stdstream_fd, b"\0")
                empty.wait(_PATIENCE)
            except OSError:
                continue

    def _after_draining(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def after(*given: Any, **named: Any) -> Any:
            self._drain()
            return act(*given, **named)

        return after

    def _watch(self, kind: type[Any]) -> None:
        """Change the class: the shell itself puts back what it finds in the streams."""
        write = kind.write

        def orderly(stream: Any, text: str) -> Any:
            if threading.current_thread() is not stream.watch_fd_thread:
                if self.children:
                    self._drain()
                return write(stream, text)
            written = write(stream, text.replace("\0", ""))
            if "\0" in text:
                self.empty[stream.name].set()
            return written

        kind.write = orderly


def _stay() -> None:
    raise RuntimeError("exit() and quit() end a notebook too early; remove the call")


def install(shell: Any) -> None:
    """Make a kernel's shell orderly; its `!command` needs no terminal then."""
    shell.system = shell.system_raw
    shell.ask_exit = _stay
    Order(shell)
