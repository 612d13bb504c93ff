"""Fields for files: every form of the house takes them in the same way."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.contents import fit_for_the_trail
from bolwerk.documents.actions import Upload
from bolwerk.documents.cleaning.limits import MAXIMUM_BYTES
from bolwerk.documents.rules.letters import LONGEST_LINES, LONGEST_SUBJECT, LONGEST_TEXT, MOST_LINES, lines_of

PHOTOS = "image/*"  # phones then offer their photos, and hand over HEIC as JPEG
IS_AN_ID = re.compile(r"[0-9a-f-]{36}")
FILES = ".jpg,.jpeg,.png,.webp,.heic,.heif,.pdf,.docx,.xlsx"


SOUND = "audio/*"  # phones then offer to record, or what was recorded before


class FilesInput(forms.FileInput):
    """A control for one or more files; `camera` asks a phone for a photo at once."""

    allow_multiple_selected = True

    def __init__(self, *, accept: str, camera: bool = False) -> None:
        super().__init__(attrs={"accept": accept} | ({"capture": "environment"} if camera else {"multiple": True}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile[bytes]]:  # noqa: ARG002  Django's names
        """All files that were chosen, not only the last."""
        return list(files.getlist(name)) if isinstance(files, MultiValueDict) else []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002  Django's signature
        """Whether the form came without this control."""
        return name not in files


class FilesField(forms.FileField):
    """Files that somebody sends along: `cleaned_data` has them as a list of `Upload`, for `actions.keep_upload`.

    Nothing is checked here but that there are some, when the field is required: what is wrong with a file is found
    when it is kept, so that a file can fail without the form.
    """

    def __init__(self, *, accept: str = FILES, camera: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=FilesInput(accept=accept, camera=camera), **kwargs)

    def clean(self, data: Sequence[UploadedFile[bytes]] | None, initial: object = None) -> list[Upload]:  # noqa: ARG002  Django's signature
        """Read what came in."""
        chosen = list(data or [])
        if self.required and not chosen:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [_upload(file) for file in chosen]


class PhotosForm(forms.Form):
    """A form with which photos can be sent along: a base for forms of rooms, beside their own fields."""

    camera = FilesField(label=_("Take a photo"), required=False, accept=PHOTOS, camera=True)
    photos = FilesField(
        label=_("Photos or screenshots"),
        required=False,
        accept=PHOTOS,
        help_text=_("We make them smaller and take out where and with which phone they were made."),
    )

    def uploads(self) -> list[Upload]:
        """The photos that came along, also when another field is not right yet. After `is_valid`."""
        return [*self.cleaned_data.get("camera", []), *self.cleaned_data.get("photos", [])]

    def chosen_before(self) -> list[UUID]:
        """What was uploaded with this form before, and is still ticked (`{% waiting_part %}`)."""
        given = self.data.getlist("waiting") if isinstance(self.data, MultiValueDict) else []
        return [UUID(one) for one in given if IS_AN_ID.fullmatch(one)]


class LetterForm(forms.Form):
    """What people may change of a letter. `seen` is the version on the screen: nobody overwrites a colleague."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.CharField(
        label=_("To whom"),
        max_length=LONGEST_LINES,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Name and address, as they must stand in the window of the envelope; at most seven lines."),
    )
    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("An empty line begins a paragraph, “## ” a small heading, “- ” a point of a list."),
    )
    sender = forms.CharField(label=_("Who signs"), max_length=LONGEST_LINES, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_to(self) -> str:
        """No more lines than fit in the window."""
        lines: str = self.cleaned_data["to"]
        if len(lines_of(lines)) > MOST_LINES:
            raise forms.ValidationError(_("An address has at most seven lines: more do not fit in the window."))
        return lines

    def values(self) -> dict[str, str]:
        """What was written, for the action. Only after `is_valid`."""
        return {name: text for name, text in self.cleaned_data.items() if name != "seen"}


class ReportForm(LetterForm):
    """A report has no addressee and nobody who signs; its facts come from the data and are not typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["to"], self.fields["sender"]
        self.fields["text"].label = _("Remark")
        self.fields["text"].required = False


def tell_cut(form: forms.Form) -> None:
    """Say on a form that its files were too large together to be read. What was typed stays."""
    form.is_valid()
    form.add_error(
        None,
        _(
            "The files are too large: at most 20 MB each and 60 MB at once. Nothing was sent. What you typed is still "
            "here: choose smaller files, or send without them and add them later."
        ),
    )


def _upload(file: UploadedFile[bytes]) -> Upload:
    return Upload(file.name or "", file.content_type or "", file.read(MAXIMUM_BYTES + 1), file.size or 0)


class RemoveForm(forms.Form):
    """Why a photo or a file is taken away."""

    reason = forms.CharField(
        label=_("Why should it not be here?"),
        max_length=200,
        validators=[fit_for_the_trail],
        help_text=_("For example: a bystander is in the photo, or it belongs to another report. The log keeps this."),
    )
