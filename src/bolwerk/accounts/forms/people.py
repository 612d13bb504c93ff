"""What an administrator fills in about people and their roles, and what people fill in about themselves."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import Reach
from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.queries import department_choices, open_departments
from bolwerk.accounts.rules import Language, Role, check_name
from bolwerk.audit.rules.contents import fit_for_the_trail

EVERYWHERE = "everywhere"  # chosen on purpose: the widest reach is never the one that somebody forgot to narrow
NAME_HINT = _("As colleagues know this person.")
REASON_HINT = _("For example: takes over from a colleague. It is kept in the trail; name nobody.")


class PersonForm(forms.Form):
    """Somebody who can sign in. `person` is who is being changed; nobody when somebody is added."""

    name = forms.CharField(label=_("Name"), help_text=NAME_HINT, max_length=150, validators=[check_name])
    email = forms.EmailField(label=_("E-mail address"), help_text=_("This is the sign-in name."), max_length=254)
    department = forms.TypedChoiceField(
        label=_("Department"),
        required=False,
        choices=lambda: [("", _("No department")), *department_choices()],
        coerce=lambda pk: open_departments().get(pk=pk),
        empty_value=None,
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        """One person per address, without regard to capitals."""
        email: str = self.cleaned_data["email"].lower()
        others = Person.objects.exclude(pk=self.person.pk) if self.person else Person.objects.all()
        if others.filter(email=email).exists():
            raise forms.ValidationError(_("Somebody with this e-mail address is already there, perhaps as a leaver."))
        return email


class RoleForm(forms.Form):
    """A role, where it holds and for how long."""

    role = forms.TypedChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices], coerce=Role)
    department = forms.TypedChoiceField(
        label=_("Where"),
        choices=lambda: [("", _("Choose where")), (EVERYWHERE, _("The whole municipality")), *department_choices()],
        coerce=lambda place: None if place == EVERYWHERE else open_departments().get(pk=place),
    )
    with_children = forms.BooleanField(label=_("Also for the departments below it"), initial=True, required=False)
    starts_on = forms.DateField(
        label=_("From"),
        help_text=_("Empty means: from today."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=_("Until and including"),
        help_text=_("Empty means: until you take it back."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("Reason"), help_text=REASON_HINT, max_length=200, validators=[fit_for_the_trail])

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = on

    def clean(self) -> dict[str, Any]:
        """A period ends after it starts, and not in the past."""
        data = super().clean() or {}
        ends = data.get("ends_on")
        if ends and ends < max(data.get("starts_on") or self.today, self.today):
            self.add_error("ends_on", _("This day lies before the first day, or in the past."))
        return data

    def reach(self) -> Reach:
        """Where and when the role holds."""
        data = self.cleaned_data
        department: Department | None = data["department"]
        return Reach(department, data["with_children"], data["starts_on"], data["ends_on"])


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), help_text=REASON_HINT, max_length=200, validators=[fit_for_the_trail])


class ProfileForm(forms.Form):
    """What somebody may change about himself."""

    name = forms.CharField(
        label=_("Name"), help_text=_("As colleagues know you."), max_length=150, validators=[check_name]
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("As my browser asks")), *Language.choices], required=False
    )

    def chosen_language(self) -> Language | None:
        """The language, or None for the browser's."""
        code = self.cleaned_data["language"]
        return Language(code) if code else None
