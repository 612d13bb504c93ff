"""How often a rule is right: blind work lists, what looking gave, and a rule that goes off. And of who may not."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.audit.queries.words import tell
from bolwerk.hub import actions, queries
from bolwerk.hub.actions.looking import draw_list, give_outcome
from bolwerk.hub.actions.moving import take_over_moves
from bolwerk.hub.actions.yield_retention import erase_worklists, worklists_waiting
from bolwerk.hub.models import Finding, Review, RuleStage, StageChange, WorkItem, WorkList
from bolwerk.hub.rules.reviews import Verdict
from bolwerk.hub.rules.stages import Looked, Stage, is_right
from bolwerk.hub.tests.makers import found, make_analyst, make_privacy_officer, put_in_list, put_on, town
from bolwerk.vault.rules.retention import Stage as Kept
from knooppunt.findings.stages import keep_outcomes
from knooppunt.findings.yields import CONTROL_SHARE, Outcome
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.vault import open_vault
from tests.queries import counted

pytestmark = pytest.mark.django_db
HERE = "/knooppunt/opbrengst/"
LISTS = "/knooppunt/werklijsten/"
STAND = date(2026, 11, 1)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of a small town with its addresses, made once."""
    home = tmp_path_factory.mktemp("yields") / "vault"
    ingest("bag", town() / "bag.zip", vault=home, at=timezone.now())
    link(open_vault(home), at=timezone.now())
    return home


@pytest.fixture
def analyst(client: Client, installation: Path, vault: Path) -> Person:
    shutil.copytree(vault, installation / "vault")
    person = make_analyst()
    client.force_login(person)
    put_on(at=timezone.now())
    return person


def some_findings(amount: int = 20) -> list[Finding]:
    today = timezone.localdate()
    rows = [
        found(f"f{n}", as_of=today, object_id=f"990001{n:010}", place=f"Kade {n:02}, 6100AA Zilverdam")
        for n in range(1, amount + 1)
    ]
    return put_in_list(*rows, as_of=today, at=timezone.now())


def drawn(by: Person, most: int = 20) -> WorkList:
    now = timezone.now()
    return draw_list(drawing=actions.Drawing("BED-01", most), by=by, at=now, on=timezone.localdate(now))


def looked(made: WorkList, by: Person, *, right: int, chance: int) -> bool:
    """Look at everything of a list: so many findings are right, and so many controls. Whether the rule went off."""
    now, off = timezone.now(), False
    for is_control, many in ((True, chance), (False, right)):
        for number, item in enumerate(made.items.filter(is_control=is_control)):
            gave = actions.Gave(Looked.CONFIRMED if number < many else Looked.REFUTED, "Langs geweest")
            off = give_outcome(item=item, gave=gave, by=by, at=now, on=timezone.localdate(now)) or off
    return off


def test_a_work_list_mixes_controls_in_and_does_not_show_which(client: Client, analyst: Person) -> None:
    some_findings(10)
    answer = client.post(f"{LISTS}nieuw/", {"rule": "BED-01", "most": 10})
    made = WorkList.objects.get()
    assert answer.headers["Location"] == f"{LISTS}{made.pk}/"
    assert made.items.filter(is_control=True).count() == 10 * CONTROL_SHARE
    assert made.items.filter(is_control=True, place="").count() == 0
    page = client.get(f"{LISTS}{made.pk}/").content.decode()
    assert "willekeurig getrokken" not in page.replace("Sommige zijn willekeurig getrokken", "")
    item = made.items.filter(is_control=True).first()
    assert item is not None
    one = client.get(f"{LISTS}object/{item.pk}/").content.decode()
    other = made.items.filter(is_control=False).first()
    assert other is not None
    same = client.get(f"{LISTS}object/{other.pk}/").content.decode()
    assert len(one) - len(item.place) * one.count(item.place) == pytest.approx(
        len(same) - len(other.place) * same.count(other.place), abs=80
    )


def test_where_an_object_came_from_shows_once_its_outcome_is_in(client: Client, analyst: Person) -> None:
    some_findings(5)
    made = drawn(analyst)
    for item in made.items.all():
        client.post(f"{LISTS}object/{item.pk}/", {"looked": "refuted", "reason": "Gewoon een winkel"})
    page = client.get(f"{LISTS}{made.pk}/").content.decode()
    assert page.count("gevonden door de regel") == 5
    assert page.count("willekeurig getrokken") == 1 + 1  # the control, and the sentence above the list


def test_an_outcome_brings_the_verdict_of_the_finding_along(client: Client, analyst: Person) -> None:
    some_findings(5)
    made = drawn(analyst)
    for item, said in zip(
        made.items.filter(is_control=False), ("confirmed", "refuted", "register", "not_looked"), strict=False
    ):
        client.post(f"{LISTS}object/{item.pk}/", {"looked": said, "reason": "Langs geweest"})
    verdicts = sorted(Finding.objects.values_list("verdict", flat=True))
    assert verdicts == sorted([Verdict.WORTH_A_LOOK, Verdict.EXPLAINED, Verdict.WRONG, Verdict.OPEN, Verdict.OPEN])
    assert set(Review.objects.values_list("by__name", flat=True)) == {analyst.name}
    assert {line.subject for line in Line.objects.filter(event="hub.outcome.given")} == {made.urn}
    assert not any("looked" in line.facts for line in Line.objects.filter(event="hub.outcome.given"))


