"""Somebody's own vault: made, opened, changed, recovered, started over; and that nothing of it lies open."""

from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from bolwerk.accounts.tests.makers import PASSWORD, make_person
from bolwerk.audit.models import Line
from bolwerk.vault import actions
from bolwerk.vault.actions import (
    ChangedMeanwhileError,
    NoVaultError,
    VaultExistsError,
    WeakPhraseError,
    WrongPhraseError,
)
from bolwerk.vault.models import Note, PersonalKey
from bolwerk.vault.rules.codes import MistypedError
from bolwerk.vault.rules.phrases import Cost, Fault, cost_of
from bolwerk.vault.tests.makers import MONDAY, NEW_PHRASE, PHRASE, WORDS, make_note, make_owner

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


def test_the_phrase_opens_the_vault_and_both_are_a_line() -> None:
    owner = make_owner()
    opened = actions.open_vault(person=owner.person, phrase=f"  {PHRASE}", at=LATER)
    assert opened.pair == owner.vault.pair
    events = list(Line.objects.filter(subject=owner.vault.key.urn).order_by("sequence").values_list("event", flat=True))
    assert events == ["vault.key.made", "vault.key.opened"]


def test_a_wrong_phrase_is_refused_and_a_line() -> None:
    owner = make_owner()
    with pytest.raises(WrongPhraseError):
        actions.open_vault(person=owner.person, phrase=PHRASE[:-1], at=LATER)
    assert Line.objects.get(event="vault.phrase.refused").actor == owner.person.urn


def test_who_has_no_vault_or_left_opens_none() -> None:
    owner = make_owner()
    owner.person.is_active = False
    owner.person.save()
    for person in (make_person(), owner.person):
        with pytest.raises(NoVaultError):
            actions.open_vault(person=person, phrase=PHRASE, at=LATER)


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [("kort", Fault.SHORT), (PASSWORD, Fault.PASSWORD), ("Sanne wandelt met de hond", Fault.ABOUT_YOU)],
)
def test_a_weak_phrase_makes_no_vault(phrase: str, fault: Fault) -> None:
    with pytest.raises(WeakPhraseError) as refusal:
        actions.make_vault(person=make_person("Sanne de Wit"), phrase=phrase, at=MONDAY)
    assert refusal.value.fault == fault
    assert not PersonalKey.objects.exists()


def test_a_second_vault_does_not_replace_the_first() -> None:
    owner = make_owner()
    with pytest.raises(VaultExistsError):
        make_owner(person=owner.person, phrase=NEW_PHRASE)
    assert owner.opened().pair == owner.vault.pair


def test_a_changed_phrase_opens_and_the_old_one_no_longer_does() -> None:
    owner = make_owner()
    actions.change_phrase(vault=owner.vault, phrase=NEW_PHRASE, at=LATER)
    assert owner.opened(NEW_PHRASE).pair == owner.vault.pair
    with pytest.raises(WrongPhraseError):
        owner.opened(PHRASE)


def test_of_two_windows_that_change_the_phrase_the_second_is_told() -> None:
    owner = make_owner()
    first, second = owner.opened(), owner.opened()
    actions.change_phrase(vault=first, phrase=NEW_PHRASE, at=LATER)
    with pytest.raises(ChangedMeanwhileError):
        actions.change_phrase(vault=second, phrase=f"{NEW_PHRASE} maan", at=LATER)
    with pytest.raises(ChangedMeanwhileError):
        actions.renew_code(vault=second, at=LATER)
    assert owner.opened(NEW_PHRASE)


def test_the_code_opens_once_and_gives_a_new_one() -> None:
    owner = make_owner()
    vault, code = actions.recover(person=owner.person, code=owner.code.lower(), phrase=NEW_PHRASE, at=LATER)
    assert vault.pair == owner.vault.pair
    assert owner.opened(NEW_PHRASE).pair == owner.vault.pair
    with pytest.raises(WrongPhraseError):
        actions.recover(person=owner.person, code=owner.code, phrase=PHRASE, at=LATER)
    assert actions.recover(person=owner.person, code=code, phrase=PHRASE, at=LATER)


def test_a_renewed_code_replaces_the_printed_one() -> None:
    owner = make_owner()
    _vault, code = actions.renew_code(vault=owner.vault, at=LATER)
    with pytest.raises(WrongPhraseError):
        actions.recover(person=owner.person, code=owner.code, phrase=NEW_PHRASE, at=LATER)
    assert actions.recover(person=owner.person, code=code, phrase=NEW_PHRASE, at=LATER)


def test_a_mistyped_code_or_a_weak_new_phrase_changes_nothing() -> None:
    owner = make_owner()
    with pytest.raises(MistypedError):
        actions.recover(person=owner.person, code=owner.code[:-1], phrase=NEW_PHRASE, at=LATER)
    with pytest.raises(WeakPhraseError):
        actions.recover(person=owner.person, code=owner.code, phrase="kort", at=LATER)
    assert owner.opened().pair == owner.vault.pair


def test_starting_over_gives_up_what_was_sealed_and_says_how_much() -> None:
    owner, colleague = make_owner(), make_owner("Hendrik Mulder")
    alone, shared = make_note(owner), make_note(owner, colleague)
    vault, _code = actions.start_over(person=owner.person, phrase=NEW_PHRASE, at=LATER)
    assert list(Note.objects.all()) == [shared]
    assert alone.envelope.sheets.count() == 0
    assert actions.read_note(note=shared, vault=colleague.vault, at=LATER) == WORDS
    with pytest.raises(actions.NotAReaderError):
        actions.read_note(note=shared, vault=vault, at=LATER)
    assert Line.objects.get(event="vault.key.started_over").facts["notes_gone"] == 1
    actions.admit_reader(envelope=shared.envelope, reader=owner.person, vault=colleague.vault, at=LATER)
    assert actions.read_note(note=shared, vault=vault, at=LATER) == WORDS


def test_a_higher_cost_in_the_settings_holds_from_the_next_time(settings: Settings) -> None:
    owner = make_owner()
    settings.VAULT_PHRASE_PASSES = 2
    owner.opened()
    assert cost_of(bytes(PersonalKey.objects.get().by_phrase)) == Cost(passes=2, memory_mib=8)
    assert owner.opened().pair == owner.vault.pair
    assert Line.objects.filter(event="vault.phrase.strengthened").count() == 1


def test_neither_phrase_nor_code_nor_private_half_lies_in_the_database() -> None:
    owner = make_owner()
    actions.change_phrase(vault=owner.vault, phrase=NEW_PHRASE, at=LATER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT public, by_phrase, by_code FROM vault_personalkey")
        row = b"".join(bytes(column) for column in cursor.fetchone())
    lines = "".join(str(line) for line in Line.objects.values_list())
    for secret in (owner.vault.pair.private, PHRASE.encode(), NEW_PHRASE.encode(), owner.code.encode()):
        assert secret not in row
        assert secret.hex() not in lines
        assert repr(secret)[2:-1] not in lines


def test_a_wrapped_key_moved_to_somebody_else_opens_nothing() -> None:
    one, other = make_owner(), make_owner("Hendrik Mulder", phrase=NEW_PHRASE)
    PersonalKey.objects.filter(pk=other.vault.key.pk).update(by_phrase=one.vault.key.by_phrase)
    with pytest.raises(WrongPhraseError):
        other.opened(PHRASE)


def test_an_open_vault_hides_its_private_half() -> None:
    vault = make_owner().vault
    assert repr(vault.pair.private) not in repr(vault)
