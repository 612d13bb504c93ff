"""Settings of the processes that the crash tests kill: the product's own, with shorter waits."""

from bolwerk.config.settings import *  # noqa: F403  every setting of the house

WORKER_SEEN_EVERY = 1
WORKER_LOST_AFTER = 4
PERIODIC_JOBS = {
    "bolwerk.deadlines.tasks.keep_clock": 1,
    "bolwerk.deadlines.tasks.send_mail": 1,
    "bolwerk.deadlines.tasks.resume_tasks": 1,
}
