"""Figures of members come in by signed bundle and are shown together once, when nobody can be read from them."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.urls import reverse

from bolwerk.accounts.tests.makers import make_administrator, signed_in_client
from bolwerk.circle.actions.benchmark import PoolRefusedError, publish_pool
from bolwerk.circle.actions.exchange import bring_in, take_in
from bolwerk.circle.models import Circle, PooledRelease
from bolwerk.circle.queries.benchmark import kind_names
from bolwerk.circle.rules.pooling import TOTAL
from bolwerk.circle.tests.exchange_makers import Elsewhere, figures_of, with_figures
from bolwerk.circle.tests.makers import MONDAY, TODAY, make_circle, make_facilitator, make_member, make_participant

pytestmark = pytest.mark.django_db
YEAR = 2025


@pytest.fixture
def circle() -> Circle:
    return make_circle()


def publish(circle: Circle, **more: Any) -> PooledRelease:
    return publish_pool(circle=circle, year=YEAR, by=circle.founded_by, on=TODAY, at=MONDAY, **more)


def test_five_municipalities_show_what_they_did_together(circle: Circle) -> None:
    with_figures(circle, 6)
    release = publish(circle)
    assert release.cells[TOTAL] == 6 * 120
    assert (release.employees, release.off_by) == (6 * 400, 6 * 2)
    client = signed_in_client(circle.founded_by)
    page = client.get(reverse("circle:figures", args=[circle.pk])).content.decode()
    assert "ongeveer 720 incidenten" in page


def test_with_four_there_is_nothing_and_the_page_says_how_many_are_missing(circle: Circle) -> None:
    with_figures(circle, 4)
    with pytest.raises(PoolRefusedError):
        publish(circle)
    page = signed_in_client(circle.founded_by).get(reverse("circle:figures", args=[circle.pk])).content.decode()
    assert "Er is nog één gemeente nodig." in page


def test_a_year_is_published_once_so_that_a_later_one_is_not_read_from_the_difference(circle: Circle) -> None:
    with_figures(circle, 5)
    publish(circle)
    with_figures(circle, 1, begin=5)
    with pytest.raises(PoolRefusedError):
        publish(circle)
    assert PooledRelease.objects.get().cells[TOTAL] == 600


def test_another_circle_with_almost_the_same_members_is_refused(circle: Circle) -> None:
    with_figures(circle, 6)
    publish(circle)
    other = make_circle("Kring Zuid")
    for number in range(5):
        make_member(other, f"Gemeente {number}")
    with pytest.raises(PoolRefusedError):
        publish(other)


def test_who_left_and_years_that_are_not_over_do_not_count(circle: Circle) -> None:
    with_figures(circle, 5)
    member = circle.members.all()[0]
    member.left_on = TODAY
    member.save()
    with pytest.raises(PoolRefusedError):
        publish(circle)


def test_one_that_weighs_too_much_hides_everything(circle: Circle) -> None:
    with_figures(circle, 5)
    by, big = circle.founded_by, Elsewhere("Groot")
    big.trusted(make_administrator(), municipality="Groot")
    make_member(circle, "Groot")
    content = figures_of("Groot", YEAR, times=100)
    item = str(uuid5(NAMESPACE_URL, "groot"))
    data = big.signed(kind="benchmark", content=content, item=item)
    take_in(incoming=bring_in(data=data, by=by, at=MONDAY), by=by, at=MONDAY)
    assert set(publish(circle).cells) == {TOTAL, *kind_names()}
    assert set(PooledRelease.objects.get().cells.values()) == {None}
    page = signed_in_client(by).get(reverse("circle:figures", args=[circle.pk])).content.decode()
    assert "weegt te zwaar" in page


def test_only_the_circle_sees_it_and_only_who_leads_publishes(circle: Circle) -> None:
    with_figures(circle, 5)
    member = make_participant(make_member(circle, "Oosterwaard"))
    assert member.person
    address = reverse("circle:publish_figures", args=[circle.pk, YEAR])
    inside, outside = signed_in_client(member.person), signed_in_client(make_facilitator("Otto Ander"))
    assert inside.get(reverse("circle:figures", args=[circle.pk])).status_code == 200
    assert inside.post(address).status_code == 404
    assert outside.get(reverse("circle:figures", args=[circle.pk])).status_code == 404
    assert signed_in_client(circle.founded_by).post(address).status_code == 302
    assert PooledRelease.objects.exists()
