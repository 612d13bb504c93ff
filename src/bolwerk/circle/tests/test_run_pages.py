"""Pages of an intervision: who finds them, what the state costs, what a phone and a browser without script get."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from bolwerk.accounts.models import NAMELESS
from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.circle.actions import add_facilitator, end_member
from bolwerk.circle.actions import intervision as steps
from bolwerk.circle.actions.run_retention import RUN_RETENTION
from bolwerk.circle.models import Circle, Contribution, Intervision, Participant, Present, Voted
from bolwerk.circle.queries.pulse import forget_snapshots
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.intervision import RunState
from bolwerk.circle.tests.makers import MONDAY, TODAY, make_case, make_circle, make_facilitator, make_participant
from bolwerk.circle.tests.run_makers import make_group, make_run, make_running_at, person_of, say, there
from bolwerk.circle.tests.session_makers import make_session
from bolwerk.circle.views import pulse
from bolwerk.circle.views.pulse import MARK, forget_passes
from bolwerk.vault.rules.retention import Stage
from tests.queries import counted

pytestmark = pytest.mark.django_db
ADVICE = 3
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    forget_passes()
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def circle() -> Circle:
    return make_circle()


@pytest.fixture
def group(circle: Circle) -> list[Participant]:
    return make_group(circle, 3)


def place(run: Intervision) -> str:
    return f"/leerkring/{run.circle_id}/intervisie/{run.pk}/"


def client_of(seat: Participant) -> Client:
    return signed_in_client(person_of(seat))


def state(client: Client, run: Intervision, **asked: str | int) -> dict[str, Any]:
    answer = client.get(f"{place(run)}stand/", {"voor": "telefoon", **asked})
    assert answer.status_code == 200
    return dict(answer.json())


def test_a_run_is_prepared_for_a_session_and_found_there(circle: Circle, group: list[Participant]) -> None:
    session, case = make_session(circle), make_case(group[0])
    client = signed_in_client(circle.founded_by)
    assert "De groep kiest" in client.get(f"/leerkring/{circle.pk}/intervisie/nieuw/").content.decode()
    data = {"method": "gossip", "case": case.pk, "session": session.pk}
    answer = client.post(f"/leerkring/{circle.pk}/intervisie/nieuw/", data)
    run = Intervision.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{place(run)}scherm/")
    there_too = client_of(group[1]).get(f"/leerkring/{circle.pk}/bijeenkomsten/{session.pk}/").content.decode()
    assert place(run) in there_too
    assert "Druk op een vergunning" in client_of(group[1]).get(f"/leerkring/{circle.pk}/intervisie/").content.decode()
    refused = client.post(f"/leerkring/{circle.pk}/intervisie/nieuw/", {"method": "gossip"}).content.decode()
    assert "kiest de groep geen casus" in refused


def test_the_state_is_two_numbers_and_few_questions_while_nothing_changed(
    circle: Circle, group: list[Participant]
) -> None:
    run = make_running_at(circle, make_case(group[0]))
    client = client_of(group[1])
    whole = state(client, run)
    assert "Praat mee" in whole["html"]
    assert "Fase 1 van 5" in whole["say"]
    with counted() as statements:
        small = state(client, run, versie=whole["version"], binnen=whole["sent"])
    assert small == {"version": run.version, "sent": 0}
    assert len(statements) <= 7, "session, person, roles, run with membership, seat, presence"


def test_a_phone_that_comes_back_gets_the_phase_in_which_the_group_is(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    client = client_of(group[1])
    there(run, group[1])
    back = state(client, run, versie=1)
    assert back["version"] == run.version
    assert "Mijn advies" in back["html"]
    assert "Mijn advies" not in state(client_of(group[0]), run)["html"], "the submitter only listens"


def test_the_wall_hears_of_every_word_and_phones_do_not(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    say(run, group[1], "Bel terug.")
    wall = state(signed_in_client(circle.founded_by), run, voor="scherm", versie=run.version, binnen=0)
    assert wall["sent"] == 1
    assert "Bel terug" not in wall["html"], "what was written shows when the phase is over"
    assert "html" not in state(client_of(group[2]), run, versie=run.version, binnen=0)
    run = steps.next_phase(run=run, seen=run.version, by=circle.founded_by, at=MONDAY)
    assert "Bel terug" in state(signed_in_client(circle.founded_by), run, voor="scherm")["html"]


def test_words_are_sent_by_a_script_or_a_form_and_refusals_are_told(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    client, there_ = client_of(group[1]), f"{place(run)}schrijven/"
    data = {"key": str(uuid4()), "phase": ADVICE, "text": "Bel terug."}
    assert client.post(there_, data, headers=FETCH).json() == {"text": ""}
    assert client.post(there_, data | {"key": str(uuid4()), "text": "En dan?"})["Location"] == place(run)
    refused = client.post(there_, data | {"key": str(uuid4()), "text": " "}, headers=FETCH)
    assert (refused.status_code, refused.json()["text"]) == (422, "Schrijf eerst iets op.")
    for bad in ({"key": "x"}, {"key": str(uuid4()), "phase": "99"}, {"key": str(uuid4()), "phase": "-1"}):
        assert client.post(there_, data | bad, headers=FETCH).status_code in (404, 422)
    assert Contribution.objects.count() == 2
    shown = client.get(place(run)).content.decode()
    assert "En dan?" in shown or not Present.objects.filter(person=person_of(group[1])).exists()


def test_words_that_name_somebody_are_sent_only_when_the_writer_says_so(
    circle: Circle, group: list[Participant]
) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    client, there_ = client_of(group[1]), f"{place(run)}schrijven/"
    data = {"key": str(uuid4()), "phase": ADVICE, "text": "Vraag mevrouw Jansen van de Kerkstraat 12."}
    asked = client.post(there_, data, headers=FETCH)
    assert asked.status_code == 422
    assert [name in "".join(asked.json()["names"]) for name in ("Jansen", "Kerkstraat 12")] == [True, True]
    page = client.post(there_, data)
    assert page.status_code == 422
    assert "Vraag mevrouw Jansen van de Kerkstraat 12." in page.content.decode()
    assert not Contribution.objects.exists()
    client.post(there_, data | {"sure": "yes"})
    client.post(there_, data | {"sure": "yes"}, headers=FETCH)
    assert Contribution.objects.count() == 1, "the same key is the same words"


def test_words_are_checked_before_the_database_is_locked(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    data = {"key": str(uuid4()), "phase": ADVICE, "text": "Vraag het Fatima."}
    client = client_of(group[1])
    with counted() as statements:
        assert client.post(f"{place(run)}schrijven/", data, headers=FETCH).status_code == 422
    assert not [one for one in statements if "circle_contribution" in one]


def test_votes_and_steps_answer_a_script_and_a_browser(circle: Circle, group: list[Participant]) -> None:
    case = make_case(group[0])
    run = make_running_at(circle, phase=2)
    voter = client_of(group[1])
    assert voter.post(f"{place(run)}stemmen/", {"phase": 2, "option": case.pk}, headers=FETCH).status_code == 200
    assert (
        "al gekozen"
        in voter.post(f"{place(run)}stemmen/", {"phase": 2, "option": case.pk}, headers=FETCH).json()["text"]
    )
    leader = signed_in_client(circle.founded_by)
    nothing = leader.post(f"{place(run)}verder/", {"seen": run.version}, headers=FETCH)
    assert nothing.status_code == 422
    picked = leader.post(f"{place(run)}kiezen/", {"seen": run.version, "case": case.pk})
    assert picked["Location"] == f"{place(run)}scherm/"
    second = leader.post(f"{place(run)}verder/", {"seen": run.version}, headers=FETCH)
    assert (second.status_code, "Iemand anders drukte" in second.json()["text"]) == (409, True)
    assert leader.post(f"{place(run)}dansen/", {"seen": 1}).status_code == 404
    assert leader.post(f"{place(run)}kiezen/", {"seen": 1, "case": "x"}).status_code == 404
    run.refresh_from_db()
    assert (run.case, run.phase) == (case, 2)


def test_only_who_leads_presses_and_strangers_find_nothing(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]))
    member = client_of(group[1])
    for step in ("verder", "pauze", "afronden", "stoppen", "langer", "kiezen"):
        assert member.post(f"{place(run)}{step}/", {"seen": run.version}).status_code == 404
    stranger = signed_in_client(
        person_of(make_participant(make_group(make_circle("Kring Zuid"), 1)[0].member, "Wietske"))
    )
    for page in ("", "scherm/", "stand/"):
        assert stranger.get(place(run) + page).status_code == 404
    for page in ("meedoen/", "schrijven/", "stemmen/"):
        assert stranger.post(place(run) + page).status_code == 404
    other = make_circle("Kring West", by=circle.founded_by)
    crossed = f"/leerkring/{other.pk}/intervisie/{run.pk}/"
    assert signed_in_client(circle.founded_by).get(crossed).status_code == 404
    assert signed_in_client(circle.founded_by).post(f"{place(run)}schrijven/", {}).status_code == 404, "only leads"
    run.refresh_from_db()
    assert run.phase == 0


def test_who_is_of_a_municipality_that_left_is_out_with_the_next_question(
    circle: Circle, group: list[Participant]
) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    client = client_of(group[1])
    state(client, run)
    end_member(member=group[1].member, on=TODAY, by=circle.founded_by, at=MONDAY)
    assert client.get(f"{place(run)}stand/").status_code == 404
    data = {"key": str(uuid4()), "phase": ADVICE, "text": "Nog iets"}
    assert client.post(f"{place(run)}schrijven/", data).status_code == 404
    assert Line.objects.filter(event="denied", subject=run.urn).count() == 2
    assert not Contribution.objects.exists()


def test_on_a_pass_one_hears_the_phase_and_nothing_of_people_or_words(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE - 1)
    there(run, group[1])
    client = client_of(group[1])
    first = state(client, run)
    assert "Een ondernemer belt elke dag" in first["html"]
    with counted() as statements:
        assert state(client, run, versie=run.version) == {"version": run.version, "sent": 0}
    assert len(statements) <= 1, "no session is opened on a pass"
    run = steps.next_phase(run=run, seen=run.version, by=circle.founded_by, at=MONDAY)
    forget_snapshots()  # they are a moment old at most
    light = state(client, run, versie=run.version - 1)
    assert (light["light"], light["left"], "Mijn advies" in light["html"]) == (True, 600, True)
    assert "ondernemer" not in light["html"], "the text of a case is asked for at the full door"
    token = client.get(place(run)).context["csrf_token"]
    assert token and MARK not in light["html"]


def test_a_pass_lasts_some_seconds_and_opens_no_content(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    there(run, group[1])
    client = client_of(group[1])
    state(client, run)
    end_member(member=group[1].member, on=TODAY, by=circle.founded_by, at=MONDAY)
    assert state(client, run, versie=run.version) == {"version": run.version, "sent": 0}
    assert client.get(f"{place(run)}stand/").status_code == 404
    assert client.get(place(run)).status_code == 404
    forget_passes()
    assert client.get(f"{place(run)}stand/?versie={run.version}").status_code == 404


def test_nobody_has_the_pass_of_another(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]))
    there(run, group[1])
    state(client_of(group[1]), run)
    asked = f"{place(run)}stand/?versie={run.version}"
    assert Client().get(asked).status_code == 302
    stranger = signed_in_client(make_facilitator("Bram Vos"))
    assert stranger.get(asked).status_code == 404


def test_who_sends_while_many_do_tries_again_and_the_phase_is_still_told(
    circle: Circle, group: list[Participant], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    busy = BoundedSemaphore(1)
    busy.acquire()
    monkeypatch.setattr(pulse, "_sending", busy)
    client, data = client_of(group[1]), {"key": str(uuid4()), "phase": ADVICE, "text": "Bel terug."}
    assert client.post(f"{place(run)}schrijven/", data, headers=FETCH).status_code == 202
    assert state(client, run)["version"] == run.version
    busy.release()
    assert client.post(f"{place(run)}schrijven/", data, headers=FETCH).status_code == 200
    assert Contribution.objects.count() == 1


def test_nobody_begins_to_send_while_whoever_leads_presses(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    client, data = client_of(group[1]), {"key": str(uuid4()), "phase": ADVICE, "text": "Bel terug."}
    with pulse._leads_first:
        assert client.post(f"{place(run)}schrijven/", data, headers=FETCH).status_code == 202
        assert client.post(f"{place(run)}schrijven/", data).status_code == 302, "a browser without script waits"
    leader = signed_in_client(circle.founded_by)
    assert leader.post(f"{place(run)}verder/", {"seen": run.version}, headers=FETCH).status_code == 200
    assert pulse._leads_first.pressing == 0
    assert client.post(f"{place(run)}schrijven/", data, headers=FETCH).status_code == 200


def test_a_change_goes_round_before_anybody_sends_again(
    circle: Circle, group: list[Participant], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_running_at(circle, make_case(group[0]), phase=ADVICE)
    client, leader = client_of(group[1]), signed_in_client(circle.founded_by)
    there(run, group[1])
    data = {"key": str(uuid4()), "phase": ADVICE, "text": "Bel terug."}
    for _ask in range(2):  # a pass, and then from memory
        state(client, run, versie=run.version)
    leader.post(f"{place(run)}verder/", {"seen": run.version}, headers=FETCH)
    assert client.post(f"{place(run)}schrijven/", data, headers=FETCH).status_code == 202
    assert state(client, run, versie=run.version)["version"] == run.version + 1, "not after the tenth of a second"
    assert client.post(f"{place(run)}schrijven/", data, headers=FETCH).status_code == 202
    monkeypatch.setattr(pulse, "HUSH", 0.0)
    assert client.post(f"{place(run)}schrijven/", data, headers=FETCH).status_code == 200


def test_a_facilitator_who_leaves_does_not_stop_the_group(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]))
    other = make_facilitator("Bram Vos")
    add_facilitator(circle=circle, person=other, by=circle.founded_by, at=MONDAY)
    signed_in_client(circle.founded_by).post(f"/leerkring/{circle.pk}/begeleiders/stoppen/")
    gone = signed_in_client(circle.founded_by).post(f"{place(run)}verder/", {"seen": run.version})
    assert gone.status_code == 404
    signed_in_client(other).post(f"{place(run)}verder/", {"seen": run.version})
    run.refresh_from_db()
    assert (run.phase, run.led_by) == (1, other)


def test_a_red_case_is_looked_back_at_by_who_was_there(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0], level=Level.RED), phase=ADVICE)
    client_of(group[1]).post(f"{place(run)}meedoen/")
    say(run, group[1], "Bel terug.")
    assert client_of(group[2]).get(place(run)).status_code == 200, "whoever comes in later can still join"
    run = steps.finish_run(run=run, seen=run.version, by=circle.founded_by, at=MONDAY)
    page = client_of(group[1]).get(place(run)).content.decode()
    assert "Bel terug." in page and "rood" in page
    assert client_of(group[2]).get(place(run)).status_code == 404
    case = f"/leerkring/{circle.pk}/casussen/{run.case_id}/"
    assert [client_of(seat).get(case).status_code for seat in group] == [200, 200, 404], "the case itself as well"
    assert str(run.pk) not in client_of(group[2]).get(f"/leerkring/{circle.pk}/intervisie/").content.decode()
    assert signed_in_client(circle.founded_by).get(place(run)).status_code == 200


def test_before_it_begins_and_after_it_the_pages_say_so(circle: Circle, group: list[Participant]) -> None:
    run = make_run(circle, make_case(group[0]))
    assert "nog niet begonnen" in client_of(group[1]).get(place(run)).content.decode()
    leader = signed_in_client(circle.founded_by)
    assert "Begin nu" in leader.get(f"{place(run)}scherm/").content.decode()
    leader.post(f"{place(run)}beginnen/", {"seen": run.version})
    run.refresh_from_db()
    assert run.state == RunState.RUNNING
    leader.post(f"{place(run)}stoppen/", {"seen": run.version})
    assert "Er is niets opgeschreven" in client_of(group[1]).get(place(run)).content.decode()
    run.refresh_from_db()
    assert "voorbij" in state(client_of(group[1]), run)["html"]


def gone(stage: Stage, run: Intervision, at: datetime) -> bool:
    """Whether a run is due, and goes."""
    keys = [one.pk for one in RUN_RETENTION.waiting(stage=stage, began_before=at)]
    RUN_RETENTION.erase(stage=stage, keys=keys, by=SYSTEM, at=at)
    return run.pk in keys


def test_who_wrote_what_goes_first_and_then_the_whole_run(circle: Circle, group: list[Participant]) -> None:
    run = make_running_at(circle, make_case(group[0]), method="ten-rounds", phase=4)
    there(run, *group)
    say(run, group[1], "Bel terug.")
    late = MONDAY + timedelta(days=1)
    assert not gone(Stage.PERSONAL, run, late), "one that goes on is never due"
    run = steps.finish_run(run=run, seen=run.version, by=circle.founded_by, at=MONDAY)
    assert gone(Stage.PERSONAL, run, late)
    left = Contribution.objects.get()
    run.refresh_from_db()
    assert (left.text, left.by, left.at, run.led_by_id) == ("Bel terug.", None, None, NAMELESS)
    assert not Present.objects.exists() and not Voted.objects.exists()
    assert not gone(Stage.PERSONAL, run, late), "and not again"
    assert RUN_RETENTION.present(keys=[run.pk]) == [run.pk]
    assert gone(Stage.RECORD, run, late)
    assert not Intervision.objects.exists() and not Contribution.objects.exists()
