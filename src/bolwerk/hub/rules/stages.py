"""The life of a rule and what looking at an object gave, as people read it. The steps themselves are knooppunt's."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.rules.reviews import Verdict
from knooppunt.findings.lifecycle import Stage as Known
from knooppunt.findings.lifecycle import figures_said
from knooppunt.findings.yields import CONTROL_SHARE, FEWEST, TIMES_CHANCE

__all__ = [
    "CONTROL_PERCENT",
    "FEWEST",
    "LEADS_TO",
    "NO_BETTER",
    "TIMES_CHANCE",
    "Looked",
    "Stage",
    "figures_of",
    "is_right",
    "no_better_than_chance",
]

CONTROL_PERCENT = round(100 * CONTROL_SHARE)


class Stage(models.TextChoices):
    """Where a rule is in its life."""

    DEVELOPMENT = Known.DEVELOPMENT.value, _("In development")
    PILOT = Known.PILOT.value, _("Pilot")
    MATURE = Known.MATURE.value, _("Mature")
    OFF = Known.OFF.value, _("Off")


class Looked(models.TextChoices):
    """What looking at an object of a work list gave."""

    CONFIRMED = "confirmed", _("Something is wrong here")
    REFUTED = "refuted", _("There is an innocent explanation")
    REGISTER = "register", _("A register is wrong")
    NOT_LOOKED = "not_looked", _("It could not be looked at")


LEADS_TO: dict[Looked, Verdict] = {
    Looked.CONFIRMED: Verdict.WORTH_A_LOOK,
    Looked.REFUTED: Verdict.EXPLAINED,
    Looked.REGISTER: Verdict.WRONG,
}
"""The verdict on the finding that an outcome brings along."""

ABOUT_REGISTERS = "BAG-"  # rules that look for errors in a register: there, an error is what was meant


def is_right(rule: str, looked: Looked) -> bool | None:
    """Whether the rule was right; None when nobody could look.

    An error in a register is no irregularity on the spot, except for a rule that looks for just that.
    """
    if looked is Looked.NOT_LOOKED:
        return None
    return looked is Looked.CONFIRMED or (looked is Looked.REGISTER and rule.startswith(ABOUT_REGISTERS))


NO_BETTER = "no_better_than_chance"
"""The code by which the trail remembers why a rule went off by itself; its figures stand beside it."""

FIGURES = ("right", "all", "lucky", "drawn")


def figures_of(reason: str) -> dict[str, int]:
    """The figures in what a rule said when it went off by itself, by name; none when it is another sentence."""
    return dict(zip(FIGURES, figures_said(reason) or (), strict=False))


def no_better_than_chance(figures: Mapping[str, object]) -> str:
    """Why a rule went off by itself, from its figures, in the language of whoever reads."""
    return gettext(
        "Right %(right)s of %(all)s times; drawn at random %(lucky)s of %(drawn)s. No better than chance."
    ) % {name: figures[name] for name in FIGURES}
