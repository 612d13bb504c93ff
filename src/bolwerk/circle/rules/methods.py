"""What an intervision method is: phases, each with a work form. The product knows forms, not methods (ADR 34)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SLUG_LIMIT = 40
TITLE_LIMIT, ASK_LIMIT, WORDS_LIMIT, OPTION_LIMIT = 80, 400, 400, 120
MOST_PHASES, MOST_MINUTES, MOST_OPTIONS, MOST_PEOPLE = 20, 180, 8, 100
T = TypeVar("T", bound=models.TextChoices)


class MethodError(Exception):
    """A method cannot be used; the text says why, in a sentence."""


class Form(models.TextChoices):
    """What a group does in a phase: the six work forms."""

    TALK = "talk", _("talk")
    WRITE = "write", _("write, with your name")
    WRITE_NAMELESS = "write_nameless", _("write, without a name")
    CHOOSE = "choose", _("choose, without a name")
    ADVISE = "advise", _("give advice")
    LISTEN = "listen", _("listen")


class Speaks(models.TextChoices):
    """Who may speak in a phase."""

    EVERYBODY = "everybody", _("Everybody speaks")
    SUBMITTER = "submitter", _("The submitter speaks")
    GROUP = "group", _("The group speaks, without the submitter")
    FACILITATOR = "facilitator", _("The facilitator speaks")
    NOBODY = "nobody", _("Nobody speaks: it is silent")


class Submitter(models.TextChoices):
    """What whoever brought the case does in a phase."""

    TAKES_PART = "takes_part", _("takes part like everybody")
    TELLS = "tells", _("tells")
    ANSWERS = "answers", _("answers questions")
    LISTENS = "listens", _("listens and says nothing")
    OUTSIDE = "outside", _("sits outside the circle and listens")
    LOOKS_BACK = "looks_back", _("says what touched")


@dataclass(frozen=True)
class Phase:
    """One phase of a method."""

    title: str
    minutes: int
    speaks: Speaks
    form: Form
    ask: str
    submitter: Submitter = Submitter.TAKES_PART
    choosing: bool = False  # there only to find a case: left out when the case is known beforehand
    options: Sequence[str] = field(default_factory=tuple)  # of a phase in which one chooses something else than a case


@dataclass(frozen=True)
class Method:
    """A method as a file says it, in one language."""

    slug: str
    order: int
    title: str
    good_for: str
    not_for: str
    people: tuple[int, int]
    source: str
    phases: Sequence[Phase]
    tips: Sequence[str]

    @property
    def minutes(self) -> int:
        """How long all phases take together."""
        return sum(phase.minutes for phase in self.phases)

    @property
    def can_choose(self) -> bool:
        """Whether the group can choose the case itself, on the way."""
        return any(phase.choosing and phase.form is Form.CHOOSE for phase in self.phases)


def phases_for(method: Method, *, case_known: bool) -> list[Phase]:
    """The phases that a run goes through: without those that find a case, when there is one."""
    return [phase for phase in method.phases if not (case_known and phase.choosing)]


def as_plain(phases: Sequence[Phase]) -> list[dict[str, Any]]:
    """Phases as plain values, to keep with a run as they were."""
    return [asdict(phase) | {"options": list(phase.options)} for phase in phases]


def from_plain(rows: Sequence[Mapping[str, Any]]) -> list[Phase]:
    """The inverse of `as_plain`."""
    return [
        Phase(
            title=row["title"],
            minutes=row["minutes"],
            speaks=Speaks(row["speaks"]),
            form=Form(row["form"]),
            ask=row["ask"],
            submitter=Submitter(row["submitter"]),
            choosing=row["choosing"],
            options=tuple(row["options"]),
        )
        for row in rows
    ]


def read_method(slug: str, raw: object) -> Method:
    """Read a method from the plain values of a file. Raises MethodError with a sentence about the first fault."""
    if not isinstance(raw, Mapping):
        raise MethodError(gettext("It holds no method: begin with title, for, not_for, people, source and phases."))
    known = {"order", "title", "for", "not_for", "people", "source", "phases", "tips"}
    _only(raw, known, where=gettext("The method"))
    phases = [_phase(number, row) for number, row in enumerate(_list(raw, "phases"), start=1)]
    method = Method(
        slug=slug,
        order=int(raw["order"]) if isinstance(raw.get("order"), int) else 100,
        title=_text(raw, "title", TITLE_LIMIT),
        good_for=_text(raw, "for", WORDS_LIMIT),
        not_for=_text(raw, "not_for", WORDS_LIMIT),
        people=_people(raw.get("people")),
        source=_text(raw, "source", WORDS_LIMIT),
        phases=tuple(phases),
        tips=tuple(str(tip) for tip in raw.get("tips") or ()),
    )
    for fault in _faults(method):
        raise MethodError(fault)
    return method


def same_shape(one: Method, other: Method) -> bool:
    """Whether two languages of a method have the same phases: a reader of either must be in the same phase."""
    return [_shape(phase) for phase in one.phases] == [_shape(phase) for phase in other.phases]


def _shape(phase: Phase) -> tuple[object, ...]:
    return (phase.minutes, phase.speaks, phase.form, phase.submitter, phase.choosing, len(phase.options))


def _faults(method: Method) -> Iterator[str]:
    if not 1 <= len(method.phases) <= MOST_PHASES or method.minutes > MOST_MINUTES:
        words = {"phases": MOST_PHASES, "minutes": MOST_MINUTES}
        yield gettext("A method has 1 to %(phases)d phases and lasts at most %(minutes)d minutes.") % words
    chosen = [number for number, phase in enumerate(method.phases) if phase.choosing and phase.form is Form.CHOOSE]
    if len(chosen) > 1:
        yield gettext("A case is chosen in one phase, not in several.")
    if not chosen and any(phase.choosing for phase in method.phases):
        yield gettext("Phases say “choosing”, but in none of them a case is chosen.")
    if chosen and any(phase.submitter is not Submitter.TAKES_PART for phase in method.phases[: chosen[0] + 1]):
        yield gettext("Before a case is chosen nobody knows who brought it: leave “submitter” out there.")
    if all(phase.choosing for phase in method.phases):
        yield gettext("There is no phase in which the group works on the case.")


def _phase(number: int, row: object) -> Phase:
    where = gettext("Phase %(number)d") % {"number": number}
    if not isinstance(row, Mapping):
        raise MethodError(gettext("%(where)s has no title, minutes, speaks, form and ask.") % {"where": where})
    _only(row, {"title", "minutes", "speaks", "form", "ask", "submitter", "choosing", "options"}, where=where)
    minutes = row.get("minutes")
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= MOST_MINUTES:
        raise MethodError(gettext("%(where)s: give the minutes as a whole number from 1 on.") % {"where": where})
    form, options = _one_of(Form, row, "form", where=where), _options(row, where=where)
    choosing = row.get("choosing") is True
    if form is Form.CHOOSE and choosing == bool(options):
        raise MethodError(
            gettext("%(where)s: one chooses a case (choosing: true) or something else (options).") % {"where": where}
        )
    return Phase(
        title=_text(row, "title", TITLE_LIMIT, where=where),
        minutes=minutes,
        speaks=_one_of(Speaks, row, "speaks", where=where),
        form=form,
        ask=_text(row, "ask", ASK_LIMIT, where=where),
        submitter=_one_of(Submitter, {"submitter": Submitter.TAKES_PART.value, **row}, "submitter", where=where),
        choosing=choosing,
        options=options,
    )


def _options(row: Mapping[str, Any], *, where: str) -> tuple[str, ...]:
    options = row.get("options") or ()
    if not isinstance(options, list | tuple) or not all(isinstance(one, str) for one in options):
        raise MethodError(gettext("%(where)s: give the options as a list of sentences.") % {"where": where})
    right = not options or (2 <= len(set(options)) == len(options) <= MOST_OPTIONS)
    if not right or any(len(one) > OPTION_LIMIT for one in options):
        words = {"where": where, "most": MOST_OPTIONS, "limit": OPTION_LIMIT}
        raise MethodError(
            gettext("%(where)s: give 2 to %(most)d different options of at most %(limit)d signs.") % words
        )
    return tuple(options)


def _only(row: Mapping[Any, Any], known: set[str], *, where: str) -> None:
    strange = [str(key) for key in row if key not in known]
    if strange:
        raise MethodError(
            gettext("%(where)s has a field “%(name)s”, which nobody knows.") % {"where": where, "name": strange[0]}
        )


def _list(row: Mapping[str, Any], name: str) -> list[object]:
    found = row.get(name)
    if not isinstance(found, list):
        raise MethodError(gettext("“%(name)s” must be a list.") % {"name": name})
    return found


def _text(row: Mapping[str, Any], name: str, limit: int, *, where: str = "") -> str:
    found = row.get(name)
    if not isinstance(found, str) or not found.strip() or len(found) > limit:
        words = {"name": f"{where}: {name}" if where else name, "limit": limit}
        raise MethodError(gettext("“%(name)s” must be a text of at most %(limit)d signs.") % words)
    return found.strip()


def _people(found: object) -> tuple[int, int]:
    right = isinstance(found, list) and len(found) == 2 and all(type(one) is int for one in found)
    if not right or not 2 <= found[0] <= found[1] <= MOST_PEOPLE:  # type: ignore[index]  # a list of two numbers, see above
        raise MethodError(gettext("“people” must be two numbers: the fewest and the most, such as [5, 12]."))
    return found[0], found[1]  # type: ignore[index]  # as above


def _one_of(kind: type[T], row: Mapping[str, Any], name: str, *, where: str) -> T:
    found = row.get(name)
    if found not in kind.values:
        words = {"where": where, "name": name, "found": found, "known": ", ".join(kind.values)}
        raise MethodError(gettext("%(where)s: “%(name)s” is “%(found)s”; choose one of %(known)s.") % words)
    return kind(found)
