"""What kinds of records share: which of them exist; and rows that go whole, the simplest kind a room can have."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from bolwerk.vault.rules.retention import Stage


def present_in(*, model: type[Model]) -> Callable[..., list[UUID]]:
    """The question which rows of this model exist: `(keys=) -> keys`."""

    def present(*, keys: Sequence[UUID]) -> list[UUID]:
        return list(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))

    return present


def kept_whole(*, model: type[Model], began_field: str) -> dict[str, Any]:
    """The three questions of the vault about rows that go whole, a period after a moment."""

    def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Any]:  # noqa: ARG001  there is one stage
        return model._base_manager.filter(**{f"{began_field}__lt": began_before})

    def erase(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
        model._base_manager.filter(pk__in=keys).delete()

    return {"began_field": began_field, "waiting": waiting, "present": present_in(model=model), "erase": erase}
