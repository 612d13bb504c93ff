"""Forms of the care track. There is no field for what was said."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.rules import Outcome
from bolwerk.incidents.rules.care import NAME_LIMIT, WISH_LIMIT, Capacity, Spoken

SHORT = {"rows": 2}


def short_words(label: Any, **more: Any) -> forms.CharField:
    """One or two sentences."""
    return forms.CharField(label=label, max_length=WISH_LIMIT, required=False, widget=forms.Textarea(SHORT), **more)


class CareForm(forms.Form):
    """That somebody was spoken to: the day, the need and what was agreed."""

    outcome = forms.ChoiceField(
        label=_("Did you speak to each other?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        initial=Outcome.HELD,
    )
    held_on = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    need = short_words(_("What does this person need?"), help_text=_("For example: rest, company on the way home."))
    agreed = short_words(
        _("What did you agree?"), help_text=_("Only the help, not what was said: who does what, and when.")
    )
    reason = short_words(_("Not wanted: why not?"), help_text=_("Only if this person does not want it now."))

    def __init__(self, *args: Any, reported_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reported_on, self.today = reported_on, today
        self.fields["held_on"].initial = today

    def clean_held_on(self) -> date:
        """Not before the report, not after today."""
        day: date = self.cleaned_data["held_on"]
        if not self.reported_on <= day <= self.today:
            raise ValidationError(_("Choose a day from the report up to and including today."))
        return day

    def clean(self) -> dict[str, Any]:
        """What was not wanted needs a reason."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == Outcome.DECLINED and not data.get("reason", "").strip():
            self.add_error("reason", _("Write why this person does not want it, in their words."))
        return data

    def spoken(self) -> Spoken:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        outcome = Outcome(data["outcome"])
        reason = data["reason"] if outcome is Outcome.DECLINED else ""
        return Spoken(outcome, data["held_on"], data["need"], data["agreed"], reason)


class PersonForm(forms.Form):
    """Somebody else who is concerned."""

    capacity = forms.ChoiceField(
        label=_("How is this person concerned?"), choices=Capacity.choices, widget=forms.RadioSelect
    )
    person = forms.ModelChoiceField(
        label=_("A colleague of the department"), queryset=Person.objects.none(), required=False
    )
    email = forms.EmailField(label=_("Or the e-mail address of another colleague"), max_length=254, required=False)
    name = forms.CharField(
        label=_("Or the name of somebody without an account"),
        max_length=NAME_LIMIT,
        required=False,
        help_text=_("For example somebody who is hired, or a visitor who saw it happen."),
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues  # type: ignore[attr-defined]  # a ModelChoiceField has one

    def clean_email(self) -> Person | None:
        """The colleague with this address."""
        email: str = self.cleaned_data["email"]
        found = Person.objects.filter(email__iexact=email, is_active=True).first() if email else None
        if email and found is None:
            raise ValidationError(_("No colleague has this e-mail address. Check it, or write the name below."))
        return found

    def clean(self) -> dict[str, Any]:
        """One of the three."""
        data: dict[str, Any] = super().clean() or {}
        given = [data.get(name) for name in ("person", "email", "name") if data.get(name)]
        if len(given) != 1 and "email" not in self.errors:
            self.add_error(None, _("Say who it is in one way: choose a colleague, or type an address or a name."))
        return data

    def show_twice(self) -> None:
        """Say that this colleague is in the track already."""
        self.add_error(None, _("This colleague is in this care track already."))


class CareStepForm(SeenForm):
    """Care that somebody does not want any more, or wants after all."""

    reason = short_words(_("Why?"))

    def __init__(self, *args: Any, with_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = with_reason
        if with_reason:
            self.fields["reason"].error_messages["required"] = _("Write why no more care is wanted.")
        else:
            del self.fields["reason"]
