"""Settings of the queue, the clock and the mail that goes with them."""

from bolwerk.deadlines.rules import Term, Unit

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Holidays on which this municipality works nevertheless, by their English names. The Algemene termijnenwet (article 3)
# counts Good Friday and 5 May every year as closed, and so does Bolwerk; statutory terms always follow the law.
DEADLINES_WORKED_HOLIDAYS: frozenset[str] = frozenset()

# When the owner of a task is reminded: at these percentages of its term. Half-way leaves time to plan, ninety percent
# is the last call; a choice of Bolwerk, no rule.
DEADLINES_REMIND_AT_PERCENT = (50, 90)

# How long the next one in the chain waits after the one before was told that a task is late; a choice of Bolwerk.
DEADLINES_ESCALATE_EVERY = Term(1, Unit.WORKING_DAYS)
