"""Who looked at what somebody sent, from every room."""

from itertools import chain

from django.conf import settings
from django.utils.module_loading import import_string

from bolwerk.accounts.models import Person
from bolwerk.ui.looks import Looked


def looked_at(person: Person) -> list[Looked]:
    """The last things that `person` sent, newest first, each with the last looks at it."""
    told = chain.from_iterable(import_string(address)(person) for address in settings.ROOM_LOOKS)
    return sorted(told, key=lambda thing: thing.sent_at, reverse=True)
