"""The one way to the network: a file by its address, whole and within limits, or not at all."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from importlib.metadata import version
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span

_CHUNK = 1 << 16
_ANSWER_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a download may take, in seconds, and how large a file may be, in bytes."""

    seconds: float = 1800.0
    size: int = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """What came: its SHA-256, its size in bytes, and whether it says that it is a web page."""

    digest: str
    size: int
    is_page: bool


def may_follow(stated: str, address: str) -> bool:
    """Whether an address may be opened on behalf of the one that the register states.

    Without encryption only where the register itself states such an address.
    """
    try:
        allowed = {"https", urlsplit(stated).scheme} & {"https", "http"}
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in allowed and bool(parts.hostname)


class _Redirects(HTTPRedirectHandler):
    """Follows a redirect only to where the register allows it."""

    def __init__(self, stated: str, where: Span) -> None:
        self.stated = stated
        self.where = where

    def redirect_request(self, *given: Any) -> Request | None:
        answer, address = given[1], given[-1]
        if not may_follow(self.stated, address):
            answer.close()
            raise Problem(diagnose("SRC133", self.where, url=self.stated, address=address))
        return super().redirect_request(*given)


def download(
    address: str, where: Span, *, limits: Limits, take: Callable[[bytes], object]
) -> Downloaded:
    """Hand a file over piece by piece, and say what came; proxies are those of the environment.

    Raises Problem, at `where`, for an address that may not be opened, for no answer or half a
    one, and for a file beyond the limits.
    """
    if not may_follow(address, address):
        raise Problem(diagnose("SRC133", where, url=address, address=address))
    try:
        request = Request(address, headers={"User-Agent": f"bukti/{version('bukti')}"})  # noqa: S310
        opener = build_opener(_Redirects(address, where))
        with opener.open(request, timeout=_ANSWER_SECONDS) as answer:
            return _received(answer, address, where, limits, take)
    except HTTPError as error:
        error.close()
        raise _failed(address, where, f"{error.code} {error.reason}") from error
    except URLError as error:
        raise _failed(address, where, str(error.reason)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise _failed(address, where, str(error) or type(error).__name__) from error


def _failed(address: str, where: Span, reason: str) -> Problem:
    return Problem(diagnose("SRC132", where, url=address, reason=" ".join(reason.split())))


def _received(
    answer: Any, address: str, where: Span, limits: Limits, take: Callable[[bytes], object]
) -> Downloaded:
    announced = int(answer.headers.get("Content-Length") or -1)
    digest, size = hashlib.sha256(), 0
    end = time.monotonic() + limits.seconds
    for piece in _pieces(answer):
        size += len(piece)
        if max(size, announced) > limits.size:
            most = f"{limits.size / (1 << 20):g}"
            raise Problem(diagnose("SRC134", where, url=address, most=most))
        if time.monotonic() > end:
            raise _failed(address, where, f"> {limits.seconds:g} s")
        digest.update(piece)
        take(piece)
    if size < announced:
        raise _failed(address, where, f"{size} / {announced} bytes")
    page = answer.headers.get_content_type() == "text/html"
    return Downloaded(digest=digest.hexdigest(), size=size, is_page=page)


def _pieces(answer: Any) -> Iterator[bytes]:
    while piece := answer.read(_CHUNK):
        yield piece
