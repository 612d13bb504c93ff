"""Mail about vaults: who hears that something waits, each once, and never of what."""

from datetime import timedelta

import pytest

from bolwerk.accounts.tests.makers import make_administrator
from bolwerk.audit.actions import SYSTEM
from bolwerk.deadlines.models import Message
from bolwerk.vault import actions
from bolwerk.vault.actions import RequestClosedError
from bolwerk.vault.models import EscrowRequest
from bolwerk.vault.rules.steps import Outcome
from bolwerk.vault.tasks import close_requests
from bolwerk.vault.tests.makers import MONDAY, NEW_PHRASE, WORDS, make_note, make_owner, make_trustees, split

pytestmark = pytest.mark.django_db


def told(path: str) -> list[str]:
    """The names of those for whom a mail with a link to this page waits."""
    return sorted(message.person.name for message in Message.objects.filter(path=path))


def test_readers_hear_of_a_note_once_and_the_author_does_not() -> None:
    author, first, second = make_owner("Schrijver"), make_owner("Eerste"), make_owner("Tweede")
    note = make_note(author, first)
    for _time in range(2):
        actions.let_read(note=note, reader=second.person, vault=author.vault, at=MONDAY)
    assert told("/kluis/notities/") == ["Eerste", "Tweede"]
    assert WORDS.subject not in str(list(Message.objects.values_list()))
    assert str(note.pk) not in "".join(Message.objects.values_list("path", flat=True))


def test_trustees_hear_of_a_request_and_its_receiver_of_the_outcome() -> None:
    trustees, owner, successor = make_trustees(3), make_owner("Eigenaar"), make_owner("Opvolger")
    split(owner)
    Message.objects.all().delete()  # that they were asked to be trustees
    request = actions.ask_for_successor(
        owner=owner.person, successor=successor.person, reason="Weg", by=make_administrator(), at=MONDAY
    )
    assert told("/kluis/mijn/bewaarder/") == ["Bewaarder 0", "Bewaarder 1", "Bewaarder 2"]
    assert told("/kluis/mijn/") == ["Eigenaar"]
    for trustee in trustees[:2]:
        actions.agree(request=request, vault=trustee.vault, at=MONDAY)
    assert told("/kluis/mijn/") == ["Eigenaar", "Opvolger"]


def test_who_is_asked_as_a_trustee_hears_of_it() -> None:
    owner = make_owner("Gevraagd")
    actions.appoint_trustee(person=owner.person, by=SYSTEM, at=MONDAY)
    assert told("/kluis/mijn/") == ["Gevraagd"]


def test_the_worker_closes_what_waited_too_long() -> None:
    trustees, owner = make_trustees(2), make_owner()
    split(owner)
    long_ago = MONDAY - timedelta(days=3650)
    request = actions.ask_for_owner(person=owner.person, phrase=NEW_PHRASE, reason="x", at=long_ago)
    close_requests()
    assert EscrowRequest.objects.get().outcome == Outcome.EXPIRED
    with pytest.raises(RequestClosedError):
        actions.agree(request=request, vault=trustees[0].vault, at=MONDAY)
