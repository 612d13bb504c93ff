"""What a card of the library is: an intervention that another municipality can take over. Pure functions.

The fields follow "Goed Beschreven" of Movisie: reason, target group, goals, approach, conditions, transferability and
experience. How well it is known that it works follows EMMIE of the College of Policing, made light.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

T = TypeVar("T", bound=models.TextChoices)
CODE = re.compile(r"[a-z0-9][a-z0-9-]{2,59}")
LANGUAGES = ("nl", "en")
TITLE_LIMIT, LINE_LIMIT, WORDS_LIMIT = 120, 600, 2_000
MOST_LINES = 20  # goals, steps, sources
MOST_HOURS = 10_000
DRAFT = 0  # the number of a card that was not published yet


class Evidence(models.TextChoices):
    """How sure it is that it works. Most cards are described, and say so."""

    DESCRIBED = "described", _("Described")
    SUBSTANTIATED = "substantiated", _("Substantiated")
    STUDIED = "studied", _("Effects studied")


EVIDENCE_MEANS: dict[str, str | Promise] = {
    Evidence.DESCRIBED: _("Somebody wrote down how it is done. Whether it works was not studied."),
    Evidence.SUBSTANTIATED: _("There are sources that explain why it should work. The effect itself was not measured."),
    Evidence.STUDIED: _("The effect was measured in research. Read below how good that research is."),
}


class Dimension(models.TextChoices):
    """The five questions of EMMIE."""

    EFFECT = "effect", _("Does it work?")
    MECHANISM = "mechanism", _("Why does it work?")
    MODERATORS = "moderators", _("Where and for whom does it work?")
    IMPLEMENTATION = "implementation", _("What is needed to do it well?")
    ECONOMICS = "economics", _("What does it cost, and is that worth it?")


class Quality(models.TextChoices):
    """How good the answer to such a question is."""

    NONE = "none", _("Not known")
    EXPERIENCE = "experience", _("Experience of practice")
    SOURCES = "sources", _("Several sources agree")
    RESEARCH = "research", _("Good research")


class CostClass(models.TextChoices):
    """What it costs in money, in the first year."""

    HOURS = "hours", _("Only hours")
    LOW = "low", _("Up to 1,000 euro")
    MIDDLE = "middle", _("1,000 to 10,000 euro")
    HIGH = "high", _("More than 10,000 euro")


class HoursClass(models.TextChoices):
    """How much work it is in the first year, for all together."""

    DAY = "day", _("A day at most")
    WEEK = "week", _("A week at most")
    MONTH = "month", _("A month at most")
    MORE = "more", _("More than a month")


HOURS_UP_TO = ((8, HoursClass.DAY), (40, HoursClass.WEEK), (160, HoursClass.MONTH))


class Size(models.TextChoices):
    """For which municipalities it fits, by number of residents."""

    SMALL = "small", _("Up to 30,000 residents")
    MIDDLE = "middle", _("30,000 to 100,000 residents")
    LARGE = "large", _("More than 100,000 residents")


class Group(models.TextChoices):
    """Who it is for."""

    EVERYBODY = "everybody", _("All employees")
    DESK = "desk", _("Desk and telephone")
    OUTDOOR = "outdoor", _("Home visits and the street")
    MANAGERS = "managers", _("Managers")
    BOARD = "board", _("College and management")
    COUNCIL = "council", _("Council members")
    SPECIALISTS = "specialists", _("Integrity, HR and security")
    PARTNERS = "partners", _("Residents, entrepreneurs and partners")


class Licence(models.TextChoices):
    """Under which licence others may use a card."""

    CC0 = "CC0-1.0", _("Free for everybody (CC0 1.0)")
    BY = "CC-BY-4.0", _("Free with the name of the source (CC BY 4.0)")
    BY_SA = "CC-BY-SA-4.0", _("Free with the name of the source, under the same licence (CC BY-SA 4.0)")


class CardError(ValueError):
    """A card is not right; `text` says why and `field` where."""

    def __init__(self, text: str | Promise, *, field: str = "") -> None:
        super().__init__(text)
        self.text, self.field = text, field


@dataclass(frozen=True)
class CardText:
    """The words of a card in one language."""

    title: str
    problem: str
    target: str = ""
    goals: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    conditions: str = ""
    cost: str = ""
    materials: str = ""
    transferability: str = ""
    experience: str = ""


@dataclass(frozen=True)
class CardContent:
    """All of one version of a card: what is stored, what a file holds and what travels to others."""

    code: str  # the same on every installation, for ever
    number: int  # of the version
    language: str  # in which it was written; other languages may be incomplete
    provenance: str  # who wrote it: a municipality, or the starting library
    licence: Licence
    evidence: Evidence
    cost_class: CostClass
    hours: int  # in the first year, for all together
    themes: tuple[str, ...] = ()  # codes of accounts.Theme
    groups: tuple[Group, ...] = ()
    sizes: tuple[Size, ...] = ()
    known: Mapping[Dimension, Quality] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    texts: Mapping[str, CardText] = field(default_factory=dict)

    @property
    def hours_class(self) -> HoursClass:
        """The hours as a class to search by."""
        return hours_class(self.hours)

    def text(self, language: str) -> CardText:
        """The words for a reader; what was not translated stays in the language in which it was written."""
        own = self.texts[self.language]
        asked = self.texts.get(language)
        if asked is None or asked == own:
            return own
        return CardText(**{one.name: getattr(asked, one.name) or getattr(own, one.name) for one in fields(CardText)})

    def is_whole_in(self, language: str) -> bool:
        """Whether nothing of it is shown in another language than the reader's."""
        own, asked = self.texts[self.language], self.texts.get(language)
        return asked is not None and all(
            getattr(asked, one.name) or not getattr(own, one.name) for one in fields(CardText)
        )

    def as_dict(self) -> dict[str, Any]:
        """As plain values, for a table, a file or a bundle; `read_card` makes a card of it again."""
        return asdict(self) | {"known": {str(key): str(value) for key, value in self.known.items()}}


