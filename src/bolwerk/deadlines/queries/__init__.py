"""Answers about tasks, days, calendars and workers. Read-only."""

from bolwerk.deadlines.queries.calendars import calendar_of, feed_of
from bolwerk.deadlines.queries.closing import closing_days, is_closed
from bolwerk.deadlines.queries.lists import doors, first_tasks, owner_in_words, tasks_spec, time_left
from bolwerk.deadlines.queries.pages import address_of_work
from bolwerk.deadlines.queries.subjects import (
    Owner,
    holders,
    people_of,
    people_of_all,
    shown_calendar,
    tasks_of,
    working_calendar,
)

__all__ = [
    "Owner",
    "address_of_work",
    "calendar_of",
    "closing_days",
    "doors",
    "feed_of",
    "first_tasks",
    "holders",
    "is_closed",
    "owner_in_words",
    "people_of",
    "people_of_all",
    "shown_calendar",
    "tasks_of",
    "tasks_spec",
    "time_left",
    "working_calendar",
]
