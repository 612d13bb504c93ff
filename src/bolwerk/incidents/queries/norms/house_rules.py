"""What visitors read: the house rules of the norm that holds, without what we then do among ourselves."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from bolwerk.incidents.models import Norm
from bolwerk.incidents.queries.norms.versions import norm_in_force
from bolwerk.incidents.rules.norms import Line


@dataclass(frozen=True)
class HouseRules:
    """The rules for visitors, in one language, and since when they hold."""

    norm: Norm
    language: str
    please: list[str]
    never: list[str]


def house_rules(*, on: date, language: str | None = None) -> HouseRules | None:
    """The house rules that hold on a day; None until a norm was adopted that has any.

    English when it is asked for and every rule has its English words; else as the municipality wrote them.
    """
    norm = norm_in_force(on=on)
    rows = [row for row in norm.rules.all() if row.house_rule] if norm else []
    if norm is None or not rows:
        return None
    asked = language or get_language() or "nl"
    english = asked.startswith("en") and all(row.house_rule_en for row in rows)
    texts = [(row.line, row.house_rule_en if english else row.house_rule) for row in rows]
    return HouseRules(
        norm,
        "en" if english else "nl",
        please=[text for line, text in texts if line != Line.RED],
        never=[text for line, text in texts if line == Line.RED],
    )