def test_an_outcome_stays_and_the_second_of_two_is_told(client: Client, analyst: Person) -> None:
    some_findings(5)
    item = drawn(analyst).items.first()
    assert item is not None
    client.post(f"{LISTS}object/{item.pk}/", {"looked": "confirmed", "reason": "Ik was eerst"})
    answer = client.post(f"{LISTS}object/{item.pk}/", {"looked": "refuted", "reason": "Mijn woorden"})
    assert answer.status_code == 409
    assert "Mijn woorden" in answer.content.decode()
    item.refresh_from_db()
    assert (item.looked, item.reason) == ("confirmed", "Ik was eerst")


def test_a_rule_no_better_than_chance_goes_off_by_itself_and_shows_nothing_more(
    client: Client, analyst: Person
) -> None:
    finding = some_findings(20)[0]
    made = drawn(analyst)
    assert client.get(f"/knooppunt/signaal/{finding.pk}/").status_code == 200
    assert looked(made, analyst, right=2, chance=2)
    assert RuleStage.objects.get(pk="BED-01").stage == Stage.OFF
    change = StageChange.objects.get()
    assert (change.by, change.was) == (None, Stage.DEVELOPMENT)
    assert "BED-01" not in queries.rules_on(timezone.localdate())
    assert client.get(f"/knooppunt/signaal/{finding.pk}/").status_code == 404
    page = client.get("/knooppunt/registers/BED-01/stand/").content.decode()
    assert ", vanzelf" in page and "Niet beter dan toeval" in page
    assert "Gelijk: 2 van de 20 keer; willekeurig getrokken 2 van de 4." in page and "Right 2" not in page
    assert "Uit" in client.get(HERE).content.decode()


def test_the_trail_says_in_the_language_of_the_reader_why_a_rule_went_off(client: Client, analyst: Person) -> None:
    some_findings(20)
    assert looked(drawn(analyst), analyst, right=2, chance=2)
    line = Line.objects.get(event="hub.rule.off")
    figures = {"right": 2, "all": 20, "lucky": 2, "drawn": 4}
    assert (line.reason, line.facts) == ("", {"was": "development", "because": "no_better_than_chance", **figures})
    with translation.override("nl"):
        assert tell([line])[0].why == (
            "Gelijk: 2 van de 20 keer; willekeurig getrokken 2 van de 4. Niet beter dan toeval."
        )
    with translation.override("en"):
        assert tell([line])[0].why == "Right 2 of 20 times; drawn at random 2 of 4. No better than chance."
    client.force_login(make_privacy_officer())
    page = client.get("/logboek/", {"what": "change"}).content.decode()
    assert "Niet beter dan toeval" in page and "No better" not in page


def test_a_person_brings_it_back_with_a_reason_and_it_counts_anew(client: Client, analyst: Person) -> None:
    finding = some_findings(20)[0]
    looked(drawn(analyst), analyst, right=0, chance=0)
    there = "/knooppunt/registers/BED-01/stand/"
    assert client.post(there, {"seen": 1, "to": "pilot", "reason": ""}).context["form"].errors
    client.post(there, {"seen": 1, "to": "pilot", "reason": "Grens verhoogd na overleg"})
    assert RuleStage.objects.get(pk="BED-01").stage == Stage.PILOT
    assert queries.yield_of("BED-01") is None
    assert client.get(f"/knooppunt/signaal/{finding.pk}/").status_code == 200
    line = Line.objects.get(event="hub.rule.pilot")
    assert (line.reason, line.actor) == ("Grens verhoogd na overleg", analyst.urn)


def test_mature_is_earned_and_the_second_of_two_movers_is_told(client: Client, analyst: Person) -> None:
    some_findings(20)
    there = "/knooppunt/registers/BED-01/stand/"
    client.post(there, {"seen": 0, "to": "pilot", "reason": "Proef begint"})
    early = client.post(there, {"seen": 1, "to": "mature", "reason": "Nu al"})
    assert "nog niet duidelijk beter dan toeval" in early.content.decode()
    assert not looked(drawn(analyst), analyst, right=15, chance=0)
    assert client.post(there, {"seen": 0, "to": "off", "reason": "Te laat"}).status_code == 409
    client.post(there, {"seen": 1, "to": "mature", "reason": "Klaar"})
    assert RuleStage.objects.get(pk="BED-01").stage == Stage.MATURE


def test_a_list_leaves_out_what_stands_on_one_and_says_when_nothing_is_left(client: Client, analyst: Person) -> None:
    some_findings(6)
    drawn(analyst, most=6)
    answer = client.post(f"{LISTS}nieuw/", {"rule": "BED-01", "most": 10})
    assert "geen open signaal" in answer.content.decode()
    assert WorkList.objects.count() == 1


