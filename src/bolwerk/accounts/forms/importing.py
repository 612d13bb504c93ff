"""What an administrator fills in to read a file in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.rules import FileKind
from bolwerk.accounts.rules.sheets import MAXIMUM_BYTES


class FileForm(forms.Form):
    """A file, and (for people) what it means when somebody is not in it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8, or XLSX without formulas; at most 10 MB. Row 1 holds the headings of the example."),
        allow_empty_file=True,  # the reader says in a sentence what is wrong with it
        widget=forms.FileInput(
            attrs={"accept": ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )
    leavers_go = forms.BooleanField(
        label=_("People who are not in this file have left"),
        help_text=_("They can no longer sign in and lose their roles. You see first who they are."),
        required=False,
    )

    def __init__(self, *args: Any, kind: FileKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind is FileKind.DEPARTMENTS:
            del self.fields["leavers_go"]

    def clean_file(self) -> bytes:
        """The bytes of the file."""
        return bytes(self.cleaned_data["file"].read(MAXIMUM_BYTES + 1))
