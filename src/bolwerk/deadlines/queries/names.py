"""What the things of this app are called where only their URN is known."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

KINDS = ("urn:bolwerk:deadlines:task:", "urn:bolwerk:deadlines:step:")


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """Tasks by URN. What a task is about stands with its subject, so here it is "a task"."""
    return {urn: _("a task") for urn in urns if urn.startswith(KINDS)}
