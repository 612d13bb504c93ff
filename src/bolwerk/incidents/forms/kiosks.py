"""Forms of kiosks: making one, reporting at it, and the code."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Department, Person
from bolwerk.incidents.forms.reporting import ReportForm
from bolwerk.incidents.rules import WORDS_LIMIT, Receiver
from bolwerk.incidents.rules.kiosks import NAME_LIMIT, PLACE_LIMIT

NOT_ASKED = ("camera", "photos", "voice", "colleague", "by_whom", "other_manager", "about")


class KioskForm(forms.Form):
    """A new kiosk."""

    department = forms.ModelChoiceField(label=_("For which department?"), queryset=Department.objects.none())
    place = forms.CharField(
        label=_("Where does it hang?"),
        max_length=PLACE_LIMIT,
        help_text=_("For example: Depot Noord, canteen. Whoever looks after reports sees this."),
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a ModelChoiceField has one


class KioskReportForm(ReportForm):
    """The mini-report of somebody without an account: no files, nobody's name but the own, and that only if wanted."""

    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=NAME_LIMIT,
        help_text=_("With your name somebody can look after you. Without it the report counts as well."),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, person=Person(), at=at, **kwargs)
        for name in NOT_ASKED:
            del self.fields[name]
        kept = [choice for choice in Receiver.choices if choice[0] != Receiver.OTHER_MANAGER.value]
        self.fields["receiver"].choices = kept  # type: ignore[attr-defined]  # a ChoiceField has them

    def _check_people(self, data: dict[str, Any]) -> None:
        """Nobody is named here."""


class KioskCodeForm(forms.Form):
    """The code of a report."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class KioskDetailsForm(forms.Form):
    """What came to mind later."""

    use_required_attribute = False  # an empty field is no mistake yet

    text = forms.CharField(
        label=_("What do you want to add?"), max_length=WORDS_LIMIT, widget=forms.Textarea(attrs={"rows": 5})
    )
