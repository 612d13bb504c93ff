"""What somebody fills in to look in the trail. Names are typed in a form, so that none ever stands in an address."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries.finding import NobodyFoundError, SeveralFoundError, one_person
from bolwerk.audit.queries.names import urn_named
from bolwerk.audit.rules.contents import REASON_LENGTH, fit_for_the_trail
from bolwerk.overview.trail.queries import GROUPS, About, Wish, day_begins
from bolwerk.processing.rules.identities import NotAnIdentityError, citizen

NAME_LENGTH = 254


def person_named(words: str) -> Person:
    """The person that is meant, here or left. Raises ValidationError with a sentence that helps on."""
    try:
        return one_person(words)
    except NobodyFoundError:
        raise ValidationError(_("We know nobody by this name or e-mail address.")) from None
    except SeveralFoundError as several:
        text = _("More than one person is meant: %(people)s. Type the e-mail address.")
        raise ValidationError(text, params={"people": str(several)}) from None


def _name(**more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(max_length=NAME_LENGTH, widget=widget, help_text=_("Name or e-mail address."), **more)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class PeriodForm(forms.Form):
    """A period of days, both counted."""

    since = _day(_("From"))
    until = _day(_("Until"))

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", _("The last day lies before the first."))
        return data


class FilterForm(PeriodForm):
    """Which lines somebody wants to see."""

    group = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Everything")), *GROUPS])
    who = _name(label=_("Who did it"), required=False)
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=200,
        help_text=_("Number of a report, or a key (urn:bolwerk:…)."),
    )

    def clean_who(self) -> str:
        """The URN of the person; a URN stays what it is."""
        words: str = self.cleaned_data["who"].strip()
        return words if not words or words.startswith("urn:") else person_named(words).urn

    def clean_about(self) -> str:
        """The URN of the thing: as typed, or of what has this number."""
        text: str = self.cleaned_data["about"].strip()
        if not text or text.startswith("urn:"):
            return text
        found = urn_named(text)
        if found is None:
            raise ValidationError(_("There is nothing with this number."))
        return found


class ReasonForm(forms.Form):
    """Why lines leave the house."""

    reason = forms.CharField(
        label=_("What do you need it for?"),
        max_length=REASON_LENGTH,
        validators=[fit_for_the_trail],
        help_text=_("The reason goes into the log, with your name and the number of lines."),
        error_messages={"required": _("Say what it is for.")},
    )


class WholePeriodForm(PeriodForm):
    """A period of which both days must be given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("since", "until"):
            self.fields[name].required = True

    def period(self) -> tuple[datetime, datetime]:
        """The first moment, and the first moment after it. Only after `is_valid`."""
        data = self.cleaned_data
        return day_begins(data["since"]), day_begins(data["until"] + timedelta(days=1))


class ProcessingExportForm(WholePeriodForm, ReasonForm):
    """Of which days lines of the processing log leave the house, and why."""


class ExtractForm(WholePeriodForm):
    """About whom, of which period, with or without names of colleagues, and why."""

    person = forms.CharField(
        label=_("About whom"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Name or e-mail address of a colleague, or a citizen service number."),
        error_messages={"required": _("Say about whom the extract is.")},
    )
    names = forms.ChoiceField(
        label=_("Names of colleagues"),
        choices=[
            ("roles", _("Leave them out: roles only")),
            ("names", _("With names, because they are needed to exercise rights")),
        ],
        widget=forms.RadioSelect,
        initial="roles",
        help_text=_("Somebody need not hear which employee looked (EU Court of Justice, C-579/21)."),
    )
    reason = forms.CharField(
        label=_("Why is this extract drawn?"),
        max_length=REASON_LENGTH,
        validators=[fit_for_the_trail],
        help_text=_("For example: request of access of 3 March. The reason goes into the log, with your name."),
        error_messages={"required": _("Say why the extract is drawn.")},
    )
    field_order = ("person", "since", "until", "names", "reason")

    def clean_person(self) -> About:
        """Whom it is about."""
        words: str = self.cleaned_data["person"].strip()
        if not words.replace(".", "").replace(" ", "").isdigit():
            person = person_named(words)
            return About(person.urn, person)
        try:
            return About(citizen(words))
        except NotAnIdentityError:
            raise ValidationError(_("This is no citizen service number.")) from None

    def wish(self) -> Wish:
        """What was asked. Only after `is_valid`."""
        since, until = self.period()
        with_names = self.cleaned_data["names"] == "names"
        return Wish(about=self.cleaned_data["person"], since=since, until=until, with_names=with_names)
