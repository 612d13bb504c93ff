"""What an incident is and what may happen to it. Pure functions: no database, no clock, no request."""

from bolwerk.incidents.rules.duties import (
    DEFAULT_TERMS,
    NEVER,
    WITHOUT_RECEPTION_TALK,
    DefaultTerm,
    Duty,
    Outcome,
    duties_for,
)
from bolwerk.incidents.rules.figures import (
    closed_quarters,
    quarter_of,
)
from bolwerk.incidents.rules.reports import (
    CLOCK_SLACK,
    WORDS_LIMIT,
    Channel,
    Facts,
    Kind,
    NotYetHappenedError,
    Safety,
    check_moment,
)
from bolwerk.incidents.rules.statuses import (
    ALLOWED_STEPS,
    HANDLERS,
    WITH_REASON,
    DutiesOpenError,
    Hat,
    ReasonMissingError,
    Status,
    StepNotAllowedError,
    check_step,
    needs_reason,
    steps_for,
)
from bolwerk.incidents.rules.tracks import TRACK_READERS, Track, tracks_for

__all__ = [
    "ALLOWED_STEPS",
    "CLOCK_SLACK",
    "DEFAULT_TERMS",
    "HANDLERS",
    "NEVER",
    "TRACK_READERS",
    "WITHOUT_RECEPTION_TALK",
    "WITH_REASON",
    "WORDS_LIMIT",
    "Channel",
    "DefaultTerm",
    "DutiesOpenError",
    "Duty",
    "Facts",
    "Hat",
    "Kind",
    "NotYetHappenedError",
    "Outcome",
    "ReasonMissingError",
    "Safety",
    "Status",
    "StepNotAllowedError",
    "Track",
    "check_moment",
    "check_step",
    "closed_quarters",
    "duties_for",
    "needs_reason",
    "quarter_of",
    "steps_for",
    "tracks_for",
]
