"""What somebody fills in about the FTE of departments: number by number, or a file that fills the form."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import Origin
from bolwerk.accounts.queries import Staffed
from bolwerk.accounts.rules.sheets import MAXIMUM_BYTES, SheetRefusedError, read_sheet
from bolwerk.accounts.rules.staffing import NotFteError, Read, fte_of, read_staffing


class FteField(forms.CharField):
    """A number of full-time equivalents with a comma or a point; empty means that it is not known."""

    def clean(self, value: Any) -> Decimal | None:
        """The number. Raises ValidationError with a sentence."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return fte_of(text)
        except NotFteError as error:
            raise forms.ValidationError(_("Enter a number such as 12,5.")) from error


class StaffingForm(forms.Form):
    """One number for each open department, and where those that change come from."""

    counted_on = forms.DateField(
        label=_("Counted on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Who counted, for example: staff system, formation of 1 January. It holds for what you change."),
        max_length=200,
    )

    def __init__(self, *args: Any, rows: list[Staffed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            department = row.branch.department
            self.fields[name_of(department.code)] = FteField(
                label=row.branch.indent + department.name,
                required=False,
                max_length=12,
                help_text=_say(row),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
            )

    def numbers(self) -> dict[UUID, Decimal | None]:
        """What was filled in, by department."""
        departments = [row.branch.department for row in self.rows]
        return {one.pk: self.cleaned_data[name_of(one.code)] for one in departments}

    def origin(self) -> Origin:
        """Where it comes from."""
        return Origin(self.cleaned_data["counted_on"], self.cleaned_data["source"])


class StaffingFileForm(forms.Form):
    """A file with a number for each department."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV in UTF-8 or XLSX, with the headings “code” and “fte”. It fills the form; you save it after that."
        ),
        allow_empty_file=True,  # the reader says in a sentence what is wrong with it
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes

    def clean_file(self) -> Read:
        """What the file says. Raises ValidationError with a sentence for each row that is not right."""
        try:
            found = read_staffing(read_sheet(self.cleaned_data["file"].read(MAXIMUM_BYTES + 1)), self.codes)
        except SheetRefusedError as error:
            raise forms.ValidationError(str(error)) from error
        if found.problems:
            raise forms.ValidationError(found.problems[:20])
        return found


def name_of(code: str) -> str:
    """The name of the field of a department."""
    return f"fte_{code}"


def in_words(number: Decimal | None) -> str:
    """A number as it stands in the form."""
    return "" if number is None else f"{number:.1f}".replace(".", ",")


def _say(row: Staffed) -> str:
    if row.own is None:
        return ""
    return str(
        _("Counted on %(day)s: %(source)s") % {"day": f"{row.own.counted_on:%d-%m-%Y}", "source": row.own.source}
    )
