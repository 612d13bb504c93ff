"""Refusals speak plainly."""

import pytest
from django.test import Client

from bolwerk.accounts.tests.makers import make_person
from bolwerk.ui.errors import REFUSALS, bad_request, page_for, too_fast
from tests.html_audit import problems

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", sorted(REFUSALS))
def test_each_refusal_is_a_whole_page_that_says_what_to_do(status: int) -> None:
    response = page_for(status)
    text = response.content.decode()
    assert response.status_code == status
    assert problems(text) == []
    assert str(REFUSALS[status].do) in text


def test_the_handlers_answer_with_their_own_status(rf: object) -> None:
    assert bad_request(None).status_code == 400  # type: ignore[arg-type]  # a refusal asks nothing of the request
    assert too_fast(None).status_code == 429  # type: ignore[arg-type]  # it looks at no request


def test_method_not_allowed_has_a_page_and_keeps_its_allow_header(client: Client) -> None:
    response = client.get("/taal/", headers={"accept": "text/html"})
    assert response.headers["Allow"] == "POST"
    assert "Zo werkt dit niet" in response.content.decode()


def test_a_machine_gets_no_page(client: Client) -> None:
    assert client.get("/taal/", headers={"accept": "application/json"}).content == b""


def test_what_does_not_exist_looks_the_same_signed_in_or_not(client: Client) -> None:
    assert "Hier is niets voor je" in client.get("/bestaat-niet/").content.decode()
    client.force_login(make_person())
    assert "Hier is niets voor je" in client.get("/bestaat-niet/").content.decode()
