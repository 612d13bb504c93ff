"""What visitors read: the house rules of the norm that holds, without what we then do among ourselves."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from bolwerk.documents.queries import Poster, Section, poster_pdf
from bolwerk.incidents.models import Norm
from bolwerk.incidents.queries.norms.versions import norm_in_force
from bolwerk.incidents.rules.norms import Line
from bolwerk.ui.content import content_language


@dataclass(frozen=True)
class HouseRules:
    """The rules for visitors, in one language, and since when they hold."""

    norm: Norm
    language: str
    please: list[str]
    never: list[str]
    adopted_at: datetime


def house_rules(*, on: date, language: str | None = None) -> HouseRules | None:
    """The house rules that hold on a day; None until a norm was adopted that has any.

    English when it is asked for and every rule has its English words; else as the municipality wrote them.
    """
    norm = norm_in_force(on=on)
    rows = [row for row in norm.rules.all() if row.house_rule] if norm else []
    if norm is None or norm.adopted_at is None or not rows:
        return None
    english = content_language(language) == "en" and all(row.house_rule_en for row in rows)
    texts = [(row.line, row.house_rule_en if english else row.house_rule) for row in rows]
    return HouseRules(
        norm,
        "en" if english else "nl",
        please=[text for line, text in texts if line != Line.RED],
        never=[text for line, text in texts if line == Line.RED],
        adopted_at=norm.adopted_at,
    )


def house_rules_poster(rules: HouseRules) -> bytes:
    """The house rules as a poster (PDF/UA-1, A4), in the language of the rules. The same version, the same bytes."""
    with override(rules.language):
        both = [Section("", "green", rules.please), Section(_("We never accept this"), "red", rules.never)]
        poster = Poster(
            language=rules.language,
            subject=_("House rules"),
            intro=_(
                "We like to help you. So that everybody is safe here, this holds for everyone who visits us, calls us, "
                "writes to us or meets us in the street."
            ),
            sections=[one for one in both if one.lines],
            closing=[
                _(
                    "We speak to you about it. We can end the conversation, send you a warning, or forbid you to enter "
                    "the building for a time. We go to the police with offences, and we recover damage from you."
                ),
                _("Do you disagree with how we treat you? Tell us. You can always make a complaint."),
            ],
        )
    return poster_pdf(poster, at=rules.adopted_at)
