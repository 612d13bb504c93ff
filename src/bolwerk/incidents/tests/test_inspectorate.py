"""The labour inspectorate: a red banner and a clock at zero, until it was told; for carers only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions.care import erase_care, report_to_inspectorate, say_harm
from bolwerk.incidents.models import Care, InspectorateCase
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import CARE_DUTIES
from bolwerk.incidents.rules.inspectorate import AlreadyReportedError, Harm, Notice
from bolwerk.incidents.tests.care_makers import care_for, make_carer
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=90)


def test_the_clock_stands_at_zero_and_reporting_ends_it() -> None:
    incident, carer = make_incident(), make_carer()
    case = say_harm(incident=incident, harm=Harm.ADMISSION, by=carer, at=MONDAY)
    task = Task.objects.open().get(subject=care_urn(incident), key__startswith="inspectorate")
    assert task.due_at == MONDAY
    report_to_inspectorate(case=case, notice=Notice(MONDAY.date(), "2026-17"), by=carer, at=MONDAY)
    task.refresh_from_db()
    assert (task.status, InspectorateCase.objects.get().number) == (Task.Status.DONE, "2026-17")


def test_it_can_show_later_when_the_care_was_over() -> None:
    incident, carer = make_incident(), make_carer()
    for duty in CARE_DUTIES:
        care_for(incident, duty, carer)
    assert Care.objects.get().ended_at == MONDAY
    case = say_harm(incident=incident, harm=Harm.PERMANENT, by=carer, at=LATER)
    assert Care.objects.get().ended_at is None
    report_to_inspectorate(case=case, notice=Notice(LATER.date()), by=carer, at=LATER)
    assert Care.objects.get().ended_at == LATER


def test_what_was_reported_is_not_reported_again() -> None:
    incident, carer = make_incident(), make_carer()
    case = say_harm(incident=incident, harm=Harm.DEATH, by=carer, at=MONDAY)
    report_to_inspectorate(case=case, notice=Notice(MONDAY.date()), by=carer, at=MONDAY)
    with pytest.raises(AlreadyReportedError):
        report_to_inspectorate(case=case, notice=Notice(MONDAY.date()), by=carer, at=MONDAY)
    with pytest.raises(AlreadyReportedError):
        say_harm(incident=incident, harm=Harm.DEATH, by=carer, at=MONDAY)


def test_its_number_goes_with_the_care() -> None:
    incident, carer = make_incident(), make_carer()
    case = say_harm(incident=incident, harm=Harm.DEATH, by=carer, at=MONDAY)
    report_to_inspectorate(case=case, notice=Notice(MONDAY.date(), "2026-17"), by=carer, at=MONDAY)
    erase_care(stage=Stage.PERSONAL, keys=[incident.pk], by="urn:x", at=LATER)
    assert InspectorateCase.objects.get().number == ""
    erase_care(stage=Stage.RECORD, keys=[incident.pk], by="urn:x", at=LATER)
    assert not InspectorateCase.objects.exists()


def test_a_red_banner_with_the_number_to_call_until_it_was_told(client: Client) -> None:
    incident = make_incident()
    client.force_login(make_carer())
    here = f"/meldingen/{incident.pk}/opvang/"
    assert "0800 5151" not in client.get(here).content.decode()
    client.post(f"{here}inspectie/", {"harm": "admission"})
    page = client.get(here).content.decode()
    assert 'href="tel:08005151"' in page
    assert "Standaard, niet gecontroleerd" in page
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "Kies vandaag" in client.post(f"{here}inspectie/", {"reported_on": tomorrow}).content.decode()
    client.post(f"{here}inspectie/", {"reported_on": timezone.localdate().isoformat(), "number": "2026-17"})
    page = client.get(here).content.decode()
    assert "2026-17" in page
    assert "tel:08005151" not in page
    again = {"reported_on": timezone.localdate().isoformat()}
    assert client.post(f"{here}inspectie/", again).status_code == 409


@pytest.mark.parametrize("role", [Role.AGGRESSION_COORDINATOR, Role.BOARD, Role.FUNCTIONAL_ADMINISTRATOR, None])
def test_for_others_it_does_not_exist(client: Client, role: Role | None) -> None:
    incident = make_incident()
    client.force_login(make_person("Iemand", role) if role else incident.happened_to)
    assert client.get(f"/meldingen/{incident.pk}/opvang/inspectie/").status_code == 404


def test_the_coordinator_still_opens_the_report_while_it_waits(client: Client) -> None:
    incident = make_incident()
    say_harm(incident=incident, harm=Harm.DEATH, by=make_carer(), at=MONDAY)
    client.force_login(make_coordinator())
    page = client.get(f"/meldingen/{incident.pk}/").content.decode()
    assert "overleden" not in page
