"""Lines in words."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import ngettext_lazy

from bolwerk.audit.actions import SYSTEM, record
from bolwerk.audit.queries.names import name_in, names_of
from bolwerk.audit.queries.words import events_of, sayings, tell
from bolwerk.audit.rules.things import TRAIL, app_of
from bolwerk.audit.rules.words import Facts, Group, Saying

MOVES = {"incidents.measure.moved": "lift", "incidents.care.moved": "decline"}  # a step means something in its own room
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# A fact for every placeholder and every function, so that each sentence can be said.
FACTS = dict.fromkeys(("shown", "rows", "reached", "line", "lines", "at_line", "added", "changed", "left"), 2) | {
    "status": "closed",
    "duty": "contact",
    "outcome": "held",
    "role": "manager",
    "to": "Mo Bakker",
    "refusal": "broken",
}


@pytest.mark.django_db
def test_a_line_reads_as_a_sentence_in_both_languages() -> None:
    line = record("audit.trail.read", subject=TRAIL, actor=SYSTEM, at=AT, shown=1)
    with translation.override("nl"):
        told = tell([line])[0]
    assert (told.who, told.what, told.thing) == ("Bolwerk zelf", "keek in het logboek (1 regel)", "het logboek")
    with translation.override("en"):
        assert tell([line])[0].what == "looked in the log (1 line)"
    assert told.group is Group.TRAIL


@pytest.mark.django_db
def test_an_event_without_a_sentence_stays_readable() -> None:
    told = tell([record("later.thing.done", subject="urn:bolwerk:later:thing:7", actor=SYSTEM, at=AT)])[0]
    assert "later.thing.done" in told.what
    assert told.thing == "later thing 7"
    assert told.group is None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_can_be_said_and_none_is_empty(language: str) -> None:
    with translation.override(language):
        said = {event: saying.said(FACTS | {"move": MOVES.get(event, "")}) for event, saying in sayings().items()}
    assert [event for event, text in said.items() if not text.strip() or "%(" in text] == []


def test_a_fact_that_an_old_line_lacks_reads_as_dots() -> None:
    assert Saying(Group.CHANGE, "asked %(to)s").said({}) == "asked …"


def test_a_number_that_an_old_line_lacks_breaks_nothing() -> None:
    counted = ngettext_lazy("%(rows)s row", "%(rows)s rows", "rows")
    assert [Saying(Group.READ, counted).said(facts) for facts in ({"rows": 1}, {})] == ["1 row", "… rows"]


@pytest.mark.django_db
def test_a_code_that_is_no_longer_known_does_not_take_the_page_away(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Saying(Group.CHANGE, lambda facts: Group(str(facts["group"])).value)
    monkeypatch.setattr("bolwerk.audit.queries.words.sayings", lambda: {"x.done": gone})
    assert "(x.done)" in tell([record("x.done", subject=TRAIL, actor=SYSTEM, at=AT, group="retired")])[0].what


def test_a_sentence_may_follow_from_facts() -> None:
    def words(facts: Facts) -> str:
        return "late" if facts["late"] is True else "in time"

    saying = Saying(Group.CHANGE, words)
    assert [saying.said({"late": True}), saying.said({})] == ["late", "in time"]


def test_every_group_has_events_and_every_event_one_group() -> None:
    groups = [events_of(group) for group in Group]
    assert all(groups)
    assert sum(len(events) for events in groups) == len(sayings())
    assert "denied" in events_of(Group.DENIAL)


@pytest.mark.django_db
def test_names_of_many_lines_cost_one_question_per_kind() -> None:
    urns = [f"urn:bolwerk:accounts:person:00000000-0000-4000-8000-{n:012d}" for n in range(40)]
    with CaptureQueriesContext(connection) as asked:
        names = names_of([*urns, SYSTEM, "urn:other:thing:1"])
    assert len(asked) == 1
    assert name_in(names, urns[3]) == "accounts person …00000003"
    assert name_in(names, "urn:other:thing:1") == "other thing 1"


def test_the_app_of_a_urn_is_its_third_part() -> None:
    assert [app_of("urn:bolwerk:incidents:incident:1"), app_of("urn:isbn:1"), app_of("x")] == ["incidents", "", ""]
