"""Forms of the seven questions, and of what leaves for the police."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.rules import WORDS_LIMIT
from bolwerk.incidents.rules.police import Privacy
from bolwerk.incidents.rules.seven_ws import HINTS, Answers, W, holds_postcode


class SevenWsForm(SeenForm):
    """The seven questions of the police. None is needed: whatever is known helps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in W:
            self.fields[question.value] = forms.CharField(
                label=question.label,
                help_text=HINTS[question],
                max_length=WORDS_LIMIT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self) -> dict[str, Any]:
        """No private address where none belongs."""
        data: dict[str, Any] = super().clean() or {}
        for question in W:
            if holds_postcode(question, data.get(question.value, "")):
                self.add_error(
                    question.value,
                    _("This looks like an address. Take it out: the police get the address of the organisation."),
                )
        return data

    def answers(self) -> Answers:
        """What was filled in. Only after `is_valid`."""
        return Answers(**{question.value: self.cleaned_data[question.value] for question in W})


class PaperForm(forms.Form):
    """How whom it happened to is named in what goes to the police."""

    privacy = forms.ChoiceField(
        label=_("How is whom it happened to named?"), choices=Privacy.choices, widget=forms.RadioSelect
    )
