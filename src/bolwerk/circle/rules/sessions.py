"""What a session may do: its states, its blocks and its timer. Pure: no database, no clock, no request."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.rules.circles import CircleError

THEME_LIMIT, PLACE_LIMIT, BLOCK_LIMIT = 150, 200, 120
WORDS_LIMIT, MINUTES_LIMIT = 1_000, 20_000
MOST_BLOCKS, MOST_MINUTES, MOST_DAYS = 20, 480, 6
FEWEST_ANSWERS = 5  # below it nobody reads what was answered: it would point at people
LINE = re.compile(r"\s*(\d{1,3})\s+(\S.*?)\s*")


class SessionState(models.TextChoices):
    """How far a session is."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("going on now")
    ENDED = "ended", _("held")
    CANCELLED = "cancelled", _("cancelled")


ALLOWED_STEPS: dict[SessionState, frozenset[SessionState]] = {
    SessionState.PLANNED: frozenset({SessionState.RUNNING, SessionState.CANCELLED}),
    SessionState.RUNNING: frozenset({SessionState.ENDED}),
    SessionState.ENDED: frozenset(),
    SessionState.CANCELLED: frozenset(),
}


class Answer(models.TextChoices):
    """Whether a day suits somebody."""

    YES = "yes", _("yes")
    MAYBE = "maybe", _("if need be")
    NO = "no", _("no")


class Captured(models.TextChoices):
    """What is written down in a session."""

    LESSON = "lesson", _("lesson")
    QUOTE = "quote", _("quote")
    PROMISE = "promise", _("promise")


class Consent(models.TextChoices):
    """Whether somebody lets the own words go outside the circle."""

    ASKED = "asked", _("asked")
    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")


class Kept(models.TextChoices):
    """What became of a promise."""

    OPEN = "open", _("not asked yet")
    DONE = "done", _("done")
    PARTLY = "partly", _("partly")
    NOT = "not", _("not done")


class Worth(models.TextChoices):
    """Whether a meeting was worth the time."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


@dataclass(frozen=True)
class Part:
    """One block of a session."""

    minutes: int
    title: str


def check_step(now: SessionState, to: SessionState) -> None:
    """Raises CircleError when a session cannot go from one state to another."""
    if to not in ALLOWED_STEPS[now]:
        raise CircleError(gettext("This session is %(state)s. That cannot be done any more.") % {"state": now.label})


def parts_from(text: str) -> list[Part]:
    """Read blocks from lines such as "20 News of the day". Raises CircleError that names the line."""
    parts = []
    for number, line in enumerate((one for one in text.splitlines() if one.strip()), start=1):
        found = LINE.fullmatch(line)
        if not found or int(found[1]) == 0 or len(found[2]) > BLOCK_LIMIT:
            words = {"number": number, "line": line.strip()[:60]}
            how = gettext("Line %(number)s (“%(line)s”): write the minutes first, then what happens in a few words.")
            raise CircleError(how % words, field="blocks")
        parts.append(Part(int(found[1]), found[2]))
    if not parts or len(parts) > MOST_BLOCKS or sum(part.minutes for part in parts) > MOST_MINUTES:
        raise CircleError(gettext("A session has 1 to 20 blocks, and lasts at most eight hours."), field="blocks")
    return parts


def as_lines(parts: Sequence[Part]) -> str:
    """The inverse of `parts_from`."""
    return "\n".join(f"{part.minutes} {part.title}" for part in parts)


def seconds_left(began_at: datetime, minutes: int, *, at: datetime) -> int:
    """How many seconds a block still has; negative once it takes longer than planned."""
    return int((began_at + timedelta(minutes=minutes) - at).total_seconds())
