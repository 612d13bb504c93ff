"""Bolwerk fetches from the address that an administrator gave, on the public internet, and follows nobody elsewhere."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from bolwerk.audit.rules.addresses import UnsafeAddressError, checked_address, is_outside
from bolwerk.circle.actions.exchange import FeedUnreachableError
from bolwerk.circle.actions.exchange.fetching import fetched

INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "geen",
]  # fmt: skip
WRONG = [
    "http://elders.example/index.json", "ftp://elders.example/x", "file:///etc/passwd", "https://", "gopher://x/", "x",
    "https://iemand:geheim@elders.example/", "https://elders.example/#x", "http://localhost/x", "https://x:0x50/",
    "//elders.example/x", "http://127.0.0.1.elders.example/", "http://2130706433/", "http://0x7f.1/",
]  # fmt: skip


@pytest.mark.parametrize("number", INSIDE)
def test_a_number_within_the_walls_is_not_gone_to(number: str) -> None:
    assert not is_outside(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_number_on_the_internet_is(number: str) -> None:
    assert is_outside(number)


@pytest.mark.parametrize("url", WRONG)
def test_only_https_without_tricks_is_an_address(url: str) -> None:
    with pytest.raises(UnsafeAddressError):
        checked_address(url)
    with pytest.raises(FeedUnreachableError):
        fetched(url=url, limit=10, loopback=True)


@pytest.mark.parametrize("number", INSIDE[:-1])
def test_a_name_that_leads_inside_is_not_followed(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: object, **__: object) -> list[Any]:
        return [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", (number, 443))]

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a line was opened")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", never)
    with pytest.raises(FeedUnreachableError, match="internet"):
        fetched(url="https://elders.example/index.json", limit=10, loopback=False)


def test_the_line_goes_to_the_number_that_was_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[object] = []

    def connect(address: object, **_: object) -> socket.socket:
        gone.append(address)
        raise ConnectionRefusedError

    looked_up = [(0, 0, 0, "", ("93.184.216.34", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: looked_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FeedUnreachableError):
        fetched(url="https://elders.example/index.json", limit=10, loopback=False)
    assert gone == [("93.184.216.34", 443)]


@pytest.fixture
def server() -> Iterator[str]:
    """A server on this machine that sends on, sends much, or fails."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response({"/weg": 302, "/fout": 500}.get(self.path, 200))
            self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()
            self.wfile.write(b"x" * 1_000)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answers) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_no_redirect_is_followed_and_no_more_is_read_than_agreed(server: str) -> None:
    for path in ("/weg", "/fout"):
        with pytest.raises(FeedUnreachableError):
            fetched(url=server + path, limit=10, loopback=True)
    assert len(fetched(url=f"{server}/veel", limit=10, loopback=True)) == 11
    with pytest.raises(FeedUnreachableError):
        fetched(url=f"{server}/veel", limit=10, loopback=False)
