"""As we knew it on: one day in the address of a page."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PARAMETER = "known_on"


class KnownOnForm(forms.Form):
    """On which day? Nothing: as it is known now."""

    known_on = forms.DateField(
        label=_("As we knew it on"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a day. Write it as 2026-11-30. You see what is known now.")},
    )

    def __init__(self, data: object, *, today: date) -> None:
        super().__init__(data if data and PARAMETER in data else None)  # type: ignore[operator, arg-type]  # a QueryDict
        self.today = today
        self.day: date | None = self.cleaned_data.get(PARAMETER) if self.is_valid() else None

    def clean_known_on(self) -> date | None:
        """Nobody knew tomorrow's findings."""
        day: date | None = self.cleaned_data[PARAMETER]
        if day is not None and day > self.today:
            raise ValidationError(_("This day has yet to come. You see what is known now."))
        return day

    @property
    def held(self) -> dict[str, str]:
        """What stands in an address so that the page after it looks back too."""
        return {PARAMETER: self.day.isoformat()} if self.day else {}

    @property
    def query(self) -> str:
        """The same, as the end of an address."""
        return f"?{PARAMETER}={self.day.isoformat()}" if self.day else ""
