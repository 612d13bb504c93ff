"""What the trail says of sessions. Never what was said in them."""

from django.utils.translation import gettext_lazy

from bolwerk.audit.rules.words import Group, Saying

SESSIONS = {
    "circle.session.planned": Saying(Group.CHANGE, gettext_lazy("planned a session of a circle")),
    "circle.session.polled": Saying(Group.CHANGE, gettext_lazy("said which days suit for a session")),
    "circle.session.dated": Saying(Group.CHANGE, gettext_lazy("chose the day of a session")),
    "circle.session.started": Saying(Group.CHANGE, gettext_lazy("started a session")),
    "circle.session.ended": Saying(Group.CHANGE, gettext_lazy("ended a session")),
    "circle.session.cancelled": Saying(Group.CHANGE, gettext_lazy("cancelled a session")),
    "circle.harvest.captured": Saying(Group.CHANGE, gettext_lazy("wrote something down in a session")),
    "circle.quote.answered": Saying(Group.CHANGE, gettext_lazy("answered whether own words may go outside a circle")),
    "circle.promise.told": Saying(Group.CHANGE, gettext_lazy("told what became of a promise")),
    "circle.attendance.kept": Saying(Group.CHANGE, gettext_lazy("wrote down who was at a session")),
    "circle.rating.closed": Saying(Group.CHANGE, gettext_lazy("closed the questions about a session")),
    "circle.minutes.written": Saying(Group.CHANGE, gettext_lazy("wrote the minutes of a session")),
    "circle.photo.added": Saying(Group.CHANGE, gettext_lazy("added a photo of a session")),
    "circle.photo.answered": Saying(Group.CHANGE, gettext_lazy("said whether the circle may see a photo")),
    "circle.photo.removed": Saying(Group.CHANGE, gettext_lazy("took a photo of a session away")),
    "circle.preparation.added": Saying(Group.CHANGE, gettext_lazy("said what is to be prepared for a session")),
    "circle.preparation.removed": Saying(Group.CHANGE, gettext_lazy("took away what was to be prepared")),
}
