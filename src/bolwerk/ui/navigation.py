"""A door: one entry of the navigation, or one of the big buttons on Mijn dag."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Door:
    """Where it leads (`url_name`), what it says, its icon from the sprite, and where it stands.

    `place` is "rail" (navigation), "start" (a big button on Mijn dag) or "more" (settings and the like).
    """

    url_name: str
    label: str | Promise
    icon: str
    place: str = "rail"
