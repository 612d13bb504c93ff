"""What is filled in when a card is taken over, and of wishes."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.rules.adoptions import (
    WHY_LIMIT,
    WISH_LIMIT,
    WORDS_LIMIT,
    AdoptionError,
    KnownBy,
    Move,
    Outcome,
    Plan,
    Result,
)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _words(label: Any, *, rows: int = 4, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=WORDS_LIMIT, widget=widget, required=False, **more)


class AdoptionForm(forms.Form):
    """A form about an adoption that a colleague may change as well."""

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def show(self, error: AdoptionError) -> None:
        """Say why the rules refuse it, at its field."""
        self.add_error(error.field if error.field in self.fields else None, str(error.text))

    def show_conflict(self, *, version: int) -> None:
        """Say that somebody else was first; what was typed stays."""
        self.add_error(None, _("A colleague changed this while you had it open. What you typed is still here."))
        self.data = {**self.data.dict(), "seen": version}  # type: ignore[attr-defined]  # a QueryDict


class PlanForm(AdoptionForm):
    """How the own municipality takes it over."""

    planned_on = _day(_("When do you want to begin?"), required=False)
    adapted = _words(
        _("What will you do differently?"), help_text=_("Empty is fine: then you do it as the card says. No names.")
    )
    shared = forms.BooleanField(
        label=_("Others in the library may see that we use this, and what came of it"),
        required=False,
        help_text=_("Whoever wrote the card learns from you. You can take it back at any time."),
    )

    def plan(self) -> Plan:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        return Plan(data["planned_on"], data["adapted"], data["shared"])


class MoveForm(AdoptionForm):
    """On which day, and when it stops: why."""

    day = _day(_("On which day?"))
    why = _words(
        _("Why did you stop?"), help_text=_("Too much work, no support, something better: others learn from it.")
    )

    def __init__(self, *args: Any, move: Move, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = today
        if move != Move.STOP:
            del self.fields["why"]


class ResultForm(AdoptionForm):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=Outcome.choices, widget=forms.RadioSelect)
    known_by = forms.ChoiceField(label=_("How do you know?"), choices=KnownBy.choices, widget=forms.RadioSelect)
    words = _words(_("What would you tell somebody who begins with it?"), help_text=_("No names of people."))

    def result(self) -> Result:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        return Result(Outcome(data["outcome"]), KnownBy(data["known_by"]), data["words"])


class WishForm(forms.Form):
    """What is missing."""

    words = forms.CharField(
        label=_("What are you looking for?"),
        max_length=WISH_LIMIT,
        help_text=_("For example: how do you talk with a councillor who asks for a favour?"),
    )
    why = forms.CharField(
        label=_("Why?"), max_length=WHY_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
