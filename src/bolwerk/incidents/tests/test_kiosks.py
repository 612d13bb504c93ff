"""Reporting without an account: at a poster that nobody can guess, with a code that works once."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.signin import throttling
from bolwerk.accounts.signin.models import Attempt
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.access import tasks_visible_to
from bolwerk.deadlines.models import Message, Task
from bolwerk.incidents.access import cared_incidents, handled_incidents, kiosk_at, report_with_code
from bolwerk.incidents.actions import give_feedback, make_kiosk, report_at_kiosk, revoke_kiosk, use_code
from bolwerk.incidents.actions.kiosks import CodeUsedError
from bolwerk.incidents.actions.retention import erase
from bolwerk.incidents.models import Concerned, Incident, Kiosk, KioskReport
from bolwerk.incidents.rules import Receiver
from bolwerk.incidents.rules.kiosks import CODE_LASTS, SLOWLY, new_address, new_code
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_facts, make_manager
from bolwerk.incidents.views import kiosks
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
CODE = re.compile(r"[2-9B-Z]{4}(?:-[2-9B-Z]{4}){3}")


@pytest.fixture
def coordinator() -> Person:
    return make_coordinator()


@pytest.fixture
def kiosk(coordinator: Person) -> Kiosk:
    return make_kiosk(department=make_department("Buitendienst"), place="Depot Noord", by=coordinator, at=MONDAY)


def address(kiosk: Kiosk) -> str:
    return f"/meldingen/kiosk/{kiosk.address}/"


def filled_in(**changes: Any) -> dict[str, Any]:
    usual = {"submission_key": str(uuid4()), "safety": "yes", "kind": "threat", "channel": "street", "when": "now"}
    return usual | changes


def code_in(page: bytes) -> str:
    found = CODE.search(page.decode())
    assert found
    return found[0]


def told(kiosk: Kiosk, **changes: Any) -> tuple[Incident, str]:
    usual: dict[str, Any] = {"receiver": Receiver.MANAGER, "name": "", "submission_key": uuid4()}
    return report_at_kiosk(kiosk=kiosk, facts=make_facts(), at=MONDAY, **(usual | changes))


def test_addresses_and_codes_cannot_be_guessed() -> None:
    assert len(new_address()) >= 43  # 256 bits
    assert len({new_code() for _ in range(1000)}) == 1000
    assert CODE.fullmatch(new_code())


def test_a_report_without_an_account_arrives_with_its_department_and_a_code(client: Client, kiosk: Kiosk) -> None:
    page = client.post(address(kiosk), filled_in(name="Piet van buiten", words="Hij dreigde."), follow=True)
    incident = Incident.objects.get()
    assert (incident.department, incident.kind, incident.words) == (kiosk.department, "threat", "Hij dreigde.")
    assert incident.kiosk_report.name == "Piet van buiten"
    assert code_in(page.content)
    assert Task.objects.filter(key="feedback").exists()


def test_sent_twice_is_one_report(client: Client, kiosk: Kiosk) -> None:
    form = filled_in()
    client.post(address(kiosk), form), Client().post(address(kiosk), form)
    assert Incident.objects.count() == KioskReport.objects.count() == 1


def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, kiosk: Kiosk) -> None:
    page = client.post(address(kiosk), filled_in(kind="", words="Blijft staan")).content.decode()
    assert "data-error-summary" in page
    assert "Blijft staan" in page


def test_somebody_without_an_account_is_looked_after_by_name_or_place(kiosk: Kiosk) -> None:
    told(kiosk, name="Piet van buiten")
    told(kiosk)
    assert {one.name for one in Concerned.objects.all()} == {"Piet van buiten", "Depot Noord"}
    assert not Concerned.objects.exclude(person=None).exists()


def test_manager_and_coordinator_handle_it_and_past_the_manager_the_coordinator_alone(
    kiosk: Kiosk, coordinator: Person
) -> None:
    manager = make_manager(kiosk.department)
    plain_one, past = told(kiosk)[0], told(kiosk, receiver=Receiver.COORDINATOR)[0]
    assert list(handled_incidents(manager, on=MONDAY.date())) == [plain_one]
    assert set(handled_incidents(coordinator, on=MONDAY.date())) == {plain_one, past}
    assert list(cared_incidents(manager, on=MONDAY.date())) == [plain_one]
    assert not tasks_visible_to(manager, at=MONDAY).filter(subject__endswith=str(past.pk)).exists()


def test_with_the_code_one_reads_what_was_done_and_adds_something(
    client: Client, kiosk: Kiosk, coordinator: Person
) -> None:
    incident, code = told(kiosk)
    KioskReport.objects.update(code_ends_at=timezone.now() + CODE_LASTS)
    give_feedback(incident=incident, text="Er is een brief uit.", by=coordinator, at=MONDAY, seen=1)
    page = client.post("/meldingen/kiosk/code/", {"code": code.lower().replace("-", " ")}, follow=True)
    assert "Er is een brief uit." in page.content.decode()
    assert coordinator.name not in page.content.decode()
    assert code_in(page.content) != code
    client.post("/meldingen/kiosk/melding/", {"text": "Het was een witte bus."})
    assert incident.addition_rows.get().text == "Het was een witte bus."
    assert not Message.objects.filter(person=incident.reporter).exists()


def test_a_code_works_once_and_the_next_one_after_it(client: Client, kiosk: Kiosk) -> None:
    first = code_in(client.post(address(kiosk), filled_in(), follow=True).content)
    second = code_in(Client().post("/meldingen/kiosk/code/", {"code": first}, follow=True).content)
    assert Client().post("/meldingen/kiosk/code/", {"code": first}).status_code == 200
    assert Client().post("/meldingen/kiosk/code/", {"code": second}).status_code == 302


def test_two_who_use_a_code_at_once_do_not_both_get_in(kiosk: Kiosk) -> None:
    _incident, code = told(kiosk)
    mine, theirs = report_with_code(code, at=MONDAY), report_with_code(code, at=MONDAY)
    assert mine
    assert theirs
    use_code(report=mine, at=MONDAY)
    with pytest.raises(CodeUsedError):
        use_code(report=theirs, at=MONDAY)


def test_an_old_code_a_used_one_and_a_wrong_one_are_answered_alike(client: Client, kiosk: Kiosk) -> None:
    incident, code = told(kiosk)
    assert report_with_code(code, at=MONDAY + CODE_LASTS - timedelta(seconds=1))
    assert report_with_code(code, at=MONDAY + CODE_LASTS) is None
    KioskReport.objects.filter(incident=incident).update(code_ends_at=MONDAY)
    answers = [client.post("/meldingen/kiosk/code/", {"code": typed}) for typed in (code, "BBBB-CCCC-DDDD-FFFF")]
    errors = [answer.context["form"].errors for answer in answers]
    assert errors[0] == errors[1]
    assert incident.reference not in answers[0].content.decode()


def test_neither_address_nor_code_lies_readable(kiosk: Kiosk) -> None:
    _incident, code = told(kiosk)
    for row in (*Kiosk.objects.values().iterator(), *KioskReport.objects.values().iterator()):
        lying = " ".join(str(value) for name, value in row.items() if name not in {"address", "name"})
        assert code not in lying
        assert code.replace("-", "") not in lying
        assert kiosk.address not in lying
    assert not Line.objects.filter(facts_json__icontains=code).exists()


def test_a_kiosk_that_was_taken_down_opens_nothing_and_its_codes_go_on(
    client: Client, kiosk: Kiosk, coordinator: Person
) -> None:
    code = code_in(client.post(address(kiosk), filled_in(), follow=True).content)
    revoke_kiosk(kiosk=kiosk, by=coordinator, at=MONDAY)
    gone, never = client.get(address(kiosk)), client.get(f"/meldingen/kiosk/{new_address()}/")
    assert (gone.status_code, never.status_code) == (404, 404)
    assert kiosk_at(kiosk.address) is None
    assert client.post(address(kiosk), filled_in()).status_code == 404
    assert Incident.objects.count() == 1
    assert client.post("/meldingen/kiosk/code/", {"code": code}).status_code == 302


def test_a_flood_goes_slowly_and_keeps_nobody_out(
    client: Client, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiosks, "PACE", throttling.Pace(account=2, address=9, overall=9, wait=SLOWLY))
    for _number in range(2):
        assert client.post(address(kiosk), filled_in()).status_code == 302
    slow = client.post(address(kiosk), filled_in(words="Blijft staan"))
    assert slow.status_code == 429
    assert 0 < int(slow.headers["Retry-After"]) <= 30
    assert "Blijft staan" in slow.content.decode()
    Attempt.objects.update(at=timezone.now() - SLOWLY)
    assert client.post(address(kiosk), filled_in()).status_code == 302


def test_guessing_codes_slows_down_from_one_address(client: Client) -> None:
    answers = {client.post("/meldingen/kiosk/code/", {"code": new_code()}).status_code for _ in range(60)}
    assert answers == {200, 429}


def test_a_closed_screen_shows_nothing_to_the_next(client: Client, kiosk: Kiosk) -> None:
    client.post(address(kiosk), filled_in(), follow=True)
    assert client.get("/meldingen/kiosk/melding/").status_code == 200
    client.post("/meldingen/kiosk/melding/dicht/")
    assert client.get("/meldingen/kiosk/melding/").status_code == 302


def test_when_its_words_are_erased_the_code_opens_nothing(kiosk: Kiosk) -> None:
    incident, code = told(kiosk, name="Piet van buiten")
    erase(stage=Stage.PERSONAL, keys=[incident.pk], by="urn:test", at=MONDAY)
    assert report_with_code(code, at=MONDAY) is None
    assert not KioskReport.objects.exists()


def test_the_coordinator_makes_one_with_a_poster_and_nobody_else_sees_it(client: Client, coordinator: Person) -> None:
    depot = make_department("Buitendienst")
    client.force_login(coordinator)
    page = client.post("/meldingen/kiosken/", {"department": str(depot.pk), "place": "Depot Zuid"}, follow=True)
    kiosk = Kiosk.objects.get()
    assert kiosk.address in page.content.decode()
    client.force_login(make_person("Mo Bakker", Role.MANAGER, roles_for=depot))
    assert client.get(f"/meldingen/kiosken/{kiosk.pk}/poster/").status_code == 404


def test_a_coordinator_of_one_department_makes_no_kiosk_elsewhere(client: Client) -> None:
    here, elsewhere = make_department("Buitendienst"), make_department("Elders")
    client.force_login(make_person("Carla Vos", Role.AGGRESSION_COORDINATOR, roles_for=here))
    client.post("/meldingen/kiosken/", {"department": str(elsewhere.pk), "place": "Depot"})
    assert not Kiosk.objects.exists()


def test_without_its_token_the_form_is_refused(kiosk: Kiosk) -> None:
    assert Client(enforce_csrf_checks=True).post(address(kiosk), filled_in()).status_code == 403
    assert not Incident.objects.exists()
