"""The vaults of Zilverdam open with the phrase that the demo prints, and two trustees can help whoever forgot it."""

from datetime import UTC, datetime, timedelta

import pytest

from bolwerk.demo.people import guests, settle
from bolwerk.demo.vaults import PHRASE, furnish, owners
from bolwerk.vault.actions import agree, open_vault, read_note, receive_own
from bolwerk.vault.models import EscrowRequest, Note
from bolwerk.vault.queries import coverage

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
BEGUN = NOW - timedelta(days=400)


def test_notes_open_for_their_readers_and_trustees_cover_everybody() -> None:
    town = settle(at=BEGUN)
    furnish(town, at=NOW)
    assert set(owners()) <= {guest.name for guest in guests()}  # a visitor can sign in as every one of them
    assert coverage() == (6, 6)
    vaults = {name: open_vault(person=town.people[name], phrase=PHRASE, at=NOW) for name in owners()}
    for note in Note.objects.all():
        for reader in note.envelope.readers.all():
            words = read_note(note=note, vault=vaults[reader.key.person.name], at=NOW)
            assert len(words.text) > 100
    request = EscrowRequest.objects.get()
    for name in ("Marijke van Dam", "Annelies Hoekstra"):
        agree(request=request, vault=vaults[name], at=NOW)
    assert (
        receive_own(person=town.people["Ellen Brouwer"], phrase=PHRASE, at=NOW)[0].pair == vaults["Ellen Brouwer"].pair
    )
