"""Cases: a draft for its author alone, nothing shared while something red stands, and what the circle reads of it."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client

from bolwerk.accounts.actions import name_installation
from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.circle.access.cases import cases_for
from bolwerk.circle.actions import ChangedMeanwhileError, CircleError, end_member, end_participation
from bolwerk.circle.actions.case_drafts import (
    StillOpenError,
    Written,
    answer_findings,
    begin_change,
    begin_draft,
    share_case,
    write_draft,
)
from bolwerk.circle.actions.case_retention import CASE_DRAFT_RETENTION, CASE_RETENTION
from bolwerk.circle.actions.cases import finish_case, plan_case, withdraw_case
from bolwerk.circle.actions.own_words import add_own_words
from bolwerk.circle.models import Case, CaseDraft, Circle, OwnWord, Participant
from bolwerk.circle.queries.cases import checked_draft
from bolwerk.circle.rules.case_check import Answer, How
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.tests.makers import MONDAY, make_case, make_circle, make_member, make_participant
from bolwerk.circle.tests.session_makers import make_ended, make_session
from bolwerk.ui.actions import keep_draft
from bolwerk.ui.models import Draft
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
NAME, BSN = "Verhage", "999990019"
WRITTEN = Written(
    title="Bezoek van Tom Verhage aan de balie",
    situation=f"Tom Verhage (BSN {BSN}) komt elke dag. Verhage noemt mijn collega bij haar voornaam.",
    question="Hoe zegt zij tegen Tom Verhage dat het genoeg is?",
    method="incident",
    level=Level.ORANGE,
)


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def circle() -> Circle:
    return make_circle()


@pytest.fixture
def author(circle: Circle) -> Participant:
    return make_participant(make_member(circle))


@pytest.fixture
def other(circle: Circle) -> Participant:
    return make_participant(make_member(circle, "Westerhaven"), "Sanne de Boer")


def person_of(seat: Participant | None) -> Person:
    assert seat
    assert seat.person
    return seat.person


def written(author: Participant, what: Written = WRITTEN) -> CaseDraft:
    return begin_draft(author=author, written=what, by=person_of(author), at=MONDAY)


def answered(draft: CaseDraft, answer: Answer | None = None) -> CaseDraft:
    given = {one.key: answer or Answer(How.PROPOSAL) for one in checked_draft(draft).findings if one.is_red}
    return answer_findings(draft=draft, answers=given, seen=draft.version, by=person_of(draft.author), at=MONDAY)


def share(draft: CaseDraft) -> Case:
    return share_case(draft=draft, seen=draft.version, by=person_of(draft.author), at=MONDAY)


def raw_rows(table: str) -> bytes:
    """Everything that lies in a table, as bytes."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        parts = [
            bytes(one) if isinstance(one, memoryview | bytes) else str(one).encode() for row in cursor for one in row
        ]
    return b"\n".join(parts)


def place(circle: Circle, *parts: object) -> str:
    return "/".join(["/leerkring", str(circle.pk), "casussen", *map(str, parts), ""])


def visitor(seat: Participant) -> Client:
    return signed_in_client(person_of(seat))


def test_nothing_is_shared_while_something_red_stands(author: Participant) -> None:
    draft = written(author)
    with pytest.raises(StillOpenError, match="2 rode markeringen"):
        share(draft)
    assert not Case.objects.exists()
    assert CaseDraft.objects.get().situation == WRITTEN.situation


def test_sharing_gives_the_circle_clean_words_and_destroys_the_others(author: Participant) -> None:
    case = share(answered(written(author)))
    everything = f"{case.title} {case.situation} {case.question}"
    assert NAME not in everything
    assert BSN not in everything
    assert case.title == "Bezoek van [persoon A] aan de balie"
    assert not CaseDraft.objects.exists()
    tables = [name for name in connection.introspection.table_names() if name.startswith(("circle_", "ui_", "audit_"))]
    assert "circle_casedraft" in tables
    for table in tables:
        assert not {one for one in (NAME.encode(), BSN.encode()) if one in raw_rows(table)}, table
    assert raw_rows("circle_casedraft") == b""


def test_the_words_of_a_draft_lie_closed_while_it_is_there(author: Participant) -> None:
    answered(written(author))
    assert NAME.encode() not in raw_rows("circle_casedraft")


def test_what_is_left_standing_comes_in_the_trail_with_why_and_without_words(author: Participant) -> None:
    case = share(answered(written(author), Answer(How.NONE, why="made_up")))
    lines = list(Line.objects.filter(event="circle.case.left_standing"))
    assert {line.subject for line in lines} == {case.urn}
    assert {line.facts["why"] for line in lines} == {"made_up"}
    assert {line.facts["kind"] for line in lines} == {"name", "bsn"}
    assert NAME.encode() not in raw_rows("audit_line")


