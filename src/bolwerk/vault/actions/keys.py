"""Somebody's own vault: making it, changing its phrase, renewing its code, and what to do when something is lost."""

from datetime import datetime

from django.core.cache import cache
from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record, record_apart
from bolwerk.vault.actions.deriving import check_new, wrapped
from bolwerk.vault.actions.opening import WrongPhraseError, key_of
from bolwerk.vault.models import EscrowHalf, Note, PersonalKey, Trustee
from bolwerk.vault.opened import OpenVault, opened
from bolwerk.vault.queries.own import door_key
from bolwerk.vault.rules import codes
from bolwerk.vault.rules.ring import CannotOpenError
from bolwerk.vault.rules.sealing import KeyPair, new_pair


class VaultExistsError(Exception):
    """Somebody has a vault already: it stays as it is."""


class ChangedMeanwhileError(Exception):
    """Phrase, code or readers changed in another window after this one was opened. Nothing was changed now."""


def make_vault(*, person: Person, phrase: str, at: datetime) -> tuple[OpenVault, str]:
    """Make somebody's vault; return it opened, and the recovery code, which is nowhere else and never shown again.

    Raises WeakPhraseError, VaultExistsError, BusyError.
    """
    check_new(phrase=phrase, person=person)
    if PersonalKey.objects.filter(person=person).exists():
        raise VaultExistsError
    key, pair, code = _fresh(person, phrase, at)
    try:
        with transaction.atomic():
            key.save(force_insert=True)
            record("vault.key.made", subject=key.urn, actor=person.urn, at=at)
        cache.delete(door_key(person))
    except IntegrityError:  # two windows at once
        raise VaultExistsError from None
    return OpenVault(key=key, pair=pair), code


def _fresh(person: Person, phrase: str, at: datetime) -> tuple[PersonalKey, KeyPair, str]:
    """A key that is not in the database yet, with its pair and its code."""
    pair, code = new_pair(), codes.new_code()
    key = PersonalKey(person=person, public=pair.public, made_at=at, phrase_set_at=at, code_made_at=at)
    key.by_phrase = wrapped(private=pair.private, phrase=phrase, place=key.place("by_phrase"))
    key.by_code = codes.wrap(pair.private, code=code, place=key.place("by_code"))
    return key, pair, code


@transaction.atomic
def _saved(vault: OpenVault, event: str, at: datetime, **changes: object) -> OpenVault:
    """Write a change of phrase or code; return the vault as it is then.

    Raises ChangedMeanwhileError when another window was first.
    """
    same = PersonalKey.objects.filter(pk=vault.key.pk, version=vault.key.version)
    if not same.update(version=vault.key.version + 1, **changes):
        raise ChangedMeanwhileError
    record(event, subject=vault.key.urn, actor=vault.person.urn, at=at)
    return opened(PersonalKey.objects.select_related("person").get(pk=vault.key.pk), vault.pair.private)


def change_phrase(*, vault: OpenVault, phrase: str, at: datetime) -> OpenVault:
    """Give an open vault a new phrase and return it as it is then; the old phrase opens nothing. The code stays.

    Raises WeakPhraseError, ChangedMeanwhileError, BusyError.
    """
    check_new(phrase=phrase, person=vault.person)
    by_phrase = wrapped(private=vault.pair.private, phrase=phrase, place=vault.key.place("by_phrase"))
    return _saved(vault, "vault.phrase.changed", at, by_phrase=by_phrase, phrase_set_at=at)


def renew_code(*, vault: OpenVault, at: datetime) -> tuple[OpenVault, str]:
    """Make a new recovery code; return the vault as it is then, and the code. The old one opens nothing from then on.

    Raises ChangedMeanwhileError.
    """
    code = codes.new_code()
    by_code = codes.wrap(vault.pair.private, code=code, place=vault.key.place("by_code"))
    return _saved(vault, "vault.code.renewed", at, by_code=by_code, code_made_at=at), code


def recover(*, person: Person, code: str, phrase: str, at: datetime) -> tuple[OpenVault, str]:
    """Open a vault with its recovery code and give it a new phrase. The code is used up: a new one is returned.

    The caller throttles. Raises NoVaultError, MistypedError, WrongPhraseError, WeakPhraseError, ChangedMeanwhileError,
    BusyError.
    """
    key = key_of(person=person)
    try:
        private = codes.unwrap(bytes(key.by_code), code=code, place=key.place("by_code"))
    except CannotOpenError:
        record_apart("vault.code.refused", subject=key.urn, actor=person.urn, at=at)
        raise WrongPhraseError from None
    return renewed(vault=opened(key, private), phrase=phrase, event="vault.key.recovered", at=at)


def renewed(*, vault: OpenVault, phrase: str, event: str, at: datetime) -> tuple[OpenVault, str]:
    """Give an open vault a new phrase and a new code at once; return it as it is now, and the code."""
    check_new(phrase=phrase, person=vault.person)
    code = codes.new_code()
    by_phrase = wrapped(private=vault.pair.private, phrase=phrase, place=vault.key.place("by_phrase"))
    by_code = codes.wrap(vault.pair.private, code=code, place=vault.key.place("by_code"))
    return _saved(vault, event, at, by_phrase=by_phrase, by_code=by_code, phrase_set_at=at, code_made_at=at), code


def start_over(*, person: Person, phrase: str, at: datetime) -> tuple[OpenVault, str]:
    """Replace a vault that nobody can open any more by a new, empty one.

    What was sealed to the old one stays closed for this person: colleagues who read it can seal it anew. Notes that
    nobody else reads are gone for good and are taken away. As a trustee, somebody accepts anew. Raises NoVaultError,
    WeakPhraseError, BusyError.
    """
    check_new(phrase=phrase, person=person)
    old = key_of(person=person)
    key, pair, code = _fresh(person, phrase, at)
    with transaction.atomic():
        old = PersonalKey.objects.select_for_update().get(pk=old.pk)
        lost = _forget(old)
        key.save(force_insert=True)
        record("vault.key.started_over", subject=key.urn, actor=person.urn, at=at, gone=old.urn, notes_gone=lost)
    return OpenVault(key=key, pair=pair), code


def _forget(old: PersonalKey) -> int:
    """Take away a key and what hangs on it; return how many notes went because nobody reads them any more."""
    pairs = old.held_halves.values_list("pair", flat=True)
    EscrowHalf.objects.filter(pair__in=list(pairs)).delete()  # the other half alone is of no use
    Trustee.objects.filter(person=old.person, ended_at=None).update(accepted_at=None)
    old.reads.all().delete()
    unread = list(Note.objects.filter(envelope__readers=None).select_related("envelope"))
    for note in unread:
        note.delete()
        note.envelope.delete()
    old.delete()
    return len(unread)
