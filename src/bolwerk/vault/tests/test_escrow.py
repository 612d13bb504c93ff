"""Two trustees open a vault together: never one, never an administrator, and never half-written."""

from datetime import timedelta

import pytest
from pytest_django import Settings
from time_machine import travel

from bolwerk.accounts.tests.makers import make_administrator, make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.vault import actions
from bolwerk.vault.access import open_requests_of, requests_to_judge
from bolwerk.vault.actions import (
    AgreedAlreadyError,
    AlreadyTrusteeError,
    HoldsNoHalfError,
    MayNotAgreeError,
    NoEscrowError,
    NotAReaderError,
    NotATrusteeError,
    NoVaultError,
    RequestClosedError,
    RequestExistsError,
    TrusteesChangedError,
    WrongPhraseError,
)
from bolwerk.vault.models import EscrowHalf, EscrowRequest, HandedHalf, Trustee
from bolwerk.vault.queries.trustees import can_be_opened, coverage, escrow_of, mark_of
from bolwerk.vault.rules.escrow import TooFewTrusteesError
from bolwerk.vault.rules.ring import CannotOpenError
from bolwerk.vault.rules.sealing import open_sealed
from bolwerk.vault.rules.steps import Outcome
from bolwerk.vault.tests.makers import (
    MONDAY,
    NEW_PHRASE,
    WORDS,
    Owner,
    make_note,
    make_owner,
    make_trustee,
    make_trustees,
    split,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def trustees() -> list[Owner]:
    return make_trustees(3)


@pytest.fixture
def owner(trustees: list[Owner]) -> Owner:
    """Somebody whose key is split over three trustees."""
    found = make_owner()
    split(found)
    return found


def ask(owner: Owner) -> EscrowRequest:
    """The owner lost everything and asks."""
    return actions.ask_for_owner(person=owner.person, phrase=NEW_PHRASE, reason="Kluiszin vergeten", at=LATER)


def agree(request: EscrowRequest, trustee: Owner) -> EscrowRequest:
    """A trustee agrees."""
    return actions.agree(request=request, vault=trustee.vault, at=LATER)


def test_any_two_trustees_bring_a_vault_back_to_its_owner(owner: Owner, trustees: list[Owner]) -> None:
    for first, second in ((0, 1), (2, 0), (1, 2)):
        request = ask(owner)
        agree(request, trustees[first])
        agree(request, trustees[second])
        vault, code = actions.receive_own(person=owner.person, phrase=NEW_PHRASE, at=LATER)
        assert vault.pair == owner.vault.pair
        assert owner.opened(NEW_PHRASE).pair == owner.vault.pair
        assert actions.recover(person=owner.person, code=code, phrase=NEW_PHRASE, at=LATER)
    assert EscrowRequest.objects.filter(outcome=Outcome.FINISHED, box=None, receiver_wrapped=None).count() == 3
    assert not HandedHalf.objects.exists()


def test_each_step_is_a_line_without_the_reason(owner: Owner, trustees: list[Owner]) -> None:
    request = ask(owner)
    agree(request, trustees[0])
    agree(request, trustees[1])
    actions.receive_own(person=owner.person, phrase=NEW_PHRASE, at=LATER)
    lines = Line.objects.filter(subject=request.urn).order_by("sequence")
    assert [(line.event.removeprefix("vault.request."), line.actor) for line in lines] == [
        ("asked", owner.person.urn),
        ("agreed", trustees[0].person.urn),
        ("agreed", trustees[1].person.urn),
        ("finished", owner.person.urn),
    ]
    assert "vergeten" not in str(list(Line.objects.values_list()))


def test_one_trustee_alone_opens_nothing_however_often(owner: Owner, trustees: list[Owner]) -> None:
    request = agree(ask(owner), trustees[0])
    with pytest.raises(AgreedAlreadyError):
        agree(request, trustees[0])
    with pytest.raises(RequestClosedError):
        actions.receive_own(person=owner.person, phrase=NEW_PHRASE, at=LATER)
    others = EscrowHalf.objects.exclude(holder=trustees[0].vault.key)
    boxes = [(half.box, half.place) for half in others] + [(half.box, half.place) for half in HandedHalf.objects.all()]
    assert len(boxes) == 6
    for box, place in boxes:
        with pytest.raises(CannotOpenError):
            open_sealed(bytes(box), pair=trustees[0].vault.pair, place=place)


def test_neither_administrator_nor_former_or_future_trustee_agrees(owner: Owner, trustees: list[Owner]) -> None:
    request = ask(owner)
    invited = make_owner("Nog Niet")
    actions.appoint_trustee(person=invited.person, by=SYSTEM, at=MONDAY)
    actions.end_trust(trustee=Trustee.objects.get(person=trustees[2].person), by=SYSTEM, at=LATER)
    for nobody in (make_owner(person=make_administrator()), invited, trustees[2], owner):
        with pytest.raises(MayNotAgreeError):
            agree(request, nobody)
    with pytest.raises(HoldsNoHalfError):
        agree(request, make_trustee("Later Benoemd"))


def test_only_the_phrase_chosen_when_asking_receives(owner: Owner, trustees: list[Owner]) -> None:
    request = ask(owner)
    agree(request, trustees[0])
    agree(request, trustees[1])
    with pytest.raises(WrongPhraseError):
        actions.receive_own(person=owner.person, phrase=f"{NEW_PHRASE}!", at=LATER)
    assert owner.opened().pair == owner.vault.pair  # the old phrase still does
    assert actions.receive_own(person=owner.person, phrase=NEW_PHRASE, at=LATER)


def test_a_successor_takes_over_what_the_predecessor_read(owner: Owner, trustees: list[Owner]) -> None:
    successor, colleague = make_owner("Opvolger"), make_owner("Collega")
    notes = [make_note(owner), make_note(colleague, owner)]
    other = make_note(colleague)
    request = actions.ask_for_successor(
        owner=owner.person, successor=successor.person, reason="Uit dienst", by=make_administrator(), at=LATER
    )
    agree(request, trustees[0])
    agree(request, trustees[1])
    assert actions.take_over(request=request, vault=successor.vault, at=LATER) == 2
    for note in notes:
        note.refresh_from_db()
        assert actions.read_note(note=note, vault=successor.vault, at=LATER) == WORDS
        with pytest.raises(NotAReaderError):
            actions.read_note(note=note, vault=owner.vault, at=LATER)
    assert [note.author for note in notes] == [successor.person, colleague.person]
    with pytest.raises(NotAReaderError):
        actions.read_note(note=other, vault=successor.vault, at=LATER)
    with pytest.raises(RequestClosedError):
        actions.take_over(request=request, vault=successor.vault, at=LATER)


def test_a_trustee_never_opens_a_vault_for_that_very_trustee(owner: Owner, trustees: list[Owner]) -> None:
    request = actions.ask_for_successor(
        owner=owner.person, successor=trustees[0].person, reason="Uit dienst", by=make_administrator(), at=LATER
    )
    with pytest.raises(MayNotAgreeError):
        agree(request, trustees[0])
    agree(request, trustees[1])
    with pytest.raises(RequestClosedError):
        actions.take_over(request=request, vault=trustees[0].vault, at=LATER)
    agree(request, trustees[2])
    assert actions.take_over(request=request, vault=trustees[0].vault, at=LATER) == 0


def test_what_was_opened_for_one_successor_opens_for_no_other(owner: Owner, trustees: list[Owner]) -> None:
    successor, other = make_owner("Opvolger"), make_owner("Ander")
    request = actions.ask_for_successor(
        owner=owner.person, successor=successor.person, reason="Uit dienst", by=make_administrator(), at=LATER
    )
    agree(request, trustees[0])
    agree(request, trustees[1])
    EscrowRequest.objects.update(receiver=other.person)  # whoever can write in the database
    with pytest.raises(CannotOpenError):
        actions.take_over(request=request, vault=other.vault, at=LATER)


def test_a_request_ends_by_refusal_withdrawal_or_time(owner: Owner, trustees: list[Owner]) -> None:
    request = ask(owner)
    agree(request, trustees[0])
    actions.refuse(request=request, by=trustees[1].person, at=LATER)
    for act in (
        lambda: agree(request, trustees[2]),
        lambda: actions.withdraw(request=request, by=owner.person, at=LATER),
    ):
        with pytest.raises(RequestClosedError):
            act()
    second = agree(ask(owner), trustees[0])
    actions.withdraw(request=second, by=owner.person, at=LATER)
    third = agree(ask(owner), trustees[0])
    too_late = LATER + timedelta(days=7)
    with pytest.raises(RequestClosedError):
        actions.agree(request=third, vault=trustees[1].vault, at=too_late)
    assert (actions.close_expired(at=too_late - timedelta(seconds=1)), actions.close_expired(at=too_late)) == (0, 1)
    assert not HandedHalf.objects.exists()
    assert list(EscrowRequest.objects.order_by("ended_at").values_list("receiver_wrapped", flat=True)) == [None] * 3


def test_one_open_request_for_a_vault(owner: Owner) -> None:
    ask(owner)
    with pytest.raises(RequestExistsError):
        ask(owner)


def test_without_trustees_or_vault_there_is_a_clear_no(trustees: list[Owner]) -> None:
    alone = make_owner()
    with pytest.raises(NoEscrowError):
        ask(alone)
    with pytest.raises(NoVaultError):
        actions.ask_for_owner(person=make_person(), phrase=NEW_PHRASE, reason="x", at=LATER)


def test_with_one_of_three_trustees_gone_the_other_two_open(owner: Owner, trustees: list[Owner]) -> None:
    trustees[0].person.is_active = False
    trustees[0].person.save()
    request = ask(owner)
    with pytest.raises(MayNotAgreeError):
        agree(request, trustees[0])
    agree(request, trustees[1])
    assert agree(request, trustees[2]).outcome == Outcome.OPENED


def test_with_two_of_three_trustees_gone_nobody_opens_and_it_shows(owner: Owner, trustees: list[Owner]) -> None:
    for gone in trustees[:2]:
        actions.end_trust(trustee=Trustee.objects.get(person=gone.person), by=SYSTEM, at=LATER)
    assert not can_be_opened(owner.vault.key)
    assert not escrow_of(owner.vault.key).is_split
    with pytest.raises(NoEscrowError):
        ask(owner)


def test_who_stops_after_agreeing_takes_the_agreement_back(owner: Owner, trustees: list[Owner]) -> None:
    request = agree(ask(owner), trustees[0])
    actions.end_trust(trustee=Trustee.objects.get(person=trustees[0].person), by=SYSTEM, at=LATER)
    request.refresh_from_db()
    assert (request.outcome, request.first, request.handed.count()) == (Outcome.ASKED, None, 0)
    agree(request, trustees[1])
    assert agree(request, trustees[2]).outcome == Outcome.OPENED


def test_a_trustee_who_hands_over_leaves_every_vault_covered(owner: Owner, trustees: list[Owner]) -> None:
    fresh = make_trustee("Nieuwe Bewaarder")
    assert actions.hand_over(vault=trustees[0].vault, to=fresh.person, at=LATER) == 2
    request = ask(owner)
    with pytest.raises(MayNotAgreeError):
        agree(request, trustees[0])
    agree(request, fresh)
    assert agree(request, trustees[2]).outcome == Outcome.OPENED


def test_handing_over_to_a_trustee_of_before_gives_nobody_both_halves(owner: Owner, trustees: list[Owner]) -> None:
    assert actions.hand_over(vault=trustees[0].vault, to=trustees[1].person, at=LATER) == 1
    holders = EscrowHalf.objects.filter(key=owner.vault.key).values_list("holder__person__name", flat=True)
    assert sorted(holders) == ["Bewaarder 1", "Bewaarder 1", "Bewaarder 2", "Bewaarder 2"]
    with pytest.raises(NotATrusteeError):
        actions.hand_over(vault=trustees[0].vault, to=trustees[2].person, at=LATER)
    with pytest.raises(NotATrusteeError):
        actions.hand_over(vault=trustees[1].vault, to=make_person("Geen Bewaarder"), at=LATER)


def test_splitting_anew_needs_the_trustees_that_were_shown(owner: Owner, trustees: list[Owner]) -> None:
    seen = mark_of(trustee.person.pk for trustee in trustees)
    make_trustee("Erbij Gekomen")
    with pytest.raises(TrusteesChangedError):
        actions.split_over_trustees(vault=owner.vault, seen=seen, at=LATER)
    assert not escrow_of(owner.vault.key).is_current
    assert EscrowHalf.objects.filter(key=owner.vault.key).count() == 6


def test_two_trustees_cannot_be_split_over_by_one_of_them() -> None:
    one, other = make_trustees(2)
    with pytest.raises(TooFewTrusteesError):
        actions.split_over_trustees(vault=one.vault, seen=mark_of([other.person.pk]), at=LATER)


def test_who_takes_the_halves_back_cannot_be_opened(owner: Owner) -> None:
    assert coverage() == (1, 4)
    actions.keep_from_trustees(vault=owner.vault, at=LATER)
    assert coverage() == (0, 4)
    with pytest.raises(NoEscrowError):
        ask(owner)


def test_a_trustee_who_starts_over_accepts_anew_and_holds_nothing(owner: Owner, trustees: list[Owner]) -> None:
    vault, _code = actions.start_over(person=trustees[0].person, phrase=NEW_PHRASE, at=LATER)
    assert vault.key.held_halves.count() == 0
    assert Trustee.objects.get(person=vault.person).accepted_at is None
    assert can_be_opened(owner.vault.key)


def test_somebody_is_appointed_once_and_accepts_once(trustees: list[Owner]) -> None:
    with pytest.raises(AlreadyTrusteeError):
        actions.appoint_trustee(person=trustees[0].person, by=SYSTEM, at=LATER)
    actions.accept_trust(vault=trustees[0].vault, at=LATER)
    assert Trustee.objects.get(person=trustees[0].person).accepted_at == MONDAY
    with pytest.raises(NotATrusteeError):
        actions.accept_trust(vault=make_owner().vault, at=LATER)


def test_a_half_moved_to_another_vault_does_not_open(owner: Owner, trustees: list[Owner]) -> None:
    request = ask(owner)
    half = EscrowHalf.objects.filter(key=owner.vault.key, holder=trustees[0].vault.key).first()
    other = EscrowHalf.objects.filter(key=owner.vault.key, holder=trustees[0].vault.key).last()
    assert half is not None
    assert other is not None
    EscrowHalf.objects.filter(pk=half.pk).update(box=other.box)
    with pytest.raises(CannotOpenError):
        agree(request, trustees[0])
    request.refresh_from_db()
    assert request.outcome == Outcome.ASKED


def test_a_request_that_waited_too_long_shows_nowhere_before_a_worker_closes_it(
    owner: Owner, trustees: list[Owner], settings: Settings
) -> None:
    request = ask(owner)
    late = request.asked_at + timedelta(days=settings.VAULT_REQUEST_DAYS)
    for moment, seen in ((late - timedelta(seconds=1), 1), (late, 0)):
        with travel(moment, tick=False):
            assert requests_to_judge(trustees[0].person).count() == seen
            assert open_requests_of(owner.person).count() == seen
