"""The municipality's own terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.deadlines.rules import Term, Unit

UNITS = [
    (Unit.HOURS.value, _("hours")),
    (Unit.WORKING_DAYS.value, _("working days")),
    (Unit.DAYS.value, _("days")),
    (Unit.WEEKS.value, _("weeks")),
]
LONGEST = 365


class TermForm(forms.Form):
    """How long something may take, and who decided so."""

    amount = forms.IntegerField(label=_("How long"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS)
    source = forms.CharField(
        label=_("Where does this come from?"),
        max_length=200,
        help_text=_("For example: decision of the management team of 3 March 2026."),
    )

    def term(self) -> Term:
        """The term that was filled in. Only after `is_valid`."""
        data: dict[str, Any] = self.cleaned_data
        return Term(data["amount"], Unit(data["unit"]), data["source"])
