"""What a server hands over and gets back: the scheme of the public address, pages whole and downloads in pieces."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from pytest_django import Settings

from bolwerk.config import wsgi
from bolwerk.config.places import Outgoing


def ask(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., HttpResponseBase], **more: str) -> Iterable[bytes]:
    """What the server gets to send when the application gives this answer."""
    monkeypatch.setattr(wsgi, "_application", answer)
    environ = RequestFactory().get("/").environ | {"wsgi.input": BytesIO(), **more}
    return wsgi.application(environ, lambda *_: lambda _bytes: None)


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_scheme_is_that_of_the_public_address(
    scheme: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BOLWERK_BASE_URL = f"{scheme}://bolwerk.zilverdam.example"
    seen: list[str] = []

    def answer(environ: dict[str, str], _start: object) -> HttpResponse:
        seen.append(environ["wsgi.url_scheme"])
        return HttpResponse()

    assert list(ask(monkeypatch, answer, HTTP_X_FORWARDED_PROTO="gopher")) == [b""]
    assert seen == [scheme]


@pytest.mark.django_db
def test_a_page_goes_out_in_one_piece_and_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    page = HttpResponse("a page")
    assert ask(monkeypatch, lambda *_: page) == [b"a page"]
    assert page.closed


@pytest.mark.django_db
def test_a_download_is_made_piece_by_piece_while_it_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[int]()

    def rows() -> Iterator[bytes]:
        for number in range(3):
            made.append(number)
            yield b"row"

    download = StreamingHttpResponse(rows())
    out = ask(monkeypatch, lambda *_: download)
    assert isinstance(out, Outgoing)
    assert not made
    assert next(out) == b"row"
    assert made == [0]
    assert list(out) == [b"row", b"row"]
    out.close()
    assert download.closed


def test_every_page_is_loaded_before_the_first_visitor_and_never_looked_through_again(tmp_path: Path) -> None:
    told = (
        "import gc, sys; from bolwerk.config import wsgi; "
        "print('bolwerk.hub.views' in sys.modules, gc.get_freeze_count() > 10 * len(gc.get_objects()))"
    )
    environment = os.environ | {"BOLWERK_DIR": str(tmp_path), "BOLWERK_MODE": "test"}
    said = subprocess.run([sys.executable, "-c", told], env=environment, check=True, capture_output=True, text=True)
    assert said.stdout.split() == ["True", "True"]
