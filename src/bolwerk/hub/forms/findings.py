"""Forms about findings: a verdict, an exclusion, a file."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.contents import fit_for_the_trail
from bolwerk.hub.queries import rules_about
from bolwerk.hub.rules.reviews import REASON_LENGTH, Verdict

DAY = {"type": "date"}
USUAL_EXCLUSION = timedelta(days=365)
LONGEST_EXCLUSION = timedelta(days=2 * 365)
"""An exclusion is looked at again: what was a hotel may become a home. Choices of Bolwerk, no rule found."""

NAME_NOBODY = _("About the object, never about a person: no names, no citizen service numbers.")


def reason_field(label: Any) -> forms.CharField:
    """Why somebody says something of an object, in a sentence or three."""
    return forms.CharField(
        label=label,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NAME_NOBODY,
        error_messages={"required": _("Give a reason: the next reader must be able to follow it.")},
    )


class ReviewForm(forms.Form):
    """What the first look gave."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("What did the first look give?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the first look gave.")},
    )
    reason = reason_field(_("How do you know?"))

    def __init__(self, *args: Any, verdicts: list[Verdict], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            Verdict.WORTH_A_LOOK: _("Worth a look: somebody should go and see, or look further"),
            Verdict.EXPLAINED: _("Explained: there is an innocent explanation"),
            Verdict.WRONG: _("Wrong in a register: the register says something that is not so"),
            Verdict.OPEN: _("Take the verdict back: look at it again"),
        }
        choices = [(verdict.value, words[verdict]) for verdict in words if verdict in verdicts]
        self.fields["verdict"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them

    def show_conflict(self, *, version: int) -> None:
        """Say that somebody else was first. What was typed stays, and can be sent again after a look."""
        self.add_error(
            None, _("A colleague reviewed this finding while you had it open. What you typed is still here.")
        )
        self.data = {**self.data.dict(), "seen": version}  # type: ignore[attr-defined]  # a QueryDict


class LeaveOutForm(forms.Form):
    """Why a rule leaves an object out, and until when."""

    reason = reason_field(_("Why is this left out?"))
    until = forms.DateField(
        label=_("Until which day?"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("At most two years. After that the rule looks at it again."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until"].initial = today + USUAL_EXCLUSION

    def clean_until(self) -> date:
        """Not in the past, and not for ever."""
        day: date = self.cleaned_data["until"]
        if not self.today <= day <= self.today + LONGEST_EXCLUSION:
            raise ValidationError(_("Choose a day from today on, at most two years away."))
        return day


class LookupForm(forms.Form):
    """Where the address is that should be left out."""

    postcode = forms.RegexField(
        r"^[1-9]\d{3}\s?[A-Za-z]{2}$",
        label=_("Postcode"),
        error_messages={"invalid": _("A postcode has four digits and two letters, for example 6100 AB.")},
    )
    number = forms.IntegerField(
        label=_("House number"), min_value=1, max_value=99_999, help_text=_("Without letter or addition.")
    )

    def clean_postcode(self) -> str:
        """As the BAG writes it."""
        given: str = self.cleaned_data["postcode"]
        return given.replace(" ", "").upper()


class AddressForm(LeaveOutForm):
    """Which of the addresses found there, and which rule leaves it out."""

    object_id = forms.ChoiceField(
        label=_("Which address?"), widget=forms.RadioSelect, error_messages={"required": _("Choose an address.")}
    )
    rule = forms.ChoiceField(label=_("Which rule leaves it out?"), error_messages={"required": _("Choose a rule.")})

    field_order = ("object_id", "rule", "reason", "until")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = dict(places)
        self.fields["object_id"].choices = places  # type: ignore[attr-defined]  # a ChoiceField has them
        self.fields["rule"].choices = [("", ""), *rules_about("address")]  # type: ignore[attr-defined]  # a ChoiceField has them
        if len(places) == 1:
            self.fields["object_id"].initial = places[0][0]


class EndForm(forms.Form):
    """Why a rule looks at an object again."""

    reason = reason_field(_("Why does the rule look at it again?"))


CSV = "csv"
KINDS = (
    (CSV, _("Table for a spreadsheet (CSV): the list as you see it")),
    ("geojson", _("Map layer (GeoJSON), with the explanation of each")),
    ("parquet", _("Table for analysis (Parquet), with the explanation of each")),
    ("ftm", _("FollowTheMoney entities, with the explanation of each")),
)


class AreasFileForm(forms.Form):
    """Why figures of areas leave the house."""

    reason = forms.CharField(
        label=_("What do you need the file for?"),
        max_length=REASON_LENGTH,
        validators=[fit_for_the_trail],
        help_text=_("The reason goes into the trail and into the file, with your name."),
        error_messages={"required": _("Say what the file is for.")},
    )


class ExportForm(forms.Form):
    """Why findings leave the house, and as what."""

    kind = forms.ChoiceField(label=_("As what?"), choices=KINDS, initial=CSV, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What do you need the file for?"),
        max_length=REASON_LENGTH,
        validators=[fit_for_the_trail],
        help_text=_("The reason goes into the trail and into every row of the file, with your name."),
        error_messages={"required": _("Say what the file is for.")},
    )
