"""The employer's list of accidents at work: reported to the inspectorate, or with a long absence (Arbowet 9(2))."""

from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from bolwerk.accounts.models import Person
from bolwerk.incidents.access import cared_incidents
from bolwerk.incidents.models import Incident, SickLeave
from bolwerk.incidents.rules import Kind
from bolwerk.ui.dates import local_day, short_moment
from bolwerk.ui.lists import Column, Filter, ListSpec, Rows

REPORTED, ABSENT = "reported", "absent"
WHY = [
    (REPORTED, gettext_lazy("reported to the labour inspectorate")),
    (ABSENT, gettext_lazy("more than three working days absent")),
]


def accidents(person: Person, *, on: date) -> QuerySet[Incident]:
    """What stands on the list on a day, of the care that this person reads."""
    back = Q(back_on=None) | Q(back_on__gt=F("listed_from"))
    long = SickLeave.objects.filter(back, incident=OuterRef("pk"), listed_from__lte=on)
    rows = cared_incidents(person, on=on).filter(erased_at=None).select_related("department", "inspectorate")
    rows = rows.annotate(long=Exists(long))
    return rows.filter(Q(long=True) | Q(inspectorate__reported_on__isnull=False)).defer("place", "words")


def _why(incident: Incident) -> str:
    case = getattr(incident, "inspectorate", None)
    said = [str(WHY[0][1])] if case is not None and case.reported_on else []
    if incident.long:  # type: ignore[attr-defined]  # annotated above
        said.append(str(WHY[1][1]))
    return ", ".join(said)


def _narrowed(rows: Rows, code: str) -> Rows:
    return rows.filter(long=True) if code == ABSENT else rows.filter(inspectorate__reported_on__isnull=False)


def accident_spec(*, at: datetime) -> ListSpec:
    """The list: what it was and when (what the law asks), and why it stands here."""
    today = local_day(at)
    return ListSpec(
        name="incidents.accidents",
        columns=(
            Column(
                "kind",
                gettext_lazy("Kind"),
                lambda row: Kind(row.kind).label,
                href=lambda row: reverse("incidents:care", args=[row.pk]),
            ),
            Column("reference", gettext_lazy("Number"), lambda row: row.reference, kind="quiet"),
            Column(
                "occurred", gettext_lazy("When"), lambda row: short_moment(row.occurred_at, on=today), ("-occurred_at",)
            ),
            Column("why", gettext_lazy("Why on the list"), _why),
            Column("department", gettext_lazy("Department"), lambda row: row.department or ""),
        ),
        filters=(Filter("why", gettext_lazy("Show"), WHY, _narrowed),),
        search=lambda rows, words: rows.filter(reference__istartswith=words.strip()),
        sort="occurred",
        downloadable=False,
    )
