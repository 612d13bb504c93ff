"""Behind a proxy the application knows that people came over https."""

from io import BytesIO

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from bolwerk.config import wsgi


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_scheme_is_that_of_the_public_address(
    scheme: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BOLWERK_BASE_URL = f"{scheme}://bolwerk.zilverdam.example"
    seen: list[str] = []

    def answer(environ: dict[str, str], _start: object) -> list[bytes]:
        seen.append(environ["wsgi.url_scheme"])
        return []

    monkeypatch.setattr(wsgi, "_application", answer)
    environ = RequestFactory().get("/").environ | {"wsgi.input": BytesIO(), "HTTP_X_FORWARDED_PROTO": "gopher"}
    assert list(wsgi.application(environ, lambda *_: lambda _bytes: None)) == []
    assert seen == [scheme]
