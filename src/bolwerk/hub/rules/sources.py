"""Sources: the registers and the finding rules, each of which is off until its assessment was confirmed."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    """What can be switched on and off."""

    REGISTER = "register", _("Register")
    RULE = "rule", _("Rule")


class Register(models.TextChoices):
    """The registers that can be read in."""

    BAG = "bag", _("Addresses and buildings (BAG)")
    BRP = "brp", _("Residents (BRP)")
    KVK = "kvk", _("Companies (KVK)")
    HR = "hr", _("Directors of companies (trade register)")
    BRK = "brk", _("Land register (BRK)")
    WOZ = "woz", _("Values of property (WOZ)")
    PERMITS = "permits", _("Permits")
    MEASURES = "measures", _("Closures and other measures")
    REPORTS = "reports", _("Reports and tips")
    STREET = "street", _("Observations from the street")
    RDW = "rdw", _("Recognised car companies (RDW)")
    CONTRACTS = "contracts", _("Contracted care providers")
    AREAS = "areas", _("Neighbourhoods (CBS)")
    AREAMAP = "areamap", _("Neighbourhood of each address (CBS)")
    BOUNDARIES = "boundaries", _("Boundaries of neighbourhoods and municipalities (CBS)")
    FIGURES = "figures", _("Figures about areas, made by others")


@dataclass(frozen=True)
class Age:
    """After how many days a delivery is called old, and where that comes from."""

    days: int
    source: str | Promise
    verified: bool


_MONTHLY = _("Choice of Bolwerk: these deliveries usually come once a month. No rule found that sets it.")
_YEARLY = _("Choice of Bolwerk: this comes once a year. No rule found that sets it.")
_OWN = _("Choice of Bolwerk: the municipality keeps this itself. No rule found that sets it.")
OLD_AFTER: dict[Register, Age] = {
    Register.BAG: Age(45, _MONTHLY, verified=False),
    Register.BRP: Age(
        31,
        _("Choice of Bolwerk: people move every day, so a month is long. No rule found that sets it."),
        verified=False,
    ),
    Register.KVK: Age(45, _MONTHLY, verified=False),
    Register.HR: Age(45, _MONTHLY, verified=False),
    Register.BRK: Age(45, _MONTHLY, verified=False),
    Register.WOZ: Age(400, _YEARLY, verified=False),
    Register.PERMITS: Age(31, _OWN, verified=False),
    Register.MEASURES: Age(31, _OWN, verified=False),
    Register.REPORTS: Age(31, _OWN, verified=False),
    Register.STREET: Age(31, _OWN, verified=False),
    Register.RDW: Age(45, _MONTHLY, verified=False),
    Register.CONTRACTS: Age(100, _OWN, verified=False),
    Register.AREAS: Age(400, _YEARLY, verified=False),
    Register.AREAMAP: Age(400, _YEARLY, verified=False),
    Register.BOUNDARIES: Age(400, _YEARLY, verified=False),
    Register.FIGURES: Age(400, _YEARLY, verified=False),
}


def is_old(register: Register, as_of: date, *, on: date) -> bool:
    """Whether a delivery that describes the day `as_of` is old on the day `on`."""
    return (on - as_of).days > OLD_AFTER[register].days
