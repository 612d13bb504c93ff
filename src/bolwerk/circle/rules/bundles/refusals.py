"""Why a bundle does not come in, each in a sentence. Nothing of a refused bundle is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ITEM_BYTES = 256 * 1024  # of an item without files: a card in five languages is 40 kB
BUNDLE_BYTES = 5 * 1024 * 1024  # of any bundle: 3 MB of files are 4 MB as text


class Refusal(models.TextChoices):
    """The ways in which a bundle can be wrong."""

    TOO_LARGE = "too_large", _("This is too large for a bundle of one item.")
    NO_BUNDLE = "no_bundle", _("This is no bundle of a learning circle, or it is damaged.")
    FOREIGN = "foreign", _("This bundle has a form that Bolwerk does not know. Perhaps it is of a newer version.")
    UNKNOWN_KEY = (
        "unknown_key",
        _("The installation that signed this is not known here. An administrator first compares its fingerprint."),
    )
    BROKEN = "broken", _("The signature is wrong: this was changed on the way, or somebody else made it.")
    REVOKED = "revoked", _("The key that signed this is not trusted any more.")
    OLDER = "older", _("This is an older version than the one that came in before.")
    KNOWN = "known", _("This version came in before. Nothing changed.")
    PERSONAL = "personal", _("There is something in it that leads to a person, such as a number or an address.")
    NAME = "name", _("There is something in it that reads as the name or the address of a person.")
    FILE = "file", _("A file in it is not what it says, or could do harm.")
    CARD = "card", _("The card in it is not whole.")
    CASE = "case", _("A case comes in at its own circle: open its cases there, and choose “Bring a checked case”.")
    SCRIPT = "script", _("There is a script in it. Text is all that comes in.")


class BundleRefusedError(Exception):
    """A bundle does not come in. `where` names the place in it, never what stands there."""

    def __init__(self, refusal: Refusal, where: str = "") -> None:
        super().__init__(f"{refusal.label} ({where})" if where else str(refusal.label))
        self.refusal, self.where = refusal, where
