"""How often rules were right and where they looked, as we knew it on a day: nothing is counted anew."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.audit.models import Line
from bolwerk.hub import queries
from bolwerk.hub.models import RuleStage, StageChange, Study, WorkItem, WorkList
from bolwerk.hub.rules.knowing import end_of
from bolwerk.hub.rules.stages import Looked, Stage
from bolwerk.hub.rules.studies import StudyKind
from bolwerk.hub.tests.makers import make_analyst, put_on
from bolwerk.hub.tests.test_spread import report
from knooppunt.findings import RULES
from tests.queries import counted

pytestmark = pytest.mark.django_db
HERE = "/knooppunt/opbrengst/"
WEEK = timedelta(weeks=1)


def ago(weeks: int) -> datetime:
    return timezone.now() - weeks * WEEK


def day(weeks: int) -> date:
    return timezone.localdate(ago(weeks))


@pytest.fixture
def analyst(client: Client, installation: Path) -> Person:
    person = make_analyst()
    client.force_login(person)
    put_on("bag", "kvk", "BED-01", at=ago(20))
    return person


def looked(by: Person, *, drawn: int, at: dict[int, int]) -> WorkList:
    """A work list drawn so many weeks ago, of which so many objects were confirmed in each of these weeks."""
    version, size = RULES["BED-01"].version, sum(at.values())
    made = WorkList.objects.create(
        rule="BED-01", rule_version=version, as_of=day(drawn), seed=1, size=size, by=by, at=ago(drawn)
    )
    weeks = [week for week, many in at.items() for _one in range(many)]
    for number, week in enumerate(weeks, start=1):
        item = WorkItem(list=made, number=number, object_id=f"{990001 * 10**10 + number + drawn * 1000:016}")
        item.place, item.is_control, item.looked, item.at = "Kade 1", False, Looked.CONFIRMED, ago(week)
        item.save()
    return made


def told(weeks: int) -> tuple[int, int, Stage]:
    """What was looked at by then, what waited, and the stage of then."""
    (life,) = queries.lives(codes=["BED-01"], until=end_of(day(weeks)))
    return life.told.looked_at if life.told else 0, life.open_items, life.stage


def test_outcomes_count_from_the_day_they_were_given(analyst: Person) -> None:
    looked(analyst, drawn=6, at={5: 3, 2: 4})
    assert [told(weeks)[:2] for weeks in (7, 6, 5, 3, 2, 0)] == [(0, 0), (0, 7), (3, 4), (3, 4), (7, 0), (7, 0)]
    (now,) = queries.lives(codes=["BED-01"])
    assert now.told is not None and now.told.looked_at == 7


def test_a_rule_stood_as_its_moves_of_then_say_and_what_was_before_it_came_back_counts_no_more(analyst: Person) -> None:
    looked(analyst, drawn=9, at={8: 5})
    row = RuleStage.objects.create(code="BED-01", stage=Stage.PILOT, version=2, counts_from=ago(4))
    for number, was, stage, weeks in ((1, Stage.DEVELOPMENT, Stage.OFF, 7), (2, Stage.OFF, Stage.PILOT, 4)):
        StageChange.objects.create(
            rule=row, number=number, was=was, stage=stage, reason="Zo besproken", by=analyst, at=ago(weeks)
        )
    looked(analyst, drawn=3, at={2: 2})
    assert [told(weeks) for weeks in (8, 6, 3, 2)] == [
        (5, 0, Stage.DEVELOPMENT), (5, 0, Stage.OFF), (0, 2, Stage.PILOT), (2, 0, Stage.PILOT),
    ]  # fmt: skip
    assert queries.lives(codes=["BED-01"], until=end_of(day(0))) == queries.lives(codes=["BED-01"])


def test_the_page_looks_back_and_says_so(client: Client, analyst: Person) -> None:
    looked(analyst, drawn=6, at={5: 3, 2: 4})
    with counted() as now:
        assert "7 van de 7 keer" in client.get(HERE).content.decode()
    with counted() as then:
        back = client.get(HERE, {"known_on": day(4).isoformat()}).content.decode()
    assert len(then) <= len(now)
    assert "3 van de 3 keer" in back and "Zoals we het wisten op" in back
    assert "/knooppunt/werklijsten/nieuw/" not in back and f'value="{day(4).isoformat()}"' in back
    early = client.get(HERE, {"known_on": day(7).isoformat()}).content.decode()
    assert "had nog niemand naar een object van een werklijst gekeken" in early
    assert Line.objects.filter(event="hub.yields.read").latest("sequence").facts["filters"] == "known_on"


def test_where_rules_look_is_the_report_of_then_as_it_came_out_of_the_gate(client: Client, analyst: Person) -> None:
    for weeks, compared in ((5, "more"), (1, "no difference shown")):
        one = report("BED-01", compared)
        Study.objects.filter(pk=one.pk).update(made_at=ago(weeks), as_of=day(weeks))
    english = {"accept-language": "en"}
    then = client.get(HERE, {"known_on": day(3).isoformat()}, headers=english).content.decode()
    assert "Found more often" in then and "found hidden, of 90 objects" in then
    assert "Found more often" not in client.get(HERE, headers=english).content.decode()
    early = client.get(HERE, {"known_on": day(6).isoformat()}, headers=english).content.decode()
    assert "there was no report yet" in early
    assert Study.objects.filter(kind=StudyKind.BIAS).count() == 2


@pytest.mark.parametrize("given", ["gisteren", "2999-01-01"])
def test_a_day_that_is_none_or_has_yet_to_come_shows_what_is_known_now(
    client: Client, analyst: Person, given: str
) -> None:
    looked(analyst, drawn=6, at={5: 3})
    answer = client.get(HERE, {"known_on": given})
    assert answer.status_code == 200 and "3 van de 3 keer" in answer.content.decode()
    assert "Je ziet wat nu bekend is" in answer.content.decode()
