"""The header set on every class of answer (quality.md C 18)."""

import gzip
import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django import Settings

from bolwerk.accounts.tests.makers import make_person
from bolwerk.ui import middleware
from bolwerk.ui.middleware import HEADERS, security_headers

pytestmark = pytest.mark.django_db
STATIC = "/static/ui/css/shell.css"


def assert_headers(response: HttpResponseBase) -> None:
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-")
    assert re.search(r"; style-src 'self' 'nonce-[\w-]{22}';", policy)
    for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert part in policy
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/vandaag/", "GET", 200),
        ("/", "GET", 302),
        ("/bestaat-niet/", "GET", 404),
        ("/taal/", "GET", 405),
        ("/bolwerk.webmanifest", "GET", 200),
        (STATIC, "GET", 200),
        ("/static/ui/nothing.css", "GET", 404),
    ],
)
def test_every_answer_carries_the_headers(client: Client, path: str, method: str, status: int) -> None:
    response = client.generic(method, path, headers={"accept": "text/html"})
    response.close()
    assert response.status_code == status
    assert_headers(response)


def test_a_refused_form_carries_them_too() -> None:
    response = Client(enforce_csrf_checks=True).post("/taal/", {"language": "en"})
    assert response.status_code == 403
    assert_headers(response)


def test_a_fault_of_ours_carries_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> HttpResponse:
        raise RuntimeError

    monkeypatch.setattr("bolwerk.ui.views.Calendar", broken)
    response = Client(raise_request_exception=False).get("/vandaag/")
    assert response.status_code == 500
    assert_headers(response)
    assert "112" in response.content.decode()


def test_a_nonce_is_never_used_twice(client: Client) -> None:
    policies = {client.get("/vandaag/").headers["Content-Security-Policy"] for _ in range(5)}
    assert len(policies) == 5


def test_pages_are_not_kept_and_fingerprinted_files_are(client: Client) -> None:
    assert client.get("/vandaag/").headers["Cache-Control"] == "no-store"
    for address, kept in ((f"{STATIC}?v=abc", middleware.FOR_EVER), (STATIC, middleware.FOR_AN_HOUR)):
        response = client.get(address)
        response.close()
        assert response.headers["Cache-Control"] == kept


def test_a_download_may_bring_a_stricter_policy() -> None:
    strict = HttpResponse("x", headers={"Content-Security-Policy": "sandbox"})
    response = security_headers(lambda _request: strict)(RequestFactory().get("/"))
    assert response.headers["Content-Security-Policy"] == "sandbox"


def test_strict_transport_only_where_there_is_https(client: Client, settings: Settings) -> None:
    assert "Strict-Transport-Security" not in client.get("/vandaag/").headers
    settings.BOLWERK_BASE_URL = "https://bolwerk.zilverdam.example"
    assert client.get("/vandaag/").headers["Strict-Transport-Security"] == middleware.HSTS


def test_no_answer_opens_itself_to_another_origin(client: Client) -> None:
    for origin in ("https://elders.example", "null"):
        response = client.get("/vandaag/", headers={"origin": origin})
        assert not [name for name in response.headers if name.lower().startswith("access-control")]


def test_static_text_goes_out_compressed(client: Client) -> None:
    plain = client.get(STATIC)
    text = plain.getvalue()
    plain.close()
    packed = client.get(STATIC, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == text


def test_the_first_load_is_small(client: Client) -> None:
    client.force_login(make_person())
    page = client.get("/meer/").content
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.decode()))
    sizes = {one: len(client.get(one, headers={"accept-encoding": "gzip"}).content) for one in files}
    assert len(sizes) >= 6
    assert len(page) + sum(sizes.values()) < 45_000, sizes  # bytes; a report page adds its fields, up to 60 kB


def _origin_after_proof(**headers: str) -> str:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["HTTP_ORIGIN"])
        return HttpResponse()

    middleware.same_origin_proof(view)(RequestFactory().post("/", headers=headers))
    return seen[0]


def test_our_own_forms_are_known_though_they_say_no_origin() -> None:
    assert _origin_after_proof(**{"origin": "null", "sec-fetch-site": "same-origin"}) == "http://testserver"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_a_form_of_a_stranger_stays_a_stranger(site: str) -> None:
    assert _origin_after_proof(**{"origin": "null", "sec-fetch-site": site}) == "null"
    assert _origin_after_proof(**{"origin": "https://evil.example", "sec-fetch-site": site}) == "https://evil.example"


def test_reports_of_refused_content_are_limited(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    report = {"csp-report": {"effective-directive": "img-src", "blocked-uri": "https://geheim.example/x"}}
    answers = [client.post("/csp/", report, content_type="application/json").status_code for _ in range(70)]
    assert answers[0] == 204
    assert answers[-1] == 429
    assert "img-src" in caplog.text
    assert "geheim" not in caplog.text


def test_a_report_that_comes_as_a_form_is_refused_and_breaks_nothing(client: Client) -> None:
    assert client.post("/csp/", {"csp-report": "{}"}).status_code == 400
