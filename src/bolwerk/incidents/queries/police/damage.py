"""All damage that somebody follows: what is claimed, what came back, and what is still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy

from bolwerk.accounts.models import Person
from bolwerk.incidents.access import hats_of, policed_incidents
from bolwerk.incidents.models import DamageItem
from bolwerk.incidents.models.damage import euros
from bolwerk.incidents.rules.damage import OPEN, DamageState, Party, damage_states_for
from bolwerk.ui.dates import local_day, short_moment
from bolwerk.ui.lists import Column, Filter, ListSpec

STILL_OPEN = "open"


@dataclass(frozen=True)
class Summed:
    """What one party claimed, what came back, and what may still come back."""

    party: str
    claimed: str
    recovered: str
    open: str

    @property
    def row(self) -> Sequence[str]:
        """As a table shows it."""
        return self.party, self.claimed, self.recovered, self.open


def damage_rows(person: Person, *, on: date) -> QuerySet[DamageItem]:
    """Every item of the incidents that this person looks after."""
    mine = policed_incidents(person, on=on).order_by().values("pk")
    rows = DamageItem.objects.filter(incident__in=mine).select_related("incident__department")
    return rows.defer("incident__place", "incident__words")


def damage_states(row: DamageItem, person: Person, *, on: date) -> list[DamageState]:
    """Where this person may take an item from where it stands, staying included."""
    return damage_states_for(DamageState(row.state), hats_of(person, row.incident, on=on))


def damage_summed(rows: QuerySet[DamageItem]) -> list[Summed]:
    """The same added up, of victims and of the employer. One query."""
    still = Sum("cents", filter=Q(state__in=OPEN)), Sum("recovered_cents", filter=Q(state__in=OPEN))
    found = (
        rows.order_by()
        .values("party")
        .annotate(claimed=Sum("cents"), recovered=Sum("recovered_cents"), asked=still[0], back=still[1])
    )
    by_party = {row["party"]: row for row in found}
    return [
        Summed(
            str(party.label),
            euros(row["claimed"]),
            euros(row["recovered"]),
            euros((row["asked"] or 0) - (row["back"] or 0)),
        )
        for party in Party
        if (row := by_party.get(party.value))
    ]


def damage_spec(*, at: datetime) -> ListSpec:
    """The list of damage, the latest first."""
    today = local_day(at)
    states = [(STILL_OPEN, gettext_lazy("open")), *DamageState.choices]
    return ListSpec(
        name="incidents.damage",
        columns=(
            Column(
                "loss",
                gettext_lazy("Damage"),
                lambda row: row.get_loss_display(),
                href=lambda row: reverse("incidents:police", args=[row.incident_id]),
            ),
            Column("reference", gettext_lazy("Number"), lambda row: row.incident.reference, kind="quiet"),
            Column("party", gettext_lazy("Whose"), lambda row: row.get_party_display(), ("party", "-at")),
            Column(
                "claimed",
                gettext_lazy("Claimed"),
                lambda row: row.euros,
                ("-cents",),
                kind="number",
                before=gettext_lazy("claimed"),
            ),
            Column(
                "recovered",
                gettext_lazy("Came back"),
                lambda row: row.recovered_euros,
                ("-recovered_cents",),
                kind="number",
                before=gettext_lazy("came back"),
            ),
            Column("state", gettext_lazy("Stands"), lambda row: row.get_state_display(), kind="badge"),
            Column("at", gettext_lazy("Written"), lambda row: short_moment(row.at, on=today), ("-at",), kind="short"),
        ),
        filters=(
            Filter(
                "state",
                gettext_lazy("Show"),
                states,
                lambda rows, code: rows.filter(state__in=OPEN if code == STILL_OPEN else [code]),
            ),
            Filter("party", gettext_lazy("Whose"), Party.choices, lambda rows, code: rows.filter(party=code)),
        ),
        search=lambda rows, words: rows.filter(incident__reference__istartswith=words.strip()),
        sort="at",
        downloadable=False,
    )
