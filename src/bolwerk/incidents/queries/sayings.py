"""What the trail says of this room, after the name of whoever did it. Never what a report is about."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from bolwerk.audit.rules.words import Facts, Group, Saying
from bolwerk.incidents.rules import Duty, Outcome, Status


def _reported(facts: Facts) -> str:
    return _("reported something for a colleague") if facts["for_colleague"] is True else _("reported something")


def _moved(facts: Facts) -> str:
    return _("set the status of a report to “%(status)s”") % {"status": Status(str(facts["status"])).label}


def _cared(facts: Facts) -> str:
    words = {"duty": Duty(str(facts["duty"])).label, "outcome": Outcome(str(facts["outcome"])).label}
    return _("wrote down about “%(duty)s”: %(outcome)s") % words


def _set_term(facts: Facts) -> str:
    return _("put a term back to the default") if facts["amount"] is None else _("set a term of this room")


SAYINGS = {
    "incidents.incident.reported": Saying(Group.CHANGE, _reported),
    "incidents.incident.read": Saying(Group.READ, gettext_lazy("opened a report")),
    "incidents.incident.assigned": Saying(Group.CHANGE, gettext_lazy("asked %(to)s to handle a report")),
    "incidents.incident.status_changed": Saying(Group.CHANGE, _moved),
    "incidents.incident.details_added": Saying(Group.CHANGE, gettext_lazy("added something to a report")),
    "incidents.feedback.given": Saying(Group.CHANGE, gettext_lazy("told the reporter what was done")),
    "incidents.care_moment.recorded": Saying(Group.CHANGE, _cared),
    "incidents.term.set": Saying(Group.CHANGE, _set_term),
    "incidents.figures.published": Saying(
        Group.CHANGE,
        ngettext_lazy(
            "published figures (%(shown)s is shown, %(hidden)s hidden)",
            "published figures (%(shown)s are shown, %(hidden)s hidden)",
            "shown",
        ),
    ),
    "incidents.figures.exported": Saying(
        Group.EXPORT, ngettext_lazy("downloaded figures (%(rows)s row)", "downloaded figures (%(rows)s rows)", "rows")
    ),
    "incidents.register_file.kept": Saying(Group.CHANGE, gettext_lazy("chose a file of an older register")),
    "incidents.register_file.forgotten": Saying(Group.CHANGE, gettext_lazy("threw away a file of an older register")),
    "incidents.register.read_in": Saying(
        Group.CHANGE,
        ngettext_lazy(
            "read in %(rows)s report from an older register", "read in %(rows)s reports from an older register", "rows"
        ),
    ),
    "incidents.worklist.read": Saying(
        Group.READ,
        ngettext_lazy("looked at the worklist (%(shown)s row)", "looked at the worklist (%(shown)s rows)", "shown"),
    ),
    "incidents.reports.exported": Saying(
        Group.EXPORT,
        ngettext_lazy(
            "downloaded %(rows)s report whole, with names", "downloaded %(rows)s reports whole, with names", "rows"
        ),
    ),
    "incidents.worklist.exported": Saying(
        Group.EXPORT,
        ngettext_lazy("downloaded the worklist (%(rows)s row)", "downloaded the worklist (%(rows)s rows)", "rows"),
    ),
}
