"""Forms of the track of police and damage. Rules decide; what was typed stays when they refuse."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.deadlines.rules import Term, Unit
from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.forms.setting import LONGEST, UNITS
from bolwerk.incidents.rules.police import (
    ADDRESS_LIMIT,
    NUMBER_LIMIT,
    PRIVACY_IN_WORDS,
    Filed,
    Filer,
    Privacy,
    ReportKind,
    State,
    Told,
    Vpt,
    outcomes_for,
    states_for,
)


def _a_day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class PoliceReportForm(SeenForm):
    """What was reported to the police."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=ReportKind.choices, widget=forms.RadioSelect)
    filer = forms.ChoiceField(label=_("Who reported it?"), choices=Filer.choices, widget=forms.RadioSelect)
    reported_on = _a_day(_("On which day?"))
    vpt = forms.ChoiceField(
        label=_("Did you ask for the VPT code?"),
        choices=Vpt.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Ask the police to write it down as violence against a public task (VPT). Without that code the agreements "
            "of police and prosecutor (ELA) do not apply."
        ),
    )
    privacy = forms.ChoiceField(
        label=_("How is whom it happened to named?"),
        choices=Privacy.choices,
        widget=forms.RadioSelect,
        help_text=_("Choose it together, before the report is signed. Never give a home address to the police."),
    )
    offences = forms.MultipleChoiceField(
        label=_("Which offence can it be?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "To talk with the police. The police and the prosecutor decide what it is. Articles of the Criminal Code "
            "(Sr), not checked by a lawyer."
        ),
    )
    number = forms.CharField(
        label=_("Number of the police (proces-verbaal)"),
        max_length=NUMBER_LIMIT,
        required=False,
        help_text=_("It can be filled in later."),
    )

    def __init__(
        self, *args: Any, offences: Sequence[tuple[str, str]], today: date, fixed_kind: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["offences"].choices = offences  # type: ignore[attr-defined]  # a ChoiceField has them
        if fixed_kind:
            del self.fields["kind"]

    def clean_reported_on(self) -> date:
        """Not after today."""
        day: date = self.cleaned_data["reported_on"]
        if day > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day

    def privacy_words(self) -> list[tuple[Any, Any]]:
        """What each way of being named means."""
        return [(option.label, PRIVACY_IN_WORDS[option]) for option in Privacy]

    def filed(self, *, kind: ReportKind | None = None) -> Filed:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        return Filed(
            kind=kind or ReportKind(data["kind"]),
            filer=Filer(data["filer"]),
            reported_on=data["reported_on"],
            privacy=Privacy(data["privacy"]),
            vpt=Vpt(data["vpt"]),
            offences=tuple(data["offences"]),
            number=data["number"],
        )


class StateForm(SeenForm):
    """Where it stands, and how it ended."""

    to = forms.ChoiceField(label=_("Where does it stand now?"), widget=forms.RadioSelect)
    on = _a_day(_("Since which day?"))
    outcome = forms.ChoiceField(
        label=_("How did it end?"), required=False, help_text=_("Only when it is over. Whom it happened to reads this.")
    )

    def __init__(self, *args: Any, kind: ReportKind, now: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(state.value, state.label) for state in states_for(kind, now)]
        self.fields["to"].choices = steps  # type: ignore[attr-defined]  # a ChoiceField has them
        ends = [(one.value, one.label) for one in outcomes_for(kind)]
        self.fields["outcome"].choices = [("", _("It is not over")), *ends]  # type: ignore[attr-defined]  # a ChoiceField has them

    def told(self) -> Told:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        return Told(State(data["to"]), data["on"], data["outcome"])


class WhyNotForm(SeenForm):
    """Why nothing is reported to the police."""

    reason = forms.CharField(
        label=_("Why is nothing reported to the police?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: no offence, by agreement with the police. Name no third persons."),
        error_messages={"required": _("Write why nothing is reported.")},
    )


class PoliceSettingForm(forms.Form):
    """What holds here for reports to the police."""

    address = forms.CharField(
        label=_("Address of the organisation"),
        max_length=ADDRESS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("This address goes to the police, always. Never that of an employee."),
    )
    contact = forms.CharField(
        label=_("Whom can the police call?"),
        max_length=120,
        required=False,
        help_text=_("A function or desk with a telephone number."),
    )
    amount = forms.IntegerField(label=_("Remind after"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS)
    source = forms.CharField(label=_("Where does this come from?"), max_length=200)

    def term(self) -> Term:
        """The term of the reminder. Only after `is_valid`."""
        data = self.cleaned_data
        return Term(data["amount"], Unit(data["unit"]), data["source"])
