"""What the trail says of cases. Never a word of what stands in them."""

from django.utils.translation import gettext_lazy

from bolwerk.audit.rules.words import Group, Saying

CASES = {
    "circle.case.planned": Saying(Group.CHANGE, gettext_lazy("laid a case before a session")),
    "circle.case.unplanned": Saying(Group.CHANGE, gettext_lazy("took a case off a session")),
    "circle.case.done": Saying(Group.CHANGE, gettext_lazy("said that a case was worked on")),
    "circle.case.withdrawn": Saying(Group.CHANGE, gettext_lazy("took a case back; its words were destroyed")),
}
