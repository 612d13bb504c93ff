"""Photos beside a form: what waits while the form is not right yet, and what is said when one did not come in."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest
from bolwerk.documents.queries import waiting_documents
from bolwerk.documents.rules.refusals import sentence
from bolwerk.incidents import actions
from bolwerk.incidents.forms import ReportForm


def photos_waiting(request: SignedInRequest, form: ReportForm, *, at: datetime) -> list[Any]:
    """The photos that wait for this form, with those that came along just now when it was not right yet."""
    field = form["submission_key"]
    try:
        key = form.fields["submission_key"].clean(field.value())
    except ValidationError:  # somebody made up a key: there is nothing under it
        return []
    if form.is_bound:
        refused = actions.keep_photos_waiting(
            key=key, uploads=form.uploads(), chosen=form.chosen_before(), by=request.user, at=at
        )
        tell_refused(request, refused)
        tell_voice(request, actions.keep_voice_waiting(key=key, uploads=form.sounds(), by=request.user, at=at))
    return list(waiting_documents(key, by=request.user))


def tell_voice(request: SignedInRequest, refused: actions.Refused, *, first: str = "") -> None:
    """The same of voice notes."""
    tell_refused(request, refused, first=first, words=_("Voice note %(number)d did not come along. %(why)s"))


def tell_refused(request: SignedInRequest, refused: actions.Refused, *, first: str = "", words: str = "") -> None:
    """Say of each photo (or file, in other words) that did not come in which one it was and why."""
    said = words or _("Photo %(number)d did not come along. %(why)s")
    for number, reason in refused.items():
        told = said % {"number": number, "why": sentence(reason)}
        messages.warning(request, f"{first} {told}".strip())
