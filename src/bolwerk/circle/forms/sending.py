"""What travels with a card besides its words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.queries.card_bundles import Luggage
from bolwerk.documents.models import Document

CONTACT_LIMIT = 300  # as the schema of a card has it


class SendCardForm(forms.Form):
    """Which files come along, and whom others may call."""

    documents = forms.MultipleChoiceField(
        label=_("Which files come along?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = forms.CharField(
        label=_("Whom may others call about it?"),
        required=False,
        max_length=CONTACT_LIMIT,
        help_text=_("A function and a number, and only with a yes of whoever answers there. Empty is fine."),
    )

    def __init__(self, *args: Any, files: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if files:
            choices = [(str(row.pk), f"{row.name} ({filesizeformat(row.size)})") for row in files]
            self.fields["documents"].choices = choices  # type: ignore[attr-defined]  # a field with choices
            self.fields["documents"].initial = [key for key, _label in choices]
            self.keys = {str(row.pk): row.pk for row in files}
        else:
            del self.fields["documents"]
            self.keys = {}

    def luggage(self) -> Luggage:
        """What was chosen. Only after `is_valid`."""
        chosen = self.cleaned_data.get("documents", [])
        return Luggage(frozenset(self.keys[key] for key in chosen), self.cleaned_data["contact"].strip())
