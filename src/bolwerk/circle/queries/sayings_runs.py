"""What the trail says of intervision. Never what was written, and nothing at all of what has no name."""

from django.utils.translation import gettext_lazy

from bolwerk.audit.rules.words import Group, Saying

RUN_SAYINGS = {
    "circle.intervision.planned": Saying(Group.CHANGE, gettext_lazy("prepared an intervision")),
    "circle.intervision.started": Saying(Group.CHANGE, gettext_lazy("began an intervision")),
    "circle.intervision.chosen": Saying(Group.CHANGE, gettext_lazy("chose the case of an intervision")),
    "circle.intervision.joined": Saying(Group.CHANGE, gettext_lazy("joined an intervision")),
    "circle.intervision.finished": Saying(Group.CHANGE, gettext_lazy("finished an intervision")),
    "circle.intervision.stopped": Saying(Group.CHANGE, gettext_lazy("stopped an intervision early")),
    "circle.contribution.sent": Saying(Group.CHANGE, gettext_lazy("sent words in an intervision")),
}
