"""The small program between the engine and a child: it guards, limits and confines the child.

It imports nothing of the engine, so that it starts in a few milliseconds as a plain script. The
child dies with it, it dies with its own parent, and no descendant outlives either of them.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import struct
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:  # the module that usually says this takes longer to import than all the rest
    from typing import Any, NoReturn

STARTED_NOTHING = 125
NOT_CONFINED = 126
NOT_FOUND = 127
_USAGE = (
    "confined [--policy FILE] [--memory BYTES] [--file BYTES] [--parent PID] [--remove FOLDER]"
    " -- COMMAND..."
)
_SET_PDEATHSIG, _SET_CHILD_SUBREAPER, _SET_NO_NEW_PRIVS, _SET_SECCOMP = 1, 36, 38, 22
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ENDING = {signal.SIGTERM, signal.SIGHUP}
_PATIENCE = 5.0
_LINUX = sys.platform == "linux"


def main(arguments: list[str]) -> int:
    """Run the command until it ends, its guard is told to end, or the parent is gone."""
    options, command = _parse(arguments)
    parent = int(options.get("--parent", os.getppid()))
    wake = _listen()
    watched = _watch_parent(parent)
    if os.getppid() != parent:
        return STARTED_NOTHING
    guard = os.getpid()
    child = os.fork()
    if child == 0:
        _become(command, options, guard)
    _let_go_of_streams()
    status = _wait(child, wake, watched)
    _kill_descendants(child)
    if "--remove" in options:
        _remove(options["--remove"])
    return _end_like(status)


def _parse(arguments: list[str]) -> tuple[dict[str, str], list[str]]:
    if "--" not in arguments:
        raise SystemExit(f"usage: {_USAGE}")
    split = arguments.index("--")
    given, command = arguments[:split], arguments[split + 1 :]
    options = dict(zip(given[::2], given[1::2], strict=False))
    known = {"--policy", "--memory", "--file", "--parent", "--remove"}
    if not command or len(given) % 2 or not options.keys() <= known:
        raise SystemExit(f"usage: {_USAGE}")
    return options, command


def _listen() -> int:
    """Turn signals into bytes that can be waited for; an interrupt is the child's affair."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for number in (*_ENDING, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return reader


def _watch_parent(parent: int) -> int | None:
    if _LINUX:
        _prctl(_SET_CHILD_SUBREAPER, 1)
    try:
        return os.pidfd_open(parent)
    except (AttributeError, OSError):  # an older kernel or another system: asked once a second
        return None


def _wait(child: int, wake: int, watched: int | None) -> int | None:
    """The child's status, or nothing where it has to be ended."""
    poll = select.poll()
    poll.register(wake, select.POLLIN)
    if watched is not None:
        poll.register(watched, select.POLLIN)
    parent = os.getppid()
    while True:
        ready = {descriptor for descriptor, _ in poll.poll(1000 if watched is None else None)}
        if watched in ready or os.getppid() != parent:
            return None
        if wake in ready and _ENDING & set(os.read(wake, 4096)):
            return None
        status = _reap(child)
        if status is not None:
            return status


def _reap(child: int) -> int | None:
    while True:
        try:
            ended, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return None
        if ended == child:
            return status
        if ended == 0:
            return None


def _kill_descendants(child: int) -> None:
    """End all that is left: as their reaper we become the parent of every orphan among them."""
    deadline = time.monotonic() + _PATIENCE
    while _reap_one() is not None and time.monotonic() < deadline:
        for pid in _children() if _LINUX else [child]:
            _kill(pid)
        if _reap_one() == 0:
            time.sleep(0.001)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        return


def _reap_one() -> int | None:
    """The process that was reaped, 0 where none has ended, nothing where none is left."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0]
    except ChildProcessError:
        return None


def _children() -> list[int]:
    own = str(os.getpid())
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                fields = _text(f"{entry.path}/stat").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[1] == own:
                found.append(int(entry.name))
    return found


def _text(path: str) -> str:
    with os.fdopen(os.open(path, os.O_RDONLY), encoding="utf-8", errors="replace") as stream:
        return stream.read()


def _end_like(status: int | None) -> int:
    if status is None:
        return 128 + signal.SIGTERM
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return code
    _no_core()
    if -code != signal.SIGKILL:
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
    return 128 - code


def _let_go_of_streams() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)


def _remove(folder: str) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _become(command: list[str], options: dict[str, str], guard: int) -> NoReturn:
    """What the child does before it is the command: limits, restrictions, then exec."""
    code = NOT_CONFINED
    try:
        for number in (signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        if _LINUX:
            _prctl(_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != guard:
            os._exit(STARTED_NOTHING)
        _no_core()
        if "--memory" in options:
            _limit_memory(int(options["--memory"]))
        if "--file" in options:
            _limit_files(int(options["--file"]))
        if "--policy" in options:
            confine(_read_policy(options["--policy"]))
        code = NOT_FOUND
        os.execvp(command[0], command)  # noqa: S606
    except (OSError, ValueError, LookupError, TypeError) as error:
        os.write(2, f"{command[0]}: {error}\n".encode())
    finally:
        os._exit(code)


def _no_core() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_memory(size: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def _limit_files(size: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _read_policy(path: str) -> dict[str, Any]:
    import json

    policy: dict[str, Any] = json.loads(_text(path))
    return policy


def confine(policy: dict[str, Any]) -> None:
    """Restrict this process and its future children; the policy holds only numbers and paths."""
    _prctl(_SET_NO_NEW_PRIVS, 1)
    if policy["rules"]:
        _restrict_files(policy)
    if policy["filter"]:
        _restrict_calls(bytes.fromhex(policy["filter"]))


def _restrict_files(policy: dict[str, Any]) -> None:
    attributes = struct.pack(f"={len(policy['handled'])}Q", *policy["handled"])
    ruleset = _syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    for path, access in policy["rules"]:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        _syscall(_ADD_RULE, ruleset, 1, struct.pack("=Qi", access, place), 0)
        os.close(place)
    _syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _restrict_calls(program: bytes) -> None:
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
    _prctl(_SET_SECCOMP, 2, ctypes.c_char_p(header))


def _prctl(option: int, value: int, pointer: Any = 0) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), pointer, 0, 0) != 0:
        _fail("prctl")


def _syscall(number: int, *arguments: Any) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    wide = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    result = int(libc.syscall(ctypes.c_long(number), *wide))
    if result < 0:
        _fail(f"system call {number}")
    return result


def _fail(what: str) -> NoReturn:
    code = ctypes.get_errno()
    raise OSError(code, f"{what}: {os.strerror(code)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
