"""The department tree on screen: made, moved, described, closed."""

import pytest
from django.db import IntegrityError, transaction

from bolwerk.accounts.actions import CyclicTreeError, DepartmentInUseError, Profile, change_department, close_department
from bolwerk.accounts.models import Department, Installation
from bolwerk.accounts.queries import tree
from bolwerk.accounts.tests.makers import AT, make_administrator, make_department, make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line

pytestmark = pytest.mark.django_db
PROFILE = {"contact_type": "street", "risk_class": "D", "vulnerable_processes": "Controles\n\n Boetes \n"}


def test_a_department_is_added_below_another_with_its_profile() -> None:
    client = signed_in_client(make_administrator())
    above = make_department("Ruimte")
    client.post("/afdelingen/nieuw/", {"code": "toezicht", "name": "Toezicht", "parent": above.pk} | PROFILE)
    made = Department.objects.get(code="toezicht")
    assert (made.parent, made.risk_class, made.vulnerable_processes) == (above, "D", ["Controles", "Boetes"])
    assert Line.objects.filter(event="accounts.department.added", subject=made.urn).count() == 1


def test_a_code_is_given_once() -> None:
    client = signed_in_client(make_administrator())
    taken = make_department()
    page = client.post("/afdelingen/nieuw/", {"code": taken.code, "name": "Nogmaals", "parent": ""} | PROFILE)
    assert (page.status_code, Department.objects.count()) == (200, 1)


def test_a_code_that_is_none_is_refused_in_plain_words() -> None:
    client = signed_in_client(make_administrator())
    page = client.post("/afdelingen/nieuw/", {"code": "met spatie", "name": "Balie", "parent": ""} | PROFILE)
    assert "Gebruik alleen letters, cijfers, - en _, zonder spaties." in page.content.decode()
    assert "slug" not in page.content.decode()
    assert "met spatie" in page.content.decode()


def test_a_department_is_moved_but_never_below_itself() -> None:
    top, other = make_department("Top"), make_department("Ander")
    below = make_department("Onder", parent=top)
    client = signed_in_client(make_administrator())
    assert client.post(f"/afdelingen/{below.pk}/", {"name": "Onder", "parent": other.pk} | PROFILE).status_code == 302
    below.refresh_from_db()
    assert below.parent == other
    assert client.post(f"/afdelingen/{other.pk}/", {"name": "Ander", "parent": below.pk} | PROFILE).status_code == 200
    with pytest.raises(CyclicTreeError):
        change_department(department=other, name="Ander", parent=below, profile=Profile(), by=SYSTEM, at=AT)


def test_the_tree_reads_from_top_to_bottom_and_loses_nothing() -> None:
    b = make_department("B")
    c = make_department("C", parent=make_department("A"))
    make_department("D", parent=c)
    make_person(department=b)
    assert [(branch.department.name, branch.depth, branch.people) for branch in tree()] == [
        ("A", 0, 0),
        ("C", 1, 0),
        ("D", 2, 0),
        ("B", 0, 1),
    ]
    Department.objects.filter(name="A").update(parent=c)  # a ring, which only a faulty restore could make
    assert {branch.department.name for branch in tree()} == {"A", "B", "C", "D"}


def test_a_department_in_use_stays_open() -> None:
    place = make_department()
    make_person(department=place)
    client = signed_in_client(make_administrator())
    client.post(f"/afdelingen/{place.pk}/sluiten/")
    place.refresh_from_db()
    assert place.closed_on is None
    with pytest.raises(DepartmentInUseError):
        close_department(department=place, by=SYSTEM, at=AT)


def test_a_closed_department_is_no_longer_offered() -> None:
    place = make_department("Oude afdeling")
    client = signed_in_client(make_administrator())
    assert client.post(f"/afdelingen/{place.pk}/sluiten/").status_code == 302
    assert str(place.pk) not in client.get("/mensen/nieuw/").content.decode()
    assert client.get(f"/afdelingen/{place.pk}/").status_code == 404


def test_there_is_one_installation() -> None:
    Installation.objects.create(name="Zilverdam", begun_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(pk=2, name="Tweede", begun_at=AT)
