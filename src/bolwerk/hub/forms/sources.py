"""Forms about sources: an assessment, what is said of it, and the switch."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.contents import fit_for_the_trail
from bolwerk.hub.actions import AssessmentText
from bolwerk.hub.rules.assessments import EARLIEST_DECISION, Outcome, last_valid_day

DAY = {"type": "date"}
WORDS = 2000  # signs: a paragraph or two; the whole assessment lies elsewhere
REASON = 400


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **options)


class AssessmentForm(forms.Form):
    """That an assessment was done, what it covers and who decided."""

    purpose = forms.CharField(
        label=_("What is the purpose?"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the municipality wants to reach with this, in plain words."),
    )
    legal_basis = forms.CharField(
        label=_("What is the legal basis?"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The municipal task and the article. For example: public order, Municipalities Act article 172."),
    )
    processing_activity = forms.CharField(
        label=_("Which processing activity is it?"),
        max_length=200,
        help_text=_("Name and number in the register of processing activities (AVG article 30)."),
    )
    reference = forms.CharField(
        label=_("Where does the assessment lie?"),
        max_length=200,
        help_text=_("For example the number in the document system. Bolwerk keeps no copy."),
    )
    decided_by = forms.CharField(
        label=_("Who decided?"),
        max_length=200,
        help_text=_("On behalf of the municipality: for example the board of mayor and aldermen."),
    )
    decided_on = _day(_("On which day was that decided?"))
    valid_until = _day(
        _("Until which day does it hold?"),
        help_text=_("At most three years after the decision. This day still counts."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_decided_on(self) -> date:
        """A decision lies behind us, and after the law began."""
        day: date = self.cleaned_data["decided_on"]
        if not EARLIEST_DECISION <= day <= self.today:
            raise ValidationError(_("Choose a day from 25 May 2018 up to and including today."))
        return day

    def clean(self) -> dict[str, Any]:
        """It holds until a day to come, and not for ever."""
        data: dict[str, Any] = super().clean() or {}
        decided, until = data.get("decided_on"), data.get("valid_until")
        if until is not None and until < self.today:
            self.add_error("valid_until", _("Choose a day from today on."))
        elif decided is not None and until is not None and until > last_valid_day(decided):
            self.add_error("valid_until", _("Choose a day at most three years after the decision."))
        return data

    def text(self) -> AssessmentText:
        """What was filled in, for the action. Only after `is_valid`."""
        return AssessmentText(**self.cleaned_data)


def _reason(label: Any, *, required: bool, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=REASON,
        help_text=help_text,
        validators=[fit_for_the_trail],
        error_messages={"required": _("Give a reason: others must be able to see why.")},
    )


class OutcomeForm(forms.Form):
    """What the privacy officer says of an assessment."""

    outcome = forms.ChoiceField(label=_("What do you say of this assessment?"), widget=forms.RadioSelect)
    reason = _reason(
        _("Reason"), required=False, help_text=_("Needed when you do not confirm. It goes into the trail as well.")
    )

    def __init__(self, *args: Any, outcomes: tuple[Outcome, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            Outcome.CONFIRMED: _("It was done well, and my advice was heard"),
            Outcome.DECLINED: _("It is not in order yet"),
            Outcome.WITHDRAWN: _("It no longer holds: switch off what rests on it"),
        }
        choices = [(outcome.value, words[outcome]) for outcome in outcomes]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them
        self.fields["outcome"].initial = choices[0][0] if len(choices) == 1 else None


class SwitchForm(forms.Form):
    """Why a source goes on or off. `seen` is how often it was switched when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = _reason(_("Why?"), required=True, help_text=_("The reason goes into the trail, with your name."))