def test_the_same_author_in_two_windows_is_told(author: Participant) -> None:
    draft = written(author)
    me = person_of(author)
    write_draft(draft=draft, written=WRITTEN, seen=draft.version, by=me, at=MONDAY)
    for act in (
        lambda: write_draft(draft=draft, written=WRITTEN, seen=draft.version, by=me, at=MONDAY),
        lambda: answer_findings(draft=draft, answers={}, seen=draft.version, by=me, at=MONDAY),
        lambda: share_case(draft=draft, seen=draft.version, by=me, at=MONDAY),
    ):
        with pytest.raises(ChangedMeanwhileError):
            act()


def test_a_draft_is_shared_once_however_often_one_presses(author: Participant) -> None:
    draft = answered(written(author))
    share(draft)
    with pytest.raises(ChangedMeanwhileError):
        share(draft)
    assert Case.objects.count() == 1


def test_a_closed_circle_takes_no_new_case(author: Participant) -> None:
    draft = answered(written(author))
    Circle.objects.update(closed_at=MONDAY)
    with pytest.raises(CircleError, match="gesloten"):
        share(draft)


def test_nobody_but_the_author_opens_a_draft(circle: Circle, author: Participant, other: Participant) -> None:
    draft = written(author)
    colleague = make_participant(author.member, "Collega Kooij")
    for person in (person_of(other), person_of(colleague), circle.founded_by):
        client = signed_in_client(person)
        for last in ("", "schrijven/", "delen/", "weg/"):
            address = place(circle, "concept", draft.pk) + last
            assert client.get(address).status_code == 404, (person.name, last)
            assert client.post(address, {"seen": draft.version}).status_code == 404
        assert "Verhage" not in client.get(place(circle)).content.decode()
    assert CaseDraft.objects.exists()


def test_posting_straight_to_share_is_refused_in_a_sentence(circle: Circle, author: Participant) -> None:
    draft = written(author)
    page = visitor(author).post(place(circle, "concept", draft.pk, "delen"), {"seen": draft.version}, follow=True)
    assert "2 rode markeringen hebben nog geen antwoord" in page.content.decode()
    assert not Case.objects.exists()


def test_the_way_from_writing_to_sharing_by_pages(circle: Circle, author: Participant, other: Participant) -> None:
    client = visitor(author)
    data = {name: getattr(WRITTEN, name) for name in ("title", "situation", "question", "method")} | {"level": "orange"}
    check = client.post(place(circle, "nieuw"), data)["Location"]
    page = client.get(check).content.decode()
    assert page.count("case-finding") >= 2
    draft = CaseDraft.objects.get()
    answers = {"seen": draft.version} | {f"how_{one.key}": "proposal" for one in checked_draft(draft).findings}
    share_page = client.post(check, answers)["Location"]
    preview = client.get(share_page).content.decode()
    assert "Bezoek van [persoon A] aan de balie" in preview
    assert NAME not in preview
    there = client.post(share_page, {"seen": CaseDraft.objects.get().version})["Location"]
    seen = visitor(other).get(there).content.decode()
    assert "Bezoek van [persoon A] aan de balie" in seen
    assert NAME not in seen


def test_own_words_without_words_are_refused_and_what_was_chosen_stays(circle: Circle, author: Participant) -> None:
    draft = written(author)
    findings = checked_draft(draft).findings
    data = {"seen": draft.version} | {f"how_{one.key}": "own" for one in findings}
    page = visitor(author).post(place(circle, "concept", draft.pk), data).content.decode()
    assert "Schrijf wat er moet staan" in page
    assert CaseDraft.objects.get().answers == {}


def test_what_the_browser_kept_of_the_form_goes_when_the_case_is_shared(circle: Circle, author: Participant) -> None:
    draft = answered(written(author))
    visitor(author).post(f"/concepten/circle-case-{draft.pk}/", {"situation": "Tom Verhage", "quietly": "1"})
    kept = Draft.objects.filter(owner=person_of(author).urn)
    assert kept.exists()
    share(draft)
    assert not kept.exists()


def test_a_title_of_sixteen_words_is_refused_in_a_sentence(circle: Circle, author: Participant) -> None:
    data = {"title": "woord " * 16, "situation": "x", "question": "y", "method": "", "level": "orange"}
    page = visitor(author).post(place(circle, "nieuw"), data).content.decode()
    assert "hoogstens 15 woorden; deze heeft er 16" in page
    assert not CaseDraft.objects.exists()


