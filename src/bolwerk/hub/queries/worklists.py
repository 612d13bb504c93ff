"""Work lists: which there are, and the objects of one with what looking gave."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.hub.models import WorkItem, WorkList
from bolwerk.hub.queries.catalogue import rule_title
from bolwerk.hub.rules.stages import Looked
from bolwerk.ui.dates import short_day, short_moment
from bolwerk.ui.lists import Column, Filter, ListSpec, Rows

OPEN, DONE = "open", "done"


def worklists() -> QuerySet[WorkList]:
    """Every work list with how many of its objects wait."""
    return (
        WorkList.objects.filter(erased_at=None)
        .select_related("by")
        .annotate(waiting=Count("items", filter=Q(items__looked="")))
    )


# What stands before a number or a day on a phone, where no heading stands over it.
OBJECTS, LEFT, AS_OF = gettext_lazy("objects:"), gettext_lazy("still to look at:"), gettext_lazy("as of")


def worklists_spec(*, on: date) -> ListSpec:
    """The list of work lists, those with something left to look at first."""

    def in_state(rows: Rows, code: str) -> Rows:
        return rows.filter(waiting__gt=0) if code == OPEN else rows.filter(waiting=0)

    return ListSpec(
        name="hub.worklists",
        columns=(
            Column("rule", gettext_lazy("Rule"), lambda one: rule_title(one.rule), href=_address),
            Column("size", gettext_lazy("Objects"), lambda one: one.size, kind="number", before=OBJECTS),
            Column("left", gettext_lazy("Still to look at"), lambda one: one.waiting, kind="number", before=LEFT),
            Column("as_of", gettext_lazy("As of"), lambda one: short_day(one.as_of, on=on), kind="short", before=AS_OF),
            Column("by", gettext_lazy("Drawn by"), lambda one: one.by.name, kind="quiet"),
            Column("at", gettext_lazy("When"), lambda one: short_moment(one.at, on=on), ("-at",), kind="quiet"),
        ),
        filters=(
            Filter(
                "state",
                gettext_lazy("State"),
                [(OPEN, gettext_lazy("something left")), (DONE, gettext_lazy("done"))],
                in_state,
                default=OPEN,
            ),
        ),
        sort="at",
        downloadable=False,
    )


def _address(one: WorkList) -> str:
    return reverse("hub:worklist", args=[one.pk])


@dataclass(frozen=True)
class Looking:
    """One object of a list, as its line shows it: where it came from only once the outcome is in."""

    item: WorkItem
    said: str
    origin: str


def lines_of(made: WorkList) -> list[Looking]:
    """The objects of a list in their order. One query."""
    return [_looking(item) for item in made.items.select_related("by")]


def _looking(item: WorkItem) -> Looking:
    if not item.looked:
        return Looking(item, "", "")
    origin = _("drawn at random") if item.is_control else _("found by the rule")
    return Looking(item, str(Looked(item.looked).label), origin)


def next_item(made: WorkList, after: int) -> UUID | None:
    """The next object of a list that waits, after this number or else from the start."""
    waiting = list(made.items.filter(looked="").values_list("number", "pk"))
    later = [pk for number, pk in waiting if number > after]
    return next(iter([*later, *(pk for _number, pk in waiting)]), None)
