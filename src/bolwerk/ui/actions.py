"""Keeping and dropping drafts and saved views."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from bolwerk.ui.models import Draft, SavedView

LONGEST_DRAFT = 60_000  # characters over all fields: fifteen times the longest field of a form
DRAFTS_A_PERSON = 20
DRAFT_LIFE = timedelta(days=30)  # a draft nobody came back to in a month is forgotten
VIEWS_A_LIST = 20


class DraftTooLongError(Exception):
    """More was typed than a draft keeps."""


class TooManyViewsError(Exception):
    """A list has as many saved views as one can oversee."""


@transaction.atomic
def keep_draft(*, owner: str, form: str, values: Mapping[str, Sequence[str]], at: datetime) -> Draft:
    """Keep what `owner` typed in `form` until now; an earlier draft of the same form is replaced.

    Raises DraftTooLongError above LONGEST_DRAFT characters. Beyond DRAFTS_A_PERSON the oldest goes. Not a line of it
    comes in the trail: a draft is nobody's business but its owner's.
    """
    if sum(len(text) for texts in values.values() for text in texts) > LONGEST_DRAFT:
        raise DraftTooLongError
    kept = {name: list(texts) for name, texts in values.items()}
    draft, _ = Draft.objects.update_or_create(owner=owner, form=form, defaults={"values": kept, "saved_at": at})
    mine = Draft.objects.filter(owner=owner)
    newest = mine.order_by("-saved_at", "-pk").values_list("pk", flat=True)[:DRAFTS_A_PERSON]
    mine.exclude(pk__in=list(newest)).delete()
    return draft


def drop_draft(*, owner: str, form: str) -> None:
    """Forget the draft of a form: it was sent, or its owner wants to begin anew."""
    Draft.objects.filter(owner=owner, form=form).delete()


def forget_owner(*, owner: str) -> None:
    """Forget everything that is kept for somebody who is not known here any more."""
    Draft.objects.filter(owner=owner).delete()
    SavedView.objects.filter(owner=owner).delete()


def drop_old_drafts(*, at: datetime) -> int:
    """Forget drafts that nobody came back to; return how many."""
    count, _ = Draft.objects.filter(saved_at__lt=at - DRAFT_LIFE).delete()
    return count


@transaction.atomic
def save_view(*, owner: str, list_name: str, name: str, query: str) -> SavedView:
    """Keep filters and sort of a list under a name; the same name again replaces them. Raises TooManyViewsError."""
    others = SavedView.objects.filter(owner=owner, list=list_name).exclude(name=name).count()
    if others >= VIEWS_A_LIST:
        raise TooManyViewsError
    view, _ = SavedView.objects.update_or_create(owner=owner, list=list_name, name=name, defaults={"query": query})
    return view


def drop_view(*, owner: str, list_name: str, name: str) -> None:
    """Forget a saved view."""
    SavedView.objects.filter(owner=owner, list=list_name, name=name).delete()
