"""Short questions and offers of help within a circle: how long they stand, and who says that one is solved. Pure."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASK_LIMIT, MORE_LIMIT, ANSWER_LIMIT = 200, 2_000, 2_000
STANDS_DAYS = 60  # choice of Bolwerk: long enough for a session in between, short enough that no list grows old
LONGEST_DAYS = 365
ANSWER_WITHIN_WORKING_DAYS = 10  # choice of Bolwerk: for a municipality that is asked by name


class QuestionKind(models.TextChoices):
    """What it is."""

    ASK = "ask", _("A question")
    OFFER = "offer", _("An offer of help")


class QuestionError(ValueError):
    """Something that is not allowed; `text` says why and `field` where."""

    def __init__(self, text: str | Promise, *, field: str = "") -> None:
        super().__init__(text)
        self.text, self.field = text, field


def end_of(last_day: date | None, *, on: date) -> datetime:
    """Until which moment something stands: the end of its last day. Raises QuestionError for a day that is no good."""
    day = last_day or on + timedelta(days=STANDS_DAYS)
    if not on <= day <= on + timedelta(days=LONGEST_DAYS):
        raise QuestionError(_("Choose a day from today, within a year."), field="last_day")
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def check_open(*, ends_at: datetime, at: datetime) -> None:
    """Answers come in while it stands. Raises QuestionError."""
    if ends_at <= at:
        raise QuestionError(_("This one is over: nobody answers it any more. Ask anew if you need to."))
