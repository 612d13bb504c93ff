"""A door: one entry of the navigation, or one of the big buttons on Mijn dag."""

from dataclasses import dataclass

from django.utils.functional import Promise

from bolwerk.ui.addresses import address_of


@dataclass(frozen=True)
class Door:
    """Where it leads (`url_name`), what it says, its icon from the sprite, and where it stands.

    `place` is "rail" (navigation), "start" (a big button on Mijn dag) or "more" (settings and the like).
    `on_phone` puts it in the bar at the bottom of a phone as well, where `short` is its word: at most two in the house
    (Melden and Taken), between Start and Meer. `hint` is the line under a big button.
    """

    url_name: str
    label: str | Promise
    icon: str
    place: str = "rail"
    on_phone: bool = False
    short: str | Promise = ""
    hint: str | Promise = ""

    @property
    def address(self) -> str:
        """Where it leads."""
        return address_of(self.url_name)

    @property
    def short_label(self) -> str | Promise:
        """The word in the bar of a phone."""
        return self.short or self.label
