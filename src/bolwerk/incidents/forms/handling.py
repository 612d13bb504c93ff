"""Forms of whoever looks after an incident. `seen` is the version on the screen: nobody overwrites a colleague."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.audit.rules.contents import REASON_LENGTH, fit_for_the_trail
from bolwerk.incidents.rules import WORDS_LIMIT, Duty, Status, needs_reason


class SeenForm(forms.Form):
    """A form that knows which version of the incident its reader saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def show_conflict(self, *, version: int) -> None:
        """Say that somebody else was first. What was typed stays, and can be sent again after a look at the report."""
        self.add_error(None, _("A colleague changed this report while you had it open. What you typed is still here."))
        self.data = {**self.data.dict(), "seen": version}  # type: ignore[attr-defined]  # a QueryDict


class AssignForm(SeenForm):
    """Who handles it."""

    to = forms.ModelChoiceField(label=_("Who handles this report?"), queryset=Person.objects.none(), empty_label=None)

    def __init__(self, *args: Any, handlers: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = handlers  # type: ignore[attr-defined]  # a ModelChoiceField has one


class StatusForm(SeenForm):
    """Where it stands."""

    to = forms.ChoiceField(label=_("New status"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=400,
        help_text=_("Colleagues who may read this report see the reason; the reporter does not."),
    )

    def __init__(self, *args: Any, now: Status, steps: list[Status], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        to = self.fields["to"]
        to.choices = [(step.value, step.label) for step in steps]  # type: ignore[attr-defined]  # a ChoiceField has them
        to.initial = steps[0].value if steps else None

    def show_open_duties(self, duties: frozenset[Duty]) -> None:
        """Say what is still owed before the report can be closed."""
        owed = ", ".join(str(duty.label) for duty in Duty if duty in duties)
        self.add_error("to", _("Closing is not possible yet. Still to be done: %(duties)s.") % {"duties": owed})

    def clean(self) -> dict[str, Any]:
        """Some steps need a reason."""
        data: dict[str, Any] = super().clean() or {}
        if "to" in data and needs_reason(self.now, Status(data["to"])) and not data.get("reason", "").strip():
            self.add_error("reason", _("Give a reason: others must be able to see why."))
        return data


class FeedbackForm(SeenForm):
    """What the reporter hears."""

    text = forms.CharField(
        label=_("What was done with this report?"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Two or three sentences are enough. Name no third persons."),
        error_messages={"required": _("Write what was done. “Nothing yet, because …” is an answer too.")},
    )


class ExportForm(forms.Form):
    """Why rows leave the house."""

    reason = forms.CharField(
        label=_("What do you need the file for?"),
        max_length=REASON_LENGTH,
        validators=[fit_for_the_trail],
        help_text=_("The reason goes into the trail, with your name and the number of rows."),
        error_messages={"required": _("Say what the file is for.")},
    )
