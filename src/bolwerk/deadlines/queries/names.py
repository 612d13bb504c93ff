"""What the things of this app are called where only their URN is known."""

from collections.abc import Collection

from django.utils.translation import gettext as _

CLOSING_DAY = "urn:bolwerk:deadlines:closing_day:"
KINDS = ("urn:bolwerk:deadlines:task:", "urn:bolwerk:deadlines:step:")


def names_of(urns: Collection[str]) -> dict[str, str]:
    """Tasks and closing days by URN. What a task is about stands with its subject, so here it is "a task"."""
    tasks = {urn: _("a task") for urn in urns if urn.startswith(KINDS)}
    return tasks | {urn: urn.removeprefix(CLOSING_DAY) for urn in urns if urn.startswith(CLOSING_DAY)}
