"""The form with which a report is no longer kept from a colleague."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.contents import REASON_LENGTH, fit_for_the_trail
from bolwerk.incidents.forms.handling import SeenForm


class AdmitForm(SeenForm):
    """Why, and that the reporter knows."""

    discussed = forms.BooleanField(
        label=_("I discussed this with the reporter"),
        error_messages={"required": _("Talk to the reporter first: it was their choice.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=REASON_LENGTH,
        validators=[fit_for_the_trail],
        help_text=_("For example: the wrong colleague was chosen. Name nobody: this goes into the trail."),
        error_messages={"required": _("Give a reason: others must be able to see why.")},
    )
