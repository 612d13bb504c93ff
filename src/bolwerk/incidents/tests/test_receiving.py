"""Who reads a report: as its reporter chose, never who is said to have done it, and always somebody."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from bolwerk.accounts.actions import deactivate_person
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.deadlines.access import tasks_visible_to
from bolwerk.deadlines.models import KeptAway, Message, Task
from bolwerk.incidents.access import cared_incidents, handled_incidents, hats_of
from bolwerk.incidents.actions import ChangedMeanwhileError, Sending, admit, give_feedback, report
from bolwerk.incidents.models import Concerned, Incident
from bolwerk.incidents.queries import handlers_for, people_to_call
from bolwerk.incidents.rules import ByWhom, Hat, Receiver
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_facts, make_incident, make_manager
from bolwerk.incidents.tests.test_report_pages import NEW, filled_in

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture
def reporter(client: Client) -> Person:
    person = make_person("Sanne de Wit", department=make_department())
    client.force_login(person)
    return person


def sent(by: Person, *, happened_to: Person | None = None, **how: Any) -> Incident:
    """A report with a choice of who reads it."""
    facts, who = make_facts(), happened_to or by
    sending = Sending(**how)
    return report(facts=facts, happened_to=who, by=by, at=MONDAY, submission_key=uuid4(), sending=sending)


def manager_of_(person: Person) -> Person:
    assert person.department
    return make_manager(person.department)


def errors_of(client: Client, **form: Any) -> set[str]:
    return set(client.post(NEW, filled_in(**form)).context["form"].errors)


def test_past_the_manager_the_coordinator_reads_it_alone(reporter: Person) -> None:
    manager, coordinator = manager_of_(reporter), make_coordinator()
    incident = sent(reporter, receiver=Receiver.COORDINATOR)
    assert not handled_incidents(manager, on=TODAY).exists()
    assert hats_of(manager, incident, on=TODAY) == frozenset()
    assert hats_of(coordinator, incident, on=TODAY) == {Hat.COORDINATOR}
    assert list(handlers_for(incident, on=TODAY)) == [coordinator]
    assert not cared_incidents(manager, on=TODAY).exists()
    assert not tasks_visible_to(manager, at=MONDAY).exists()
    assert not Message.objects.filter(person=manager).exists()


def test_a_manager_of_choice_reads_it_and_the_own_one_does_not(reporter: Person) -> None:
    own, other = manager_of_(reporter), make_manager(make_department("Elders"))
    incident = sent(reporter, receiver=Receiver.OTHER_MANAGER, chosen_manager=other)
    assert list(handled_incidents(other, on=TODAY)) == [incident]
    assert hats_of(other, incident, on=TODAY) == {Hat.MANAGER}
    assert cared_incidents(other, on=TODAY).exists()
    assert not handled_incidents(own, on=TODAY).exists()
    assert Task.objects.filter(owner_person=other).exists()


def test_a_manager_of_choice_who_is_none_any_more_reads_nothing(reporter: Person) -> None:
    other = make_manager(make_department("Elders"))
    incident = sent(reporter, receiver=Receiver.OTHER_MANAGER, chosen_manager=other)
    other.grants.all().delete()
    assert not handled_incidents(other, on=TODAY).exists()
    assert hats_of(other, incident, on=TODAY) == frozenset()


def test_being_of_the_care_team_opens_no_report_that_went_past_oneself_as_manager(reporter: Person) -> None:
    both = make_person("Mo Bakker", Role.MANAGER, Role.CARE_TEAM, roles_for=reporter.department)
    incident = sent(reporter, receiver=Receiver.COORDINATOR)
    assert not cared_incidents(both, on=TODAY).exists()
    assert not tasks_visible_to(both, at=MONDAY).filter(subject__endswith=str(incident.pk)).exists()
    other = make_person("Ria Vos", Role.CARE_TEAM, roles_for=reporter.department)
    assert cared_incidents(other, on=TODAY).exists()


def test_who_is_said_to_have_done_it_gets_nothing_and_sees_nothing(client: Client, reporter: Person) -> None:
    manager, coordinator = manager_of_(reporter), make_coordinator()
    client.post(NEW, filled_in(about=manager.email))
    incident = Incident.objects.get()
    assert incident.kept_from == manager
    assert not handled_incidents(manager, on=TODAY).exists()
    assert not Message.objects.filter(person=manager).exists()
    assert not tasks_visible_to(manager, at=MONDAY).exists()
    assert manager not in [one for _role, people in people_to_call(incident, on=TODAY) for one in people]
    client.force_login(manager)
    for page in ("", "opvang/", "reactie/", "politie/"):
        assert client.get(f"/meldingen/{incident.pk}/{page}").status_code == 404
    client.force_login(coordinator)
    assert manager.name in client.get(f"/meldingen/{incident.pk}/").content.decode()


def test_when_the_only_coordinator_did_it_the_manager_owes_the_answer(reporter: Person) -> None:
    manager, coordinator = manager_of_(reporter), make_coordinator()
    sent(reporter, kept_from=coordinator)
    assert not handled_incidents(coordinator, on=TODAY).exists()
    owner = Task.objects.get(key="feedback")
    assert (owner.owner_role, owner.owner_department) == (Role.MANAGER, reporter.department)
    assert tasks_visible_to(manager, at=MONDAY).filter(key="feedback").exists()


def test_a_report_that_nobody_may_read_is_not_sent(client: Client, reporter: Person) -> None:
    coordinator = make_coordinator()
    assert errors_of(client, receiver="coordinator", about=coordinator.email) == {"receiver"}
    assert not Incident.objects.exists()


def test_the_other_manager_is_a_manager_and_somebody_else_than_who_did_it(client: Client, reporter: Person) -> None:
    colleague, manager = make_person("Joris Kok"), make_manager(make_department("Elders"))
    assert errors_of(client, receiver="other_manager") == {"other_manager"}
    assert errors_of(client, receiver="other_manager", other_manager=colleague.email) == {"other_manager"}
    both = {"other_manager": manager.email, "about": manager.email}
    assert errors_of(client, receiver="other_manager", **both) == {"about"}
    assert errors_of(client, about=reporter.email) == {"about"}
    client.post(NEW, filled_in(receiver="other_manager", other_manager=manager.email))
    assert Incident.objects.get().chosen_manager == manager


def test_the_form_says_who_reads_it_for_every_choice(client: Client, reporter: Person) -> None:
    page = client.get(NEW).content.decode()
    for choice in Receiver:
        assert f'data-reads="{choice.value}"' in page


def test_the_receipt_promises_no_manager_who_does_not_know(client: Client, reporter: Person) -> None:
    manager_of_(reporter), make_coordinator()
    page = client.post(NEW, filled_in(receiver="coordinator"), follow=True).content.decode()
    assert "Je leidinggevende neemt contact" not in page
    assert "Mo Bakker" not in page


def test_a_manager_alone_in_a_team_is_looked_after_by_the_care_team(reporter: Person) -> None:
    manager = manager_of_(reporter)
    sent(manager, happened_to=manager)
    assert set(Task.objects.filter(key__startswith="contact").values_list("owner_role", flat=True)) == {Role.CARE_TEAM}


def test_a_witness_is_concerned_too(reporter: Person) -> None:
    victim = make_person("Joris Kok", department=reporter.department)
    incident = sent(reporter, happened_to=victim, by_whom=ByWhom.WITNESS)
    found = Concerned.objects.filter(incident=incident).values_list("person", "capacity")
    assert set(found) == {(victim.pk, "victim"), (reporter.pk, "witness")}


@pytest.mark.parametrize("by_whom", ["colleague", "as_manager", "team"])
def test_reporting_for_somebody_needs_to_know_for_whom(client: Client, reporter: Person, by_whom: str) -> None:
    assert "colleague" in errors_of(client, by_whom=by_whom)


def test_only_a_manager_reports_as_a_manager(client: Client, reporter: Person) -> None:
    colleague = make_person("Joris Kok", department=reporter.department)
    assert errors_of(client, by_whom="as_manager", colleague=colleague.email) == {"by_whom"}
    manager = manager_of_(reporter)
    client.force_login(manager)
    client.post(NEW, filled_in(by_whom="as_manager", colleague=colleague.email))
    assert Incident.objects.get().reported_as == "als leidinggevende"


def test_one_colleague_enters_reports_for_others(client: Client, reporter: Person) -> None:
    for name in ("Joris Kok", "Emma Jacobs"):
        make_person(name, department=reporter.department)
        client.post(NEW, filled_in(by_whom="team", colleague=name))
    assert set(Incident.objects.values_list("happened_to__name", "by_whom")) == {
        ("Joris Kok", "team"),
        ("Emma Jacobs", "team"),
    }


def test_a_report_of_somebody_who_left_lives_on_and_somebody_owes_its_answer(reporter: Person) -> None:
    coordinator = make_coordinator()
    incident = make_incident(reporter)
    deactivate_person(person=reporter, by=SYSTEM, at=MONDAY)
    assert list(handled_incidents(coordinator, on=TODAY)) == [incident]
    assert tasks_visible_to(coordinator, at=MONDAY).filter(key="feedback").exists()
    Message.objects.all().delete()
    give_feedback(incident=incident, text="Er is een brief uit.", by=coordinator, at=MONDAY, seen=1)
    assert not Message.objects.filter(person=reporter).exists()
    assert not Task.objects.open().filter(key="feedback").exists()


def kept_from_manager(reporter: Person) -> tuple[Incident, Person]:
    """A report of which the manager is said to be the one it is about."""
    manager = manager_of_(reporter)
    return sent(reporter, kept_from=manager), manager


def test_the_coordinator_undoes_a_mistake_and_the_colleague_sees_it_again(reporter: Person) -> None:
    coordinator = make_coordinator()
    incident, manager = kept_from_manager(reporter)
    assert not handled_incidents(manager, on=TODAY).exists()
    browser = signed_in_client(coordinator)
    page = browser.get(f"/meldingen/{incident.pk}/")
    assert f"/meldingen/{incident.pk}/toelaten/" in page.content.decode()
    given = {"seen": incident.version, "discussed": "on", "reason": "Verkeerde collega gekozen."}
    assert browser.post(f"/meldingen/{incident.pk}/toelaten/", given).status_code == 302
    assert list(handled_incidents(manager, on=TODAY)) == [incident]
    assert not KeptAway.objects.filter(person=manager).exists()
    line = Line.objects.get(event="incidents.incident.admitted")
    assert (line.actor, line.reason) == (coordinator.urn, "Verkeerde collega gekozen.")
    assert browser.get(f"/meldingen/{incident.pk}/toelaten/").status_code == 302, "there is nothing left to undo"


def test_without_a_talk_or_a_reason_it_stays_kept(reporter: Person) -> None:
    incident, manager = kept_from_manager(reporter)
    browser = signed_in_client(make_coordinator())
    page = browser.post(f"/meldingen/{incident.pk}/toelaten/", {"seen": incident.version})
    assert set(page.context["form"].errors) == {"discussed", "reason"}
    assert not handled_incidents(manager, on=TODAY).exists()


def test_neither_a_manager_nor_the_one_it_is_about_undoes_it(reporter: Person) -> None:
    incident, manager = kept_from_manager(reporter)
    accused = make_coordinator()
    about = sent(reporter, kept_from=accused)
    for person, found in ((manager, incident), (accused, about), (reporter, incident)):
        assert signed_in_client(person).get(f"/meldingen/{found.pk}/toelaten/").status_code == 404


def test_of_two_who_undo_it_the_second_is_told(reporter: Person) -> None:
    incident, _manager = kept_from_manager(reporter)
    coordinator = make_coordinator()
    admit(incident=incident, reason="Vergissing.", by=coordinator, at=MONDAY, seen=incident.version)
    with pytest.raises(ChangedMeanwhileError):
        admit(incident=incident, reason="Vergissing.", by=coordinator, at=MONDAY, seen=incident.version)


def test_who_was_reported_past_stays_away(reporter: Person) -> None:
    manager, coordinator = manager_of_(reporter), make_coordinator()
    incident = sent(reporter, receiver=Receiver.COORDINATOR, kept_from=manager)
    admit(incident=incident, reason="Vergissing.", by=coordinator, at=MONDAY, seen=incident.version)
    assert not handled_incidents(manager, on=TODAY).exists()
    assert not tasks_visible_to(manager, at=MONDAY).exists()
