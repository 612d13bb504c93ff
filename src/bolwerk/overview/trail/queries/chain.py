"""Checks of the chain as a story: what each found, for whom, when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import ngettext

from bolwerk.audit.models import Check
from bolwerk.audit.queries.chain import fault_in_words
from bolwerk.audit.queries.names import name_in, names_of


@dataclass(frozen=True)
class Outcome:
    """One check that ended, as the timeline shows it."""

    what: str
    by: str
    at: datetime
    icon: str
    text: str = ""


def story_of_checks(checks: Iterable[Check]) -> list[Outcome]:
    """The checks that ended, in the order given."""
    ended = [check for check in checks if check.ended_at]
    names = names_of(check.asked_by for check in ended)
    return [_outcome(check, name_in(names, check.asked_by)) for check in ended]


def _outcome(check: Check, by: str) -> Outcome:
    at = check.ended_at or check.asked_at
    # a chain that was computed anew holds by itself: only what was anchored before it is good
    lines = check.vouched if check.fault == "recomputed" else check.lines_done
    shown = {"n": number_format(lines, force_grouping=True)}
    if check.fault:
        text = ngettext("%(n)s line before it is good.", "%(n)s lines before it are good.", lines) % shown
        return Outcome(fault_in_words(check), by, at, "alert-triangle", text)
    what = ngettext("The one line is whole.", "All %(n)s lines are whole.", lines) % shown
    return Outcome(what, by, at, "circle-check")
