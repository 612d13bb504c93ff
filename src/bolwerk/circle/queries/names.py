"""What the things of this room are called where only their URN is known."""

from collections.abc import Iterable
from uuid import UUID

from bolwerk.circle.models import Circle

CIRCLE = "urn:bolwerk:circle:circle:"


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """The names of those circles that exist, by URN. Nothing of what was said in them."""
    keys = {UUID(urn.removeprefix(CIRCLE)): urn for urn in urns if urn.startswith(CIRCLE)}
    return {keys[key]: name for key, name in Circle.objects.filter(pk__in=keys).values_list("pk", "name")}
