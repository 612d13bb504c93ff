"""Telling people by mail that something waits in a vault: a link, and nothing of what it is about."""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from bolwerk.accounts.models import Person

NOTES, OWN_VAULT, DESK = "/kluis/notities/", "/kluis/mijn/", "/kluis/mijn/bewaarder/"


def tell(*, person: Person, path: str, cause: str, at: datetime) -> None:
    """Let a mail wait for this person, in the transaction of its cause: a URN, with what happened to it."""
    import_string(settings.VAULT_NEWS)(person=person, path=path, cause=cause, at=at)
