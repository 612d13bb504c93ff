"""What the trail says of cases. Never a word of what stands in them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.audit.rules.words import Facts, Group, Saying
from bolwerk.circle.rules.case_check import Why
from bolwerk.circle.rules.deidentify import Kind


def _left(facts: Facts) -> str:
    kinds, reasons = dict(Kind.choices), dict(Why.choices)  # an older line may hold a code that is no more
    kind, why = str(facts["kind"]), str(facts["why"])
    words = {"kind": kinds.get(kind, kind), "why": reasons.get(why, why)}
    return _("let something stand that the check found (%(kind)s). %(why)s.") % words


CASES = {
    "circle.case_draft.begun": Saying(Group.CHANGE, gettext_lazy("began to write a case")),
    "circle.case_draft.written": Saying(Group.CHANGE, gettext_lazy("wrote on in a case")),
    "circle.case_draft.answered": Saying(Group.CHANGE, gettext_lazy("went through what the check found in a case")),
    "circle.case_draft.destroyed": Saying(Group.CHANGE, gettext_lazy("destroyed a draft of a case")),
    "circle.case_draft.signed": Saying(Group.CHANGE, gettext_lazy("signed a checked case for a circle elsewhere")),
    "circle.case_draft.brought": Saying(Group.CHANGE, gettext_lazy("brought a checked case from home")),
    "circle.case.shared": Saying(Group.CHANGE, gettext_lazy("shared a checked case with a circle")),
    "circle.case.changed": Saying(Group.CHANGE, gettext_lazy("changed a shared case, checked again")),
    "circle.case.left_standing": Saying(Group.CHANGE, _left),
    "circle.case.planned": Saying(Group.CHANGE, gettext_lazy("laid a case before a session")),
    "circle.case.unplanned": Saying(Group.CHANGE, gettext_lazy("took a case off a session")),
    "circle.case.done": Saying(Group.CHANGE, gettext_lazy("said that a case was worked on")),
    "circle.case.advice_answered": Saying(Group.CHANGE, gettext_lazy("said which advice on a case was used")),
    "circle.case.outcome_told": Saying(Group.CHANGE, gettext_lazy("told what came of a case")),
    "circle.case.withdrawn": Saying(Group.CHANGE, gettext_lazy("took a case back; its words were destroyed")),
    "circle.own_words.added": Saying(Group.CHANGE, gettext_lazy("added words to the list of a municipality")),
    "circle.own_words.removed": Saying(Group.CHANGE, gettext_lazy("took a word off the list of a municipality")),
}
