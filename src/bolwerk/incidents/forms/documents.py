"""What is chosen to make a letter, or to put in a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.documents.forms import FilesField
from bolwerk.documents.rules.letters import Template


class LetterChoiceForm(forms.Form):
    """Which letter or report, in which language."""

    which = forms.ChoiceField(
        label=_("Which letter or report?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a letter or report.")},
    )

    def __init__(self, *args: Any, templates: list[Template], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.templates = {f"{template.code}.{template.language}": template for template in templates}
        which = self.fields["which"]
        which.choices = [(key, template.title) for key, template in self.templates.items()]  # type: ignore[attr-defined]  # a choice

    def choices(self) -> list[dict[str, object]]:
        """Every choice with what it is for, and which one is chosen."""
        chosen = self["which"].value()
        return [{"key": key, "template": one, "checked": key == chosen} for key, one in self.templates.items()]

    def template(self) -> Template:
        """What was chosen. Only after `is_valid`."""
        return self.templates[self.cleaned_data["which"]]


class FileForm(forms.Form):
    """Files to put in."""

    papers = FilesField(
        label=_("Files"),
        help_text=_("Photos, PDF, DOCX or XLSX, at most 20 MB each. We take out who made them, where and with what."),
        error_messages={"required": _("Choose a file.")},
    )
