"""Versions of the norm: an adopted one never changes, two people are needed, and a team cannot be looser on red."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from bolwerk.accounts.actions import give_role
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line as TrailLine
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions import ChangedMeanwhileError
from bolwerk.incidents.actions.norms import (
    NORM_RETENTION,
    Adoption,
    begin_norm,
    drop_draft,
    move_norm,
    remove_rule,
    write_protocol,
    write_rule,
)
from bolwerk.incidents.models import Norm, NormRule
from bolwerk.incidents.queries.norms import default_rules, house_rules, norm_in_force, rule_choices, team_page
from bolwerk.incidents.rules.norms import Line, NormError, NormMove, RuleText
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_manager
from bolwerk.incidents.tests.norm_makers import adopt, make_norm, make_norm_draft, make_team_draft, offer
from bolwerk.incidents.tests.response_makers import make_board
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
OWN = RuleText("", Line.RED, "Iemand stuurt een hond op je af.", "Ga weg.", "Bel meteen.")


def test_a_version_is_written_offered_and_adopted_by_two_people() -> None:
    coordinator, board = make_coordinator(), make_board()
    norm = make_norm_draft(coordinator)
    assert norm_in_force(on=TODAY) is None
    offer(norm, coordinator)
    assert Task.objects.get(subject=norm.urn).owner_role == Role.BOARD
    adopt(norm, board)
    found = norm_in_force(on=TODAY)
    assert found and (found.adopted_by, found.valid_from, found.number) == (board, TODAY, 1)
    assert Task.objects.get(subject=norm.urn).status == Task.Status.DONE
    assert TrailLine.objects.filter(event="incidents.norm.adopt").count() == 1


def test_nobody_adopts_what_they_wrote_themselves() -> None:
    both = make_coordinator()
    give_role(person=both, role=Role.BOARD, by=SYSTEM, at=MONDAY)
    norm = offer(make_norm_draft(both), both)
    with pytest.raises(NormError, match="zelf"):
        adopt(norm, both)


def test_an_adopted_version_never_changes() -> None:
    norm, by = make_norm(), make_coordinator()
    rule = norm.rules.all()[0]
    before = norm.texts()
    for change in (
        lambda: write_rule(norm=norm, rule=OWN, by=by, at=MONDAY, seen=norm.version),
        lambda: remove_rule(rule=rule, by=by, at=MONDAY, seen=norm.version),
        lambda: write_protocol(norm=norm, text="x", by=by, at=MONDAY, seen=norm.version),
        lambda: drop_draft(norm=norm, by=by, at=MONDAY, seen=norm.version),
    ):
        with pytest.raises(NormError, match="geen concept"):
            change()
    assert Norm.objects.get().texts() == before


def test_two_people_at_once_one_wins_and_the_other_is_told() -> None:
    norm, by = make_norm_draft(), make_coordinator()
    write_rule(norm=norm, rule=OWN, by=by, at=MONDAY, seen=1)
    with pytest.raises(ChangedMeanwhileError):
        write_rule(norm=norm, rule=replace(OWN, behaviour="Iets anders."), by=by, at=MONDAY, seen=1)
    with pytest.raises(NormError, match="al een nieuwe"):
        make_norm_draft(by)
    with pytest.raises(IntegrityError):
        Norm.objects.create(number=7)


def test_a_version_holds_from_its_day_and_what_went_before_it_until_then() -> None:
    first, coordinator = make_norm(), make_coordinator()
    second = offer(make_norm_draft(coordinator), coordinator)
    adopt(second, make_board(), valid_from=TODAY + timedelta(days=7))
    assert norm_in_force(on=TODAY) == first
    assert norm_in_force(on=TODAY + timedelta(days=7)) == second


def test_the_board_sends_back_with_a_word_and_the_coordinator_goes_on() -> None:
    coordinator, board = make_coordinator(), make_board()
    norm = offer(make_norm_draft(coordinator), coordinator)
    given = Adoption(words="Filmen mag buiten wel.")
    norm = move_norm(norm=norm, move=NormMove.SEND_BACK, given=given, by=board, at=MONDAY, seen=norm.version)
    assert norm.open
    assert adopt(offer(norm, coordinator), board).adopted_by == board
    assert Task.objects.filter(status=Task.Status.OPEN).count() == 0


def test_a_team_starts_as_the_organisation_and_is_never_looser_on_red() -> None:
    base, team = make_norm(), make_department()
    manager = make_manager(team)
    draft = make_team_draft(team, manager)
    assert draft.texts() == base.texts()
    red = draft.rules.get(code="violence")
    looser = replace(red.text, line=Line.ORANGE)
    with pytest.raises(NormError, match="lichter"):
        write_rule(norm=draft, rule=looser, by=manager, at=MONDAY, seen=1)
    with pytest.raises(NormError, match="niet weglaten"):
        remove_rule(rule=red, by=manager, at=MONDAY, seen=1)
    write_rule(norm=draft, rule=OWN, by=manager, at=MONDAY, seen=1)
    write_protocol(norm=draft, text="De knop zit onder balie 2.", by=manager, at=MONDAY, seen=2)
    adopt(draft, manager)
    found = team_page(team, on=TODAY)
    assert found.norm and found.norm.protocol.startswith("De knop") and not found.behind


def test_a_team_is_marked_when_the_organisation_has_a_newer_version() -> None:
    make_norm()
    team, coordinator = make_department(), make_coordinator()
    manager = make_manager(team)
    adopt(make_team_draft(team, manager), manager)
    adopt(offer(make_norm_draft(coordinator), coordinator), make_board())
    assert team_page(team, on=TODAY).behind


def test_a_manager_of_elsewhere_does_not_adopt_for_this_team() -> None:
    make_norm()
    team = make_department()
    draft = make_team_draft(team, make_manager(team))
    with pytest.raises(NormError):
        adopt(draft, make_person("Iemand"))


def test_house_rules_are_those_of_the_norm_in_the_language_of_the_visitor() -> None:
    assert house_rules(on=TODAY) is None
    make_norm()
    dutch, english = house_rules(on=TODAY, language="nl"), house_rules(on=TODAY, language="en")
    assert dutch and "Bedreig niemand." in dutch.never
    assert english and "Do not threaten anyone." in english.never


def test_house_rules_without_english_words_stay_as_they_were_written() -> None:
    rules = [replace(rule, house_rule_en="") for rule in default_rules("nl")]
    by = make_coordinator()
    adopt(offer(begin_norm(rules=rules, department=None, base=None, by=by, at=MONDAY), by), make_board())
    found = house_rules(on=TODAY, language="en")
    assert found and found.language == "nl"


def test_rules_to_choose_from_are_those_of_the_team_when_it_has_a_norm() -> None:
    make_norm()
    team = make_department()
    manager = make_manager(team)
    draft = make_team_draft(team, manager)
    write_rule(norm=draft, rule=OWN, by=manager, at=MONDAY, seen=1)
    adopt(draft, manager)
    texts = [text for _line, group in rule_choices(team, on=TODAY) for _urn, text in group]
    assert OWN.behaviour in texts
    assert OWN.behaviour not in str(rule_choices(make_department(), on=TODAY))


def test_names_go_after_five_years_and_the_rules_stay() -> None:
    first, coordinator = make_norm(), make_coordinator()
    adopt(offer(make_norm_draft(coordinator), coordinator), make_board())
    late = MONDAY + timedelta(days=9)
    assert list(NORM_RETENTION.waiting(stage=Stage.PERSONAL, began_before=late)) == [first]
    NORM_RETENTION.erase(stage=Stage.PERSONAL, keys=[first.pk], by=SYSTEM, at=late)
    first.refresh_from_db()
    assert first.adopted_by and first.adopted_by.name != "Annelies Hoekstra"
    assert not list(NORM_RETENTION.waiting(stage=Stage.PERSONAL, began_before=late))
    NORM_RETENTION.erase(stage=Stage.RECORD, keys=[first.pk], by=SYSTEM, at=late)
    assert not NormRule.objects.filter(norm=first.pk).exists()
