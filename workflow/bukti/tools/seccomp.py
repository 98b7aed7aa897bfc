"""A filter of system calls that leaves no way to a network: no socket but local ones."""

from __future__ import annotations

import platform
import struct
from dataclasses import dataclass
from errno import EOPNOTSUPP, EPERM

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _LACK = 0x7FFF0000, 0x00050000 | EPERM, 0x00050000 | EOPNOTSUPP
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
_LOCAL_FAMILY, _NETLINK_FAMILY = 1, 16
_IO_URING_SETUP = 425
_X32 = 0x40000000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Machine:
    audit: int
    socket: int
    doubled: bool


_MACHINES = {
    "x86_64": _Machine(audit=0xC000003E, socket=41, doubled=True),
    "aarch64": _Machine(audit=0xC00000B7, socket=198, doubled=False),
}


def supported(machine: str | None = None) -> bool:
    """Whether there is a filter for this kind of machine."""
    return (machine or platform.machine()) in _MACHINES


def no_network(machine: str | None = None) -> bytes:
    """The filter's program for the kernel, empty on machines that it is not written for.

    It refuses every socket that is not local, and io_uring, which could open one unseen. Calls
    in the numbering of another machine are refused altogether. Asking for the network's devices
    gets the answer of a machine that has none: libzmq aborts on any other refusal.
    """
    found = _MACHINES.get(machine or platform.machine())
    if found is None:
        return b""
    numbers = [(_EQUAL, _IO_URING_SETUP, "refuse")]
    if found.doubled:
        numbers.insert(0, (_AT_LEAST, _X32, "refuse"))
    return _assemble(
        [
            (_LOAD, _MACHINE, None, None),
            (_EQUAL, found.audit, None, "refuse"),
            (_LOAD, _NUMBER, None, None),
            *((operation, value, target, None) for operation, value, target in numbers),
            (_EQUAL, found.socket, None, "allow"),
            (_LOAD, _FIRST_ARGUMENT, None, None),
            (_EQUAL, _LOCAL_FAMILY, "allow", None),
            (_EQUAL, _NETLINK_FAMILY, "lack", "refuse"),
        ]
    )


def _assemble(steps: list[tuple[int, int, str | None, str | None]]) -> bytes:
    """Each step is an operation, its value, and where to go on if true and if false."""
    verdicts = {"allow": _ALLOW, "refuse": _REFUSE, "lack": _LACK}
    targets = {name: len(steps) + place for place, name in enumerate(verdicts)}
    program = b""
    for index, (operation, value, true, false) in enumerate(steps):
        jumps = (targets[name] - index - 1 if name else 0 for name in (true, false))
        program += struct.pack("=HBBI", operation, *jumps, value)
    returns = (struct.pack("=HBBI", _RETURN, 0, 0, value) for value in verdicts.values())
    return program + b"".join(returns)
