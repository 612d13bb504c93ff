"""The municipality's own closing days: added with their source, counted in terms, taken back in time."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_administrator, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.actions import DayPassedError, add_closing_day, remove_closing_day
from bolwerk.deadlines.models import ClosingDay
from bolwerk.deadlines.queries import working_calendar
from bolwerk.deadlines.rules import Term, Unit, due
from bolwerk.deadlines.tests.makers import MONDAY

pytestmark = pytest.mark.django_db
HERE = "/taken/sluitingsdagen/"
TUESDAY = date(2026, 11, 24)
SAID = {"reason": "Brugdag", "source": "Besluit van de gemeentesecretaris"}


@pytest.fixture
def keeper(client: Client) -> Person:
    person = make_administrator()
    client.force_login(person)
    return person


def working_day_ahead() -> date:
    """A day to come on which people work."""
    days = (timezone.localdate() + timedelta(days=ahead) for ahead in range(1, 30))
    return next(day for day in days if working_calendar().is_working_day(day))


def test_a_term_in_working_days_passes_over_it() -> None:
    term = Term(1, Unit.WORKING_DAYS)
    assert due(MONDAY, term, working_calendar()).date() == TUESDAY
    add_closing_day(day=TUESDAY, by=make_administrator(), at=MONDAY, **SAID)
    assert due(MONDAY, term, working_calendar()).date() == TUESDAY + timedelta(days=1)


def test_an_administrator_adds_a_day_with_its_source(client: Client, keeper: Person) -> None:
    day = working_day_ahead()
    assert "geen eigen sluitingsdagen" in client.get(HERE).content.decode()
    client.post(HERE, {"day": day.isoformat(), **SAID})
    page = client.get(HERE).content.decode()
    assert "Besluit van de gemeentesecretaris" in page
    line = Line.objects.get(event="deadlines.closing_day.added")
    assert (line.subject, line.actor) == (f"urn:bolwerk:deadlines:closing_day:{day}", keeper.urn)


@pytest.mark.parametrize(
    "wrong", [{"source": ""}, {"reason": ""}, {"day": "2020-01-06"}, {"day": "2030-12-25"}, {"day": "2030-01-05"}]
)
def test_what_is_not_right_is_said_and_nothing_is_added(client: Client, keeper: Person, wrong: dict[str, str]) -> None:
    form = {"day": working_day_ahead().isoformat(), **SAID} | wrong
    assert client.post(HERE, form).context["form"].errors
    assert not ClosingDay.objects.exists()


def test_the_same_day_twice_is_one_day(client: Client, keeper: Person) -> None:
    day = working_day_ahead().isoformat()
    client.post(HERE, {"day": day, **SAID})
    assert "al dicht" in client.post(HERE, {"day": day, **SAID}).content.decode()
    assert ClosingDay.objects.count() == 1


def test_a_day_to_come_can_be_taken_back_and_one_that_passed_cannot(client: Client, keeper: Person) -> None:
    ahead, passed = working_day_ahead(), timezone.localdate() - timedelta(days=1)
    for day in (ahead, passed):
        ClosingDay.objects.create(day=day, **SAID)
    client.post(f"{HERE}{ahead}/weg/")
    assert client.post(f"{HERE}{passed}/weg/").status_code == 404
    assert client.post(f"{HERE}{ahead}/weg/").status_code == 404
    assert client.post(f"{HERE}nooit/weg/").status_code == 404
    assert [one.day for one in ClosingDay.objects.all()] == [passed]
    with pytest.raises(DayPassedError):
        remove_closing_day(closing_day=ClosingDay.objects.get(), by=keeper, at=timezone.now())


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.MANAGER, Role.AGGRESSION_COORDINATOR, Role.PRIVACY_OFFICER])
def test_for_others_there_is_no_such_page(client: Client, role: Role) -> None:
    client.force_login(make_person("Iemand", role))
    assert client.get(HERE).status_code == 404
    assert HERE not in client.get("/meer/").content.decode()


def test_it_stands_under_more(client: Client, keeper: Person) -> None:
    assert HERE in client.get("/meer/").content.decode()