def test_without_a_vault_nothing_is_drawn_and_it_is_said(client: Client, analyst: Person, installation: Path) -> None:
    some_findings(6)
    shutil.rmtree(installation / "vault")
    answer = client.post(f"{LISTS}nieuw/", {"rule": "BED-01", "most": 10})
    assert "kluis" in answer.content.decode()
    assert not WorkList.objects.exists()


def test_a_draw_can_be_done_again_with_its_seed(analyst: Person) -> None:
    some_findings(6)
    made = drawn(analyst)
    line = Line.objects.get(event="hub.worklist.drawn")
    assert line.facts["seed"] == str(made.seed)
    assert json.dumps(line.facts).count("990001") == 0


def test_the_privacy_officer_sees_yields_puts_off_and_sees_no_object(client: Client, analyst: Person) -> None:
    some_findings(5)
    made = drawn(analyst)
    client.force_login(make_privacy_officer())
    assert client.get(HERE).status_code == 200
    for address in (LISTS, f"{LISTS}{made.pk}/", f"{LISTS}nieuw/"):
        assert client.get(address).status_code == 404
    there = "/knooppunt/registers/BED-01/stand/"
    assert client.post(there, {"seen": 0, "to": "pilot", "reason": "Mag niet"}).context["form"].errors
    client.post(there, {"seen": 0, "to": "off", "reason": "De grondslag is weg"})
    assert RuleStage.objects.get(pk="BED-01").stage == Stage.OFF


def test_a_case_director_sees_neither(client: Client, analyst: Person) -> None:
    client.force_login(make_person("Ellen Brouwer", Role.CASE_DIRECTOR))
    for address in (HERE, LISTS, "/knooppunt/registers/BED-01/stand/"):
        assert client.get(address).status_code == 404


def test_what_went_off_in_the_vault_goes_off_here_once(analyst: Person, installation: Path) -> None:
    at = timezone.now()
    outcomes = [Outcome("BED-01", f"f{n}", is_control=n >= 20, confirmed=False) for n in range(25)]
    keep_outcomes(open_vault(installation / "vault"), outcomes, at=at)
    assert take_over_moves(on=timezone.localdate(at)) == 1
    assert take_over_moves(on=timezone.localdate(at)) == 0
    moving = actions.Moving(Stage.PILOT, "Toch weer", 1)
    actions.move_rule(code="BED-01", moving=moving, by=analyst, at=at + timedelta(minutes=1))
    assert take_over_moves(on=timezone.localdate(at)) == 0


def test_an_error_in_a_register_is_right_only_where_that_was_meant() -> None:
    assert is_right("BAG-01", Looked.REGISTER) is True
    assert is_right("WON-01", Looked.REGISTER) is False
    assert is_right("WON-01", Looked.NOT_LOOKED) is None


def test_what_could_not_be_looked_at_does_not_count(analyst: Person) -> None:
    some_findings(5)
    now = timezone.now()
    for item in WorkItem.objects.filter(list=drawn(analyst)):
        gave = actions.Gave(Looked.NOT_LOOKED, "Niemand thuis")
        give_outcome(item=item, gave=gave, by=analyst, at=now, on=timezone.localdate(now))
    assert queries.yield_of("BED-01") is None


@pytest.mark.parametrize("page", ["registers/BED-01/", "registers/BED-01/stand/", "opbrengst/"])
def test_a_page_of_a_rule_asks_no_more_than_any_page(client: Client, analyst: Person, page: str) -> None:
    some_findings(20)
    looked(drawn(analyst), analyst, right=2, chance=2)
    client.get(f"/knooppunt/{page}")
    with counted() as queries_asked:
        assert client.get(f"/knooppunt/{page}").status_code == 200
    assert len(queries_asked) <= 12, queries_asked


def test_addresses_of_a_work_list_go_and_the_count_stays(analyst: Person) -> None:
    some_findings(20)
    made = drawn(analyst)
    looked(made, analyst, right=15, chance=1)
    before = queries.yield_of("BED-01")
    keys = [made.pk]
    assert list(worklists_waiting(stage=Kept.PERSONAL, began_before=made.at)) == []
    later = made.at + timedelta(seconds=1)
    assert list(worklists_waiting(stage=Kept.PERSONAL, began_before=later)) == [made]
    erase_worklists(stage=Kept.PERSONAL, keys=keys, by=analyst.urn, at=later)
    assert queries.yield_of("BED-01") == before
    left = WorkItem.objects.filter(list=made)
    assert {(one.place, one.reason, one.by, one.finding) for one in left} == {("", "", None, None)}
    assert not left.filter(object_id__startswith="990001").exists()
    assert list(worklists_waiting(stage=Kept.PERSONAL, began_before=later)) == []
    erase_worklists(stage=Kept.RECORD, keys=keys, by=analyst.urn, at=later)
    assert not WorkItem.objects.exists()


def test_a_finding_that_is_destroyed_leaves_its_outcome(analyst: Person) -> None:
    some_findings(5)
    made = drawn(analyst)
    looked(made, analyst, right=5, chance=0)
    Review.objects.all().delete()
    Finding.objects.all().delete()
    told = queries.yield_of("BED-01")
    assert told is not None and told.looked_at == 5