def hours_class(hours: int) -> HoursClass:
    """In which class a number of hours falls."""
    return next((name for most, name in HOURS_UP_TO if hours <= most), HoursClass.MORE)


def read_card(raw: object) -> CardContent:
    """Make a card of plain values, of a file, a form or a bundle. Raises CardError with a sentence.

    Words are plain text: a script in them stays words, because every page shows them as such.
    """
    if not isinstance(raw, Mapping):
        raise CardError(_("This is no card: it has no fields."))
    unknown = {str(key) for key in raw} - {one.name for one in fields(CardContent)}
    if unknown:
        raise CardError(_("A card has no field “%(field)s”.") % {"field": sorted(unknown)[0]})
    language = str(raw.get("language", "nl"))
    texts = {str(key): read_text(value) for key, value in _mapping(raw, "texts").items() if value}
    if language not in LANGUAGES or set(texts) - set(LANGUAGES) or language not in texts:
        raise CardError(_("A card has its words in Dutch or English, and in the language it names."), field="texts")
    code = str(raw.get("code", ""))
    if not CODE.fullmatch(code):
        raise CardError(_("The code of a card has small letters, digits and hyphens, at least three."), field="code")
    known = _mapping(raw, "known")
    return CardContent(
        code=code,
        number=_number(raw, "number", 1, 10_000),
        language=language,
        provenance=_line(raw.get("provenance", ""), "provenance", TITLE_LIMIT),
        licence=_one(raw, "licence", Licence),
        evidence=_one(raw, "evidence", Evidence),
        cost_class=_one(raw, "cost_class", CostClass),
        hours=_number(raw, "hours", 0, MOST_HOURS),
        themes=_lines(raw, "themes"),
        groups=tuple(_choice(one, "groups", Group) for one in _lines(raw, "groups")),
        sizes=tuple(_choice(one, "sizes", Size) for one in _lines(raw, "sizes")),
        known={one: _choice(known.get(str(one), "none"), "known", Quality) for one in Dimension},
        sources=_lines(raw, "sources"),
        texts=texts,
    )


