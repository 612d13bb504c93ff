"""The form with which an intervision is prepared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.actions.intervision import RunPlan
from bolwerk.circle.forms.circles import ShowingForm
from bolwerk.circle.models import Case, Session
from bolwerk.circle.rules.methods import Method

CHOOSE_THERE = _("The group chooses it")


class RunForm(ShowingForm):
    """By which method a group works, on which case, and in which session."""

    method = forms.ChoiceField(label=_("By which method?"), widget=forms.RadioSelect)
    case = forms.ModelChoiceField(
        label=_("On which case?"),
        queryset=Case.objects.none(),
        required=False,
        empty_label=CHOOSE_THERE,
        help_text=_("When the case is known, the steps in which one is chosen are left out."),
    )
    session = forms.ModelChoiceField(
        label=_("In which session?"), queryset=Session.objects.none(), required=False, empty_label=_("In none")
    )

    def __init__(
        self, *args: Any, methods: Sequence[Method], cases: Sequence[Case], sessions: Sequence[Session], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        told = _("%(title)s (%(minutes)s minutes)")
        choices = [(one.slug, told % {"title": one.title, "minutes": one.minutes}) for one in methods]
        self.fields["method"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them
        field: Any = self.fields["case"]
        field.queryset = Case.objects.filter(pk__in=[one.pk for one in cases])
        field.label_from_instance = lambda row: f"{row.title} ({row.member})"
        field = self.fields["session"]
        field.queryset = Session.objects.filter(pk__in=[one.pk for one in sessions])

    def plan(self) -> RunPlan:
        """What was filled in."""
        data = self.cleaned_data
        return RunPlan(data["method"], data["case"], data["session"])
