"""The first page."""

import pytest
from django.test import Client

from bolwerk.accounts.tests.makers import make_person


@pytest.mark.django_db
def test_my_day_greets_whoever_signed_in(client: Client) -> None:
    client.force_login(make_person())
    response = client.get("/")
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()
