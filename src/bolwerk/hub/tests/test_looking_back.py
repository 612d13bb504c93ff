"""As we knew it on a day: the list, its map, one finding and a look ahead, as they were at the end of that day."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.audit.models import Line
from bolwerk.hub.actions import LeftOut, Said, add_exclusion, review, switch_off
from bolwerk.hub.models import Finding, Study
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.rules.studies import StudyKind
from bolwerk.hub.tests.makers import found, make_analyst, put_in_list, put_on

pytestmark = pytest.mark.django_db
LIST = "/knooppunt/"
WEEK = timedelta(days=7)


@pytest.fixture
def analyst(client: Client, installation: Path) -> Person:
    person = make_analyst()
    client.force_login(person)
    put_on(at=timezone.now())
    return person


@pytest.fixture
def two_weeks(analyst: Person) -> tuple[Finding, Finding, Finding]:
    """A search of a fortnight ago that found two, one of them judged now; and one of last week that found another."""
    now = timezone.now()
    first, second = timezone.localdate() - 2 * WEEK, timezone.localdate() - WEEK
    gone, stays = put_in_list(
        found("a1", object_id="9900010000000011", place="Kade 1, 6100AA Zilverdam", as_of=first),
        found("a2", object_id="9900010000000012", place="Kade 2, 6100AA Zilverdam", as_of=first),
        name="r1",
        as_of=first,
        at=now - 2 * WEEK,
    )
    (new,) = put_in_list(
        found("b2", object_id="9900010000000012", place="Kade 2, 6100AA Zilverdam", as_of=second),
        name="r2",
        as_of=second,
        at=now - WEEK,
    )
    return gone, stays, new


def known(finding: Finding | None = None, *, weeks: int) -> tuple[str, dict[str, str]]:
    day = timezone.localdate() - weeks * WEEK
    return (f"{LIST}signaal/{finding.pk}/" if finding else LIST), {"known_on": day.isoformat()}


def test_the_list_is_that_of_the_last_search_of_then(
    client: Client, two_weeks: tuple[Finding, Finding, Finding]
) -> None:
    gone, stays, new = two_weeks
    then = client.get(*known(weeks=2)).content.decode()
    assert str(gone.pk) in then and str(stays.pk) in then and str(new.pk) not in then
    assert "Zoals we het wisten op" in then and "Zoek signalen" not in then
    later = client.get(*known(weeks=1)).content.decode()
    assert str(new.pk) in later and str(gone.pk) not in later
    assert "was er nog niets gezocht" in client.get(*known(weeks=3)).content.decode()


def test_a_verdict_and_an_exclusion_of_later_were_not_there_yet(
    client: Client, analyst: Person, two_weeks: tuple[Finding, Finding, Finding]
) -> None:
    _gone, _stays, new = two_weeks
    now, today = timezone.now(), timezone.localdate()
    review(finding=new, said=Said(Verdict.WRONG, "Staat leeg", new.version), by=analyst, at=now, on=today)
    address, day = known(weeks=1)
    assert str(new.pk) in client.get(address, day | {"state": "open"}).content.decode()
    assert str(new.pk) not in client.get(address, day | {"state": "wrong"}).content.decode()
    assert str(new.pk) in client.get(address, {"known_on": today.isoformat(), "state": "wrong"}).content.decode()
    page = client.get(*known(new, weeks=1)).content.decode()
    assert "Staat leeg" not in page and "Geef een oordeel" not in page and "Je kijkt terug" in page
    left = LeftOut(new.rule, new.object_id, new.place, "Verzamelgebouw", today + WEEK)
    add_exclusion(what=left, by=analyst, at=now, on=today)
    assert str(new.pk) in client.get(*known(weeks=1)).content.decode()
    assert "Verzamelgebouw" not in client.get(*known(new, weeks=1)).content.decode()
    assert "Verzamelgebouw" in client.get(known(new, weeks=0)[0]).content.decode()


def test_a_finding_that_no_search_had_given_yet_is_told_so(
    client: Client, two_weeks: tuple[Finding, Finding, Finding]
) -> None:
    gone, _stays, new = two_weeks
    page = client.get(*known(new, weeks=2)).content.decode()
    assert "was dit signaal nog niet bekend" in page and new.headline_nl not in page
    assert "Niet meer gevonden" in client.get(*known(gone, weeks=1)).content.decode()
    assert "Niet meer gevonden" not in client.get(*known(gone, weeks=2)).content.decode()


def test_the_map_and_every_link_look_back_too(client: Client, two_weeks: tuple[Finding, Finding, Finding]) -> None:
    gone, stays, _new = two_weeks
    day = known(weeks=2)[1]
    points = client.get(f"{LIST}kaart/punten/", day).json()["points"]
    assert {point[3] for point in points} == {str(gone.pk), str(stays.pk)}
    page = client.get(LIST, day | {"rule": "BED-01"}).content.decode()
    assert f"{LIST}signaal/{gone.pk}/?known_on={day['known_on']}" in page
    assert f'name="known_on" value="{day["known_on"]}"' in page
    assert Line.objects.filter(event="hub.map.read").latest("sequence").facts["filters"] == "known_on"
    assert Line.objects.filter(event="hub.findings.read").latest("sequence").facts["filters"] == "state,rule,known_on"
    assert client.get(LIST, day | {"format": "csv"}).status_code == 200


@pytest.mark.parametrize(
    ("given", "sentence"),
    [("gisteren", "Dit is geen dag"), ("2026-02-30", "Dit is geen dag"), ("2999-01-01", "Deze dag moet nog komen")],
)
def test_a_day_that_is_none_gets_a_sentence_and_what_is_known_now(
    given: str, sentence: str, client: Client, two_weeks: tuple[Finding, Finding, Finding]
) -> None:
    new = two_weeks[2]
    for address in (LIST, f"{LIST}signaal/{new.pk}/", f"{LIST}vooruitblik/"):
        answer = client.get(address, {"known_on": given})
        assert answer.status_code == 200 and sentence in answer.content.decode()
    assert str(new.pk) in client.get(LIST, {"known_on": given}).content.decode()
    assert client.get(f"{LIST}kaart/punten/", {"known_on": given}).json()["points"][0][3] == str(new.pk)


def test_a_rule_that_was_switched_off_stays_away_when_one_looks_back(
    client: Client, analyst: Person, two_weeks: tuple[Finding, Finding, Finding]
) -> None:
    gone = two_weeks[0]
    switch_off(code="kvk", by=analyst, at=timezone.now(), seen=1, reason="Verkeerde levering")
    assert client.get(*known(gone, weeks=2)).status_code == 404
    assert str(gone.pk) not in client.get(*known(weeks=2)).content.decode()


def test_of_a_day_that_was_searched_twice_without_a_vault_it_is_said_that_it_cannot_be_told(
    client: Client, two_weeks: tuple[Finding, Finding, Finding]
) -> None:
    first = timezone.localdate() - 2 * WEEK
    put_in_list(found("a1", as_of=first), name="r3", as_of=first, at=timezone.now())
    assert "niet te zeggen wat bekend was" in client.get(*known(weeks=2)).content.decode()


def test_a_look_ahead_is_the_newest_of_then(client: Client, analyst: Person) -> None:
    today = timezone.localdate()
    gains = dict.fromkeys(("gain", "gain_low", "gain_high"), 0.0)
    told = {"verdict": "too_short", "month": "2026-12-01", "areas": [], **gains}
    result = {"forecast": told, "series": {"areas": [], "months": ["2026-10-01"], "counts": []}, "spots": []}
    for weeks in (1, 3):
        moment = timezone.now() - weeks * WEEK
        about = {"kind": StudyKind.AHEAD, "about": "BED-01", "as_of": today - weeks * WEEK, "result": result}
        Study.objects.create(**about, made_at=moment)
    here = f"{LIST}vooruitblik/"
    now, then = (client.get(here, {"known_on": (today - weeks * WEEK).isoformat()}) for weeks in (0, 2))
    assert now.context["chosen"].as_of == today - WEEK and then.context["chosen"].as_of == today - 3 * WEEK
    assert "Zoals we het wisten op" in then.content.decode()
    early = client.get(f"{here}BED-01/", {"known_on": (today - 4 * WEEK).isoformat()})
    assert "was er nog niets berekend" in early.content.decode()
