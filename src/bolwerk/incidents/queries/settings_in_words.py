"""The settings of this room in words, for papers that are made from them: terms, and who reads which part."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bolwerk.incidents.queries.police import police_settings
from bolwerk.incidents.queries.response import ladder, periods_in_force
from bolwerk.incidents.queries.response.ladder import PeriodInForce
from bolwerk.incidents.queries.terms import TermInForce, terms_in_force
from bolwerk.incidents.rules.tracks import TRACK_READERS, Track


@dataclass(frozen=True)
class SetTerm:
    """A term that holds now: for what, how long, where it comes from, and whether somebody stands behind it."""

    what: str
    term: str
    source: str
    verified: bool


def set_terms() -> list[SetTerm]:
    """Every term of this room that holds now, in the order in which they run."""
    first = [_set(one.duty.label, one) for one in terms_in_force().values()]
    later = [_set(one.period.label, one) for one in periods_in_force().values()]
    police = police_settings()
    told = SetTerm(_("Report to the police, or write why not"), police.in_words, str(police.source), police.own)
    return [*first, told, *later]


def _set(what: object, one: TermInForce | PeriodInForce) -> SetTerm:
    return SetTerm(str(what), one.in_words, str(one.source), one.verified)


def set_readers() -> list[tuple[str, list[str]]]:
    """Of each part of a report who reads it."""
    return [(str(track.label), sorted(str(hat.label) for hat in TRACK_READERS[track])) for track in Track]


def set_deciders() -> list[tuple[str, str]]:
    """Of each step of the ladder who decides."""
    return [(str(rung.step.label), str(rung.decider.label)) for rung in ladder().values()]
