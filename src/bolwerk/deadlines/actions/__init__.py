"""Every change to tasks, to who is told, to mail that waits, to calendar addresses and to workers."""

from bolwerk.deadlines.actions.clocks import (
    cancel,
    cancel_all,
    complete,
    forget_subjects,
    hand_over,
    keep_away,
    let_near,
    move,
    record_export,
)
from bolwerk.deadlines.actions.closing import DayPassedError, add_closing_day, remove_closing_day
from bolwerk.deadlines.actions.feeds import make_feed, note_reading, revoke_feed
from bolwerk.deadlines.actions.outbox import find_unsure, queue_mail, queue_news, send_waiting
from bolwerk.deadlines.actions.starting import Start, start_clock, start_clocks
from bolwerk.deadlines.actions.steps import take_due_steps
from bolwerk.deadlines.actions.workers import close_turn, resume_tasks, sign_of_life, sign_off, take_turn, tidy

__all__ = [
    "DayPassedError",
    "Start",
    "add_closing_day",
    "cancel",
    "cancel_all",
    "close_turn",
    "complete",
    "find_unsure",
    "forget_subjects",
    "hand_over",
    "keep_away",
    "let_near",
    "make_feed",
    "move",
    "note_reading",
    "queue_mail",
    "queue_news",
    "record_export",
    "remove_closing_day",
    "resume_tasks",
    "revoke_feed",
    "send_waiting",
    "sign_of_life",
    "sign_off",
    "start_clock",
    "start_clocks",
    "take_due_steps",
    "take_turn",
    "tidy",
]
