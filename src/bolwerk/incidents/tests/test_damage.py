"""Damage: items of victim and employer, what came back, and everybody for whom they do not exist."""

import pytest
from django.test import Client

from bolwerk.incidents.actions import ChangedMeanwhileError
from bolwerk.incidents.actions.police import add_damage, change_damage, erase_police
from bolwerk.incidents.models import DamageItem
from bolwerk.incidents.rules.damage import AmountError, Item, Loss, Party, Way
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident
from bolwerk.incidents.tests.police_makers import JACKET
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
FORM = {"seen": 0, "party": "victim", "loss": "goods", "amount": "129,95", "way": "criminal"}
CLAIMED = {"state": "claimed", "recovered": "0"}


@pytest.mark.parametrize(("cents", "recovered"), [(0, 0), (100, 101), (1_000_000_001, 0), (100, -1)])
def test_amounts_that_cannot_be_right_are_refused(cents: int, recovered: int) -> None:
    item = Item(Party.VICTIM, Loss.GOODS, Way.CIVIL, cents, recovered_cents=recovered)
    with pytest.raises(AmountError):
        add_damage(incident=make_incident(), item=item, by=make_coordinator(), at=MONDAY)


def test_two_who_change_an_item_at_once_one_is_told() -> None:
    coordinator = make_coordinator()
    row = add_damage(incident=make_incident(), item=JACKET, by=coordinator, at=MONDAY)
    change_damage(row=row, item=JACKET, by=coordinator, at=MONDAY, seen=1)
    with pytest.raises(ChangedMeanwhileError):
        change_damage(row=row, item=JACKET, by=coordinator, at=MONDAY, seen=1)


def test_an_item_is_written_down_and_something_comes_back(client: Client) -> None:
    incident = make_incident()
    client.force_login(make_coordinator())
    here = f"/meldingen/{incident.pk}/politie/"
    client.post(f"{here}schade/", FORM | CLAIMED)
    row = DamageItem.objects.get()
    back = FORM | {"seen": 1, "state": "settled", "recovered": "100"}
    client.post(f"{here}schade/{row.pk}/", back)
    page = client.get(here).content.decode()
    assert "€ 129,95" in page
    assert "€ 100,00" in page
    assert client.post(f"{here}schade/{row.pk}/", back).status_code == 409
    refused = client.post(f"{here}schade/", FORM | {"state": "claimed", "recovered": "500"}).content.decode()
    assert "Er kwam meer terug dan is gevraagd." in refused
    assert "129,95" in refused


def test_for_the_reporter_there_is_no_damage_page(client: Client) -> None:
    incident = make_incident()
    row = add_damage(incident=incident, item=JACKET, by=make_coordinator(), at=MONDAY)
    client.force_login(incident.reporter)
    for page in ("schade/", f"schade/{row.pk}/"):
        assert client.get(f"/meldingen/{incident.pk}/politie/{page}").status_code == 404


def test_damage_goes_with_the_whole_track() -> None:
    incident = make_incident()
    add_damage(incident=incident, item=JACKET, by=make_coordinator(), at=MONDAY)
    erase_police(stage=Stage.RECORD, keys=[incident.pk], by="urn:bolwerk:system", at=MONDAY)
    assert not DamageItem.objects.exists()
