"""The settings of this room in words, for papers that are made from them: terms, and who reads which part."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bolwerk.incidents.queries.care.inspectorate import inspectorate_line
from bolwerk.incidents.queries.police import police_settings
from bolwerk.incidents.queries.response import ladder, periods_in_force
from bolwerk.incidents.queries.response.ladder import PeriodInForce
from bolwerk.incidents.queries.terms import TermInForce, terms_in_force, words_of
from bolwerk.incidents.rules.care_help import LISTED_AFTER, WISH_TERM
from bolwerk.incidents.rules.ladder import Rung, Step
from bolwerk.incidents.rules.tracks import TRACK_READERS, Track
from bolwerk.ui.once import asked_once


@dataclass(frozen=True)
class SetTerm:
    """A term that holds now: for what, how long, where it comes from, and whether somebody stands behind it."""

    what: str
    term: str
    source: str
    verified: bool
    own: bool = False


def set_terms() -> list[SetTerm]:
    """Every term of this room that holds now, in the order in which they run."""
    first = [_set(one.duty.label, one) for one in terms_in_force().values()]
    return [*first, *other_terms()]


def other_terms() -> list[SetTerm]:
    """The terms that are not set with those after a report: of the police, the response track, and of the law."""
    police = police_settings()
    what, own = _("Report to the police, or write why not"), police.own
    told = SetTerm(what, police.in_words, str(police.source), verified=own, own=own)
    steps = [
        SetTerm(str(rung.step.label), words_of(rung.within), rung.source, rung.verified, rung.own)
        for rung in _rungs().values()
        if rung.within
    ]
    return [*_fixed(), told, *steps, *(_set(one.period.label, one) for one in periods_in_force().values())]


def _rungs() -> dict[Step, Rung]:
    """The ladder; asked once within one look at a page."""
    return asked_once(f"ladder in words, {get_language()}", ladder)


def _fixed() -> list[SetTerm]:
    """What nobody can set here: the law says it, or Bolwerk chose it. Nobody has checked it for this municipality."""
    line = inspectorate_line()
    days = LISTED_AFTER
    absence = ngettext("more than %(n)s working day", "more than %(n)s working days", days) % {"n": days}
    listed = _("Arbowet article 9, paragraph 2.")
    own = _("Choice of Bolwerk: whoever asks for help hears back at once.")
    return [
        SetTerm(_("Report an accident to the labour inspectorate"), _("at once"), line.source, line.verified),
        SetTerm(_("An absence puts an accident on the list"), absence, listed, verified=False),
        SetTerm(_("Answer what somebody asks for the own care"), words_of(WISH_TERM), own, verified=False),
    ]


def _set(what: object, one: TermInForce | PeriodInForce) -> SetTerm:
    return SetTerm(str(what), one.in_words, str(one.source), one.verified, one.own)


def set_readers() -> list[tuple[str, list[str]]]:
    """Of each part of a report who reads it."""
    return [(str(track.label), sorted(str(hat.label) for hat in TRACK_READERS[track])) for track in Track]


def set_deciders() -> list[tuple[str, str]]:
    """Of each step of the ladder who decides."""
    return [(str(rung.step.label), str(rung.decider.label)) for rung in _rungs().values()]
