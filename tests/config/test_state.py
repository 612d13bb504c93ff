"""The page "Toestand": what the doctor says, for the functional administrator only."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.deadlines.actions import sign_of_life

pytestmark = pytest.mark.django_db


def page(client: Client, language: str = "nl") -> str:
    """The page as its administrator sees it."""
    client.force_login(make_person("Bart Willems", Role.FUNCTIONAL_ADMINISTRATOR))
    return client.get("/toestand/", headers={"accept-language": language}).content.decode()


def test_what_asks_for_attention_comes_first_and_in_plain_words(client: Client) -> None:
    shown = page(client)
    assert "Eén ding vraagt aandacht" in shown
    assert shown.index("Er is geen worker aan het werk") < shown.index("Wat in orde is") < shown.index("De klok")


def test_when_all_is_well_it_says_so(client: Client) -> None:
    sign_of_life(worker="a", at=timezone.now())
    assert "Everything is well" in page(client, "en")


def test_an_old_backup_stands_on_the_page(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_DIR = str(tmp_path)
    sign_of_life(worker="a", at=timezone.now())
    old = timezone.now() - timedelta(days=3)
    (tmp_path / f"bolwerk-{old:%Y%m%d-%H%M%S}Z.backup").write_bytes(b"x")
    assert "De laatste reservekopie is van" in page(client)


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.AUDITOR, Role.AGGRESSION_COORDINATOR])
def test_others_do_not_find_it(client: Client, role: Role) -> None:
    client.force_login(make_person("Iemand Anders", role))
    assert client.get("/toestand/").status_code == 404
