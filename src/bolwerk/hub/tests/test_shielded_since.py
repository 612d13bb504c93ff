"""The page of a finding, also as it was known on a day: a company that was shielded since is not on it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.hub.models import Batch, Finding
from bolwerk.hub.tests.makers import STAND, make_analyst, put_on
from bolwerk.hub.tests.test_jobs import read, run

pytestmark = pytest.mark.django_db


@pytest.mark.once  # the vault answers, not this database; looking back is asked on both elsewhere
def test_a_company_that_was_shielded_since_is_on_no_page(client: Client, with_deliveries: Path) -> None:
    put_on(at=timezone.now())
    read("bag", "bag.zip", as_of=STAND)
    read("kvk", "kvk.jsonl", as_of=STAND)
    run(STAND)
    Batch.objects.update(taken_at=timezone.now() - timedelta(days=14))
    client.force_login(make_analyst())
    one = Finding.objects.filter(rule="BED-01").earliest("code")
    week_ago = (timezone.localdate() - timedelta(days=7)).isoformat()
    pages = [f"/knooppunt/signaal/{one.pk}/", f"/knooppunt/signaal/{one.pk}/?known_on={week_ago}"]
    assert all(companies(client, page) for page in pages)
    file = with_deliveries / "deliveries" / "kvk.jsonl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"indAfgeschermd":"Nee"', '"indAfgeschermd":"Ja"'), encoding="utf-8")
    read("kvk", "kvk.jsonl", as_of=STAND)
    assert not any(companies(client, page) for page in pages)


def companies(client: Client, page: str) -> list[str]:
    """The numbers of companies on a page."""
    response = client.get(page)
    assert response.status_code == 200 and "kvk.jsonl" in response.content.decode()
    return re.findall(r"\b99\d{6}\b", response.content.decode())
