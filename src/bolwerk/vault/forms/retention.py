"""How long something is kept, who decided so, and what must stay."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.vault.rules.retention import Period, TermsCrossError, check_periods

UNITS = [("years", _("years")), ("months", _("months")), ("days", _("days"))]
LONGEST = 999


def parts_of(period: Period | None) -> tuple[int | None, str]:
    """A period as amount and unit, in the largest unit that holds it."""
    if period is None:
        return None, "years"
    if period.days or not (period.years or period.months):
        return period.days + period.months * 30 + period.years * 365, "days"
    months = period.years * 12 + period.months
    return (months // 12, "years") if months % 12 == 0 else (months, "months")


class PeriodsForm(forms.Form):
    """The municipality's own periods for a kind of record."""

    personal_amount = forms.IntegerField(
        label=_("Names and words go after"),
        min_value=0,
        max_value=LONGEST,
        required=False,
        help_text=_("Empty: they go together with the record."),
    )
    personal_unit = forms.ChoiceField(label=_("Names and words: unit"), choices=UNITS)
    record_amount = forms.IntegerField(
        label=_("The whole record goes after"),
        min_value=0,
        max_value=LONGEST,
        required=False,
        help_text=_("Empty: what is left of it stays for ever."),
    )
    record_unit = forms.ChoiceField(label=_("The whole record: unit"), choices=UNITS)
    source = forms.CharField(
        label=_("Who decided this?"),
        max_length=200,
        help_text=_("For example: decision of the municipal archivist of 3 March 2026."),
    )

    def __init__(self, data: Any = None, *, personal: Period | None, record: Period | None) -> None:
        start: dict[str, Any] = {}
        for name, period in (("personal", personal), ("record", record)):
            start[f"{name}_amount"], start[f"{name}_unit"] = parts_of(period)
        super().__init__(data, initial=start)

    def period(self, name: str) -> Period | None:
        """The period that was filled in for "personal" or "record"; None when it was left empty."""
        amount = self.cleaned_data.get(f"{name}_amount")
        return None if amount is None else Period(**{self.cleaned_data[f"{name}_unit"]: amount})

    def clean(self) -> dict[str, Any]:
        """Names may not outlive their record, and something must go at some time."""
        data = super().clean() or {}
        if self.errors:
            return data
        personal, record = self.period("personal"), self.period("record")
        if personal is None and record is None:
            self.add_error("record_amount", _("Say after how long at least one of the two goes."))
        try:
            check_periods(personal, record)
        except TermsCrossError:
            self.add_error("personal_amount", _("Names and words cannot stay longer than the record they are in."))
        return data


class HoldForm(forms.Form):
    """What must stay, and why."""

    number = forms.CharField(
        label=_("Number"), max_length=40, help_text=_("As people know it, for example K7QX-9FMB for a report.")
    )
    reason = forms.CharField(
        label=_("Why must it stay?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: objection that is still running. Write nothing about persons."),
    )
