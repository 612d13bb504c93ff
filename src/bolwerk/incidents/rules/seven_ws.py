"""The seven questions that the police ask: who, what, where, with what, in which way, when and why. Pure."""

import re
from dataclasses import dataclass, fields

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules.police import Privacy
from bolwerk.incidents.rules.reports import Channel

# A Dutch postcode. Where somebody lives does not belong in what the police get about a colleague.
POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b|\b[1-9]\d{3}[a-z]{2}\b")
SHORTEST_NAME = 3  # letters: "de" and "in" stay where a name is taken out


class W(models.TextChoices):
    """The questions, in the order of the form of the police."""

    WHO = "who", _("Who did it?")
    WHAT = "what", _("What happened?")
    PLACE = "place", _("Where was it?")
    WITH_WHAT = "with_what", _("With what was it done?")
    MANNER = "manner", _("In which way did it go?")
    MOMENT = "moment", _("When was it?")
    WHY = "why", _("Why did it happen, as far as you know?")


HINTS = {
    W.WHO: _("Name or what the person looked like. An address of that person may stand here, never yours."),
    W.WHAT: _("What was said or done, as literally as you can."),
    W.PLACE: _("Building, street or site. At home? Then write only that; the address stays out."),
    W.WITH_WHAT: _("An object, a weapon, a telephone, an account on social media. Nothing? Leave it empty."),
    W.MANNER: _("How it went, from beginning to end."),
    W.MOMENT: _("Day and time, and how long it took."),
    W.WHY: _("What came before it: a decision, a conversation, waiting."),
}
WITH_ADDRESSES = frozenset({W.WHO, W.PLACE})


@dataclass(frozen=True)
class Answers:
    """What somebody answered; empty where not (yet)."""

    who: str = ""
    what: str = ""
    place: str = ""
    with_what: str = ""
    manner: str = ""
    moment: str = ""
    why: str = ""

    def of(self, question: W) -> str:
        """The answer to a question."""
        return str(getattr(self, question.value))


def unanswered(answers: Answers) -> list[W]:
    """The questions without an answer."""
    return [question for question in W if not answers.of(question).strip()]


def holds_postcode(question: W, text: str) -> bool:
    """Whether an answer seems to hold a private address: a postcode where none belongs."""
    return question not in WITH_ADDRESSES and POSTCODE.search(text) is not None


def for_the_police(answers: Answers, *, channel: Channel, privacy: Privacy, names: list[str], instead: str) -> Answers:
    """The answers as they leave the house.

    What happened at somebody's own home gets no place. Under a number the `names` are taken out of every answer, whole
    and by their parts, and `instead` stands there.
    """
    told = {field.name: getattr(answers, field.name) for field in fields(Answers)}
    if channel is Channel.PRIVATE_HOME:
        told[W.PLACE.value] = ""
        told = {name: text if name == W.WHO.value else POSTCODE.sub("[…]", text) for name, text in told.items()}
    if privacy is Privacy.UNDER_NUMBER:
        told = {name: _without(text, names, instead) for name, text in told.items()}
    return Answers(**told)


def _without(text: str, names: list[str], instead: str) -> str:
    parts = {part for name in names for part in [name, *re.split(r"[\s-]+", name)] if len(part) >= SHORTEST_NAME}
    for part in sorted(parts, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(part)}\b", lambda _found: instead, text, flags=re.IGNORECASE)
    return text
