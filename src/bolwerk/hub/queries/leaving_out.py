"""Exclusions: what is left out, why and until when."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from bolwerk.hub.models import Exclusion
from bolwerk.hub.queries.catalogue import rule_title, rules_about
from bolwerk.hub.queries.vault import opened_vault
from bolwerk.ui.dates import short_day, short_moment
from bolwerk.ui.lists import Column, Filter, ListSpec, Rows
from knooppunt.linkage import AddressedObject, objects_at
from knooppunt.vault import VaultError

HOLDS, OVER = "holds", "over"
STATES = [(HOLDS, gettext_lazy("holds")), (OVER, gettext_lazy("over"))]


class VaultNotReadyError(Exception):
    """Addresses cannot be looked up: no BAG was read in and linked, or the vault cannot be read."""


def exclusions() -> QuerySet[Exclusion]:
    """Every exclusion there ever was."""
    return Exclusion.objects.select_related("by", "ended_by")


def _address(one: Exclusion) -> str:
    return reverse("hub:end_exclusion", args=[one.pk]) if one.ended_at is None else ""


def exclusions_spec(*, on: date) -> ListSpec:
    """The list of exclusions, those that hold first."""

    def state(one: Exclusion) -> str:
        return gettext("holds") if one.ended_at is None and one.until >= on else gettext("over")

    def in_state(rows: Rows, code: str) -> Rows:
        hold = Exclusion.objects.in_force(on=on)
        return rows.filter(pk__in=hold) if code == HOLDS else rows.exclude(pk__in=hold)

    return ListSpec(
        name="hub.exclusions",
        columns=(
            Column("place", gettext_lazy("Place"), lambda one: one.place, ("place",), href=_address),
            Column("rule", gettext_lazy("Rule"), lambda one: rule_title(one.rule), ("rule", "place")),
            Column("reason", gettext_lazy("Why"), lambda one: one.reason, kind="long"),
            Column("state", gettext_lazy("State"), state, kind="badge"),
            Column("until", gettext_lazy("Until"), lambda one: short_day(one.until, on=on), ("until",), kind="short"),
            Column("by", gettext_lazy("By"), lambda one: one.by.name, kind="quiet"),
            Column("at", gettext_lazy("Since"), lambda one: short_moment(one.at, on=on), ("-at",), kind="quiet"),
        ),
        filters=(
            Filter("state", gettext_lazy("State"), STATES, in_state, default=HOLDS),
            Filter("rule", gettext_lazy("Rule"), rules_about(), lambda rows, code: rows.filter(rule=code)),
        ),
        search=lambda rows, words: rows.filter(place__icontains=words.strip()),
        sort="place",
        downloadable=False,
    )


def addresses_at(*, postcode: str, number: int) -> list[AddressedObject]:
    """The addresses at a postcode and house number, for choosing one. Raises VaultNotReadyError."""
    try:
        return objects_at(opened_vault(), postcode=postcode, number=number)
    except VaultError as error:
        raise VaultNotReadyError from error
