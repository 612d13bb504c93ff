"""Help, absence and what somebody asks: days and agreements, nothing medical; the victim and witnesses have a say."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Message, Task
from bolwerk.deadlines.rules import WorkingCalendar
from bolwerk.incidents.actions.care import (
    add_concerned,
    answer_wish,
    arrange_help,
    ask_for_care,
    erase_care,
    report_to_inspectorate,
    say_harm,
    undo_harm,
    write_absence,
)
from bolwerk.incidents.actions.care.people import Known
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.response import add_person, link_person
from bolwerk.incidents.models import CareHelp, CareWish, Concerned, Incident, InspectorateCase, SickLeave
from bolwerk.incidents.queries.care import accidents, care_looks, inspectorate_history
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules.care import Capacity
from bolwerk.incidents.rules.care_help import (
    Absence,
    AbsenceError,
    AnsweredAlreadyError,
    Help,
    HelpKind,
    WishKind,
    listed_from,
)
from bolwerk.incidents.rules.inspectorate import Harm, Notice
from bolwerk.incidents.tests.care_makers import make_carer, victim_of
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def make_witness(incident: Incident, name: str = "Wim Getuige") -> Concerned:
    """A colleague who saw it, put in the track by a carer."""
    known = Known(Capacity.WITNESS, make_person(name))
    return add_concerned(incident=incident, known=known, by=make_carer(), at=MONDAY)


def test_the_fourth_working_day_of_absence_puts_it_on_the_list() -> None:
    calendar = WorkingCalendar()
    assert listed_from(date(2026, 11, 23), calendar) == date(2026, 11, 26)
    assert listed_from(date(2026, 11, 26), calendar) == date(2026, 12, 1)  # a weekend lies between
    with pytest.raises(AbsenceError):
        Absence(date(2026, 11, 23), date(2026, 11, 23))


def test_only_a_long_absence_or_a_reported_accident_is_on_the_list() -> None:
    carer = make_carer()
    short, long, reported, none = (make_incident() for _one in range(4))
    for incident, days in ((short, 2), (long, 7)):
        absence = Absence(MONDAY.date(), MONDAY.date() + timedelta(days=days))
        write_absence(concerned=victim_of(incident), absence=absence, by=carer, at=MONDAY + WEEK)
    case = say_harm(incident=reported, harm=Harm.ADMISSION, by=carer, at=MONDAY)
    assert reported not in accidents(carer, on=MONDAY.date())
    report_to_inspectorate(case=case, notice=Notice(MONDAY.date()), by=carer, at=MONDAY)
    assert set(accidents(carer, on=(MONDAY + WEEK).date())) == {long, reported}
    assert none not in accidents(make_carer(make_department("Elders")), on=(MONDAY + WEEK).date())


def test_an_absence_that_runs_is_ended_in_the_same_row() -> None:
    incident, carer = make_incident(), make_carer()
    for back in (None, (MONDAY + WEEK).date()):
        write_absence(concerned=victim_of(incident), absence=Absence(MONDAY.date(), back), by=carer, at=MONDAY)
    assert SickLeave.objects.get().back_on == (MONDAY + WEEK).date()


def test_a_request_is_a_task_until_it_is_answered_and_the_asker_hears_of_it() -> None:
    incident, carer = make_incident(), make_carer()
    victim = victim_of(incident)
    wish = ask_for_care(concerned=victim, kind=WishKind.HELP, words="Graag.", by=incident.happened_to, at=MONDAY)
    task = Task.objects.open().get(key__startswith="wish")
    answer_wish(wish=wish, answer="Joost belt je morgen.", by=carer, at=MONDAY)
    task.refresh_from_db()
    assert task.status == Task.Status.DONE
    assert Message.objects.filter(person=incident.happened_to, cause__startswith=care_urn(incident)).count() == 1
    with pytest.raises(AnsweredAlreadyError):
        answer_wish(wish=wish, answer="Nog eens.", by=carer, at=MONDAY)


def test_who_wants_somebody_else_asks_the_care_team_and_not_first_the_manager() -> None:
    department = make_department()
    manager, victim = make_manager(department), make_person(department=department)
    incident = make_incident(victim)
    ask_for_care(concerned=victim_of(incident), kind=WishKind.OTHER_PERSON, words="", by=victim, at=MONDAY)
    task = Task.objects.open().get(key__startswith="wish")
    assert (task.owner_role, task.owner_department) == ("care_team", department)
    assert not Message.objects.filter(person=manager, task=task).exists()


def test_what_was_said_about_the_inspectorate_by_mistake_is_taken_back_with_its_history() -> None:
    incident, carer = make_incident(), make_carer()
    case = say_harm(incident=incident, harm=Harm.DEATH, by=carer, at=MONDAY)
    undo_harm(case=case, why="Verkeerde melding aangeklikt.", by=carer, at=MONDAY + timedelta(hours=1))
    assert not InspectorateCase.objects.exists()
    assert not Task.objects.open().filter(key__startswith="inspectorate").exists()
    with pytest.raises(ChangedMeanwhileError):
        undo_harm(case=case, why="Nog eens.", by=carer, at=MONDAY)
    say_harm(incident=incident, harm=Harm.ADMISSION, by=carer, at=MONDAY + WEEK)
    assert Task.objects.open().filter(key__startswith="inspectorate").count() == 1
    assert [step.event for step in inspectorate_history(incident)] == ["due", "undone", "due"]


def test_help_requests_and_history_go_first_and_days_of_absence_stay() -> None:
    incident, carer = make_incident(), make_carer()
    victim = victim_of(incident)
    arranged = Help(HelpKind.OCCUPATIONAL_DOCTOR, MONDAY.date(), "Via P&O.")
    arrange_help(concerned=victim, arranged=arranged, by=carer, at=MONDAY)
    write_absence(concerned=victim, absence=Absence(MONDAY.date()), by=carer, at=MONDAY)
    ask_for_care(concerned=victim, kind=WishKind.HELP, words="", by=incident.happened_to, at=MONDAY)
    erase_care(stage=Stage.PERSONAL, keys=[incident.pk], by="urn:x", at=MONDAY)
    assert (CareHelp.objects.count(), CareWish.objects.count(), SickLeave.objects.count()) == (0, 0, 1)
    with pytest.raises(ChangedMeanwhileError):
        arrange_help(concerned=victim, arranged=arranged, by=carer, at=MONDAY)
    erase_care(stage=Stage.RECORD, keys=[incident.pk], by="urn:x", at=MONDAY)
    assert not SickLeave.objects.exists()


def test_nothing_of_help_or_requests_is_in_the_trail() -> None:
    incident, carer = make_incident(), make_carer()
    arranged = Help(HelpKind.PSYCHOLOGIST, MONDAY.date(), "Via het opvangteam.")
    arrange_help(concerned=victim_of(incident), arranged=arranged, by=carer, at=MONDAY)
    facts = " ".join(Line.objects.values_list("facts_json", flat=True))
    assert "psychologist" not in facts
    assert "opvangteam" not in facts


def test_a_witness_hears_of_the_care_and_reads_only_the_own(client: Client) -> None:
    incident = make_incident()
    witness, other = make_witness(incident), make_witness(incident, "Otto Omstander")
    assert Message.objects.filter(person=witness.person).count() == 1
    assert witness.person is not None
    client.force_login(witness.person)
    assert f"/meldingen/mijn/opvang/{witness.pk}/" in client.get("/meldingen/mijn/").content.decode()
    page = client.get(f"/meldingen/mijn/opvang/{witness.pk}/").content.decode()
    assert "Eerste contact" in page
    for kept_back in ("Otto Omstander", "sloeg op de balie", incident.happened_to.name, incident.reference):
        assert kept_back not in page
    for foreign in (other.pk, victim_of(incident).pk):
        assert client.get(f"/meldingen/mijn/opvang/{foreign}/").status_code == 404
    assert client.get(f"/meldingen/{incident.pk}/opvang/").status_code == 404
    assert client.get(f"/meldingen/mijn/{incident.pk}/").status_code == 404


def test_the_victim_declines_with_a_reason_and_takes_it_up_again(client: Client) -> None:
    incident = make_incident()
    victim = victim_of(incident)
    client.force_login(incident.happened_to)
    here = f"/meldingen/mijn/opvang/{victim.pk}/"
    refused = client.post(f"{here}stap/stoppen/", {"seen": 1}).content.decode()
    assert "waarom je geen opvang meer wilt" in refused
    client.post(f"{here}stap/stoppen/", {"seen": 1, "reason": "Praat er thuis over"})
    assert "Praat er thuis over" in client.get(here).content.decode()
    client.post(f"{here}stap/hervatten/", {"seen": 2})
    victim.refresh_from_db()
    assert victim.state == "running"


def test_the_victim_asks_and_reads_the_answer(client: Client) -> None:
    incident, carer = make_incident(), make_carer()
    here = f"/meldingen/mijn/opvang/{victim_of(incident).pk}/"
    client.force_login(incident.happened_to)
    client.post(f"{here}vragen/", {"kind": "other_moment", "words": "Liever vrijdag"})
    client.force_login(carer)
    track = client.get(f"/meldingen/{incident.pk}/opvang/").content.decode()
    assert "Liever vrijdag" in track
    answer = f"/meldingen/{incident.pk}/opvang/vraag/{CareWish.objects.get().pk}/"
    assert "Schrijf wat" in client.post(answer, {"answer": ""}).content.decode()
    client.post(answer, {"answer": "Vrijdag om 10 uur."})
    assert client.post(answer, {"answer": "Toch niet."}).status_code == 409
    client.force_login(incident.happened_to)
    assert "Vrijdag om 10 uur." in client.get(here).content.decode()


def test_a_colleague_whom_the_report_is_about_has_no_care_of_it(client: Client) -> None:
    incident, coordinator = make_incident(), make_coordinator()
    witness = make_witness(incident)
    about = add_person(name="", address="", traits="", employee=witness.person, by=coordinator, at=MONDAY)
    link_person(incident=incident, perpetrator=about, by=coordinator, at=MONDAY)
    assert witness.person is not None
    client.force_login(witness.person)
    for page in ("", "vragen/", "wie-keek/", "stap/stoppen/"):
        assert client.get(f"/meldingen/mijn/opvang/{witness.pk}/{page}").status_code == 404


def test_who_gets_care_sees_who_opened_the_track_and_not_who_else_gets_care(client: Client) -> None:
    incident, carer = make_incident(at=timezone.now(), occurred_at=timezone.now()), make_carer()
    witness = make_witness(incident)
    client.force_login(carer)
    client.get(f"/meldingen/{incident.pk}/opvang/")
    client.force_login(incident.happened_to)
    client.get(f"/meldingen/mijn/opvang/{victim_of(incident).pk}/")
    assert witness.person is not None
    (look,) = care_looks(incident, person=witness.person)
    assert "Joost Prins" in str(look.what)
    assert look.by == "Opvangteam"
    page = client.get(f"/meldingen/mijn/opvang/{victim_of(incident).pk}/wie-keek/").content.decode()
    assert "Joost Prins" in page
    assert "Wim Getuige" not in page


def test_carers_write_help_and_absence_without_a_field_for_anything_medical(client: Client) -> None:
    incident = make_incident(at=timezone.now(), occurred_at=timezone.now())
    client.force_login(make_carer())
    here = f"/meldingen/{incident.pk}/opvang/{victim_of(incident).pk}/"
    assert "Niets medisch" in client.get(f"{here}hulp/").content.decode()
    today = timezone.localdate()
    told = {"kind": "occupational_doctor", "arranged_on": today.isoformat(), "agreed": "P&O maakt de afspraak"}
    client.post(f"{here}hulp/", told)
    later = (today + timedelta(days=1)).isoformat()
    assert "Kies vandaag" in client.post(f"{here}verzuim/", {"began_on": later}).content.decode()
    client.post(f"{here}verzuim/", {"began_on": (today - 2 * WEEK).isoformat()})
    page = client.get(f"/meldingen/{incident.pk}/opvang/").content.decode()
    assert "P&amp;O maakt de afspraak" in page
    assert "Bedrijfsarts" in page
    listed = client.get("/meldingen/opvang/ongevallen/").content.decode()
    assert incident.reference in listed
    assert incident.happened_to.name not in listed
    assert Line.objects.filter(event="incidents.accidents.listed").count() == 1
