"""Forms about what leaves the house: a signal for the RIEC, and a record for the algorithm register."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.contents import fit_for_the_trail

DAY = {"type": "date"}
WORDS = 400


def _words(label: Any, help_text: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=WORDS, help_text=help_text, **more)


class RiecForm(forms.Form):
    """The decision that a finding may be shared (privacy check 2B)."""

    recipient = _words(_("To whom?"), _("Which RIEC, or which partner in it."))
    legal_basis = _words(
        _("On which ground may it be shared?"),
        _("The law and article. It goes into the trail as well."),
        validators=[fit_for_the_trail],
    )
    necessity = _words(
        _("Why is it needed?"),
        _("For which task of the recipient. About the object, never about a person."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decided_by = _words(_("Who decided?"), _("The role or body that did privacy check 2B."))
    decided_on = forms.DateField(
        label=_("On which day was that decided?"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_decided_on(self) -> date:
        """A decision lies behind us."""
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise ValidationError(_("This day has yet to come."))
        return day


class RegisterRecordForm(forms.Form):
    """What only the municipality can say about its use of a rule."""

    organization = _words(_("Which organisation?"))
    contact = _words(_("Whom can people ask?"), _("A general address, never somebody's own."))
    since = forms.DateField(
        label=_("Since when is it used?"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("Only the month counts."),
    )
    legal_basis = forms.CharField(
        label=_("What is the legal basis?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    assessments = _words(_("Which assessments were done?"))
