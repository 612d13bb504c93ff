"""What a coordinator fills in to read in an older register."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.rules.sheets import MAXIMUM_BYTES
from bolwerk.incidents.queries import Question
from bolwerk.incidents.rules import CODED, NEEDED, REGISTER_LIMIT, Field

HINTS = {
    Field.NUMBER: _("By this number Bolwerk knows what was read in before."),
    Field.OCCURRED: _("For example 5-3-2024, 2024-03-05 or 5-3-2024 14:10."),
    Field.DEPARTMENT: _("Without this column reports have no department."),
    Field.EMAIL: _("Without this column reports are about nobody by name."),
    Field.WORDS: _("Leave this out when the words are not needed any more."),
}


class RegisterFileForm(forms.Form):
    """Which register, and the file."""

    register = forms.CharField(
        label=_("What is the older register called?"),
        max_length=REGISTER_LIMIT,
        initial="GIR",
        help_text=_("Use the same name when you read in a later file of the same register."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8, or XLSX without formulas; at most 10 MB. Row 1 holds the headings."),
        allow_empty_file=True,  # the reader says in a sentence what is wrong with it
        widget=forms.FileInput(
            attrs={"accept": ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )

    def clean_file(self) -> bytes:
        """The bytes of the file."""
        return bytes(self.cleaned_data["file"].read(MAXIMUM_BYTES + 1))


class ColumnsForm(forms.Form):
    """For each field the column that holds it."""

    def __init__(self, *args: Any, headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("not in this file")), *((heading, heading) for heading in headings if heading)]
        for what in Field:
            self.fields[what.value] = forms.ChoiceField(
                label=what.label, choices=choices, required=what in NEEDED, help_text=HINTS.get(what, "")
            )

    def clean(self) -> dict[str, Any]:
        """No column is two things at once."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for what in Field:
            heading = data.get(what.value)
            if heading and heading in taken:
                self.add_error(what.value, _("You chose this column already for another field."))
            taken[heading or ""] = what.value
        return data

    def columns(self) -> Mapping[Field, str]:
        """The heading of each field. Only after `is_valid`."""
        return {what: self.cleaned_data[what.value] for what in Field if self.cleaned_data[what.value]}


class CodesForm(forms.Form):
    """For each word of the file what it means here."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"word_{number}": question for number, question in enumerate(questions)}
        for name, question in self.questions.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{question.what.label}: “{question.word}”",
                choices=[("", _("choose")), *CODED[question.what].choices],
                initial=question.proposed,
            )

    def codes(self) -> Mapping[Field, Mapping[str, str]]:
        """Per coded field what each word means. Only after `is_valid`."""
        found: dict[Field, dict[str, str]] = {}
        for name, question in self.questions.items():
            found.setdefault(question.what, {})[question.word] = self.cleaned_data[name]
        return found
