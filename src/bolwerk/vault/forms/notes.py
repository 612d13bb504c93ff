"""Forms of sealed notes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.forms.colleagues import ColleagueField
from bolwerk.accounts.models import Person
from bolwerk.vault.actions import Words
from bolwerk.vault.queries import has_vault

NAMES = "with-a-vault"  # the id of the list of names that the page offers
SUBJECT_LENGTH = 120
TEXT_LENGTH = 20_000  # signs: ten printed pages
READERS = ("reader", "reader_2", "reader_3", "reader_4")
AS_NEEDED = {"autocomplete": "off"}


def check_reader(reader: Person, *, besides: Person) -> None:
    """Raise ValidationError with a sentence when nothing can be sealed to this person."""
    if reader == besides:
        raise ValidationError(_("You read it in any case. Choose a colleague."))
    if not has_vault(reader):
        sentence = _("%(name)s has no vault yet. Ask your colleague to make one under “My vault”.")
        raise ValidationError(sentence % {"name": reader.name})


class NoteForm(forms.Form):
    """A note and who reads it."""

    reader = ColleagueField(
        names=NAMES, label=_("Who may read it?"), error_messages={"required": _("Choose at least one reader.")}
    )
    reader_2 = ColleagueField(names=NAMES, label=_("Second reader"), required=False)
    reader_3 = ColleagueField(names=NAMES, label=_("Third reader"), required=False)
    reader_4 = ColleagueField(names=NAMES, label=_("Fourth reader"), required=False)
    subject = forms.CharField(
        label=_("Subject"),
        help_text=_("The subject is sealed too."),
        max_length=SUBJECT_LENGTH,
        widget=forms.TextInput(attrs=AS_NEEDED),
        error_messages={"required": _("Give it a subject, so that you find it again.")},
    )
    text = forms.CharField(
        label=_("Note"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write your note.")},
    )

    def __init__(self, *args: Any, author: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author = author

    def clean(self) -> dict[str, Any]:
        """Every reader has a vault."""
        data: dict[str, Any] = super().clean() or {}
        for name in READERS:
            if reader := data.get(name):
                try:
                    check_reader(reader, besides=self.author)
                except ValidationError as refusal:
                    self.add_error(name, refusal)
        return data

    def readers(self) -> list[Person]:
        """Who was chosen. Only after `is_valid`."""
        return [reader for name in READERS if (reader := self.cleaned_data[name])]

    def words(self) -> Words:
        """What was written. Only after `is_valid`."""
        return Words(self.cleaned_data["subject"], self.cleaned_data["text"])


class ReaderForm(forms.Form):
    """One more reader."""

    reader = ColleagueField(
        names=NAMES,
        label=_("Name or e-mail address of your colleague"),
        error_messages={"required": _("Choose a colleague.")},
    )

    def __init__(self, *args: Any, author: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author = author

    def clean_reader(self) -> Person:
        """Somebody with a vault."""
        reader: Person = self.cleaned_data["reader"]
        check_reader(reader, besides=self.author)
        return reader
