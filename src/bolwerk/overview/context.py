"""What every page of the shell shows around its content."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import installation
from bolwerk.ui.navigation import Door
from bolwerk.ui.once import asking_once


def doors_of(person: Person) -> list[Door]:
    """The rooms and pages that `person` may enter, in the order of the house."""
    today = timezone.localdate()
    return [door for address in settings.ROOM_DOORS for door in import_string(address)(person, on=today)]


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor: the doors that this person has, and the name and look of the municipality."""
    user = getattr(request, "user", None)
    with asking_once():
        return {"doors": doors_of(user) if isinstance(user, Person) else [], "installation": installation()}
