"""What people type stays text: in pages, mail, files and searches (quality.md, 3 A 7 and E 31, 34)."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.accounts.actions import add_employee
from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, make_administrator, make_department, make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.ui.exports import STARTS_A_FORMULA, guarded, unguarded
from tests.security.world import World

HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}{% debug %}",
    "'; DROP TABLE accounts_person; --",
    "\u202egnp.exe",
]


@given(st.text(max_size=40) | st.sampled_from(["=1", "+1", "-1", "@a", "\ta", "\ra", "\0a", "\uff1d1", "'a", "''"]))
def test_what_an_export_neutralises_comes_back_as_it_was(text: str) -> None:
    safe = guarded(text)
    assert unguarded(safe) == text
    assert not safe.startswith((*STARTS_A_FORMULA, "\uff1d", "\uff0b", "\uff0d", "\uff20"))


@pytest.mark.parametrize("text", HOSTILE[:3])
def test_a_hostile_name_is_shown_as_it_was_typed(text: str, db: None) -> None:
    client = signed_in_client(make_administrator())
    person = make_person(text, department=make_department(text))
    for address in ("/mensen/", f"/mensen/{person.pk}/", "/afdelingen/", "/rollen/", f"/mensen/{person.pk}/rol/"):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "14{% debug" not in page
    assert Person.objects.filter(name=text).exists()


@pytest.mark.parametrize("text", ["Ada\r\nBcc: x@elsewhere.example", "Ada\x00", HOSTILE[3], "Ada\u2028Lovelace"])
def test_signs_that_no_name_has_are_refused(text: str, db: None) -> None:
    client = signed_in_client(make_administrator())
    data = {"name": text, "email": "ada@zilverdam.example", "department": ""}
    assert client.post("/mensen/nieuw/", data).status_code == 200
    assert client.post("/profiel/", {"name": text, "language": ""}).status_code == 200
    # Compared in Python: PostgreSQL cannot even be asked for a NUL.
    assert text not in set(Person.objects.values_list("name", flat=True))


def test_an_address_with_a_second_line_gets_no_mail(db: None) -> None:
    client = signed_in_client(make_administrator())
    data = {"name": "Ada", "email": "ada@zilverdam.example\nBcc: x@elsewhere.example", "department": ""}
    assert client.post("/mensen/nieuw/", data).status_code == 200
    assert mail.outbox == []


@pytest.mark.parametrize(
    "query",
    [
        "sort=password",
        "sort=-grants__role",
        "sort=name;DROP TABLE accounts_person",
        "department=' OR 1=1 --",
        "role=admin",
        "page=-1",
        "page=99999999999999999999",
        "state=left&found=" + "x" * 5_000,
    ],
)
def test_names_in_an_address_never_reach_the_database(query: str, db: None) -> None:
    client = signed_in_client(make_administrator("Bea"))
    response = client.get(f"/mensen/?{query}")
    assert response.status_code == 200
    assert "argon2" not in response.content.decode()


def test_a_search_of_a_hundred_thousand_signs_is_answered(db: None) -> None:
    client = signed_in_client(make_administrator())
    response = client.post("/zoeken/", {"words": "a b% _" * 20_000, "next": "/mensen/"}, follow=True)
    assert response.status_code == 200


# Mass assignment: forms that work, with the fields that they may touch; all other fields are sent along as well.
Payload = Callable[[World], dict[str, object]]
FORMS: list[tuple[str, type[models.Model], set[str], Payload]] = [
    ("/profiel/", Person, {"name", "language"}, lambda _world: {"name": "Ada", "language": "en"}),
    (
        "/mensen/{person_id}/wijzigen/",
        Person,
        {"name", "email", "department"},
        lambda world: {"name": "Ada", "email": "ada@zilverdam.example", "department": world.things["department_id"]},
    ),
    (
        "/afdelingen/{department_id}/",
        Department,
        {"name", "parent", "contact_type", "risk_class", "vulnerable_processes"},
        lambda _world: {"name": "Balie", "parent": "", "contact_type": "desk", "risk_class": "B"},
    ),
    ("/mensen/{person_id}/rol/{grant_id}/", Grant, {"withdrawn_at"}, lambda _world: {"reason": "andere baan"}),
]


def hostile_values(model: type[models.Model], *, allowed: set[str], world: World) -> dict[str, object]:
    """A value for every field of the table that the form has no business with."""
    values: dict[str, object] = {}
    for field in model._meta.concrete_fields:
        kinds: dict[type[models.Field[object, object]], object] = {
            models.BooleanField: "",
            models.DateField: date(1999, 1, 1),
            models.UUIDField: uuid4(),
            models.ForeignKey: world.things["person_id"],
        }
        if field.name not in allowed:
            value = next((v for kind, v in kinds.items() if isinstance(field, kind)), "hostile")
            values |= {field.name: value, field.attname: value}
    return values


@pytest.mark.parametrize(("address", "model", "allowed", "payload"), FORMS, ids=[form[0] for form in FORMS])
def test_a_form_touches_only_its_own_fields(
    address: str, model: type[models.Model], allowed: set[str], payload: Payload, world: World
) -> None:
    client = world.client(Role.FUNCTIONAL_ADMINISTRATOR)
    before = {row["pk"]: row for row in model._default_manager.values("pk", *_fields(model))}
    data = hostile_values(model, allowed=allowed, world=world) | payload(world)
    assert client.post(address.format(**world.things), data).status_code == 302
    after = {row["pk"]: row for row in model._default_manager.values("pk", *_fields(model))}
    assert after.keys() == before.keys()
    touched = {name for pk, row in after.items() for name, value in row.items() if before[pk][name] != value}
    assert touched
    assert touched <= allowed


def _fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name != "last_login"]


def test_whoever_is_added_gets_nothing_that_was_sent_along(world: World) -> None:
    client = world.client(Role.FUNCTIONAL_ADMINISTRATOR)
    data = hostile_values(Person, allowed={"name", "email", "department"}, world=world)
    client.post("/mensen/nieuw/", data | {"name": "Ada", "email": "ada@zilverdam.example", "department": ""})
    plain = add_employee(email="bob@zilverdam.example", name="Bob", department=None, by=SYSTEM, at=AT)
    ada = Person.objects.get(email="ada@zilverdam.example")
    same = ("is_active", "left_on", "language", "last_login")
    assert [getattr(ada, name) for name in same] == [getattr(plain, name) for name in same]
    assert not ada.has_usable_password()
    assert list(ada.grants.values_list("role", flat=True)) == [Role.EMPLOYEE]