def read_text(raw: object) -> CardText:
    """The words of a card in one language. Raises CardError."""
    if not isinstance(raw, Mapping):
        raise CardError(_("The words of a card have fields, such as title and problem."), field="texts")
    unknown = {str(key) for key in raw} - {one.name for one in fields(CardText)}
    if unknown:
        raise CardError(_("A card has no field “%(field)s”.") % {"field": sorted(unknown)[0]})
    words = {name: _words(raw.get(name, ""), name) for name in WORDS}
    return CardText(
        title=_line(raw.get("title", ""), "title", TITLE_LIMIT),
        goals=_lines(raw, "goals"),
        steps=_lines(raw, "steps"),
        **words,
    )


WORDS = ("problem", "target", "conditions", "cost", "materials", "transferability", "experience")


def _words(value: object, name: str) -> str:
    """Text of some lines. Raises CardError when it is too long or has signs that cannot be seen."""
    if not isinstance(value, str):
        raise CardError(_("“%(field)s” is no text.") % {"field": name}, field=name)
    text = value.replace("\r\n", "\n").strip()
    if len(text) > WORDS_LIMIT:
        say = _("“%(field)s” is longer than %(most)s characters.")
        raise CardError(say % {"field": name, "most": WORDS_LIMIT}, field=name)
    if not text.replace("\n", "").replace("\t", "").isprintable():
        raise CardError(_("“%(field)s” has signs that cannot be seen.") % {"field": name}, field=name)
    return text


def _line(value: object, name: str, most: int) -> str:
    text = _words(value, name)
    if len(text) > most or "\n" in text:
        raise CardError(
            _("“%(field)s” is one line of at most %(most)s characters.") % {"field": name, "most": most}, field=name
        )
    return text


def _lines(raw: Mapping[Any, Any], name: str) -> tuple[str, ...]:
    value = raw.get(name, ())
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > MOST_LINES:
        raise CardError(
            _("“%(field)s” is a list of at most %(most)s lines.") % {"field": name, "most": MOST_LINES}, field=name
        )
    return tuple(_line(one, name, LINE_LIMIT) for one in value if one)


def _mapping(raw: Mapping[Any, Any], name: str) -> Mapping[Any, Any]:
    value = raw.get(name, {})
    if not isinstance(value, Mapping):
        raise CardError(_("“%(field)s” has fields of its own.") % {"field": name}, field=name)
    return value


def _number(raw: Mapping[Any, Any], name: str, least: int, most: int) -> int:
    value = raw.get(name, least)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise CardError(
            _("“%(field)s” is a number from %(least)s to %(most)s.") % {"field": name, "least": least, "most": most},
            field=name,
        )
    return value


def _one(raw: Mapping[Any, Any], name: str, choices: type[T]) -> T:
    return _choice(raw.get(name, ""), name, choices)


def _choice(value: object, name: str, choices: type[T]) -> T:
    try:
        return choices(str(value))
    except ValueError:
        say = _("“%(field)s” knows these: %(known)s.")
        raise CardError(say % {"field": name, "known": ", ".join(choices.values)}, field=name) from None


def check_whole(card: CardContent) -> None:
    """A card that goes out is one that somebody can begin with on Monday. Raises CardError."""
    text = card.texts[card.language]
    needed = {
        "title": _("Give the card a title."),
        "problem": _("Say for which problem this helps."),
        "steps": _("Say in steps how it is done."),
        "goals": _("Say what you want to reach."),
    }
    for name, say in needed.items():
        if not getattr(text, name):
            raise CardError(say, field=name)
    if not card.themes:
        raise CardError(_("Choose at least one theme: others find the card by it."), field="themes")
    if not card.sources and not text.experience:
        raise CardError(
            _("Name a source, or tell your own experience: others want to know how you know."), field="sources"
        )
    check_evidence(card)


def check_evidence(card: CardContent) -> None:
    """Nobody claims more than is known. Raises CardError."""
    known = card.known
    effect, why = known.get(Dimension.EFFECT, Quality.NONE), known.get(Dimension.MECHANISM, Quality.NONE)
    if card.evidence == Evidence.STUDIED and (effect not in {Quality.SOURCES, Quality.RESEARCH} or not card.sources):
        raise CardError(
            _("“Effects studied” needs research: name the source, and say how good it is."), field="evidence"
        )
    if card.evidence == Evidence.SUBSTANTIATED and (why == Quality.NONE or not card.sources):
        raise CardError(_("“Substantiated” needs a source, and an answer to why it works."), field="evidence")
