"""Settings of the queue, the clock and the mail that goes with them."""

from bolwerk.config import environment, mail
from bolwerk.deadlines.rules import Term, Unit

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# What comes back by itself: the address of a function without arguments, and after how many seconds it is due again.
# Several workers share these: each turn is taken by one. A job is written so that a second run does no harm.
PERIODIC_JOBS = {
    "bolwerk.accounts.tasks.forget_files": 60 * 60,
    "bolwerk.accounts.tasks.open_ways_back": 60,
    "bolwerk.accounts.tasks.tidy_ways_back": 24 * 60 * 60,
    "bolwerk.deadlines.tasks.keep_clock": 30,
    "bolwerk.deadlines.tasks.send_mail": 15,
    "bolwerk.deadlines.tasks.resume_tasks": 15,
    "bolwerk.deadlines.tasks.tidy": 24 * 60 * 60,
    "bolwerk.documents.tasks.prune": 60 * 60,
    "bolwerk.incidents.tasks.end_due_measures": 60 * 60,
    "bolwerk.incidents.tasks.forget_files": 60 * 60,
    "bolwerk.incidents.tasks.publish_daily": 24 * 60 * 60,
    "bolwerk.circle.tasks.read_library": 60 * 60,
    "bolwerk.circle.tasks.publish_outcomes": 24 * 60 * 60,
    "bolwerk.circle.tasks.take_back_roles": 60 * 60,
    "bolwerk.hub.tasks.look_after": 30,
    "bolwerk.hub.tasks.tidy": 60 * 60,
    "bolwerk.vault.tasks.close_requests": 60 * 60,
    "bolwerk.audit.tasks.anchor": 24 * 60 * 60,
    "bolwerk.vault.tasks.erase_due": 60 * 60,
    "bolwerk.audit.tasks.check_daily": 24 * 60 * 60,
    "bolwerk.config.backups.tasks.backup_daily": 24 * 60 * 60,
    "bolwerk.config.upkeep.count_rows": 24 * 60 * 60,
}
WORKER_SEEN_EVERY = 5  # seconds between two signs of life
WORKER_LOST_AFTER = 45  # seconds of silence after which its work is given to another
TASK_ATTEMPTS = 3  # a task that took down this many workers is set aside, so that the others go on

# Holidays on which this municipality works nevertheless, by their English names. The Algemene termijnenwet (article 3)
# counts Good Friday and 5 May every year as closed, and so does Bolwerk; statutory terms always follow the law.
DEADLINES_WORKED_HOLIDAYS: frozenset[str] = frozenset()

# When the owner of a task is reminded: at these percentages of its term. Half-way leaves time to plan, ninety percent
# is the last call; a choice of Bolwerk, no rule.
DEADLINES_REMIND_AT_PERCENT = (50, 90)

# How long the next one in the chain waits after the one before was told that a task is late; a choice of Bolwerk.
DEADLINES_ESCALATE_EVERY = Term(1, Unit.WORKING_DAYS)

MAIL_SERVER = mail.from_url(environment.read("BOLWERK_MAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.read("BOLWERK_MAIL_FROM")
EMAIL_TIMEOUT = mail.SECONDS_TO_WAIT
if MAIL_SERVER is None:  # mail of the house waits in the outbox; nothing tries to reach a server that is not there
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL_SERVER.tls, MAIL_SERVER.starttls
