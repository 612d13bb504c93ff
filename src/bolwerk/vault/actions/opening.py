"""Opening a vault with its phrase: the one way to a private half."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record, record_apart
from bolwerk.vault.actions.deriving import cost_now, unwrapped, wrapped
from bolwerk.vault.models import PersonalKey
from bolwerk.vault.opened import OpenVault, opened
from bolwerk.vault.rules.phrases import cost_of
from bolwerk.vault.rules.ring import CannotOpenError


class NoVaultError(LookupError):
    """Somebody has no vault yet, or left; `people` says who, for a sentence on the screen."""

    def __init__(self, *people: Person) -> None:
        super().__init__(", ".join(person.urn for person in people))
        self.people = people


class WrongPhraseError(Exception):
    """The phrase (or code) is not that of this vault. Why is never said: there is nothing more to say."""


def key_of(*, person: Person) -> PersonalKey:
    """The vault of somebody who works here. Raises NoVaultError."""
    key = PersonalKey.objects.select_related("person").filter(person=person, person__is_active=True).first()
    if key is None:
        raise NoVaultError(person)
    return key


def open_vault(*, person: Person, phrase: str, at: datetime) -> OpenVault:
    """Open somebody's vault. Takes as long for a wrong phrase as for a right one; both are a line in the trail.

    The caller throttles (`vault.views.unlocking`). Raises NoVaultError, WrongPhraseError, BusyError.
    """
    key = key_of(person=person)
    try:
        private = unwrapped(token=bytes(key.by_phrase), phrase=phrase, place=key.place("by_phrase"))
    except CannotOpenError:
        record_apart("vault.phrase.refused", subject=key.urn, actor=person.urn, at=at)
        raise WrongPhraseError from None
    vault = opened(key, private)
    if cost_of(bytes(key.by_phrase)) != cost_now():
        _wrap_at_todays_cost(vault, phrase, at)
    record_apart("vault.key.opened", subject=key.urn, actor=person.urn, at=at)
    return vault


def _wrap_at_todays_cost(vault: OpenVault, phrase: str, at: datetime) -> None:
    """The settings changed since this phrase was set: wrap anew while the phrase is at hand."""
    by_phrase = wrapped(private=vault.pair.private, phrase=phrase, place=vault.key.place("by_phrase"))
    with transaction.atomic():
        same = PersonalKey.objects.filter(pk=vault.key.pk, version=vault.key.version)
        if same.update(by_phrase=by_phrase):
            record("vault.phrase.strengthened", subject=vault.key.urn, actor=vault.person.urn, at=at)
