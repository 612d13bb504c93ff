"""What the trail says of the exchange with other installations. Never what an item says."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.audit.rules.words import Facts, Group, Saying
from bolwerk.circle.queries.bundle_words import kind_word
from bolwerk.circle.rules.bundles import Refusal


def _refused(facts: Facts) -> str:
    reason = Refusal(str(facts["refusal"])).label
    return _("brought in a bundle that was refused: %(reason)s") % {"reason": reason}


def _issued(facts: Facts) -> str:
    return _("signed a bundle for other installations: %(kind)s") % {"kind": kind_word(str(facts["kind"]))}


SAYINGS_EXCHANGE = {
    "circle.key.trusted": Saying(Group.CHANGE, gettext_lazy("compared and trusted the key of another installation")),
    "circle.key.revoked": Saying(Group.CHANGE, gettext_lazy("revoked the key of another installation")),
    "circle.feed.set": Saying(Group.CHANGE, gettext_lazy("set from which address bundles are fetched")),
    "circle.feed.fetched": Saying(Group.READ, gettext_lazy("looked at what another installation offers")),
    "circle.bundle.refused": Saying(Group.DENIAL, _refused),
    "circle.bundle.waits": Saying(Group.CHANGE, gettext_lazy("brought in a bundle, to be looked at first")),
    "circle.bundle.dropped": Saying(Group.CHANGE, gettext_lazy("looked at a bundle and did not take it in")),
    "circle.bundle.taken_in": Saying(Group.CHANGE, gettext_lazy("took in a copy of an item of another installation")),
    "circle.copy.changed": Saying(Group.CHANGE, gettext_lazy("changed the own copy of an item")),
    "circle.copy.kept": Saying(Group.CHANGE, gettext_lazy("kept the own copy beside a newer version")),
    "circle.copy.renewed": Saying(Group.CHANGE, gettext_lazy("took a newer version in place of the own copy")),
    "circle.bundle.drafted": Saying(Group.CHANGE, gettext_lazy("prepared what goes to other installations")),
    "circle.bundle.issued": Saying(Group.CHANGE, _issued),
    "circle.pool.published": Saying(
        Group.CHANGE, gettext_lazy("published figures of the members of a circle together")
    ),
    "circle.edition.begun": Saying(Group.CHANGE, gettext_lazy("began an edition of a publication")),
    "circle.edition.changed": Saying(Group.CHANGE, gettext_lazy("changed an edition of a publication")),
    "circle.edition.published": Saying(Group.CHANGE, gettext_lazy("let an edition of a publication go out")),
    "circle.bundle.withdrawn": Saying(Group.CHANGE, gettext_lazy("took an item out of what is offered to others")),
}
