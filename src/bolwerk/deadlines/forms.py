"""What an administrator fills in about days."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.deadlines.queries import is_closed

REASON_LENGTH, SOURCE_LENGTH = 80, 200  # the columns of ClosingDay


class ClosingDayForm(forms.Form):
    """A day on which the municipality is closed, why, and who decided so."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=_("Why is the municipality closed?"),
        max_length=REASON_LENGTH,
        help_text=_("For example: bridging day after Ascension Day."),
    )
    source = forms.CharField(
        label=_("Who decided so?"),
        max_length=SOURCE_LENGTH,
        help_text=_("For example: decision of the municipal secretary of 3 March 2026."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        """A day to come on which people would work."""
        day: date = self.cleaned_data["day"]
        if day <= self.today:
            raise ValidationError(_("Choose a day after today: terms were counted with the days before."))
        if is_closed(day):
            raise ValidationError(_("The municipality is closed on this day already."))
        return day
