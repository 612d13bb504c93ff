"""Phrases cost memory on purpose. Here is the door that lets only a few of them be worked on at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from django.conf import settings

from bolwerk.accounts.models import Person
from bolwerk.vault.rules import phrases
from bolwerk.vault.rules.phrases import Cost, Fault
from bolwerk.vault.rules.ring import Place

WAIT_SECONDS = 8  # longer than the few before somebody take; whoever still waits then is told to try again


class BusyError(Exception):
    """Too many phrases are being worked on. Nothing was looked at; trying again in a minute helps."""


class WeakPhraseError(ValueError):
    """A new phrase is not accepted; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@cache
def _queue() -> BoundedSemaphore:
    """Those at work and those in line: whoever finds it full is sent away at once, and takes no thread along."""
    return BoundedSemaphore(settings.VAULT_PHRASES_AT_ONCE * 4)


@cache
def _at_work() -> BoundedSemaphore:
    return BoundedSemaphore(settings.VAULT_PHRASES_AT_ONCE)


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for a turn to derive a key. Raises BusyError when the line is too long. Never inside a transaction."""
    if not _queue().acquire(blocking=False):
        raise BusyError
    try:
        if not _at_work().acquire(timeout=WAIT_SECONDS):
            raise BusyError
        try:
            yield
        finally:
            _at_work().release()
    finally:
        _queue().release()


def cost_now() -> Cost:
    """What a new wrapping costs by the settings of today."""
    return Cost(passes=settings.VAULT_PHRASE_PASSES, memory_mib=settings.VAULT_PHRASE_MEMORY_MIB)


def check_new(*, phrase: str, person: Person) -> None:
    """Raise WeakPhraseError for a phrase that is too weak, about its owner, or the password of signing in."""
    if fault := phrases.fault_in(phrase, about=(person.name, person.email)):
        raise WeakPhraseError(fault)
    if person.has_usable_password() and any(person.check_password(text) for text in {phrase, phrases.normal(phrase)}):
        raise WeakPhraseError(Fault.PASSWORD)


def wrapped(*, private: bytes, phrase: str, place: Place) -> bytes:
    """Wrap a private half with a phrase at today's cost, in turn. Raises BusyError."""
    with in_turn():
        return phrases.wrap(private, phrase=phrase, cost=cost_now(), place=place)


def unwrapped(*, token: bytes, phrase: str, place: Place) -> bytes:
    """Unwrap a private half, in turn. Raises BusyError, or CannotOpenError for a wrong phrase."""
    with in_turn():
        return phrases.unwrap(token, phrase=phrase, place=place)
