"""Adding a photo of a session, and saying what is to be prepared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.forms.circles import ShowingForm
from bolwerk.circle.forms.sessions import words
from bolwerk.circle.models import Participant
from bolwerk.documents.forms import PHOTOS, FilesField


class PhotoForm(ShowingForm):
    """A photo, and who can be recognised on it."""

    photo = FilesField(label=_("Photo"), accept=PHOTOS, camera=False)
    on_it = forms.MultipleChoiceField(
        label=_("Who can be recognised on it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    nobody = forms.BooleanField(label=_("Nobody can be recognised on it"), required=False)

    def __init__(self, *args: Any, seats: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {str(seat.pk): seat for seat in seats}
        choices = [(key, f"{seat.name}, {seat.member}") for key, seat in self.seats.items()]
        self.fields["on_it"].choices = choices  # type: ignore[attr-defined]  # a field with choices

    def clean(self) -> dict[str, Any]:
        """Somebody says either who is on it, or that nobody is."""
        data = super().clean() or {}
        if bool(data.get("on_it")) == bool(data.get("nobody")):
            self.add_error("on_it", _("Tick who can be recognised, or that nobody can."))
        return data

    def people(self) -> list[Participant]:
        """Who is on it. Only after `is_valid`."""
        return [self.seats[key] for key in self.cleaned_data["on_it"]]


class PrepareForm(ShowingForm):
    """What to read or do before a session."""

    to = forms.ChoiceField(label=_("For whom?"), required=False)
    words = words(_("What is to be read or done?"))
    attached = FilesField(label=_("Files"), required=False)

    def __init__(self, *args: Any, seats: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {str(seat.pk): seat for seat in seats}
        choices = [("", str(_("Everybody in the circle")))]
        choices += [(key, f"{seat.name}, {seat.member}") for key, seat in self.seats.items()]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a field with choices

    def whom(self) -> Participant | None:
        """For whom it is; None for everybody. Only after `is_valid`."""
        return self.seats.get(self.cleaned_data["to"])
