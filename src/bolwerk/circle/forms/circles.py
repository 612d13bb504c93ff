"""Forms of circles: founding, members, invitations, the house rules."""

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import check_name
from bolwerk.circle.rules.circles import (
    EMAIL_LIMIT,
    NAME_LIMIT,
    PERSON_NAME_LIMIT,
    PURPOSE_LIMIT,
    RULES_LIMIT,
    CircleError,
    CirclePlan,
)

PASSWORD_LIMIT = 128  # as at the door (quality.md B 16)


PLACE = re.compile(r"(\d{1,2}\.\d{1,8})\s*,\s*(\d{1,2}\.\d{1,8})")
SOUTH, NORTH, WEST, EAST = 50.7, 53.7, 3.2, 7.3  # the Netherlands in Europe, in degrees


class ShowingForm(forms.Form):
    """A form that can say why the rules refuse it."""

    use_required_attribute = False  # an empty field is no mistake yet

    def show(self, error: CircleError) -> None:
        """Say it at its field, or on top."""
        self.add_error(error.field if error.field in self.fields else None, str(error.text))


def day(label: Any, **more: Any) -> forms.DateField:
    """A question for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class CircleForm(ShowingForm):
    """What a circle is for, how long it lasts, and its house rules."""

    name = forms.CharField(label=_("What is the circle called?"), max_length=NAME_LIMIT)
    purpose = forms.CharField(
        label=_("What do you want to learn together?"),
        max_length=PURPOSE_LIMIT,
        help_text=_("One or two sentences. Everybody in the circle reads them first."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"), help_text=_("A circle of four meetings takes about a year."))
    house_rules = forms.CharField(
        label=_("House rules"),
        max_length=RULES_LIMIT,
        help_text=_("Everybody accepts them before they are in. After a change everybody reads and accepts them anew."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def plan(self) -> CirclePlan:
        """The plan that was filled in."""
        data = self.cleaned_data
        return CirclePlan(*(data[name] for name in ("name", "purpose", "starts_on", "ends_on", "house_rules")))


class MemberForm(ShowingForm):
    """A municipality that joins."""

    name = forms.CharField(label=_("Which municipality?"), max_length=NAME_LIMIT, validators=[check_name])
    joined_on = day(_("From which day?"))


class PlaceForm(ShowingForm):
    """Where a municipality stands on the map."""

    place = forms.CharField(
        label=_("Latitude and longitude"),
        required=False,
        max_length=40,
        help_text=_("Of the town hall, as a map shows it: 52.0907, 5.1214. Empty takes it off the map."),
    )

    def clean_place(self) -> tuple[float, float] | None:
        """Longitude and latitude within the Kingdom in Europe, or None."""
        given = str(self.cleaned_data["place"]).strip()
        if not given:
            return None
        found = PLACE.fullmatch(given)
        if found is None:
            raise ValidationError(_("Give two numbers with a comma between them, such as 52.0907, 5.1214."))
        latitude, longitude = float(found[1]), float(found[2])
        if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
            raise ValidationError(_("That is not in the Netherlands. The latitude comes first."))
        return longitude, latitude


class LeaveForm(ShowingForm):
    """The day from which a municipality is no member any more."""

    left_on = day(_("From which day is it out?"))


class InviteForm(ShowingForm):
    """Somebody to invite."""

    name = forms.CharField(label=_("Name"), max_length=PERSON_NAME_LIMIT, validators=[check_name])
    email = forms.EmailField(label=_("E-mail address"), max_length=EMAIL_LIMIT)
    is_deputy = forms.BooleanField(label=_("Comes when the other cannot (deputy)"), required=False)


class FacilitatorForm(ShowingForm):
    """Who leads along: somebody with an account here."""

    email = forms.EmailField(label=_("E-mail address of who leads along"), max_length=EMAIL_LIMIT)

    def clean_email(self) -> str:
        """Find the account. Sets `person`."""
        given = str(self.cleaned_data["email"]).lower()
        self.person = Person.objects.filter(email=given, is_active=True).first()
        if self.person is None:
            raise ValidationError(_("Nobody has an account here with this address."))
        return given


class AcceptForm(ShowingForm):
    """Accepting the house rules as they stand on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("I keep to these rules"), error_messages={"required": _("Tick this box when you agree.")}
    )


class FirstPasswordForm(ShowingForm):
    """The first password of somebody who came with a personal link."""

    password = forms.CharField(
        label=_("Choose a password"),
        max_length=PASSWORD_LIMIT,
        strip=False,
        help_text=_("At least 12 characters. Three or four words in a row work well."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """Refuse a password that is guessed easily."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password
