"""Where rules look: made after findings were looked for, shown beside yields, and only of rules in use."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.hub.actions.studying import study_spread
from bolwerk.hub.models import Study, WorkItem, WorkList
from bolwerk.hub.rules.stages import Looked
from bolwerk.hub.rules.studies import StudyKind
from bolwerk.hub.tests.makers import make_analyst, put_on, town
from knooppunt.findings import run_findings
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.vault import Vault, open_vault

pytestmark = pytest.mark.django_db
HERE = "/knooppunt/opbrengst/"
STAND = date(2026, 11, 1)
RULES = ("BED-01", "WON-03")


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    """A vault of a small town with findings, made once."""
    home = tmp_path_factory.mktemp("spread") / "vault"
    files = {"bag": "bag.zip", "brp": "brp.csv", "kvk": "kvk.jsonl", "areas": "areas.csv", "areamap": "areamap.csv"}
    for register, file in files.items():
        ingest(register, town() / file, vault=home, at=timezone.now(), as_of=STAND)
    link(open_vault(home), at=timezone.now())
    run_findings(open_vault(home), as_of=STAND, rules=RULES)
    return open_vault(home)


@pytest.fixture
def analyst(client: Client, installation: Path) -> Person:
    person = make_analyst()
    client.force_login(person)
    return person


def kept(vault: Vault) -> int:
    now = timezone.now()
    return study_spread(vault=vault, rules=RULES, as_of=STAND, at=now, on=timezone.localdate(now))


def test_reports_are_kept_once_for_a_day_and_only_with_neighbourhoods_in_use(vault: Vault, analyst: Person) -> None:
    put_on("bag", "brp", "kvk", *RULES, at=timezone.now())
    assert kept(vault) == 0
    put_on("areas", "areamap", at=timezone.now())
    assert kept(vault) == 2
    assert kept(vault) == 0
    assert {one.about for one in Study.objects.filter(kind=StudyKind.BIAS)} == set(RULES)


def report(rule: str, compared: str) -> Study:
    """A report as knooppunt gives it: very urban, beside the rest."""
    urban = {"name": "very urban", "objects": 1000, "found": 200, "low": 0.17, "high": 0.234, "compared": compared}
    rest = {"name": "unknown", "objects": 90, "found": None, "low": None, "high": None, "compared": "too few to tell"}
    classes = [urban | {"rest_low": 0.01, "rest_high": 0.05}, rest | {"rest_low": None, "rest_high": None}]
    result = {"rule": rule, "objects": 2000, "found": 220, "classes": classes}
    return Study.objects.create(kind=StudyKind.BIAS, about=rule, as_of=STAND, result=result, made_at=timezone.now())


def test_the_page_says_a_difference_in_words_and_hides_small_numbers(client: Client, analyst: Person) -> None:
    put_on("bag", "kvk", "brp", *RULES, "WON-01", at=timezone.now())
    report("BED-01", "more")
    report("WON-03", "no difference shown")
    report("WON-01", "too few to tell")
    page = client.get(HERE, headers={"accept-language": "en"}).content.decode()
    assert "Too few were found to tell: Over-occupation." in page
    assert "Found more often in neighbourhoods that are very urban: 17.0 to 23.4%, elsewhere 1.0 to 5.0%." in page
    assert "not the same as no difference" in page
    assert "neighbourhood not known: found hidden, of 90 objects" in page
    assert page.index("Found more often") < page.index("not the same as no difference")


def test_the_page_says_where_a_rule_is_right_more_often(client: Client, analyst: Person) -> None:
    put_on("bag", "kvk", "BED-01", "BED-02", at=timezone.now())
    one = report("BED-01", "no difference shown")
    urban = {"name": "very urban", "confirmed": 100, "refuted": 20, "not_judged": None, "low": 0.7, "high": 0.9}
    one.result["outcomes"] = [urban | {"rest_low": 0.1, "rest_high": 0.4, "compared": "more"}]
    one.save()
    page = client.get(HERE, headers={"accept-language": "en"}).content.decode()
    assert "Right more often in neighbourhoods that are very urban: 70.0 to 90.0%, elsewhere 10.0 to 40.0%." in page
    assert "very urban: confirmed 100, not confirmed 20, not judged hidden" in page
    urban["compared"] = "too few to tell"
    one.result["outcomes"] = [urban | {"low": None, "high": None, "rest_low": None, "rest_high": None}]
    one.save()
    page = client.get(HERE, headers={"accept-language": "en"}).content.decode()
    assert "Too few were looked at to tell whether it was as often right everywhere." in page


def test_what_looking_gave_until_then_is_kept_with_the_report(vault: Vault, analyst: Person) -> None:
    put_on("bag", "brp", "kvk", "areas", "areamap", *RULES, at=timezone.now())
    made = WorkList.objects.create(
        rule="WON-03", rule_version=1, as_of=STAND, seed=1, size=1, by=analyst, at=timezone.now()
    )
    item = WorkItem(list=made, number=1, object_id="9900010000000001", place="Kade 1", is_control=False)
    item.looked, item.at = Looked.CONFIRMED, timezone.now()
    item.save()
    kept(vault)
    results = {one.about: one.result for one in Study.objects.filter(kind=StudyKind.BIAS)}
    assert results["BED-01"]["outcomes"] == [] and results["WON-03"]["outcomes"]


def test_the_report_of_a_rule_that_is_off_is_not_there(client: Client, analyst: Person) -> None:
    put_on("bag", "kvk", "BED-01", at=timezone.now())
    report("WON-03", "more")
    page = client.get(HERE, headers={"accept-language": "en"}).content.decode()
    assert "Found more often" not in page and "This appears once findings were looked for" in page
