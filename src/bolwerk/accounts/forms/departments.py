"""What an administrator fills in about a department."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import with_descendants
from bolwerk.accounts.actions import Profile
from bolwerk.accounts.models import Department
from bolwerk.accounts.queries import department_choices, open_departments
from bolwerk.accounts.rules import ContactType, RiskClass, check_name

LONGEST_PROCESS = 120
MOST_PROCESSES = 30


class DepartmentForm(forms.Form):
    """A department: its place in the tree, and what its work asks of people."""

    name = forms.CharField(label=_("Name"), max_length=120, validators=[check_name])
    parent = forms.TypedChoiceField(
        label=_("Below"),
        required=False,
        coerce=lambda pk: open_departments().get(pk=pk),
        empty_value=None,
    )
    contact_type = forms.TypedChoiceField(label=_("Contact with the public"), choices=ContactType, coerce=ContactType)
    risk_class = forms.TypedChoiceField(
        label=_("Risk of aggression"), choices=RiskClass, coerce=RiskClass, widget=forms.RadioSelect
    )
    vulnerable_processes = forms.CharField(
        label=_("Vulnerable processes"),
        help_text=_("Work that is attractive to criminals, such as permits or planning of inspections. One on a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, department: Department | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = {str(pk) for pk in with_descendants([department.pk])} if department else set()
        places = [choice for choice in department_choices() if choice[0] not in below]
        field = self.fields["parent"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("At the top")), *places]

    def clean_vulnerable_processes(self) -> list[str]:
        """One process on a line; empty lines do not count."""
        lines = [line.strip() for line in self.cleaned_data["vulnerable_processes"].splitlines() if line.strip()]
        if len(lines) > MOST_PROCESSES or any(len(line) > LONGEST_PROCESS for line in lines):
            raise forms.ValidationError(_("At most 30 processes, each of at most 120 signs."))
        return lines

    def profile(self) -> Profile:
        """What the work asks of people."""
        data = self.cleaned_data
        return Profile(data["contact_type"], data["risk_class"], data["vulnerable_processes"])


class NewDepartmentForm(DepartmentForm):
    """The same, with the code that stays."""

    code = forms.SlugField(
        label=_("Code"),
        help_text=_("Short and lasting, as in your staff system: burgerzaken or 1200."),
        max_length=40,
        error_messages={"invalid": _("Use letters, digits, - and _ only, without spaces.")},
    )
    field_order = ("code", "name")

    def clean_code(self) -> str:
        """A code is given once, also when the department was closed."""
        code: str = self.cleaned_data["code"]
        if Department.objects.filter(code=code).exists():
            raise forms.ValidationError(_("This code is taken, perhaps by a department that was closed."))
        return code
