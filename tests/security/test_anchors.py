"""The head of the trail, written down where the owner of the database cannot reach."""

import json
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.db import connection
from pytest_django.fixtures import Settings

from bolwerk.audit.actions import SYSTEM, anchoring, record
from bolwerk.audit.models import Head, Line
from bolwerk.audit.rules.anchors import NoAnchorsError, read_anchors
from bolwerk.audit.tasks import anchor
from bolwerk.config.cli import main
from tests.owner import without_refusals

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def write(lines: int) -> str:
    """A trail of so many lines; returns the hash of the last."""
    for number in range(lines):
        last = record("incidents.incident.read", subject=f"urn:x:{number}", actor=SYSTEM, at=AT)
    return last.hash


def audit(*arguments: str | Path, folder: Path) -> Result:
    """Run `bolwerk audit …`."""
    return CliRunner().invoke(main, ["audit", *map(str, arguments), "--dir", str(folder)])


@pytest.mark.django_db(transaction=True)
def test_verify_says_in_a_sentence_that_all_is_well(tmp_path: Path) -> None:
    last = write(3)
    result = audit("verify", folder=tmp_path)
    assert result.exit_code == 0
    assert "3 lines" in result.output
    assert last in result.output
    assert json.loads(audit("verify", "--json", folder=tmp_path).output)["lines"] == 3


@pytest.mark.django_db(transaction=True)
def test_verify_names_the_bad_line_and_ends_with_one(tmp_path: Path) -> None:
    write(5)
    with without_refusals(connection):
        Line.objects.filter(pk=4).update(actor="urn:x:other")
        result = audit("verify", folder=tmp_path)
    assert result.exit_code == 1
    assert "Line 4 is not the line that was written. 3 lines before it are good." in result.output


@pytest.mark.django_db(transaction=True)
def test_a_file_with_anchors_finds_a_cut_that_the_head_was_told_about(tmp_path: Path) -> None:
    file = tmp_path / "anchors.txt"
    write(5)
    assert audit("anchor", "--file", file, folder=tmp_path).exit_code == 0
    assert audit("verify", "--anchors", file, folder=tmp_path).exit_code == 0
    with without_refusals(connection):
        Line.objects.filter(pk__gt=3).delete()
        Head.objects.update(sequence=3, hash=Line.objects.get(pk=3).hash)
        assert audit("verify", folder=tmp_path).exit_code == 0
        result = audit("verify", "--anchors", file, folder=tmp_path)
    assert result.exit_code == 1
    assert "line 4 and what followed is missing" in result.output


@pytest.mark.django_db(transaction=True)
def test_of_a_chain_that_was_computed_anew_no_line_is_called_good_that_nothing_vouches_for(tmp_path: Path) -> None:
    file = tmp_path / "anchors.txt"
    write(5)
    file.write_text(f"bolwerk-anchor 5 {'0' * 64} 2026-01-01 00:00:00\n", encoding="utf-8")
    result = audit("verify", "--anchors", file, folder=tmp_path)
    assert result.exit_code == 1
    assert "computed anew" in result.output
    assert "0 lines before it are good." in result.output


@pytest.mark.django_db(transaction=True)
def test_anchors_are_added_to_the_file_and_never_replace_it(tmp_path: Path) -> None:
    file = tmp_path / "anchors.txt"
    first = write(2)
    anchoring.anchor_in_file(file=file, at=AT)
    anchoring.anchor_in_file(file=file, at=AT)  # one line further: anchoring is a line too
    known = read_anchors(file.read_text().splitlines())
    assert known[2] == {first}
    assert known[3] == {Line.objects.get(pk=3).hash}


@pytest.mark.django_db(transaction=True)
def test_a_kept_mail_is_an_anchor_and_says_nothing_else(tmp_path: Path) -> None:
    last = write(2)
    anchoring.anchor_by_mail(to="fg@zilverdam.example", at=AT)
    (message,) = mail.outbox
    assert read_anchors(f"> {line}" for line in str(message.body).splitlines()) == {2: {last}}
    assert message.to == ["fg@zilverdam.example"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_anchors_wherever_the_settings_say(tmp_path: Path, settings: Settings) -> None:
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchors.txt")
    settings.AUDIT_ANCHOR_MAIL = "fg@zilverdam.example"
    anchor()
    assert not mail.outbox, "an empty trail has nothing to anchor"
    write(1)
    anchor()
    assert len(mail.outbox) == 1
    assert Line.objects.filter(event="audit.head.anchored").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_head_never_travels_unencrypted_to_another_machine(tmp_path: Path) -> None:
    write(1)
    result = audit("anchor", "--url", "http://other.example/logboek/ankers/", folder=tmp_path)
    assert result.exit_code == 1
    assert "only travels encrypted" in result.output


@pytest.mark.django_db(transaction=True)
def test_a_second_installation_is_given_the_head_and_our_secret(settings: Settings) -> None:
    seen: list[tuple[str, bytes]] = []

    class Other(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append((self.headers["Authorization"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    settings.AUDIT_ANCHOR_SECRET = "between-us"
    last = write(1)
    with HTTPServer(("127.0.0.1", 0), Other) as server:
        Thread(target=server.handle_request, daemon=True).start()
        anchoring.anchor_elsewhere(url=f"http://127.0.0.1:{server.server_port}/logboek/ankers/", at=AT)
    assert seen[0][0] == "Bearer between-us"
    assert f"sequence=1&hash={last}".encode() in seen[0][1]


def test_a_file_without_anchors_is_refused() -> None:
    with pytest.raises(NoAnchorsError):
        read_anchors(["nothing to see here"])
