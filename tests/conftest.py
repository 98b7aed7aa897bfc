"""What all tests share: a fixed environment, no network, deterministic examples, one option."""

from __future__ import annotations

import ipaddress
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("deterministic", derandomize=True, deadline=None, database=None)
settings.load_profile("deterministic")

FIXED = {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
for name in ("BUKTI_LANG", "LC_MESSAGES", "LANGUAGE"):
    os.environ.pop(name, None)
os.environ.update(FIXED)
time.tzset()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="Write the output of golden cases into their files."
    )


@pytest.fixture(autouse=True)
def fixed_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test begins in the same environment, whatever the one before it did."""
    for name in ("BUKTI_LANG", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in FIXED.items():
        monkeypatch.setenv(name, value)
    time.tzset()
    yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that would leave this machine fails, in this process."""

    def guarded(method: Any) -> Any:
        def call(self: socket.socket, *arguments: Any) -> Any:
            if not _stays_here(self.family, arguments[-1]):
                raise ConnectionRefusedError(f"tests have no network: {arguments[-1]!r}")
            return method(self, *arguments)

        return call

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))


def _stays_here(family: int, address: Any) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0])
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
