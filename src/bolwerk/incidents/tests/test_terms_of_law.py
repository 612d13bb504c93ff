"""Every term that the law, guidance or Bolwerk names: with its source, and whether somebody stands behind it."""

from datetime import UTC, datetime

import pytest
import yaml
from django.test import Client
from django.utils import translation

from bolwerk.deadlines.rules import Term, Unit
from bolwerk.incidents.actions import set_term
from bolwerk.incidents.actions.response import set_ladder_step, set_period
from bolwerk.incidents.queries import other_terms, set_terms
from bolwerk.incidents.queries.kinds import CONTENT
from bolwerk.incidents.queries.police import offences
from bolwerk.incidents.queries.response import ladder
from bolwerk.incidents.rules import DEFAULT_TERMS, Duty
from bolwerk.incidents.rules.ladder import Step
from bolwerk.incidents.rules.objections import DEFAULT_PERIODS, Period
from bolwerk.incidents.tests.makers import make_coordinator

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
# From the note on the domain: 2.5 and 2.6 (reaction), 2.7 (police), 2.8 (care), 2.11 (working conditions), and the Awb.
NAMED = [
    ("First contact", "24 hours"),
    ("Reception talk", "72 hours"),
    ("Talk after 2 weeks", "2 weeks"),
    ("Talk after 6 to 8 weeks", "8 weeks"),
    ("Feedback to the reporter", "5 working days"),
    ("Report an accident to the labour inspectorate", "at once"),
    ("An absence puts an accident on the list", "more than 3 working days"),
    ("Answer what somebody asks for the own care", "1 working day"),
    ("Report to the police, or write why not", "2 working days"),
    ("Written warning", "2 days"),
    ("Order talk with agreements", "14 days"),
    ("First reaction to the person", "48 hours"),
    ("The person can object", "6 weeks"),
    ("Decide an objection", "6 weeks"),
    ("Decide an objection with a committee", "12 weeks"),
    ("Handle a complaint", "6 weeks"),
    ("Handle a complaint with a committee", "10 weeks"),
]


def test_every_term_of_the_note_is_named_with_a_source_and_said_to_be_unverified() -> None:
    with translation.override("en"):
        found = set_terms()
        assert [(one.what, one.term) for one in found] == NAMED
        assert all(one.source for one in found)
        assert not any(one.verified for one in found), "nobody of ours has checked a law"


def test_the_page_says_of_each_where_it_comes_from_and_how_sure_that_is(client: Client) -> None:
    client.force_login(make_coordinator())
    page = client.get("/meldingen/instellingen/").content.decode()
    for one in other_terms():
        piece = page.split(f"{one.what}: {one.term}</h3>")[1].split("</section>")[0]
        assert one.source in piece.replace("&amp;", "&").replace("&#x27;", "'")
        assert "niet gecontroleerd" in piece


def test_what_the_municipality_set_is_marked_as_its_own(client: Client) -> None:
    by = make_coordinator()
    client.force_login(by)
    term = Term(3, Unit.DAYS, "Besluit MT")
    set_term(duty=Duty.CONTACT, term=term, by=by, at=AT)
    set_period(period=Period.FIRST_RESPONSE, term=term, by=by, at=AT)
    page = client.get("/meldingen/instellingen/").content.decode()
    assert page.count("Ingesteld door je gemeente") == 2
    assert page.count("Besluit MT") == 2


@pytest.mark.parametrize("name", [*(duty.value for duty in Duty), *(f"ladder/{one.value}" for one in (*Period, *Step))])
def test_the_page_of_one_term_says_how_sure_it_is(client: Client, name: str) -> None:
    by = make_coordinator()
    client.force_login(by)
    here = f"/meldingen/instellingen/{name}/"
    assert "niet gecontroleerd" in client.get(here).content.decode()
    if name.startswith("ladder/") and (step := name.removeprefix("ladder/")) in Step.values:
        set_ladder_step(step=Step(step), rung=ladder()[Step(step)], by=by, at=AT)
        assert "Ingesteld door je gemeente" in client.get(here).content.decode()


def test_defaults_name_a_source_and_every_rung_has_one() -> None:
    assert all(str(one.source).strip() for one in (*DEFAULT_TERMS.values(), *DEFAULT_PERIODS.values()))
    assert all(rung.source.strip() for rung in ladder().values())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_offences_are_those_of_the_note_and_say_that_no_lawyer_looked(language: str) -> None:
    articles = [
        "177",
        "363",
        "179",
        "266",
        "272",
        "284",
        "285",
        "285b",
        "285d",
        "300",
        "301",
        "304",
        "350",
        "138",
        "139",
    ]
    with translation.override(language):
        assert [one.article.split()[1] for one in offences()] == articles
    text = (CONTENT / f"offences.{language}.yaml").read_text(encoding="utf-8")
    assert {"nl": "Niet gecontroleerd", "en": "Not checked"}[language] in text
    assert all(row["article"].startswith("Sr ") for row in yaml.safe_load(text))
