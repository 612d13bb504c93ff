"""Publishing figures of members together: once for each circle and year."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.models import Circle, PooledRelease
from bolwerk.circle.queries.benchmark import contributions, employees_of, kind_names, other_panels, policy
from bolwerk.circle.rules.pooling import pooled, stays_closed


class PoolRefusedError(Exception):
    """These figures may not be shown together. The text says why, to people."""

    def __init__(self, text: str | Promise) -> None:
        super().__init__(str(text))


@transaction.atomic
def publish_pool(*, circle: Circle, year: int, by: Person, on: date, at: datetime) -> PooledRelease:
    """Publish the figures of a year, of the municipalities that contributed and are members on a day.

    Who contributes later comes in with the next year: a second release of the same year would differ from the first by
    that one municipality. Raises PoolRefusedError.
    """
    Circle.objects.select_for_update().filter(pk=circle.pk).first()
    given, rule = contributions(circle, on=on).get(year, []), policy()
    if len(given) < rule.least:
        raise PoolRefusedError(
            _("There are figures of %(count)d municipalities; there must be %(least)d.")
            % {"count": len(given), "least": rule.least}
        )
    panel = frozenset(one.municipality for one in given)
    if not stays_closed([panel, *other_panels(year, of=circle)], rule):
        raise PoolRefusedError(
            _(
                "Another circle here shows figures of almost the same municipalities. The difference would tell too "
                "much."
            )
        )
    cells = pooled({one.municipality: one.figures for one in given}, list(kind_names()), rule)
    fresh = PooledRelease(
        circle=circle,
        year=year,
        panel=sorted(panel),
        cells=cells,
        employees=employees_of(given),
        off_by=sum(one.off_by for one in given),
        made_at=at,
        by=by,
    )
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:
        raise PoolRefusedError(_("The figures of this year were published before. They never change.")) from None
    hidden = sum(figure is None for figure in cells.values())
    record("circle.pool.published", subject=fresh.urn, actor=by.urn, at=at, year=year, hidden=hidden)
    return fresh
