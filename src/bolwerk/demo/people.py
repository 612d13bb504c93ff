"""The people of Zilverdam, with their departments and roles."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from unicodedata import normalize

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from bolwerk.accounts.actions import add_example_departments, add_person, give_role
from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.ways_back import Recognised
from bolwerk.accounts.signin.ways_back import ask as ask_way_back
from bolwerk.audit.actions import SYSTEM
from bolwerk.demo.content import read

DOMAIN = "zilverdam.example"
PASSWORD = "zilverdam-proeft-bolwerk"  # noqa: S105  printed by the demo, good for nothing else


@dataclass
class Town:
    """Who works where: people by name, departments by code, and who belongs to each."""

    people: dict[str, Person] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    teams: dict[str, list[Person]] = field(default_factory=dict)


@dataclass(frozen=True)
class Guest:
    """Somebody as whom a visitor of the demo can sign in."""

    name: str
    role: Role
    email: str


def address_of(name: str, domain: str = DOMAIN) -> str:
    """The e-mail address of somebody: "Sanne de Wit" is sanne.dewit@zilverdam.example."""
    plain = normalize("NFKD", name.lower().replace("-", "")).encode("ascii", "ignore").decode()
    first, *rest = plain.split(" ")
    return f"{first}.{''.join(rest)}@{domain}"


def guests() -> list[Guest]:
    """As whom one can sign in to the demo, in the order in which that is worth trying."""
    rows = read("people")["signs_in"]
    return [Guest(row["name"], Role(row["role"]), address_of(row["name"], row.get("at", DOMAIN))) for row in rows]


def _everybody() -> Iterator[dict[str, Any]]:
    people = read("people")
    yield from (row for row in people["signs_in"] if "at" not in row)  # the others come from elsewhere: see circle.py
    yield from people["colleagues"]
    for row in people["managers"]:
        yield {**row, "role": Role.MANAGER, "department": row["of"]}
    for department, names in people["employees"].items():
        yield from ({"name": name, "role": Role.EMPLOYEE, "department": department} for name in names)


def settle(*, at: datetime) -> Town:
    """Make departments and people, each with a role; only the guests have a password."""
    add_example_departments(by=SYSTEM, at=at)
    town = Town(departments={department.code: department for department in Department.objects.all()})
    may_sign_in = {guest.name for guest in guests()}
    for row in _everybody():
        department, role = town.departments[row["department"]], Role(row["role"])
        password = PASSWORD if row["name"] in may_sign_in else None
        email = address_of(row["name"])
        person = add_person(email=email, name=row["name"], department=department, by=SYSTEM, at=at, password=password)
        give_role(person=person, role=Role.EMPLOYEE, by=SYSTEM, at=at)
        if role is not Role.EMPLOYEE:
            reach = town.departments[row["of"]] if "of" in row else None
            give_role(person=person, role=role, department=reach, by=SYSTEM, at=at)
        town.people[person.name] = person
        town.teams.setdefault(row["department"], []).append(person)
    return town


def lose_a_phone(town: Town, *, at: datetime) -> None:
    """A manager dropped her phone; the administrator, who is the only one, asked to let her begin anew."""
    row = read("people")["lost_a_phone"]
    person = town.people[row["name"]]
    TOTP.activate(person, generate_totp_secret())
    known = Recognised(row["recognised"])
    ask_way_back(person=person, recognised=known, reason=row["reason"], by=town.people[row["asked_by"]], at=at)
