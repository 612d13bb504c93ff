"""Several people, or several windows, at the same moment: one wins, the others are told, nothing is half-written."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from bolwerk.accounts.tests.makers import make_person
from bolwerk.vault import actions
from bolwerk.vault.actions import BusyError, ChangedMeanwhileError, LastReaderError, NotAReaderError, VaultExistsError
from bolwerk.vault.actions import deriving as deriving_module
from bolwerk.vault.models import EscrowRequest, PersonalKey
from bolwerk.vault.rules.steps import Outcome
from bolwerk.vault.tests.makers import (
    MONDAY,
    NEW_PHRASE,
    PHRASE,
    WORDS,
    make_note,
    make_owner,
    make_trustees,
    split,
)

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """Do the same in several threads that start together; count what came of it."""
    start = Barrier(AT_ONCE)

    def run(number: int) -> str:
        try:
            start.wait()
            act(number)
            return "done"
        except Exception as refusal:  # noqa: BLE001  whatever it is, it is counted
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(run, range(AT_ONCE)))


def test_four_windows_make_one_vault() -> None:
    person = make_person()
    outcomes = at_once(lambda _number: actions.make_vault(person=person, phrase=PHRASE, at=MONDAY))
    assert outcomes == {"done": 1, VaultExistsError.__name__: AT_ONCE - 1}
    assert actions.open_vault(person=person, phrase=PHRASE, at=MONDAY).key == PersonalKey.objects.get()


def test_four_windows_change_one_phrase_once() -> None:
    owner = make_owner()
    outcomes = at_once(lambda _number: actions.change_phrase(vault=owner.vault, phrase=NEW_PHRASE, at=MONDAY))
    assert outcomes == {"done": 1, ChangedMeanwhileError.__name__: AT_ONCE - 1}
    assert owner.opened(NEW_PHRASE).pair == owner.vault.pair


def test_readers_who_take_each_other_away_leave_one_who_still_reads() -> None:
    owners = [make_owner(f"Lezer {number}") for number in range(AT_ONCE)]
    note = make_note(*owners)

    def revoke(number: int) -> None:
        target = owners[(number + 1) % AT_ONCE]
        actions.revoke_reader(envelope=note.envelope, reader=target.person, vault=owners[number].vault, at=MONDAY)

    outcomes = at_once(revoke)
    left = list(note.envelope.readers.select_related("key__person"))
    assert len(left) == AT_ONCE - outcomes["done"] >= 1
    assert set(outcomes) <= {"done", NotAReaderError.__name__, LastReaderError.__name__}
    for reader in left:
        vault = next(owner.vault for owner in owners if owner.vault.key.pk == reader.key_id)
        assert actions.read_note(note=note, vault=vault, at=MONDAY) == WORDS


def test_reading_while_readers_change_never_sees_half_of_it() -> None:
    owner, other = make_owner(), make_owner("Hendrik Mulder")
    note = make_note(owner, other)

    def work(number: int) -> None:
        for _round in range(6):
            if number:
                assert actions.read_note(note=note, vault=owner.vault, at=MONDAY) == WORDS
            else:
                actions.revoke_reader(envelope=note.envelope, reader=other.person, vault=owner.vault, at=MONDAY)
                actions.admit_reader(envelope=note.envelope, reader=other.person, vault=owner.vault, at=MONDAY)

    assert at_once(work) == {"done": AT_ONCE}
    assert note.envelope.readers.count() == 2


def test_trustees_who_agree_at_once_are_first_and_second() -> None:
    trustees, owner = make_trustees(AT_ONCE), make_owner()
    split(owner)
    request = actions.ask_for_owner(person=owner.person, phrase=NEW_PHRASE, reason="Vergeten", at=MONDAY)
    outcomes = at_once(lambda number: actions.agree(request=request, vault=trustees[number].vault, at=MONDAY))
    assert outcomes == {"done": 2, "RequestClosedError": AT_ONCE - 2}
    found = EscrowRequest.objects.get()
    assert (found.outcome, found.first_id == found.second_id) == (Outcome.OPENED, False)
    assert actions.receive_own(person=owner.person, phrase=NEW_PHRASE, at=MONDAY)[0].pair == owner.vault.pair


def test_a_crowd_of_phrases_is_told_to_come_back_and_takes_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = make_owner()
    monkeypatch.setattr(deriving_module, "WAIT_SECONDS", 0)
    with deriving_module.in_turn(), deriving_module.in_turn():  # two at work: all there is room for
        outcomes = at_once(lambda _number: owner.opened())
    assert outcomes == {BusyError.__name__: AT_ONCE}
    assert owner.opened().pair == owner.vault.pair
