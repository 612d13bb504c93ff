"""The response track through its actions: gate, four eyes, clocks, end, objection, store and retention."""

from datetime import date, timedelta

import pytest
from django.db.models import Model

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.crypto.fields import ProtectedField
from bolwerk.deadlines.models import Task
from bolwerk.incidents.access import handled_incidents, hats_for, hats_of, measures_to_decide
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.response import (
    Received,
    SamePersonError,
    add_person,
    answer_objection,
    change_measure,
    correct_person,
    end_measures,
    erase_responses,
    establish,
    link_person,
    merge_persons,
    propose,
    receive_objection,
    undo_merge,
)
from bolwerk.incidents.actions.retention import erase
from bolwerk.incidents.models import Incident, Measure, Perpetrator, PerpetratorChange, PersonToken, Response
from bolwerk.incidents.queries import may_read_documents, story_for_reporter
from bolwerk.incidents.queries.response import candidates, earlier_incidents, extract_of
from bolwerk.incidents.rules import Hat
from bolwerk.incidents.rules.ladder import Need, Severity, Step
from bolwerk.incidents.rules.measures import (
    Event,
    Findings,
    FourEyesError,
    GateOpenError,
    LetterMissingError,
    Route,
    Said,
    State,
    WordsMissingError,
)
from bolwerk.incidents.rules.objections import Verdict
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager
from bolwerk.incidents.tests.response_makers import (
    TODAY,
    keep_a_letter,
    make_asked,
    make_board,
    make_established,
    make_plan,
    make_sent,
    step,
)
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db


def open_keys() -> set[str]:
    """The clocks of the track that run, without what they belong to."""
    rows = Task.objects.open().filter(subject__contains=":response:").values_list("key", flat=True)
    return {key.split(":")[0] for key in rows}


def test_a_measure_is_not_asked_for_while_the_person_was_not_heard() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    make_established(incident, coordinator, heard=False)
    measure = propose(incident=incident, plan=make_plan(), by=coordinator, at=MONDAY)
    with pytest.raises(GateOpenError) as refusal:
        step(measure, Event.ASK, coordinator)
    assert refusal.value.needs == [Need.HEARD]


def test_another_step_than_the_matrix_proposes_needs_a_reason() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    make_established(incident, coordinator)
    with pytest.raises(WordsMissingError):
        propose(incident=incident, plan=make_plan(Step.CONTACT), by=coordinator, at=MONDAY)
    measure = propose(
        incident=incident, plan=make_plan(Step.CONTACT, deviation="Komt nooit aan de balie."), by=coordinator, at=MONDAY
    )
    assert (measure.step, measure.proposed_step) == (Step.CONTACT, Step.BAN)


def test_whoever_proposes_a_ban_does_not_decide_it() -> None:
    both = make_person("Twee Petten", Role.AGGRESSION_COORDINATOR, Role.BOARD)
    measure = make_asked(make_incident(), both)
    with pytest.raises(FourEyesError):
        step(measure, Event.DECIDE, both)
    assert step(measure, Event.DECIDE, make_board()).state == State.DECIDED


def test_whoever_changed_a_proposal_last_is_its_proposer() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    both = make_person("Twee Petten", Role.AGGRESSION_COORDINATOR, Role.BOARD)
    make_established(incident, coordinator)
    measure = propose(incident=incident, plan=make_plan(), by=coordinator, at=MONDAY)
    changed = change_measure(measure=measure, plan=make_plan(), by=both, at=MONDAY, seen=1)
    step(changed, Event.ASK, coordinator)
    with pytest.raises(FourEyesError):
        step(changed, Event.DECIDE, both)


def test_nothing_was_sent_without_a_letter_that_was_kept() -> None:
    coordinator, board = make_coordinator(), make_board()
    measure = step(make_asked(make_incident(), coordinator), Event.DECIDE, board)
    with pytest.raises(LetterMissingError):
        step(measure, Event.SEND, coordinator)
    keep_a_letter(measure, coordinator)
    assert step(measure, Event.SEND, coordinator, said=Said(day=TODAY)).sent_on == TODAY


def test_two_handlers_at_once_one_wins() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    make_established(incident, coordinator)
    with pytest.raises(ChangedMeanwhileError):
        establish(incident=incident, findings=Findings(Severity.LIGHT), by=coordinator, at=MONDAY, seen=1)


def test_a_report_starts_the_clock_of_the_first_reaction_and_sending_stops_it() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    task = Task.objects.get(key="response")
    assert task.due_at - task.started_at == timedelta(hours=48)
    make_sent(incident, coordinator, board=make_board())
    assert open_keys() == {"review", "end"}


def test_a_review_moves_the_clock_to_the_next_day_of_review() -> None:
    coordinator = make_coordinator()
    measure = make_sent(make_incident(), coordinator, board=make_board())
    reviewed = step(measure, Event.REVIEW, coordinator, said=Said("Nog nodig.", TODAY + timedelta(days=80)))
    (task,) = Task.objects.open().filter(key__startswith="review")
    assert task.key.endswith(f"{reviewed.review_on:%Y%m%d}")


