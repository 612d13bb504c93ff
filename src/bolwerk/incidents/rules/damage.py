"""Damage: whose, what kind, by which way it is recovered, and how much came back. Pure."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bolwerk.incidents.rules.statuses import HANDLERS, Hat, StepNotAllowedError

MOST_CENTS = 1_000_000_000  # ten million euros


class Party(models.TextChoices):
    """Whose damage it is."""

    VICTIM = "victim", _("Whom it happened to")
    EMPLOYER = "employer", _("The employer")


class Loss(models.TextChoices):
    """What kind of damage (guidance for employers on recovering damage)."""

    GOODS = "goods", _("Goods: clothes, glasses, jewellery, a telephone")
    MEDICAL = "medical", _("Medical costs, own risk of the insurance included")
    TRAVEL = "travel", _("Travel")
    HOUSEHOLD = "household", _("Help in the household")
    LEGAL = "legal", _("Legal help")
    EARNINGS = "earnings", _("Loss of earnings")
    IMMATERIAL = "immaterial", _("Pain and suffering (smartengeld)")
    BUILDING = "building", _("Building, vehicle or equipment")
    SALARY = "salary", _("Salary paid on")
    REINTEGRATION = "reintegration", _("Getting back to work")
    COMPENSATION = "compensation", _("Paid to whom it happened to")


class Way(models.TextChoices):
    """By which way it is recovered."""

    CRIMINAL = "criminal", _("Joining the criminal case (free; simple damage)")
    CIVIL = "civil", _("Civil claim")
    FUND = "fund", _("Schadefonds Geweldsmisdrijven")
    INSURER = "insurer", _("Insurer")
    EMPLOYER = "employer_pays", _("The employer pays")


class DamageState(models.TextChoices):
    """Where it stands."""

    CLAIMED = "claimed", pgettext_lazy("damage", "Claimed")
    AWARDED = "awarded", pgettext_lazy("damage", "Awarded")
    SETTLED = "settled", pgettext_lazy("damage", "Settled")
    REFUSED = "refused", pgettext_lazy("damage", "Refused")


OPEN = frozenset({DamageState.CLAIMED, DamageState.AWARDED})  # something may still come back

# Who may take an item from where to where; staying where it is means that amounts or the way are put right. What is
# not in this table is not allowed. What was settled or refused is taken up again by the coordinator, as a report is.
DAMAGE_MOVES: dict[tuple[DamageState, DamageState], frozenset[Hat]] = {
    **{(state, state): HANDLERS for state in DamageState},
    (DamageState.CLAIMED, DamageState.AWARDED): HANDLERS,
    (DamageState.CLAIMED, DamageState.SETTLED): HANDLERS,
    (DamageState.CLAIMED, DamageState.REFUSED): HANDLERS,
    (DamageState.AWARDED, DamageState.SETTLED): HANDLERS,
    (DamageState.AWARDED, DamageState.CLAIMED): HANDLERS,  # set aside on appeal: the claim stands again
    (DamageState.AWARDED, DamageState.REFUSED): HANDLERS,  # refused on appeal
    (DamageState.SETTLED, DamageState.AWARDED): frozenset({Hat.COORDINATOR}),  # a payment was taken back
    (DamageState.REFUSED, DamageState.CLAIMED): frozenset({Hat.COORDINATOR}),  # by another way, or on appeal
}


class NothingOpenError(Exception):
    """No damage is open, so there is nothing to leave."""


class AmountError(ValueError):
    """An amount is not more than nothing, too large, or more came back than was claimed."""


@dataclass(frozen=True)
class Item:
    """One item of damage; amounts in euro cents."""

    party: Party
    loss: Loss
    way: Way
    cents: int
    state: DamageState = DamageState.CLAIMED
    recovered_cents: int = 0


def damage_states_for(now: DamageState, hats: frozenset[Hat]) -> list[DamageState]:
    """Where somebody with these hats may take an item from here, staying included, in the order of the states."""
    return [to for to in DamageState if hats & DAMAGE_MOVES.get((now, to), frozenset())]


def check_damage_move(now: DamageState, to: DamageState, *, hats: frozenset[Hat]) -> None:
    """Raise StepNotAllowedError when this move is not in the table for these hats."""
    if to not in damage_states_for(now, hats):
        raise StepNotAllowedError(f"{now.value} → {to.value}")


def check_item(item: Item) -> None:
    """Raise AmountError when the amounts cannot be right."""
    if not 0 < item.cents <= MOST_CENTS or not 0 <= item.recovered_cents <= item.cents:
        raise AmountError
