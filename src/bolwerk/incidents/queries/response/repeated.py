"""Who is in several reports: first how many, and only after a reason who."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max
from django.db.models.functions import Coalesce

from bolwerk.accounts.models import Person
from bolwerk.incidents.access import handled_incidents
from bolwerk.incidents.models import Perpetrator, PerpetratorLink
from bolwerk.ui.dates import local_day

WITHIN = timedelta(days=365)  # choices of Bolwerk, no rule: a year, and from the second report on
FROM = 2
MOST = 50  # persons shown at once: no list to leaf through


@dataclass(frozen=True)
class Repeated:
    """A person with several reports within WITHIN: how many, and when the last of them happened."""

    key: UUID
    reports: int
    last: datetime
    known: Perpetrator | None = None  # only after a reason


def repeated(person: Person, *, at: datetime) -> list[Repeated]:
    """Who is in FROM reports or more that `person` handles, most reports first: without who they are.

    A row that was merged counts for the one into which it went. Never the person who asks.
    """
    handled = handled_incidents(person, on=local_day(at)).filter(occurred_at__gt=at - WITHIN)
    links = PerpetratorLink.objects.filter(incident__in=handled.order_by().values("pk"))
    rows = (
        links.annotate(who=Coalesce("perpetrator__merged_into_id", "perpetrator_id"))
        .values("who")
        .annotate(reports=Count("pk"), last=Max("incident__occurred_at"))
        .filter(reports__gte=FROM)
        .order_by("-reports", "-last")
    )
    return [Repeated(row["who"], row["reports"], row["last"]) for row in rows]


def named(found: list[Repeated]) -> list[Repeated]:
    """The first MOST of them with who they are. Whoever asks has written down why, in an action, before."""
    people = Perpetrator.objects.select_related("employee").in_bulk([one.key for one in found[:MOST]])
    return [Repeated(one.key, one.reports, one.last, people[one.key]) for one in found[:MOST]]