def test_who_only_leads_a_circle_brings_no_case_but_plans_one(circle: Circle, author: Participant) -> None:
    client, case, session = signed_in_client(circle.founded_by), make_case(author), make_session(circle)
    assert client.get(place(circle, "nieuw")).status_code == 404
    assert client.post(place(circle, case.pk, "terugnemen"), {}).status_code == 404
    client.post(place(circle, case.pk, "plannen"), {"session": session.pk, "seen": case.version})
    assert Case.objects.get().state == "planned"


def test_somebody_else_of_the_circle_plans_nothing(circle: Circle, author: Participant, other: Participant) -> None:
    case, session = make_case(author), make_session(circle)
    data = {"session": session.pk, "seen": case.version}
    assert visitor(other).post(place(circle, case.pk, "plannen"), data).status_code == 404


def test_a_case_goes_to_no_session_of_another_circle_or_that_is_over(circle: Circle, author: Participant) -> None:
    case, by = make_case(author), circle.founded_by
    elsewhere = make_session(make_circle("Andere kring", by=by))
    for session in (elsewhere, make_ended(circle)):
        with pytest.raises(CircleError, match="nog komt"):
            plan_case(case=case, session=session, seen=case.version, by=by, at=MONDAY)
    planned = plan_case(case=case, session=make_session(circle), seen=case.version, by=by, at=MONDAY)
    with pytest.raises(ChangedMeanwhileError):
        plan_case(case=case, session=None, seen=case.version, by=by, at=MONDAY)
    assert plan_case(case=planned, session=None, seen=planned.version, by=by, at=MONDAY).state == "shared"


def test_a_red_case_is_for_who_was_there(circle: Circle, author: Participant, other: Participant) -> None:
    case = make_case(author)
    Case.objects.update(level=Level.RED)
    assert cases_for(person_of(other), circle, on=MONDAY.date()).exists()
    Case.objects.update(session=make_ended(circle))
    late = make_participant(make_member(circle, "Noordveen"), "Laat Binnen")
    Participant.objects.filter(pk=late.pk).update(accepted_at=MONDAY + timedelta(days=2))
    assert visitor(late).get(place(circle, case.pk)).status_code == 404
    assert visitor(late).get(place(circle)).content.decode().count(case.title) == 0
    for person in (person_of(other), circle.founded_by):
        assert signed_in_client(person).get(place(circle, case.pk)).status_code == 200


def test_taking_back_destroys_the_words(circle: Circle, author: Participant, other: Participant) -> None:
    case = make_case(author)
    begin_change(case=case, author=author, by=person_of(author), at=MONDAY)
    because = "Er is iemand in te herkennen."
    visitor(author).post(place(circle, case.pk, "terugnemen"), {"because": because, "seen": case.version})
    found = Case.objects.get()
    assert (found.title, found.situation, found.question, found.state) == ("", "", "", "withdrawn")
    assert not CaseDraft.objects.exists()
    page = visitor(other).get(place(circle, case.pk)).content.decode()
    assert because in page
    with pytest.raises(CircleError, match="teruggenomen"):
        begin_change(case=found, author=author, by=person_of(author), at=MONDAY)


def test_until_a_change_passed_the_check_the_circle_reads_the_old_text(circle: Circle, author: Participant) -> None:
    case = make_case(author)
    there = visitor(author).post(place(circle, case.pk, "wijzigen"))["Location"]
    draft = CaseDraft.objects.get()
    assert urlsplit(there).path == place(circle, "concept", draft.pk, "schrijven")
    fresh = Written(draft.title, "Nu belt ook Piet Kowalczyk.", draft.question, "", Level.RED)
    draft = write_draft(draft=draft, written=fresh, seen=draft.version, by=person_of(author), at=MONDAY)
    with pytest.raises(StillOpenError):
        share(draft)
    assert Case.objects.get().situation == case.situation
    share(answered(draft))
    changed = Case.objects.get()
    assert (changed.situation, changed.level, changed.version) == ("Nu belt ook [persoon A].", "red", case.version + 1)


def test_who_left_finds_nothing_and_drafts_are_destroyed(circle: Circle, author: Participant) -> None:
    case, draft = make_case(author), written(author)
    end_participation(participant=author, by=circle.founded_by, at=MONDAY)
    assert not CaseDraft.objects.exists()
    client = visitor(author)
    for address in (place(circle), place(circle, case.pk), place(circle, "concept", draft.pk), place(circle, "lijst")):
        assert client.get(address).status_code == 404
    again = make_participant(make_member(circle, "Zuidwolde"), "Nog Iemand")
    written(again)
    add_own_words(member=again.member, words=["Steenvoorde"], by=person_of(again), at=MONDAY)
    end_member(member=again.member, on=MONDAY.date(), by=circle.founded_by, at=MONDAY)
    assert not CaseDraft.objects.exists()
    assert not OwnWord.objects.exists()
    assert visitor(again).get(place(circle)).status_code == 404


