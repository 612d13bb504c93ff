"""What the trail says of this room, after the name of whoever did it. Never which place, never which verdict."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from bolwerk.audit.rules.words import Facts, Group, Saying
from bolwerk.hub.rules.stages import NO_BETTER, no_better_than_chance


def _asked_to_read(facts: Facts) -> str:
    return _("uploaded a delivery to be read") if facts["uploaded"] is True else _("asked to read a delivery")


def _why_off(facts: Facts) -> str:
    """Why a rule went off by itself; nothing where a person put it off, who gave a reason of their own."""
    return no_better_than_chance(facts) if facts.get("because") == NO_BETTER else ""


SAYINGS = {
    "hub.findings.read": Saying(
        Group.READ,
        ngettext_lazy("looked at findings (%(shown)s row)", "looked at findings (%(shown)s rows)", "shown"),
    ),
    "hub.map.read": Saying(
        Group.READ,
        ngettext_lazy("looked at %(shown)s finding on the map", "looked at %(shown)s findings on the map", "shown"),
    ),
    "hub.finding.read": Saying(Group.READ, gettext_lazy("opened a finding")),
    "hub.sources.read": Saying(Group.READ, gettext_lazy("looked at registers and rules")),
    "hub.source.read": Saying(Group.READ, gettext_lazy("opened a register or a rule")),
    "hub.left_out.read": Saying(
        Group.READ,
        ngettext_lazy(
            "looked at what was not taken over (%(shown)s row)",
            "looked at what was not taken over (%(shown)s rows)",
            "shown",
        ),
    ),
    "hub.assessment.read": Saying(Group.READ, gettext_lazy("opened an assessment")),
    "hub.jobs.read": Saying(Group.READ, gettext_lazy("looked at what was read and worked out")),
    "hub.job.read": Saying(Group.READ, gettext_lazy("looked at how far a job is")),
    "hub.exclusions.read": Saying(Group.READ, gettext_lazy("looked at the exclusions")),
    "hub.yields.read": Saying(Group.READ, gettext_lazy("looked at how often rules are right")),
    "hub.outlook.read": Saying(Group.READ, gettext_lazy("looked ahead by area")),
    "hub.errors.read": Saying(Group.READ, gettext_lazy("looked at what is to be told to keepers of registers")),
    "hub.worklists.read": Saying(Group.READ, gettext_lazy("looked at the work lists")),
    "hub.worklist.read": Saying(Group.READ, gettext_lazy("opened a work list")),
    "hub.findings.exported": Saying(
        Group.EXPORT,
        ngettext_lazy("downloaded findings (%(rows)s row)", "downloaded findings (%(rows)s rows)", "rows"),
    ),
    "hub.areas.exported": Saying(
        Group.EXPORT,
        ngettext_lazy("downloaded figures of %(rows)s area", "downloaded figures of %(rows)s areas", "rows"),
    ),
    "hub.riec.made": Saying(Group.EXPORT, gettext_lazy("made a signal for the RIEC")),
    "hub.errors.reported": Saying(
        Group.EXPORT,
        ngettext_lazy(
            "took along %(documents)s document for keepers of registers",
            "took along %(documents)s documents for keepers of registers",
            "documents",
        ),
    ),
    "hub.assessment.written": Saying(Group.CHANGE, gettext_lazy("wrote down an assessment")),
    "hub.assessment.confirmed": Saying(Group.CHANGE, gettext_lazy("confirmed an assessment")),
    "hub.assessment.declined": Saying(Group.CHANGE, gettext_lazy("did not confirm an assessment")),
    "hub.assessment.withdrawn": Saying(Group.CHANGE, gettext_lazy("withdrew an assessment")),
    "hub.source.switched_on": Saying(Group.CHANGE, gettext_lazy("switched on a register or a rule")),
    "hub.source.switched_off": Saying(Group.CHANGE, gettext_lazy("switched off a register or a rule")),
    "hub.source.renewed": Saying(Group.CHANGE, gettext_lazy("let a source rest on its new assessment")),
    "hub.read.asked": Saying(Group.CHANGE, _asked_to_read),
    "hub.run.asked": Saying(Group.CHANGE, gettext_lazy("asked to look for findings")),
    "hub.study.asked": Saying(Group.CHANGE, gettext_lazy("asked for a look ahead by area")),
    "hub.job.done": Saying(Group.CHANGE, gettext_lazy("finished a job on the vault")),
    "hub.job.refused": Saying(Group.CHANGE, gettext_lazy("refused a delivery")),
    "hub.job.failed": Saying(Group.CHANGE, gettext_lazy("broke off a job on the vault")),
    "hub.findings.taken_over": Saying(
        Group.CHANGE,
        ngettext_lazy("put %(findings)s finding in the list", "put %(findings)s findings in the list", "findings"),
    ),
    "hub.finding.reviewed": Saying(Group.CHANGE, gettext_lazy("reviewed a finding")),
    "hub.worklist.drawn": Saying(
        Group.CHANGE,
        ngettext_lazy("drew a work list of %(size)s object", "drew a work list of %(size)s objects", "size"),
    ),
    "hub.outcome.given": Saying(Group.CHANGE, gettext_lazy("wrote down what looking gave")),
    "hub.rule.development": Saying(Group.CHANGE, gettext_lazy("put a rule back in development")),
    "hub.rule.pilot": Saying(Group.CHANGE, gettext_lazy("made a rule a pilot")),
    "hub.rule.mature": Saying(Group.CHANGE, gettext_lazy("called a rule mature")),
    "hub.rule.off": Saying(Group.CHANGE, gettext_lazy("put a rule off"), _why_off),
    "hub.exclusion.added": Saying(Group.CHANGE, gettext_lazy("left out an object")),
    "hub.exclusion.ended": Saying(Group.CHANGE, gettext_lazy("ended an exclusion")),
}
