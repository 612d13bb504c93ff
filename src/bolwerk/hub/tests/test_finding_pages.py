"""The pages of findings: the list, its map, one finding, the first look, the file. And of everybody who may not."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.hub.actions import Said, review, switch_off
from bolwerk.hub.models import Exclusion, Finding, Review
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.tests.makers import found, make_analyst, put_in_list, put_on

pytestmark = pytest.mark.django_db
LIST = "/knooppunt/"
LONG_AGO = timedelta(days=120)


@pytest.fixture
def analyst(client: Client, installation: Path) -> Person:
    person = make_analyst()
    client.force_login(person)
    put_on(at=timezone.now())
    return person


def some_findings(amount: int = 3, **changes: object) -> list[Finding]:
    """Findings of today, each at an address of its own."""
    today = timezone.localdate()
    rows = [
        found(
            f"f{n}",
            **({"as_of": today, "object_id": f"990001{n:010}", "place": f"Kade {n}, 6100AA Zilverdam"} | changes),
        )
        for n in range(1, amount + 1)
    ]
    return put_in_list(*rows, as_of=today, at=timezone.now())


def judged(finding: Finding, verdict: Verdict, by: Person) -> None:
    now = timezone.now()
    review(finding=finding, said=Said(verdict, "Gezien", finding.version), by=by, at=now, on=timezone.localdate(now))


def test_the_list_begins_with_what_is_still_to_be_looked_at(client: Client, analyst: Person) -> None:
    first, second, third = some_findings()
    judged(first, Verdict.EXPLAINED, analyst)
    page = client.get(LIST).content.decode()
    assert str(first.pk) not in page
    assert page.index(str(second.pk)) < page.index(str(third.pk))
    assert str(first.pk) in client.get(LIST, {"state": "all"}).content.decode()
    assert str(first.pk) in client.get(LIST, {"state": "explained"}).content.decode()


def test_filters_on_rule_and_area_and_a_search_narrow_the_list(client: Client, analyst: Person) -> None:
    (near,) = some_findings(1)
    street = found("s1", rule="BED-02", level="street", place="Dam, Zilverdam", area="6200", as_of=timezone.localdate())
    put_in_list(street, name="r2", at=timezone.now())
    Finding.objects.update(current=True)
    assert str(near.pk) not in client.get(LIST, {"rule": "BED-02"}).content.decode()
    assert str(near.pk) not in client.get(LIST, {"area": "6200"}).content.decode()
    sought = client.post("/zoeken/", {"words": "kade zilverdam", "next": LIST}, follow=True)
    assert str(near.pk) in sought.content.decode()
    assert "kade" not in sought.redirect_chain[-1][0]


def test_the_map_shows_every_finding_of_the_list_and_nothing_else(client: Client, analyst: Person) -> None:
    first, *others = some_findings(30)
    judged(first, Verdict.WORTH_A_LOOK, analyst)
    points = client.get("/knooppunt/kaart/punten/").json()["points"]
    assert {point[3] for point in points} == {str(one.pk) for one in others}
    worth = client.get("/knooppunt/kaart/punten/", {"state": "worth_a_look"}).json()["points"]
    assert [(point[2], point[3]) for point in worth] == [("attention", str(first.pk))]
    shown = [line.facts["shown"] for line in Line.objects.filter(event="hub.map.read").order_by("sequence")]
    assert shown == [29, 1]


def test_expired_findings_are_shown_as_such_and_not_in_the_open_list(client: Client, analyst: Person) -> None:
    (old,) = some_findings(1, as_of=timezone.localdate() - LONG_AGO)
    assert "Er is niets meer te bekijken" in client.get(LIST).content.decode()
    assert "Vervallen" in client.get(LIST, {"state": "expired"}).content.decode()
    page = client.get(f"{LIST}signaal/{old.pk}/").content.decode()
    assert "Je mag het niet meer gebruiken" in page
    assert "Geef een oordeel" not in page
    answer = client.post(f"{LIST}signaal/{old.pk}/beoordelen/", {"seen": 1, "verdict": "wrong", "reason": "Te laat"})
    assert answer.context["form"].errors
    assert not Review.objects.exists()


def test_a_rule_or_register_switched_off_takes_its_findings_away_at_once(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    here = f"{LIST}signaal/{finding.pk}/"
    assert client.get(here).status_code == 200
    switch_off(code="kvk", by=analyst, at=timezone.now(), seen=1, reason="Verkeerde levering")
    assert client.get(here).status_code == 404
    assert str(finding.pk) not in client.get(LIST, {"state": "all"}).content.decode()
    assert client.get("/knooppunt/kaart/punten/", {"state": "all"}).json() == {"points": []}
    assert Line.objects.get(event="denied").subject == finding.urn


def test_an_analyst_gives_a_verdict_with_a_reason(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    here = f"{LIST}signaal/{finding.pk}/"
    client.post(f"{here}beoordelen/", {"seen": 1, "verdict": "worth_a_look", "reason": "Woning zonder kantoor"})
    finding.refresh_from_db()
    assert (finding.verdict, finding.version) == (Verdict.WORTH_A_LOOK, 2)
    page = client.get(here).content.decode()
    assert "Woning zonder kantoor" in page
    line = Line.objects.get(event="hub.finding.reviewed")
    assert (line.subject, line.facts) == (finding.urn, {"verdict": "worth_a_look"})


def test_without_a_reason_nothing_is_kept(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    answer = client.post(f"{LIST}signaal/{finding.pk}/beoordelen/", {"seen": 1, "verdict": "wrong", "reason": " "})
    assert answer.context["form"].errors.keys() == {"reason"}
    assert not Review.objects.exists()


def test_the_second_of_two_analysts_is_told_and_keeps_what_was_typed(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    judged(finding, Verdict.EXPLAINED, make_analyst("Iris Kramer"))
    given = {"seen": 1, "verdict": "wrong", "reason": "Mijn woorden"}
    answer = client.post(f"{LIST}signaal/{finding.pk}/beoordelen/", given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Een collega heeft dit signaal beoordeeld" in page
    assert "Mijn woorden" in page
    assert 'name="seen" value="2"' in page
    assert Review.objects.get().verdict == Verdict.EXPLAINED


def test_a_case_director_reads_and_does_nothing_else(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    client.force_login(make_person("Ellen Brouwer", Role.CASE_DIRECTOR))
    here = f"{LIST}signaal/{finding.pk}/"
    assert client.get(LIST).status_code == 200
    assert "Geef een oordeel" not in client.get(here).content.decode()
    for address in (f"{here}beoordelen/", f"{here}uitsluiten/", f"{LIST}export/", f"{LIST}uitsluitingen/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ANALYST, Role.CASE_DIRECTOR)])
def test_no_other_role_sees_a_finding(client: Client, analyst: Person, role: Role) -> None:
    (finding,) = some_findings(1)
    client.force_login(make_person("Iemand", role))
    for address in (LIST, f"{LIST}signaal/{finding.pk}/", "/knooppunt/kaart/punten/", "/knooppunt/kaart/bebouwing/"):
        assert client.get(address).status_code == 404


def test_a_file_needs_a_reason_and_every_row_says_who_took_it(client: Client, analyst: Person) -> None:
    some_findings(2, headline_nl="=HYPERLINK(1)")
    assert client.get(LIST, {"format": "csv"}).headers["Location"].startswith("/knooppunt/export/")
    assert client.post("/knooppunt/export/", {"reason": ""}).context["form"].errors
    response = client.post("/knooppunt/export/", {"kind": "csv", "reason": "Rondgang met de brandweer"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # of an answer that streams
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert {row["Wat er is gevonden"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {(row["Gedownload door"], row["Waarvoor"]) for row in rows} == {
        ("Ravi Soerjadi", "Rondgang met de brandweer")
    }
    line = Line.objects.get(event="hub.findings.exported")
    assert (line.facts, line.reason) == ({"rows": 2}, "Rondgang met de brandweer")


def test_reading_leaves_lines_with_filter_names_only(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    client.get(LIST, {"area": "6100"})
    client.get(f"{LIST}signaal/{finding.pk}/")
    looked = Line.objects.get(event="hub.findings.read")
    assert looked.facts == {"shown": 1, "filters": "state,area"}
    assert Line.objects.get(event="hub.finding.read").subject == finding.urn


def test_a_vault_that_cannot_be_read_is_said_and_the_list_stays(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    page = client.get(f"{LIST}signaal/{finding.pk}/").content.decode()
    assert "Wat achter dit signaal ligt, is niet te lezen" in page
    assert "12 bedrijven" in page
    assert client.get("/knooppunt/kaart/bebouwing/").json()["features"] == []


@pytest.mark.parametrize(
    "query", ["", "west=a", "west=nan&south=1&east=2&north=3", "west=1e400&south=1&east=2&north=3"]
)
def test_nonsense_about_the_map_is_an_empty_map(client: Client, analyst: Person, query: str) -> None:
    assert client.get(f"/knooppunt/kaart/panden/?{query}").json()["features"] == []


def test_leaving_out_from_a_finding_is_at_once_and_can_be_ended(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    until = timezone.localdate() + timedelta(days=100)
    client.post(f"{LIST}signaal/{finding.pk}/uitsluiten/", {"reason": "Verzamelgebouw", "until": until.isoformat()})
    assert str(finding.pk) not in client.get(LIST).content.decode()
    assert "Weggelaten tot en met" in client.get(f"{LIST}signaal/{finding.pk}/").content.decode()
    exclusion = Exclusion.objects.get()
    assert str(exclusion.pk) in client.get(f"{LIST}uitsluitingen/").content.decode()
    client.post(f"{LIST}uitsluitingen/{exclusion.pk}/", {"reason": "Gebouw is verkocht"})
    assert str(finding.pk) in client.get(LIST).content.decode()
    assert client.get(f"{LIST}uitsluitingen/{exclusion.pk}/").status_code == 404
    events = Line.objects.filter(event__startswith="hub.exclusion.").values_list("event", flat=True)
    assert set(events) == {"hub.exclusion.added", "hub.exclusion.ended"}


def test_an_exclusion_does_not_last_for_ever(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    until = timezone.localdate() + timedelta(days=1000)
    given = {"reason": "Verzamelgebouw", "until": until.isoformat()}
    answer = client.post(f"{LIST}signaal/{finding.pk}/uitsluiten/", given)
    assert answer.context["form"].errors.keys() == {"until"}


def test_a_long_list_costs_no_more_queries_than_a_short_one(client: Client, analyst: Person) -> None:
    counts = []
    client.get(LIST)  # what is asked once in ten seconds is asked now
    for amount in (5, 25):
        some_findings(amount)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len([query for query in queries if query["sql"].startswith("SELECT")]))
    assert counts[0] == counts[1], counts
    assert counts[1] <= 12, counts


def test_a_verdict_lies_closed_in_the_database(client: Client, analyst: Person) -> None:
    (finding,) = some_findings(1)
    given = {"seen": 1, "verdict": "wrong", "reason": "Kanariepietje"}
    client.post(f"{LIST}signaal/{finding.pk}/beoordelen/", given)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM hub_review")
        raw = bytes(cursor.fetchone()[0])
    assert b"Kanariepietje" not in raw
    assert json.dumps(Line.objects.get(event="hub.finding.reviewed").facts).find("Kanarie") == -1