def test_the_worker_ends_a_measure_after_its_last_day_once() -> None:
    incident = make_incident()
    measure = make_sent(incident, make_coordinator(), board=make_board())
    assert end_measures(at=MONDAY + timedelta(days=90)) == 0
    assert end_measures(at=MONDAY + timedelta(days=91)) == 1
    assert end_measures(at=MONDAY + timedelta(days=91)) == 0
    measure.refresh_from_db()
    assert (measure.state, open_keys()) == (State.ENDED, set())
    assert Response.objects.get().ended_at is not None


def test_a_breach_and_lifting_early_are_written_down() -> None:
    coordinator, board = make_coordinator(), make_board()
    measure = make_sent(make_incident(), coordinator, board=board)
    step(measure, Event.BREACH, coordinator, said=Said("Stond in de hal."))
    assert step(measure, Event.LIFT, board).state == State.LIFTED
    assert open_keys() == set()


EASTER_TUESDAY = date(2027, 3, 30)  # the day before is Easter Monday: Algemene termijnenwet, article 1


@pytest.mark.parametrize(("committee", "last"), [(False, date(2027, 2, 15)), (True, EASTER_TUESDAY)])
def test_the_term_to_decide_an_objection_begins_when_the_term_to_object_is_over(committee: bool, last: date) -> None:
    coordinator = make_coordinator()
    measure = make_sent(make_incident(), coordinator, board=make_board())
    received = Received(Route.OBJECTION, TODAY + timedelta(days=3), committee, "Ik was het niet.")
    objection = receive_objection(measure=measure, received=received, by=coordinator, at=MONDAY)
    task = Task.objects.get(key=f"objection:{objection.pk}")
    assert task.due_at.date() == last
    answer_objection(
        objection=objection, verdict=Verdict.UNFOUNDED, answer="Gezien.", by=coordinator, at=MONDAY, on=TODAY
    )
    assert "objection" not in open_keys()


def test_the_board_reads_a_track_only_from_the_moment_a_decision_is_asked() -> None:
    incident, coordinator, board = make_incident(), make_coordinator(), make_board()
    make_established(incident, coordinator)
    measure = propose(incident=incident, plan=make_plan(), by=coordinator, at=MONDAY)
    assert not measures_to_decide(board, on=TODAY).exists()
    step(measure, Event.ASK, coordinator)
    assert hats_for(board, Measure.objects.get(), on=TODAY) == {Hat.DECIDER}


def test_whom_it_happened_to_never_decides_about_it() -> None:
    board = make_board()
    make_asked(make_incident(make_coordinator(), happened_to=board), make_coordinator())
    assert not measures_to_decide(board, on=TODAY).exists()


def test_letters_are_for_handlers_and_decider_and_the_reporter_hears_only_that_one_was_sent() -> None:
    incident, coordinator, board = make_incident(), make_coordinator(), make_board()
    measure = make_sent(incident, coordinator, board=board)
    readers = {
        who: may_read_documents(measure.urn, kind="letter", person=who, on=TODAY) for who in (coordinator, board)
    }
    assert all(readers.values())
    assert not may_read_documents(measure.urn, kind="letter", person=incident.reporter, on=TODAY)
    told = [str(moment.what) for moment in story_for_reporter(incident)]
    assert "De gemeente heeft gereageerd naar de persoon om wie het gaat" in told
    assert not any("verbod" in what.lower() for what in told)


def test_a_manager_who_is_the_person_it_is_about_loses_the_incident() -> None:
    department = make_department()
    incident = make_incident(make_person(department=department))
    manager, coordinator = make_manager(department), make_coordinator()
    assert handled_incidents(manager, on=TODAY).exists()
    person = add_person(name="", address="", traits="", employee=manager, by=coordinator, at=MONDAY)
    link_person(incident=incident, perpetrator=person, by=coordinator, at=MONDAY)
    assert not handled_incidents(manager, on=TODAY).exists()
    assert hats_of(manager, incident, on=TODAY) == frozenset()
    assert handled_incidents(coordinator, on=TODAY).exists()


def named(name: str, **known: str) -> Perpetrator:
    """Somebody in the store."""
    whole = {"address": "", "traits": ""} | known
    return add_person(name=name, employee=None, by=make_coordinator(), at=MONDAY, **whole)


def test_earlier_incidents_count_over_a_merge_and_no_more_after_undoing() -> None:
    coordinator, one, other = make_coordinator(), named("Piet Storm"), named("P. Storm")
    earlier, later = make_incident(occurred_at=MONDAY - timedelta(days=9)), make_incident()
    link_person(incident=earlier, perpetrator=one, by=coordinator, at=MONDAY)
    link_person(incident=later, perpetrator=other, by=coordinator, at=MONDAY)
    assert earlier_incidents(later) == 0
    merge_persons(perpetrator=one, into=other, why="Zelfde adres", by=coordinator, at=MONDAY)
    assert earlier_incidents(later) == 1
    with pytest.raises(SamePersonError):
        merge_persons(perpetrator=other, into=one, why="Terug", by=coordinator, at=MONDAY)
    undo_merge(perpetrator=one, why="Toch niet", by=coordinator, at=MONDAY)
    assert earlier_incidents(later) == 0


