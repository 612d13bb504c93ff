"""When an administrator may let somebody begin anew with signing in (ADR 46). Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

FORMER_ADDRESS_KEPT = timedelta(days=30)  # mail about sign-in also goes to the address of before, so long (ours)
KEPT_AFTER = timedelta(days=90)  # a row of somebody who was helped, or not; after that only the trail knows (ours)


class Recognised(models.TextChoices):
    """How an administrator made sure who asks. A message proves nothing: whoever holds the mailbox writes it."""

    IN_PERSON = "in_person", _("This colleague stood before me")
    CALLED_BACK = "called_back", _("I called back on a number that we already had")
    THROUGH_MANAGER = "through_manager", _("The manager stood beside this colleague and confirmed it to me")


class Refusal(models.TextChoices):
    """Why somebody cannot be helped this way, each with what helps instead."""

    SELF = "self", _("You cannot do this for yourself. Ask another administrator.")
    LEFT = "left", _("This person has left and cannot sign in.")
    HOME = "home", _("This person signs in with the work account. Whoever manages that account can help.")
    NO_SECOND = (
        "no_second",
        _("This person has no second step. “Forgot your password” on the page for signing in helps."),
    )
    NEW_ADDRESS = "new_address", _("The e-mail address was changed a short time ago.")
    RUNNING = "running", _("Somebody asked this already. See how far it is.")


class WayBackError(ValueError):
    """This may not be done now; the argument is the Refusal."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(str(why.label))
        self.why = why


@dataclass(frozen=True)
class Situation:
    """What must be known of somebody before an administrator may help."""

    is_self: bool
    is_active: bool
    comes_from_home: bool
    has_second_step: bool
    address_since: datetime | None  # when the e-mail address was changed; None: not lately
    is_running: bool


def refusal(now: Situation, *, at: datetime, address_rests: timedelta) -> Refusal | None:
    """Why this person cannot be helped now, or None. The first reason that holds is the one that is told."""
    reasons = (
        (Refusal.SELF, now.is_self),
        (Refusal.LEFT, not now.is_active),
        (Refusal.HOME, now.comes_from_home and not now.has_second_step),
        (Refusal.NO_SECOND, not now.has_second_step),
        (Refusal.RUNNING, now.is_running),
        (Refusal.NEW_ADDRESS, now.address_since is not None and at < now.address_since + address_rests),
    )
    return next((reason for reason, holds in reasons if holds), None)
