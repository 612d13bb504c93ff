"""What the things of this room are called where only their URN is known."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_noop

from bolwerk.circle.models import Adoption, Card, Circle, Wish

CIRCLE = "urn:bolwerk:circle:circle:"
CARD = "urn:bolwerk:circle:card:"
HARVEST = "urn:bolwerk:circle:harvest:"
PHOTO = "urn:bolwerk:circle:photo:"
PREPARATION = "urn:bolwerk:circle:preparation:"
ADOPTION = "urn:bolwerk:circle:adoption:"
QUESTION = "urn:bolwerk:circle:question:"
ANSWER_QUESTION = gettext_noop("Answer a question of your circle")
CASE = "urn:bolwerk:circle:case:"
CASE_OUTCOME = "outcome"  # the key of the task that asks what came of a case
TELL_CASE = gettext_noop("Tell what came of the case that you brought")
WISH = "urn:bolwerk:circle:wish:"
TELL_RESULT = gettext_noop("Tell what came of a card that you took over")


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """The names of those things that exist, by URN. Nothing of what was said in them."""
    asked = list(urns)
    circles, cards, adoptions = (_keys(asked, start) for start in (CIRCLE, CARD, ADOPTION))
    found = {circles[key]: name for key, name in Circle.objects.filter(pk__in=circles).values_list("pk", "name")}
    found |= {cards[key]: code for key, code in Card.objects.filter(pk__in=cards).values_list("pk", "code")}
    of = Adoption.objects.filter(pk__in=adoptions).values_list("pk", "card__code")
    found |= {adoptions[key]: code for key, code in of}
    wishes = _keys(asked, WISH)
    return found | {wishes[key]: words for key, words in Wish.objects.filter(pk__in=wishes).values_list("pk", "words")}


def _keys(urns: list[str], start: str) -> dict[UUID, str]:
    return {UUID(urn.removeprefix(start)): urn for urn in urns if urn.startswith(start)}
