"""A field that asks for a colleague by name or e-mail address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import AmbiguousNameError, NobodyByThatNameError, colleague_named


class ColleagueField(forms.CharField):
    """A name or address in full becomes a person, nothing becomes nobody. `names`: the id of a list to choose from."""

    def __init__(self, *, names: str = "", **kwargs: Any) -> None:
        attrs = {"autocomplete": "off"} | ({"list": names} if names else {})
        super().__init__(max_length=254, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Person | None:
        """Find the colleague. Raises ValidationError with a sentence for nobody, and for more than one."""
        named = super().clean(value)
        try:
            return colleague_named(named) if named.strip() else None
        except NobodyByThatNameError:
            raise ValidationError(
                _("We know nobody by exactly this name or address. Check how it is spelled.")
            ) from None
        except AmbiguousNameError:
            raise ValidationError(_("More than one colleague has this name. Give the e-mail address.")) from None
