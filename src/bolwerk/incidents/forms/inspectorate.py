"""Forms about the labour inspectorate."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules.inspectorate import NUMBER_LIMIT, Harm, Notice


class HarmForm(forms.Form):
    """What makes it one to report."""

    harm = forms.ChoiceField(
        label=_("What happened?"),
        choices=Harm.choices,
        widget=forms.RadioSelect,
        help_text=_("Also when it shows later, and for people who are hired. Treatment without a stay does not count."),
    )


class NoticeForm(forms.Form):
    """That the inspectorate was told."""

    reported_on = forms.DateField(
        label=_("Reported on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    number = forms.CharField(label=_("Number of the inspectorate, if known"), max_length=NUMBER_LIMIT, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["reported_on"].initial = today

    def clean_reported_on(self) -> date:
        """Not after today."""
        day: date = self.cleaned_data["reported_on"]
        if day > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day

    def notice(self) -> Notice:
        """What was filled in. Only after `is_valid`."""
        return Notice(self.cleaned_data["reported_on"], self.cleaned_data["number"])
