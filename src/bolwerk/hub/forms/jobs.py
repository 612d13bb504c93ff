"""Forms about work on the vault: which delivery to read, and for which day to look for findings."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.queries import DeliveryFile, sources
from bolwerk.hub.rules.sources import Register
from bolwerk.ui.dates import short_day

DAY = {"type": "date"}


def _choices(files: list[DeliveryFile], today: date) -> list[tuple[str, str]]:
    return [
        (one.name, f"{one.name} ({filesizeformat(one.size)}, {short_day(one.changed_at, on=today)})") for one in files
    ]


class ReadForm(forms.Form):
    """Which delivery, of which register, and what the reader must know about it."""

    register = forms.ChoiceField(
        label=_("Of which register is it?"),
        widget=forms.RadioSelect,
        help_text=_("Only registers that are on can be chosen."),
        error_messages={"required": _("Choose of which register the delivery is.")},
    )
    delivery = forms.ChoiceField(
        label=_("Which file?"),
        required=False,
        help_text=_("These files lie in the folder for deliveries on the server."),
    )
    upload = forms.FileField(
        label=_("Or upload a file"),
        required=False,
        help_text=_("It is removed from the server as soon as it was read."),
        error_messages={"empty": _("This file is empty.")},
    )
    as_of = forms.DateField(
        label=_("Of which day is the delivery?"),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("Only needed when the delivery does not say so itself. A BAG extract does."),
    )
    keep_going = forms.BooleanField(
        label=_("Leave out what is wrong, and read the rest"),
        required=False,
        help_text=_("Otherwise the first record that is wrong refuses the whole delivery. What is left out is listed."),
    )
    mapping = forms.ChoiceField(
        label=_("Which file says what each column is?"),
        required=False,
        help_text=_(
            "Only for a CSV of the KVK, or a table with column names of its own: a TOML file in the same folder."
        ),
    )
    municipality = forms.RegexField(
        r"\d{4}",
        label=_("Of which municipality is it?"),
        required=False,
        help_text=_("The code of four digits. Only needed when the vault goes over to another municipality."),
        error_messages={"invalid": _("The code of a municipality has four digits, for example 0221.")},
    )

    def __init__(
        self, *args: Any, on: frozenset[str], files: list[DeliveryFile], mappings: list[DeliveryFile], **kwargs: Any
    ) -> None:
        today = kwargs.pop("today")
        self.most = kwargs.pop("most")
        super().__init__(*args, **kwargs)
        self.today = today
        known = sources()
        self._offer("register", [(code.value, known[code.value].title) for code in Register if code.value in on])
        self._offer("delivery", [("", _("Choose a file")), *_choices(files, today)])
        self._offer("mapping", [("", _("None")), *_choices(mappings, today)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them

    def clean_as_of(self) -> date | None:
        """A delivery cannot describe a day that has yet to come."""
        day: date | None = self.cleaned_data["as_of"]
        if day is not None and day > self.today:
            raise ValidationError(_("This day has yet to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """Exactly one file, and not a larger one than may be sent."""
        data: dict[str, Any] = super().clean() or {}
        if "upload" in self.errors:
            return data
        given, chosen = data.get("upload"), data.get("delivery")
        if not given and not chosen and "delivery" not in self.errors:
            self.add_error("delivery", _("Choose a file, or upload one."))
        elif given and chosen:
            self.add_error("upload", _("Choose a file or upload one, not both."))
        elif given and given.size > self.most:
            size = {"most": filesizeformat(self.most)}
            self.add_error(
                "upload", _("At most %(most)s can be uploaded. Put a larger file in the folder for deliveries.") % size
            )
        return data


class RunForm(forms.Form):
    """For which day to look."""

    as_of = forms.DateField(
        label=_("As things were on which day?"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("Usually today. A day in the past shows what was true then; such findings expire sooner."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_of(self) -> date:
        """Nobody knows tomorrow's registers."""
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise ValidationError(_("This day has yet to come."))
        return day


class StudyForm(RunForm):
    """What to look ahead about, and up to which day."""

    about = forms.ChoiceField(
        label=_("About what?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the look ahead is about.")},
    )
    field_order = ("about", "as_of")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them
        self.fields["as_of"].label = _("Up to which day?")
        self.fields["as_of"].help_text = _("The whole months before this day count. Usually today.")
