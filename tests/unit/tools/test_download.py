"""Downloads from a server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bukti.base.diagnostic import Diagnostic, Problem
from bukti.base.span import Span
from bukti.tools.download import Downloaded, Limits, download, may_follow

WHERE = Span(path="data/sources.yaml", line=3)
BODY = b"year,loans\n2019,12500\n"


class Answers(BaseHTTPRequestHandler):
    """Answers as servers do, well and badly."""

    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name == "moved":
            self._head(302, Location="/file")
        elif name == "away":
            self._head(302, Location="ftp://127.0.0.1/passwd")
        elif name == "circle":
            self._head(302, Location="/circle")
        elif name == "missing":
            self._head(404)
        elif name == "half":
            self._head(200, **{"Content-Length": str(len(BODY) + 1)})
            self.wfile.write(BODY)
        elif name == "page":
            self._head(200, **{"Content-Type": "text/html; charset=utf-8"})
            self.wfile.write(b"<html>log in</html>")
        elif name == "unsized":
            self._head(200)
            self.wfile.write(b"x" * 5000)
        else:
            self._head(200, **{"Content-Length": str(len(BODY))})
            self.wfile.write(BODY)

    def _head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    found = HTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    thread.join()
    found.server_close()


def fetched(address: str, limits: Limits | None = None) -> tuple[Downloaded, bytes]:
    pieces: list[bytes] = []
    came = download(address, WHERE, limits=limits or Limits(), take=pieces.append)
    return came, b"".join(pieces)


def refused(address: str, limits: Limits | None = None) -> Diagnostic:
    with pytest.raises(Problem) as caught:
        fetched(address, limits)
    (finding,) = caught.value.diagnostics
    assert finding.span == WHERE
    return finding


@pytest.mark.parametrize("name", ["file", "moved"])
def test_a_file_and_its_digest(server: str, name: str) -> None:
    came, data = fetched(f"{server}/{name}")
    assert data == BODY
    assert came == Downloaded(digest=sha256(BODY).hexdigest(), size=len(BODY), is_page=False)


def test_a_web_page_is_told_apart(server: str) -> None:
    assert fetched(f"{server}/page")[0].is_page


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("missing", "SRC132", "404"),
        ("half", "SRC132", f"{len(BODY)} / {len(BODY) + 1} bytes"),
        ("circle", "SRC132", ""),
        ("away", "SRC133", ""),
    ],
)
def test_what_is_no_file(server: str, name: str, code: str, reason: str) -> None:
    finding = refused(f"{server}/{name}")
    assert finding.code == code
    assert reason in finding.arguments.get("reason", "")


@pytest.mark.parametrize("name", ["file", "unsized"])
def test_a_file_beyond_the_limit(server: str, name: str) -> None:
    assert refused(f"{server}/{name}", Limits(size=10)).code == "SRC134"


def test_a_download_that_takes_too_long(server: str) -> None:
    assert refused(f"{server}/file", Limits(seconds=-1)).code == "SRC132"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/x", "http://nowhere.invalid/x", "https://[::1/x", "https://a b"]
)
def test_nobody_answers(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert refused(address).code in ("SRC132", "SRC133")


def test_the_proxy_of_the_environment_is_used(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server)
    monkeypatch.delenv("no_proxy")
    assert fetched("http://elsewhere.invalid/file")[1] == BODY


@pytest.mark.parametrize(
    ("stated", "address", "may"),
    [
        ("https://a/x", "https://b/y", True),
        ("https://a/x", "http://a/x", False),
        ("http://a/x", "http://b/y", True),
        ("http://a/x", "https://a/x", True),
        ("https://a/x", "ftp://a/x", False),
        ("file:///etc/passwd", "file:///etc/passwd", False),
        ("ftp://a/x", "ftp://a/x", False),
        ("https:///x", "https:///x", False),
    ],
)
def test_where_an_address_may_lead(stated: str, address: str, may: bool) -> None:
    assert may_follow(stated, address) is may