def test_the_own_list_is_of_one_municipality(circle: Circle, author: Participant, other: Participant) -> None:
    client = visitor(author)
    client.post(place(circle, "lijst"), {"words": "Steenvoorde\n\nsteenvoorde \nHet Zwarte Paard"})
    assert sorted(row.words for row in OwnWord.objects.all()) == ["Het Zwarte Paard", "Steenvoorde"]
    assert "Het Zwarte Paard" in client.get(place(circle, "lijst")).content.decode()
    assert "Het Zwarte Paard" not in visitor(other).get(place(circle, "lijst")).content.decode()
    assert signed_in_client(circle.founded_by).get(place(circle, "lijst")).status_code == 404
    word = OwnWord.objects.all()[0]
    assert visitor(other).post(place(circle, "lijst", word.pk, "weg")).status_code == 404
    plain = Written("Iets", "Hij zat in het zwarte paard.", "Wat nu?", "", Level.ORANGE)
    assert [one.kind for one in checked_draft(written(author, plain)).open] == ["own"]
    assert checked_draft(written(other, plain)).open == []
    client.post(place(circle, "lijst", word.pk, "weg"))
    assert OwnWord.objects.count() == 1


def test_a_draft_nobody_writes_in_goes_after_its_period_and_a_case_in_two_steps(author: Participant) -> None:
    draft, case = written(author), make_case(author)
    later = MONDAY + timedelta(days=1)
    assert list(CASE_DRAFT_RETENTION.waiting(stage=Stage.RECORD, began_before=later)) == [draft]
    CASE_DRAFT_RETENTION.erase(stage=Stage.RECORD, keys=[draft.pk], by="urn:bolwerk:system", at=later)
    assert not CaseDraft.objects.exists()
    assert list(CASE_RETENTION.waiting(stage=Stage.PERSONAL, began_before=later)) == [case]
    CASE_RETENTION.erase(stage=Stage.PERSONAL, keys=[case.pk], by="urn:bolwerk:system", at=later)
    assert Case.objects.get().author is None
    assert not CASE_RETENTION.waiting(stage=Stage.PERSONAL, began_before=later).exists()
    CASE_RETENTION.erase(stage=Stage.RECORD, keys=[case.pk], by="urn:bolwerk:system", at=later)
    assert CASE_RETENTION.present(keys=[case.pk]) == []


def test_a_case_that_was_worked_on_says_so(circle: Circle, author: Participant) -> None:
    case = make_case(author)
    make_session(circle)
    planning = f"{place(circle)}{case.pk}/plannen/"
    assert planning in visitor(author).get(f"{place(circle)}{case.pk}/").content.decode()
    done = finish_case(case=case, seen=case.version, by=circle.founded_by, at=MONDAY)
    assert "besproken" in visitor(author).get(place(circle)).content.decode()
    assert planning not in visitor(author).get(f"{place(circle)}{case.pk}/").content.decode()
    gone = withdraw_case(case=done, because="x", seen=done.version, by=person_of(author), at=MONDAY)
    with pytest.raises(CircleError, match="teruggenomen"):
        finish_case(case=gone, seen=gone.version, by=circle.founded_by, at=MONDAY)


def test_nothing_is_kept_while_one_types_at_a_host_and_at_home_it_goes_when_sent(
    circle: Circle, author: Participant, other: Participant
) -> None:
    name_installation(name="Westerhaven", by=SYSTEM, at=MONDAY)
    address = place(circle, "nieuw")
    guest = signed_in_client(person_of(author)).get(address).content.decode()
    assert "data-draft=" not in guest
    assert "Bewaar als concept" not in guest
    assert "Er wordt niets bewaard terwijl je typt." in guest
    client = signed_in_client(person_of(other))
    assert "data-draft=" in client.get(address).content.decode()
    kept = {"title": ["Nooit verstuurd"], "situation": ["Tom Verhage komt elke dag."]}
    keep_draft(owner=person_of(other).urn, form=f"circle-case-{circle.pk}", values=kept, at=MONDAY)
    assert "Nooit verstuurd" in client.get(address).content.decode()
    client.post(address, vars(WRITTEN) | {"seen": 1})
    assert not Draft.objects.exists()
