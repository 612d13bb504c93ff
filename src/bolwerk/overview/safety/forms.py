"""What the programme lead states of a measure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.overview.safety.rules import PROOF_LIMIT, SAID_LIMIT, Said


class StatementForm(forms.Form):
    """How it stands, on which day, and where the proof lies."""

    text = forms.CharField(
        label=_("How it stands"),
        help_text=_("Write about the organisation, never about a person. For example: 84 of 120 people were trained."),
        max_length=SAID_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    as_of = forms.DateField(label=_("On this day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    proof = forms.CharField(
        label=_("Where the proof lies"),
        help_text=_("A case number, a report or a list that somebody else can look up."),
        max_length=PROOF_LIMIT,
    )

    def said(self) -> Said:
        """What was filled in."""
        data = self.cleaned_data
        return Said(data["text"], data["as_of"], data["proof"])
