"""A case from home: written and checked there, signed, checked again in its circle, and never in a feed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.actions import name_installation
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person, signed_in_client
from bolwerk.audit.models import Line
from bolwerk.circle.actions.case_bundles import bring_case, sign_case
from bolwerk.circle.actions.case_drafts import StillOpenError, Written, answer_findings, begin_draft, share_case
from bolwerk.circle.actions.exchange import bring_in
from bolwerk.circle.models import Case, CaseDraft, Circle, Incoming, Issued, OwnWord, Participant
from bolwerk.circle.queries.bundles import kinds
from bolwerk.circle.queries.cases import checked_draft
from bolwerk.circle.rules.bundles import BundleRefusedError, Refusal
from bolwerk.circle.rules.case_check import Answer, How
from bolwerk.circle.rules.circles import CircleError, Level
from bolwerk.circle.tests.exchange_makers import Elsewhere
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_member, make_participant

pytestmark = pytest.mark.django_db
WRITTEN = Written(
    title="Bezoek van Tom Verhage aan de balie",
    situation="Tom Verhage komt elke dag.",
    question="Hoe stopt dat?",
    method="incident",
    level=Level.RED,
)
CLEAN: dict[str, Any] = {"situation": "Iemand komt elke dag.", "question": "Hoe stopt dat?", "level": "red"}
ITEM = "6f1f1f9e-3f37-4a0e-9a0e-2d6a6e0b7a11"


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


def person_of(seat: Participant) -> Person:
    assert seat.person
    return seat.person


def at_home(person: Person) -> CaseDraft:
    return begin_draft(author=None, written=WRITTEN, by=person, at=MONDAY)


def resolved(draft: CaseDraft, by: Person) -> CaseDraft:
    given = {one.key: Answer(How.PROPOSAL) for one in checked_draft(draft).findings}
    return answer_findings(draft=draft, answers=given, seen=draft.version, by=by, at=MONDAY)


def trusted(author: Participant) -> Elsewhere:
    there = Elsewhere("Oosterwaard")
    there.trusted(author.member.circle.founded_by)
    return there


def case_file(there: Elsewhere, *, sequence: int = 1, title: str = "Iemand aan de balie", **changes: Any) -> bytes:
    return there.signed(kind="case", item=ITEM, sequence=sequence, title=title, content=CLEAN | changes)


def upload(client: Client, circle: Circle, data: bytes) -> str:
    file = SimpleUploadedFile("case.json", data, content_type="application/json")
    return client.post(f"/leerkring/{circle.pk}/casussen/meegebracht/", {"file": file}, follow=True).content.decode()


def test_a_case_is_written_checked_and_signed_at_home_and_what_was_written_stays_there() -> None:
    person = make_person("Noor Jansen", Role.CIRCLE_MEMBER)
    draft = at_home(person)
    with pytest.raises(StillOpenError):
        sign_case(draft=draft, seen=draft.version, by=person, at=MONDAY)
    draft = resolved(draft, person)
    name, data = sign_case(draft=draft, seen=draft.version, by=person, at=MONDAY)
    assert name == f"case-{draft.pk}.json"
    assert "Verhage" not in data.decode()
    bundle = json.loads(data)
    assert bundle["title"] == "Bezoek van [persoon A] aan de balie"
    assert (bundle["kind"], bundle["content"]["level"]) == ("case", "red")
    assert CaseDraft.objects.get().situation == WRITTEN.situation
    assert not Issued.objects.exists()


def test_the_pages_at_home_lead_from_writing_to_the_file() -> None:
    person = make_person("Noor Jansen", Role.CIRCLE_MEMBER)
    client, home = signed_in_client(person), "/leerkring/casussen/"
    assert client.get(home).status_code == 200
    data = {"title": WRITTEN.title, "situation": WRITTEN.situation, "question": WRITTEN.question, "level": "red"}
    check = client.post(home + "nieuw/", data)["Location"]
    draft = CaseDraft.objects.get()
    refused = client.post(f"{home}{draft.pk}/meenemen/", {"seen": draft.version}, follow=True).content.decode()
    assert "rode markering" in refused
    answers = {"seen": draft.version} | {f"how_{one.key}": "proposal" for one in checked_draft(draft).findings}
    preview = client.post(check, answers)["Location"]
    assert "Onderteken en neem het mee" in client.get(preview).content.decode()
    answer = client.post(preview, {"seen": CaseDraft.objects.get().version})
    assert answer["Content-Disposition"] == f'attachment; filename="case-{draft.pk}.json"'
    stranger = signed_in_client(make_person("Iemand Anders", Role.CIRCLE_MEMBER))
    for last in ("", "schrijven/", "meenemen/", "weg/"):
        assert stranger.get(f"{home}{draft.pk}/{last}").status_code == 404
    assert signed_in_client(make_person("Zonder Rol")).get(home).status_code == 404
    client.post(f"{home}{draft.pk}/weg/")
    assert not CaseDraft.objects.exists()


def test_nobody_is_at_home_on_a_host_or_at_another_municipality(
    circle: Circle, author: Participant, settings: Settings
) -> None:
    name_installation(name="Gemeente Zilverdam", by="urn:bolwerk:system", at=MONDAY)
    guest, own = signed_in_client(person_of(author)), make_participant(make_member(circle, "Zilverdam"), "Noor Jansen")
    home = "/leerkring/casussen/"
    assert guest.get(home).status_code == 404
    assert guest.get(home + "nieuw/").status_code == 404
    assert home not in guest.get("/leerkring/").content.decode()
    client = signed_in_client(person_of(own))
    assert home in client.get("/leerkring/").content.decode()
    settings.HOST_MODE = True
    assert client.get(home).status_code == 404


def test_the_list_of_the_house_is_used_at_home() -> None:
    person = make_person("Noor Jansen", Role.CIRCLE_MEMBER)
    client = signed_in_client(person)
    client.post("/leerkring/casussen/lijst/", {"words": "Steenvoorde"})
    plain = Written("Iets", "Hij woont in steenvoorde.", "Wat nu?", "", Level.ORANGE)
    [found] = checked_draft(begin_draft(author=None, written=plain, by=person, at=MONDAY)).open
    assert found.texts == ("steenvoorde",)
    client.post(f"/leerkring/casussen/lijst/{OwnWord.objects.get().pk}/weg/")
    assert not OwnWord.objects.exists()


def test_a_checked_case_comes_in_is_read_first_and_then_shared(circle: Circle, author: Participant) -> None:
    client = signed_in_client(person_of(author))
    page = upload(client, circle, case_file(trusted(author), method="incident"))
    assert "Dit leest je kring" in page
    draft = CaseDraft.objects.get()
    client.post(f"/leerkring/{circle.pk}/casussen/concept/{draft.pk}/delen/", {"seen": draft.version})
    case = Case.objects.get()
    assert (case.title, case.level, case.method, str(case.brought)) == ("Iemand aan de balie", "red", "incident", ITEM)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"situation": "Piet Kowalczyk komt elke dag."}, "leest als de naam of het adres"),
        ({"title": "Kowalczyk aan de balie, zegt Piet Kowalczyk"}, "leest als de naam of het adres"),
        ({"situation": "Zijn BSN is 999990019."}, "iets in dat naar een persoon"),
        ({"level": "green"}, "Nothing"),
    ],
)
def test_a_bundle_with_personal_data_is_refused_and_nothing_of_it_stays(
    circle: Circle, author: Participant, changes: dict[str, Any], words: str
) -> None:
    page = upload(signed_in_client(person_of(author)), circle, case_file(trusted(author), **changes))
    assert words in page or words == "Nothing"
    assert "Er is niets bewaard" in page
    assert not CaseDraft.objects.exists()
    assert Line.objects.filter(event="circle.bundle.refused").count() == 1


def test_a_newer_version_becomes_a_change_and_an_older_one_is_refused(circle: Circle, author: Participant) -> None:
    there, me = trusted(author), person_of(author)
    draft = bring_case(author=author, data=case_file(there, sequence=2), by=me, at=MONDAY)
    case = share_case(draft=draft, seen=draft.version, by=me, at=MONDAY)
    for sequence, refusal in ((2, Refusal.KNOWN), (1, Refusal.OLDER)):
        with pytest.raises(BundleRefusedError) as told:
            bring_case(author=author, data=case_file(there, sequence=sequence), by=me, at=MONDAY)
        assert told.value.refusal is refusal
    newer = bring_case(author=author, data=case_file(there, sequence=3, title="Nu rustiger"), by=me, at=MONDAY)
    assert newer.case == case
    share_case(draft=newer, seen=newer.version, by=me, at=MONDAY)
    assert [(row.title, row.brought_sequence) for row in Case.objects.all()] == [("Nu rustiger", 3)]
    colleague = make_participant(author.member, "Collega Kooij")
    with pytest.raises(BundleRefusedError):
        bring_case(author=colleague, data=case_file(there, sequence=4), by=person_of(colleague), at=MONDAY)


def test_another_kind_and_a_stranger_are_refused(circle: Circle, author: Participant) -> None:
    there, me = trusted(author), person_of(author)
    for data in (there.signed(), case_file(Elsewhere("Onbekend")), b"{}"):
        with pytest.raises(BundleRefusedError):
            bring_case(author=author, data=data, by=me, at=MONDAY)
    assert not CaseDraft.objects.exists()


def test_a_case_comes_in_nowhere_else_and_is_never_offered(author: Participant) -> None:
    with pytest.raises(BundleRefusedError) as told:
        bring_in(data=case_file(trusted(author)), by=person_of(author), at=MONDAY)
    assert told.value.refusal is Refusal.CASE
    assert not Incoming.objects.exists()
    assert kinds()["case"].in_feed is False


def test_a_draft_at_home_is_shared_with_no_circle_here() -> None:
    person = make_person("Noor Jansen", Role.CIRCLE_MEMBER)
    draft = resolved(at_home(person), person)
    with pytest.raises(CircleError, match="thuis geschreven"):
        share_case(draft=draft, seen=draft.version, by=person, at=MONDAY)