def test_search_finds_who_is_alike_and_no_whole_store() -> None:
    named("Piet Storm", address="Kade 3"), named("Anna Berg")
    assert [one.perpetrator.name for one in candidates("storm piet")] == ["Piet Storm"]
    assert candidates("e") == []


@pytest.mark.parametrize(
    "asked", ["Piet Strom", "P. Storm", "pieter storm kade", "STÖRM piet", "12-3-1980", "1980-03-12", "de heer Storm"]
)
def test_search_forgives_a_slip_and_the_way_a_date_is_written(asked: str) -> None:
    person = named("Piet Storm", address="Kade 3")
    correct_person(
        perpetrator=person, values={"traits": "Geboren 12 3 1980"}, why="x", by=make_coordinator(), at=MONDAY
    )
    assert [one.perpetrator for one in candidates(asked)] == [person]


def test_search_opens_nobody_who_shares_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        named(f"Naam{number:02} Achter{number:02}", address=f"Straat{number:02} {number}")
    storm, opened = named("Piet Storm"), set()

    def watched(self: ProtectedField[str], token: bytes, instance: Model) -> str:
        opened.add(instance.pk)
        return real(self, token, instance)

    real = ProtectedField.opened
    monkeypatch.setattr(ProtectedField, "opened", watched)
    assert [one.perpetrator.pk for one in candidates("piet storm")] == [storm.pk]
    assert opened == {storm.pk}


def test_a_number_and_a_merged_row_lead_to_the_person() -> None:
    one, other = named("Piet Storm"), named("P. van der Storm")
    assert [found.perpetrator for found in candidates(one.number.lower())] == [one]
    merge_persons(perpetrator=one, into=other, why="Zelfde", by=make_coordinator(), at=MONDAY)
    assert [found.perpetrator for found in candidates("Piet Storm")] == [other]


def test_no_word_of_a_name_lies_readable_in_the_index() -> None:
    named("Piet Storm", address="Kade 3")
    rows = list(PersonToken.objects.values_list("token", flat=True))
    assert len(rows) == len({"piet", "storm", "kade", "3"} - {"3"}) + len("piet") + len("storm") + len("kade")
    assert not [row for row in rows if "storm" in row or len(row) != 16]


def test_who_is_corrected_is_found_by_the_new_name_only() -> None:
    person = named("Anna Berg")
    correct_person(perpetrator=person, values={"name": "Bo Smit"}, why="x", by=make_coordinator(), at=MONDAY)
    assert candidates("Anna Berg") == []
    assert [one.perpetrator for one in candidates("Bo Smit")] == [person]


def test_a_correction_keeps_what_it_said_before() -> None:
    person, officer = named("Piet Strom"), make_person("Marijke", Role.PRIVACY_OFFICER)
    correct_person(perpetrator=person, values={"name": "Piet Storm"}, why="Verzoek", by=officer, at=MONDAY)
    change = PerpetratorChange.objects.get()
    assert (Perpetrator.objects.get().name, change.before) == ("Piet Storm", "Piet Strom")
    assert extract_of(person)[1] == [change]


def test_no_name_stands_in_the_trail() -> None:
    coordinator = make_coordinator()
    link_person(incident=make_incident(), perpetrator=named("Piet Storm"), by=coordinator, at=MONDAY)
    assert "Storm" not in str(list(Line.objects.values()))


@pytest.mark.parametrize("stage", list(Stage))
def test_what_is_due_takes_person_and_words_along_and_at_the_end_everything(stage: Stage) -> None:
    incident, coordinator = make_incident(), make_coordinator()
    link_person(incident=incident, perpetrator=named("Piet Storm"), by=coordinator, at=MONDAY)
    make_sent(incident, coordinator, board=make_board())
    erase_responses(stage=stage, keys=[incident.pk], by="urn:bolwerk:system", at=MONDAY)
    assert not Perpetrator.objects.exists()
    rest = list(Response.objects.all())
    assert [row.facts for row in rest] == ([""] if stage is Stage.PERSONAL else [])
    assert Measure.objects.count() == len(rest)
    assert Incident.objects.exists()


def test_a_track_without_a_measure_goes_with_the_report_and_one_with_a_measure_stays() -> None:
    coordinator, plain, measured = make_coordinator(), make_incident(), make_incident()
    link_person(incident=plain, perpetrator=named("Piet Storm"), by=coordinator, at=MONDAY)
    make_established(plain, coordinator)
    make_asked(measured, coordinator)
    erase(stage=Stage.PERSONAL, keys=[plain.pk, measured.pk], by="urn:bolwerk:system", at=MONDAY)
    assert not Perpetrator.objects.exists()
    assert Response.objects.get(incident=plain).facts == ""
    assert Response.objects.get(incident=measured).facts == "Sloeg op de balie."
