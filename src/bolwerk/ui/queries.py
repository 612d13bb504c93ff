"""Answers about drafts and saved views. Read-only."""

from django.db.models import QuerySet
from django.http import QueryDict

from bolwerk.ui.models import Draft, SavedView


def draft_values(*, owner: str, form: str) -> QueryDict | None:
    """What `owner` had typed in `form`, as if just posted; None when there is no draft."""
    draft = Draft.objects.filter(owner=owner, form=form).first() if owner else None
    if draft is None:
        return None
    values = QueryDict(mutable=True)
    for name, texts in draft.values.items():
        values.setlist(name, texts)
    return values


def saved_views(*, owner: str, list_name: str) -> QuerySet[SavedView]:
    """The views that `owner` saved of a list, by name."""
    return SavedView.objects.filter(owner=owner, list=list_name)
