"""What the trail says of circles and who takes part."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.audit.rules.words import Facts, Group, Saying


def _changed(facts: Facts) -> str:
    return _("changed the house rules of a circle") if facts["new_rules"] is True else _("changed a circle")


def _began(facts: Facts) -> str:
    if facts.get("method") == "passkey":
        return _("came in with a personal link and made a passkey")
    if facts.get("method") == "home":
        return _("came in by the sign-in of the home municipality for the first time")
    return _("chose a first password with a personal link")


CIRCLES = {
    "circle.circle.founded": Saying(Group.CHANGE, gettext_lazy("founded a learning circle")),
    "circle.circle.changed": Saying(Group.CHANGE, _changed),
    "circle.circle.closed": Saying(Group.CHANGE, gettext_lazy("closed a learning circle")),
    "circle.facilitator.added": Saying(Group.CHANGE, gettext_lazy("let somebody lead a circle along")),
    "circle.facilitator.left": Saying(Group.CHANGE, gettext_lazy("stopped leading a circle")),
    "circle.member.joined": Saying(Group.CHANGE, gettext_lazy("added a municipality to a circle")),
    "circle.member.left": Saying(Group.CHANGE, gettext_lazy("set the day on which a municipality leaves a circle")),
    "circle.participant.invited": Saying(Group.CHANGE, gettext_lazy("invited somebody to a circle")),
    "circle.participant.mailed": Saying(Group.CHANGE, gettext_lazy("mailed somebody a personal link to a circle")),
    "circle.participant.began": Saying(Group.CHANGE, _began),
    "circle.participant.way_back": Saying(
        Group.CHANGE, gettext_lazy("gave somebody a new personal link, because the way in was lost")
    ),
    "circle.rules.accepted": Saying(Group.CHANGE, gettext_lazy("accepted the house rules of a circle")),
    "circle.participant.left": Saying(Group.CHANGE, gettext_lazy("ended taking part in a circle")),
    "circle.municipality.placed": Saying(Group.CHANGE, gettext_lazy("said where a municipality is on the map")),
}
