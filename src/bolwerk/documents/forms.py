"""Fields for files: every form of the house takes them in the same way."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from bolwerk.documents.actions import Upload
from bolwerk.documents.cleaning.limits import MAXIMUM_BYTES

PHOTOS = "image/*"  # phones then offer their photos, and hand over HEIC as JPEG
IS_AN_ID = re.compile(r"[0-9a-f-]{36}")
FILES = ".jpg,.jpeg,.png,.webp,.heic,.heif,.pdf,.docx,.xlsx"


class FilesInput(forms.FileInput):
    """A control for one or more files; `camera` asks a phone for a photo at once."""

    allow_multiple_selected = True

    def __init__(self, *, accept: str, camera: bool = False) -> None:
        super().__init__(attrs={"accept": accept} | ({"capture": "environment"} if camera else {"multiple": True}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile[bytes]]:  # noqa: ARG002  Django's names
        """All files that were chosen, not only the last."""
        return list(files.getlist(name)) if isinstance(files, MultiValueDict) else []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether the form came without this control."""
        return name not in files


class FilesField(forms.FileField):
    """Files that somebody sends along: `cleaned_data` has them as a list of `Upload`, for `actions.keep_upload`.

    Nothing is checked here but that there are some, when the field is required: what is wrong with a file is found
    when it is kept, so that a file can fail without the form.
    """

    def __init__(self, *, accept: str = FILES, camera: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=FilesInput(accept=accept, camera=camera), **kwargs)

    def clean(self, data: Sequence[UploadedFile[bytes]] | None, initial: object = None) -> list[Upload]:  # noqa: ARG002
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


def _upload(file: UploadedFile[bytes]) -> Upload:
    return Upload(file.name or "", file.content_type or "", file.read(MAXIMUM_BYTES + 1), file.size or 0)
