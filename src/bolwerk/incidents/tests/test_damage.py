"""Damage: items of victim and employer, what came back, and everybody for whom they do not exist."""

import re
from dataclasses import replace
from itertools import product

import pytest
from django.test import Client

from bolwerk.accounts.tests.makers import make_department
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import ChangedMeanwhileError
from bolwerk.incidents.actions.police import add_damage, change_damage, erase_police, leave_damage, tell_why_not
from bolwerk.incidents.models import DamageItem, Police
from bolwerk.incidents.rules import Hat, StepNotAllowedError
from bolwerk.incidents.rules.damage import (
    DAMAGE_MOVES,
    AmountError,
    DamageState,
    Item,
    Loss,
    NothingOpenError,
    Party,
    Way,
    check_damage_move,
    damage_states_for,
)
from bolwerk.incidents.rules.police import ReasonMissingError
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager
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


@pytest.mark.parametrize(("now", "to", "hat"), list(product(DamageState, DamageState, Hat)))
def test_only_moves_in_the_table_are_allowed_and_only_for_the_hats_in_it(
    now: DamageState, to: DamageState, hat: Hat
) -> None:
    hats = frozenset({hat})
    if hat in DAMAGE_MOVES.get((now, to), frozenset()):
        check_damage_move(now, to, hats=hats)
        assert to in damage_states_for(now, hats)
    else:
        with pytest.raises(StepNotAllowedError):
            check_damage_move(now, to, hats=hats)


def test_a_refused_item_is_taken_up_again_by_the_coordinator_and_a_manager_is_not_offered_that(client: Client) -> None:
    incident, coordinator = make_incident(), make_coordinator()
    assert incident.department
    manager = make_manager(incident.department)
    row = add_damage(incident=incident, item=replace(JACKET, state=DamageState.REFUSED), by=coordinator, at=MONDAY)
    with pytest.raises(StepNotAllowedError):
        change_damage(row=row, item=JACKET, by=manager, at=MONDAY, seen=1)
    offered = {}
    for person in (manager, coordinator):
        client.force_login(person)
        page = client.get(f"/meldingen/{incident.pk}/politie/schade/{row.pk}/").content.decode()
        offered[person] = set(re.findall(r'<option value="(claimed|awarded|settled|refused)"', page))
    assert offered == {manager: {"refused"}, coordinator: {"refused", "claimed"}}


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
    assert "€\N{NO-BREAK SPACE}129,95" in page
    assert "€\N{NO-BREAK SPACE}100,00" in page
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


def test_open_damage_keeps_the_track_open_until_somebody_chooses_otherwise() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    row = add_damage(incident=incident, item=JACKET, by=coordinator, at=MONDAY)
    tell_why_not(incident=incident, reason="Geen dader bekend.", by=coordinator, at=MONDAY, seen=0)
    assert Police.objects.get().ended_at is None
    with pytest.raises(ReasonMissingError):
        leave_damage(incident=incident, because=" ", by=coordinator, at=MONDAY, seen=1)
    leave_damage(incident=incident, because="Deurwaarder.", by=coordinator, at=MONDAY, seen=1)
    assert Police.objects.get().ended_at == MONDAY
    add_damage(incident=incident, item=JACKET, by=coordinator, at=MONDAY)  # new damage asks for a new choice
    assert (Police.objects.get().ended_at, Police.objects.get().damage_left_because) == (None, "")
    for one in DamageItem.objects.all():
        item = replace(JACKET, state=DamageState.SETTLED, recovered_cents=10_000)
        change_damage(row=one, item=item, by=coordinator, at=MONDAY, seen=one.version)
    assert Police.objects.get().ended_at == MONDAY
    with pytest.raises(NothingOpenError):
        leave_damage(incident=incident, because="x", by=coordinator, at=MONDAY, seen=2)
    assert row.incident == incident


def test_the_choice_and_the_amounts_are_on_the_pages(client: Client) -> None:
    incident, coordinator = make_incident(), make_coordinator()
    add_damage(incident=incident, item=JACKET, by=coordinator, at=MONDAY)
    client.force_login(coordinator)
    here = f"/meldingen/{incident.pk}/politie/"
    assert "1 post staat open" in client.get(here).content.decode()
    leave = f"{here}schade/open-laten/"
    assert "Schrijf waarom" in client.post(leave, {"seen": 0, "because": ""}).content.decode()
    client.post(leave, {"seen": 0, "because": "De deurwaarder gaat verder."})
    assert "De deurwaarder gaat verder." in client.get(here).content.decode()
    assert client.post(leave, {"seen": 0, "because": "Nog eens"}).status_code == 409
    listed = client.get("/meldingen/schade/", {"state": "open"}).content.decode()
    assert "129,95" in listed
    assert incident.reference in listed
    assert incident.happened_to.name not in listed
    assert Line.objects.filter(event="incidents.damage.listed").count() == 1


def test_a_manager_elsewhere_sees_no_amount(client: Client) -> None:
    add_damage(incident=make_incident(), item=JACKET, by=make_coordinator(), at=MONDAY)
    client.force_login(make_manager(make_department("Elders")))
    assert "129,95" not in client.get("/meldingen/schade/").content.decode()
