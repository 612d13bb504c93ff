"""The server takes abuse on the line and goes on serving others (quality.md I 54)."""

import http.client
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from select import select
from socket import create_connection, socket
from urllib.parse import urlencode

import pytest

from bolwerk.config.places import AT_WORK
from bolwerk.config.serving import HEADERS_WITHIN_MS, THREADS
from tests.crash.installation import CSRF, Installation

SIGN_IN = "/inloggen/"
SLOW_ONES = 200


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running server."""
    one = Installation(tmp_path_factory.mktemp("house"))
    one.serve()
    yield one
    one.close()


def post(house: Installation, body: bytes, kind: str = "application/x-www-form-urlencoded") -> tuple[int, str]:
    """Send a body as it is to the page that signs in."""
    headers = {"Content-Type": kind, "Cookie": f"csrf={CSRF}", "Origin": f"http://127.0.0.1:{house.port}"}
    with closing(http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)) as connection:
        connection.request("POST", SIGN_IN, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def still_serves(house: Installation) -> float:
    """Seconds that an honest visitor waits for a page."""
    start = time.monotonic()
    status, _body = house.get("/", cookie="")
    assert status in {200, 302}
    return time.monotonic() - start


def test_ten_thousand_fields_are_refused_in_a_sentence(house: Installation) -> None:
    fields = [("csrfmiddlewaretoken", CSRF), *((f"veld{number}", "x") for number in range(10_000))]
    status, body = post(house, urlencode(fields).encode())
    assert status == 400
    assert "<h1" in body
    assert "Traceback" not in body


def test_a_form_of_ten_megabytes_is_refused_or_cut_off(house: Installation) -> None:
    try:
        status, body = post(house, b"csrfmiddlewaretoken=" + CSRF.encode() + b"&words=" + b"x" * 10_000_000)
    except ConnectionError:
        status, body = 413, ""  # the server stopped listening before all of it was sent
    assert status in {400, 413}
    assert "Traceback" not in body
    assert still_serves(house) < 5


def test_deep_json_is_no_form(house: Installation) -> None:
    try:
        status, body = post(house, b"[" * 1_000_000, "application/json")
    except ConnectionError:
        status, body = 400, ""  # the server answered and stopped listening before all of it was sent
    assert status in {400, 403}
    assert "Traceback" not in body


FILM = 200 * 1024**2


def multipart(words: str) -> bytes:
    """The beginning of a report with a film: its fields, and where the film begins."""
    fields = {"csrfmiddlewaretoken": CSRF, "safety": "safe", "kind": "threat", "when": "now", "words": words}
    parts = [f'--grens\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{told}' for name, told in fields.items()]
    film = '--grens\r\nContent-Disposition: form-data; name="photos"; filename="film.mp4"\r\n\r\n'
    return "\r\n".join([*parts, film]).encode()


def test_a_film_of_200_mb_is_refused_long_before_its_end_and_what_was_typed_is_kept(house: Installation) -> None:
    cookie = f"{house.signed_in('film@zilverdam.example')}; csrf={CSRF}; django_language=nl"
    head = (
        f"POST /meldingen/nieuw/ HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nCookie: {cookie}\r\n"
        f"Origin: http://127.0.0.1:{house.port}\r\nContent-Type: multipart/form-data; boundary=grens\r\n"
        f"Content-Length: {FILM}\r\n\r\n"
    )
    sent, piece = 0, bytes(64 * 1024)
    with create_connection(("127.0.0.1", house.port), timeout=60) as line:
        line.sendall(head.encode() + multipart("Hij filmde mij aan de balie."))
        line.setblocking(False)
        ready: list[socket] = []
        while sent < FILM and not ready:
            ready, able, _broken = select([line], [line], [], 30)
            if able and not ready:
                sent += line.send(piece)
        line.settimeout(60)
        answer = b""
        while b"</html>" not in answer and (more := line.recv(65_536)):
            answer += more
    page = answer.decode(errors="replace")
    assert page.startswith("HTTP/1.1 413")
    assert "Hij filmde mij aan de balie." in page
    assert "hooguit 20 MB" in page
    assert sent < FILM / 4
    assert still_serves(house) < 5


CARD = """
from django.test import Client
from tests.session_client import with_secrets
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.circle.tests.card_makers import make_card
lead = make_person('Lena Lead', Role.PROGRAMME_LEAD)
with_secrets()
client = Client()
client.force_login(lead)
answer = [str(make_card(lead).pk), client.cookies['session'].value]
"""


@pytest.mark.drill  # two gigabytes; a film of 200 MB is in `make test`
def test_an_attachment_of_two_gigabytes_on_a_card_is_refused_unread_and_nothing_is_kept(house: Installation) -> None:
    told = house.ask(CARD)
    assert isinstance(told, list)
    card, session = told
    head = (
        f"POST /leerkring/kaarten/{card}/bestanden/ HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\n"
        f"Cookie: session={session}; csrf={CSRF}\r\nOrigin: http://127.0.0.1:{house.port}\r\nAccept: text/html\r\n"
        f"Content-Type: multipart/form-data; boundary=grens\r\nContent-Length: {2 * 1024**3}\r\n\r\n"
        f'--grens\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{CSRF}\r\n'
        '--grens\r\nContent-Disposition: form-data; name="materials"; filename="film.pdf"\r\n\r\n'
    )
    with create_connection(("127.0.0.1", house.port), timeout=60) as line:
        line.sendall(head.encode() + b"x" * 1024**2)  # a megabyte, and then nothing: who waits for the rest hangs
        answer = b""
        while b"</html>" not in answer and (piece := line.recv(65_536)):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 413")
    assert "Er is niets opgeslagen." in answer.decode(errors="replace")
    assert house.ask("from bolwerk.documents.models import Document\nanswer = Document.objects.count()") == 0


def test_headers_without_end_are_cut_off(house: Installation) -> None:
    with create_connection(("127.0.0.1", house.port), timeout=30) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ")
        answer = b""
        try:
            for _piece in range(40):
                line.sendall(b"x" * 65_536)
            answer = line.recv(65_536)
        except (ConnectionResetError, BrokenPipeError):
            pass  # being cut off is what we want
    assert not answer or answer.split(b" ")[1] in {b"400", b"431"}
    assert still_serves(house) < 5


def dawdle(house: Installation, first: bytes) -> socket:
    """Somebody who begins to speak and then waits."""
    line = create_connection(("127.0.0.1", house.port), timeout=60)
    line.sendall(first)
    return line


@pytest.mark.slow
def test_hundreds_who_never_finish_their_headers_keep_nobody_out(house: Installation) -> None:
    with ExitStack() as lines:
        slow = [lines.enter_context(dawdle(house, b"GET / HTTP/1.1\r\nHost: x\r\n")) for _one in range(SLOW_ONES)]
        assert still_serves(house) < 5
        slow[0].settimeout(HEADERS_WITHIN_MS / 1000 + 20)
        answer = slow[0].recv(1024)  # it waits until the server has had enough
    assert not answer or answer.split(b" ")[1] in {b"400", b"408"}
    assert still_serves(house) < 5


def test_more_slow_bodies_than_places_keep_nobody_out(house: Installation) -> None:
    # Each keeps a thread, and no place to work (config.places). The proxy in front takes in a body before we do.
    first = (
        f"POST /inloggen/ HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nCookie: csrf={CSRF}\r\n"
        f"Origin: http://127.0.0.1:{house.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: 1000\r\n\r\ncsrfmiddlewaretoken={CSRF}"
    )
    slow_ones = THREADS - AT_WORK
    assert slow_ones > AT_WORK
    with ExitStack() as lines, ThreadPoolExecutor(1) as visitor:
        slow = [lines.enter_context(dawdle(house, first.encode())) for _one in range(slow_ones)]
        time.sleep(1)
        waited = visitor.submit(still_serves, house).result(timeout=60)
        assert not select(slow, [], [], 0)[0]  # nobody was answered: they are still listened to
    assert waited < 5


def test_production_does_not_start_on_unsafe_settings(house: Installation) -> None:
    unsafe = house.environment | {"BOLWERK_MODE": "production", "BOLWERK_BASE_URL": "http://bolwerk.example"}
    done = subprocess.run(
        house.command("serve", "--host", "0.0.0.0"), env=unsafe, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "bolwerk init" in done.stderr
    assert "overheard" in done.stderr
    assert "Traceback" not in done.stderr
