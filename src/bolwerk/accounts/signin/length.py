"""The least length of a password, in a sentence of our own: Django's has no Dutch translation since 5.2."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Refuses a password that is too short."""

    def get_error_message(self) -> str:
        """What is wrong, and what to do about it."""
        return _("This password is too short: use at least %(least)d characters.") % {"least": self.min_length}

    def get_help_text(self) -> str:
        """The rule."""
        return _("Use at least %(least)d characters.") % {"least": self.min_length}
