"""People come, change, leave and come back; an administrator sees and does it on screen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.actions import (
    LastAdministratorError,
    OwnRoleError,
    deactivate_person,
    give_role,
    reactivate_person,
    withdraw_role,
)
from bolwerk.accounts.models import Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import (
    AT,
    make_administrator,
    make_department,
    make_person,
    signed_in_client,
)
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line

pytestmark = pytest.mark.django_db
TODAY = AT.date()
QUERIES = 12 + 4  # twelve for the page (quality.md, 1), four for the session and the line in the trail


def events_about(person: Person) -> list[str]:
    """What the trail says about somebody, oldest first."""
    return list(Line.objects.filter(subject=person.urn).order_by("sequence").values_list("event", flat=True))


def test_a_leaver_loses_sign_in_and_roles_and_stays_in_the_books() -> None:
    make_administrator()
    leaver = make_person("Wim Weg", Role.ANALYST)
    client = signed_in_client(leaver)
    assert "Zoals collega’s je kennen." in client.get("/profiel/").content.decode()
    deactivate_person(person=leaver, by=SYSTEM, at=AT, reason="retired")
    assert client.get("/profiel/").status_code == 302
    assert Person.objects.filter(pk=leaver.pk, is_active=False, left_on=TODAY).exists()
    assert roles_of(leaver, on=TODAY) == frozenset()
    assert events_about(leaver)[-1] == "accounts.person.deactivated"


def test_who_comes_back_is_an_employee_only() -> None:
    make_administrator()
    person = make_person("Tea Terug", Role.AUDITOR)
    deactivate_person(person=person, by=SYSTEM, at=AT)
    reactivate_person(person=person, by=SYSTEM, at=AT + timedelta(days=9))
    assert roles_of(person, on=TODAY + timedelta(days=9)) == {Role.EMPLOYEE}


def test_the_last_administrator_stays() -> None:
    administrator = make_administrator()
    grant = administrator.grants.get(role=Role.FUNCTIONAL_ADMINISTRATOR)
    with pytest.raises(LastAdministratorError):
        withdraw_role(grant=grant, by=SYSTEM, at=AT)
    with pytest.raises(LastAdministratorError):
        deactivate_person(person=administrator, by=SYSTEM, at=AT)
    make_administrator("Tweede")
    withdraw_role(grant=grant, by=SYSTEM, at=AT)
    assert Role.FUNCTIONAL_ADMINISTRATOR not in roles_of(administrator, on=TODAY)


def test_nobody_gives_a_role_to_himself() -> None:
    administrator = make_administrator()
    with pytest.raises(OwnRoleError):
        give_role(person=administrator, role=Role.ANALYST, by=administrator.urn, at=AT)
    data = {"role": "analyst", "department": "everywhere", "reason": "ik wil meelezen"}
    page = signed_in_client(administrator).post(f"/mensen/{administrator.pk}/rol/", data)
    assert page.status_code == 200
    assert not Grant.objects.filter(person=administrator, role=Role.ANALYST).exists()


def test_a_role_counts_from_its_first_to_its_last_day() -> None:
    person = make_person()
    give_role(person=person, role=Role.BOARD, by=SYSTEM, at=AT, until=TODAY + timedelta(days=2))
    days = [Role.BOARD in roles_of(person, on=TODAY + timedelta(days=n)) for n in (-1, 0, 2, 3)]
    assert days == [False, True, True, False]


def test_an_administrator_adds_somebody_and_gives_a_role_for_a_period() -> None:
    client = signed_in_client(make_administrator())
    place = make_department("Vergunningen")
    client.post("/mensen/nieuw/", {"name": "Nora Nieuw", "email": "Nora@Zilverdam.example", "department": place.pk})
    nora = Person.objects.get(email="nora@zilverdam.example")
    last = timezone.localdate() + timedelta(days=30)
    data = {"role": "manager", "department": place.pk, "ends_on": last.isoformat(), "reason": "vervangt een collega"}
    assert client.post(f"/mensen/{nora.pk}/rol/", data).status_code == 302
    grant = nora.grants.get(role=Role.MANAGER)
    assert (grant.department, grant.with_children, grant.ends_on) == (place, False, last)
    assert events_about(nora)[:3] == ["accounts.person.added", "accounts.role.given", "accounts.role.given"]
    line = Line.objects.filter(subject=nora.urn, event="accounts.role.given").order_by("sequence").last()
    assert line is not None
    assert (line.reason, line.facts["role"]) == ("vervangt een collega", "manager")


def test_a_role_taken_back_on_screen_stops_with_the_next_request() -> None:
    client = signed_in_client(make_administrator())
    other = make_administrator("Tweede Beheerder")
    theirs = signed_in_client(other)
    assert theirs.get("/mensen/").status_code == 200
    grant = other.grants.get(role=Role.FUNCTIONAL_ADMINISTRATOR)
    client.post(f"/mensen/{other.pk}/rol/{grant.pk}/", {"reason": "andere baan"})
    assert theirs.get("/mensen/").status_code == 404


def test_a_role_is_not_reached_through_another_person() -> None:
    client = signed_in_client(make_administrator())
    grant = make_person("Ada", Role.ANALYST).grants.get(role=Role.ANALYST)
    other = make_person("Bob")
    assert client.get(f"/mensen/{other.pk}/rol/{grant.pk}/").status_code == 404


def test_a_period_that_ends_before_it_begins_is_refused_and_what_was_typed_stays() -> None:
    client = signed_in_client(make_administrator())
    person = make_person()
    data = {
        "role": "board",
        "department": "everywhere",
        "starts_on": "2030-02-02",
        "ends_on": "2030-01-01",
        "reason": "tijdelijk hier",
    }
    text = client.post(f"/mensen/{person.pk}/rol/", data).content.decode()
    assert "tijdelijk hier" in text
    assert "2030-02-02" in text
    assert not person.grants.filter(role=Role.BOARD).exists()


def test_changes_to_rights_ask_who_is_there_again() -> None:
    administrator, person = make_administrator(), make_person()
    client = Client()
    client.force_login(administrator)  # signed in, but not a moment ago
    for address in ("/mensen/nieuw/", f"/mensen/{person.pk}/rol/", f"/mensen/{person.pk}/inactief/"):
        response = client.post(address, {"role": "board", "reason": "x", "name": "x", "email": "x@y.example"})
        assert (response.status_code, "next=" in response["Location"]) == (302, True)
    person.refresh_from_db()
    assert person.is_active
    assert not person.grants.filter(role=Role.BOARD).exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FUNCTIONAL_ADMINISTRATOR])
def test_only_the_functional_administrator_manages_people(role: Role) -> None:
    client = signed_in_client(make_person("Iemand", role))
    person = make_person()
    for address in ("/mensen/", "/rollen/", "/afdelingen/", "/huisstijl/", f"/mensen/{person.pk}/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/meldingen/", "/logboek/"])
def test_the_functional_administrator_reads_no_content(address: str) -> None:
    assert signed_in_client(make_administrator()).get(address).status_code == 404


def test_a_person_that_does_not_exist_looks_like_any_other_missing_page() -> None:
    assert signed_in_client(make_administrator()).get(f"/mensen/{uuid4()}/").status_code == 404


def test_the_list_finds_by_name_and_role_and_keeps_leavers_apart() -> None:
    administrator = make_administrator()
    client = signed_in_client(administrator)
    make_person("Zoë Zoek", Role.CONFIDANT)
    gone = make_person("Gerrit Gegaan")
    deactivate_person(person=gone, by=SYSTEM, at=AT)
    assert "Gerrit Gegaan" not in client.get("/mensen/").content.decode()
    assert "Gerrit Gegaan" in client.get("/mensen/?state=left").content.decode()
    with_role = client.get("/mensen/?role=confidant").content.decode()
    assert "Zoë Zoek" in with_role
    assert f"/mensen/{administrator.pk}/" not in with_role


def test_looking_at_somebody_is_written_down_once() -> None:
    client = signed_in_client(make_administrator())
    person = make_person()
    client.get(f"/mensen/{person.pk}/")
    assert events_about(person).count("accounts.person.read") == 1


def test_the_roles_page_lists_holders_but_not_every_employee() -> None:
    client = signed_in_client(make_administrator())
    make_person("Vera Vertrouwd", Role.CONFIDANT)
    make_person("Willem Werknemer")
    text = client.get("/rollen/").content.decode()
    assert "Vera Vertrouwd" in text
    assert "Willem Werknemer" not in text


def test_my_profile_shows_my_roles_and_changes_only_my_name_and_language() -> None:
    person = make_person("Sanne de Wit", Role.CONFIDANT, department=make_department("Balie"))
    client = signed_in_client(person)
    text = client.get("/profiel/").content.decode()
    assert "Balie" in text
    data = {"name": "Sanne Jansen", "language": "en", "email": "x@y.example", "department": "", "is_active": ""}
    client.post("/profiel/", data)
    before = person.email
    person.refresh_from_db()
    assert (person.name, person.language, person.email, person.is_active) == ("Sanne Jansen", "en", before, True)
    assert person.department is not None
    assert 'lang="en"' in client.get("/profiel/").content.decode()


def test_where_a_role_holds_is_chosen_on_purpose() -> None:
    client = signed_in_client(make_administrator())
    person = make_person()
    data = {"role": "board", "department": "", "reason": "vergeten te kiezen"}
    assert client.post(f"/mensen/{person.pk}/rol/", data).status_code == 200
    assert client.post(f"/mensen/{person.pk}/rol/", data | {"department": "everywhere"}).status_code == 302
    assert person.grants.get(role=Role.BOARD).department is None


@pytest.mark.parametrize(
    "path", ["/mensen/", "/rollen/", "/afdelingen/", "/mensen/{}/", "/mensen/{}/rol/", "/profiel/"]
)
def test_a_page_asks_the_database_few_questions(
    path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in_client(make_administrator())
    people = [make_person(f"Persoon {n}", Role.CONFIDANT, department=make_department(f"A{n}")) for n in range(12)]
    address = path.format(people[0].pk)
    client.get(address)
    with django_assert_max_num_queries(QUERIES):
        client.get(address)
