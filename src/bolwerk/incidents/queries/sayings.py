"""What the trail says of this room, after the name of whoever did it. Never what a report is about."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from bolwerk.audit.rules.words import Facts, Group, Saying
from bolwerk.incidents.rules import Duty, Status
from bolwerk.incidents.rules.care import CareEvent
from bolwerk.incidents.rules.measures import Event


def _reported(facts: Facts) -> str:
    return _("reported something for a colleague") if facts["for_colleague"] is True else _("reported something")


def _moved(facts: Facts) -> str:
    return _("set the status of a report to “%(status)s”") % {"status": Status(str(facts["status"])).label}


def _cared(facts: Facts) -> str:
    return _("wrote down “%(duty)s” in the care track") % {"duty": Duty(str(facts["duty"])).label}


def _moved_care(facts: Facts) -> str:
    return _("changed the care for somebody: %(move)s") % {"move": CareEvent(str(facts["move"])).label.lower()}


def _measured(facts: Facts) -> str:
    return _("did with a measure: %(move)s") % {"move": str(Event(str(facts["move"])).label).lower()}


def _set_term(facts: Facts) -> str:
    return _("put a term back to the default") if facts["amount"] is None else _("set a term of this room")


def _set_place(facts: Facts) -> str:
    if facts["offered"] is False:
        return _("no longer offers a place of the municipality for measures")
    return _("set a place of the municipality where measures can hold")


SAYINGS = {
    "incidents.incident.reported": Saying(Group.CHANGE, _reported),
    "incidents.incident.arrived_later": Saying(
        Group.CHANGE, gettext_lazy("sent a report that waited on a phone without network")
    ),
    "incidents.incident.read": Saying(Group.READ, gettext_lazy("opened a report")),
    "incidents.incident.assigned": Saying(Group.CHANGE, gettext_lazy("asked %(to)s to handle a report")),
    "incidents.incident.status_changed": Saying(Group.CHANGE, _moved),
    "incidents.incident.admitted": Saying(
        Group.CHANGE, gettext_lazy("let a colleague see a report again from whom it was kept")
    ),
    "incidents.incident.sorted": Saying(Group.CHANGE, gettext_lazy("sorted a report")),
    "incidents.incident.details_added": Saying(Group.CHANGE, gettext_lazy("added something to a report")),
    "incidents.incident.corrected": Saying(Group.CHANGE, gettext_lazy("set right what a report says")),
    "incidents.feedback.given": Saying(Group.CHANGE, gettext_lazy("told the reporter what was done")),
    "incidents.care_moment.recorded": Saying(Group.CHANGE, _cared),
    "incidents.care.read": Saying(Group.READ, gettext_lazy("opened the care track of a report")),
    "incidents.care.listed": Saying(
        Group.READ,
        ngettext_lazy(
            "looked at the list of care (%(shown)s row)", "looked at the list of care (%(shown)s rows)", "shown"
        ),
    ),
    "incidents.inspectorate.due": Saying(
        Group.CHANGE, gettext_lazy("wrote down that the labour inspectorate must hear of a report")
    ),
    "incidents.inspectorate.reported": Saying(
        Group.CHANGE, gettext_lazy("wrote down that the labour inspectorate was told")
    ),
    "incidents.inspectorate.undone": Saying(
        Group.CHANGE, gettext_lazy("took back that the labour inspectorate must hear of a report")
    ),
    "incidents.care.help_arranged": Saying(Group.CHANGE, gettext_lazy("arranged help for somebody in the care track")),
    "incidents.care.absence": Saying(Group.CHANGE, gettext_lazy("wrote down an absence in the care track")),
    "incidents.care.asked": Saying(Group.CHANGE, gettext_lazy("asked something for the own care")),
    "incidents.care.answered": Saying(Group.CHANGE, gettext_lazy("answered what somebody asked for the own care")),
    "incidents.care.own_read": Saying(Group.READ, gettext_lazy("opened the own care")),
    "incidents.care_ratings.published": Saying(
        Group.CHANGE,
        ngettext_lazy(
            "published how care was rated (%(shown)s figure is shown, %(hidden)s hidden)",
            "published how care was rated (%(shown)s figures are shown, %(hidden)s hidden)",
            "shown",
        ),
    ),
    "incidents.accidents.listed": Saying(
        Group.READ,
        ngettext_lazy(
            "looked at the list of accidents (%(shown)s row)",
            "looked at the list of accidents (%(shown)s rows)",
            "shown",
        ),
    ),
    "incidents.care.person_added": Saying(Group.CHANGE, gettext_lazy("put somebody in the care track of a report")),
    "incidents.care.moved": Saying(Group.CHANGE, _moved_care),
    "incidents.kiosk.made": Saying(Group.CHANGE, gettext_lazy("made a kiosk for reports without an account")),
    "incidents.kiosk.revoked": Saying(Group.CHANGE, gettext_lazy("took a kiosk down")),
    "incidents.kiosk.looked_up": Saying(Group.READ, gettext_lazy("was where a report was looked up with its code")),
    "incidents.term.set": Saying(Group.CHANGE, _set_term),
    "incidents.response.read": Saying(Group.READ, gettext_lazy("opened the response track of a report")),
    "incidents.response.established": Saying(
        Group.CHANGE, gettext_lazy("wrote down what is established about a report")
    ),
    "incidents.response.hearing_written": Saying(Group.CHANGE, gettext_lazy("wrote down about hearing a person")),
    "incidents.measure.proposed": Saying(Group.CHANGE, gettext_lazy("proposed a measure")),
    "incidents.measure.moved": Saying(Group.CHANGE, _measured),
    "incidents.objection.received": Saying(Group.CHANGE, gettext_lazy("took in an objection or complaint")),
    "incidents.objection.answered": Saying(Group.CHANGE, gettext_lazy("answered an objection or complaint")),
    "incidents.ladder.set": Saying(Group.CHANGE, gettext_lazy("set a step or term of the ladder")),
    "incidents.place.set": Saying(Group.CHANGE, _set_place),
    "incidents.police.read": Saying(Group.READ, gettext_lazy("opened police and damage of a report")),
    "incidents.police.reported": Saying(Group.CHANGE, gettext_lazy("wrote down a report to the police")),
    "incidents.police.changed": Saying(Group.CHANGE, gettext_lazy("changed a report to the police")),
    "incidents.police.moved": Saying(Group.CHANGE, gettext_lazy("wrote down what the police told")),
    "incidents.police.not_reported": Saying(
        Group.CHANGE, gettext_lazy("wrote down why nothing was reported to the police")
    ),
    "incidents.damage.written": Saying(Group.CHANGE, gettext_lazy("wrote down damage after a report")),
    "incidents.damage.left": Saying(
        Group.CHANGE, gettext_lazy("let police and damage of a report end while damage is open")
    ),
    "incidents.damage.listed": Saying(
        Group.READ,
        ngettext_lazy(
            "looked at the list of damage (%(shown)s row)", "looked at the list of damage (%(shown)s rows)", "shown"
        ),
    ),
    "incidents.police.exported": Saying(Group.EXPORT, gettext_lazy("took the seven answers along for the police")),
    "incidents.seven_ws.read": Saying(Group.READ, gettext_lazy("opened the seven answers of a report")),
    "incidents.seven_ws.written": Saying(Group.CHANGE, gettext_lazy("wrote the seven answers of a report")),
    "incidents.police.set": Saying(Group.CHANGE, gettext_lazy("set what holds for reports to the police")),
    "incidents.norm_meeting.planned": Saying(Group.CHANGE, gettext_lazy("planned a norm meeting")),
    "incidents.norm_meeting.prepared": Saying(Group.CHANGE, gettext_lazy("prepared a norm meeting")),
    "incidents.norm_meeting.held": Saying(Group.CHANGE, gettext_lazy("wrote down what came out of a norm meeting")),
    "incidents.norm_meeting.moved": Saying(Group.CHANGE, gettext_lazy("moved a norm meeting to another day")),
    "incidents.norm_meeting.cancelled": Saying(Group.CHANGE, gettext_lazy("cancelled a norm meeting")),
    "incidents.norm_exercise.opened": Saying(Group.CHANGE, gettext_lazy("opened an exercise in a norm meeting")),
    "incidents.norm_exercise.closed": Saying(Group.CHANGE, gettext_lazy("closed an exercise in a norm meeting")),
    "incidents.norm.begin": Saying(Group.CHANGE, gettext_lazy("began a version of the norm")),
    "incidents.norm.write": Saying(Group.CHANGE, gettext_lazy("changed a draft of the norm")),
    "incidents.norm.offer": Saying(Group.CHANGE, gettext_lazy("offered a version of the norm to the board")),
    "incidents.norm.send_back": Saying(Group.CHANGE, gettext_lazy("sent a version of the norm back")),
    "incidents.norm.adopt": Saying(Group.CHANGE, gettext_lazy("adopted a version of the norm")),
    "incidents.norm.dropped": Saying(Group.CHANGE, gettext_lazy("threw away a draft of the norm")),
    "incidents.perpetrator.searched": Saying(Group.READ, gettext_lazy("searched in the store of persons")),
    "incidents.perpetrator.read": Saying(Group.READ, gettext_lazy("looked at what is kept of a person")),
    "incidents.perpetrator.added": Saying(Group.CHANGE, gettext_lazy("put somebody in the store of persons")),
    "incidents.perpetrator.linked": Saying(Group.CHANGE, gettext_lazy("said who a report is about")),
    "incidents.perpetrator.corrected": Saying(Group.CHANGE, gettext_lazy("corrected what is kept of a person")),
    "incidents.perpetrator.merged": Saying(Group.CHANGE, gettext_lazy("merged two rows of the store of persons")),
    "incidents.perpetrator.unmerged": Saying(Group.CHANGE, gettext_lazy("undid a merge in the store of persons")),
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
