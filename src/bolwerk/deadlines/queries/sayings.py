"""What the trail says of tasks, clocks, mail and calendars, after the name of whoever did it."""

from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.words import Facts, Group, Saying


def _reminded(facts: Facts) -> str:
    reached = int(facts.get("reached") or 0)
    if not reached:
        return gettext("passed over a reminder that adds nothing")
    return ngettext("reminded %(n)s person of a task", "reminded %(n)s people of a task", reached) % {"n": reached}


def _escalated(facts: Facts) -> str:
    reached = int(facts.get("reached") or 0)
    if not reached:
        return gettext("found nobody to tell that a task is late")
    text = ngettext("told %(n)s person that a task is late", "told %(n)s people that a task is late", reached)
    return text % {"n": reached}


SAYINGS = {
    "deadlines.task.started": Saying(Group.CLOCK, _("started the clock of a task")),
    "deadlines.task.done": Saying(Group.CLOCK, _("finished a task")),
    "deadlines.task.cancelled": Saying(Group.CLOCK, _("took a task off the list")),
    "deadlines.task.stopped": Saying(Group.CLOCK, _("stopped the clock of a task")),
    "deadlines.task.moved": Saying(Group.CLOCK, _("gave a task another last moment")),
    "deadlines.task.handed_over": Saying(Group.CLOCK, _("gave a task to somebody else")),
    "deadlines.closing_day.added": Saying(Group.CHANGE, _("added a closing day of the municipality")),
    "deadlines.closing_day.removed": Saying(Group.CHANGE, _("removed a closing day of the municipality")),
    "deadlines.person.kept_away": Saying(Group.RIGHTS, _("kept the tasks away from somebody who is named in it")),
    "deadlines.person.let_near": Saying(Group.RIGHTS, _("let somebody see the tasks again from whom they were kept")),
    "deadlines.feed.made": Saying(Group.RIGHTS, _("made a calendar address")),
    "deadlines.feed.revoked": Saying(Group.RIGHTS, _("revoked a calendar address")),
    "deadlines.mail.sent": Saying(Group.CLOCK, _("sent a mail without content")),
    "deadlines.mail.unsure": Saying(Group.CLOCK, _("perhaps sent a mail: the connection broke")),
    "deadlines.mail.failed": Saying(Group.CLOCK, _("could not send a mail")),
    "deadlines.reminder.taken": Saying(Group.CLOCK, _reminded),
    "deadlines.escalation.taken": Saying(Group.CLOCK, _escalated),
    "deadlines.tasks.exported": Saying(
        Group.EXPORT,
        ngettext_lazy(
            "downloaded a list of tasks (%(rows)s row)", "downloaded a list of tasks (%(rows)s rows)", "rows"
        ),
    ),
}
