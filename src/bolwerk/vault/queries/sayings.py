"""What the trail says of vaults and envelopes, after the name of whoever did it. Never what is in them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from bolwerk.audit.rules.words import Group, Saying

SAYINGS = {
    "vault.term.set": Saying(Group.CHANGE, _("set how long something is kept")),
    "vault.term.reset": Saying(Group.CHANGE, _("went back to the default of how long something is kept")),
    "vault.hold.placed": Saying(Group.CHANGE, _("decided that something must stay")),
    "vault.hold.lifted": Saying(Group.CHANGE, _("decided that something need not stay any longer")),
    "vault.holds.read": Saying(Group.READ, _("looked at what must stay")),
    "vault.records.erased": Saying(
        Group.CHANGE,
        ngettext_lazy(
            "erased the personal data of %(count)s record", "erased the personal data of %(count)s records", "count"
        ),
    ),
    "vault.records.destroyed": Saying(
        Group.CHANGE, ngettext_lazy("destroyed %(count)s record", "destroyed %(count)s records", "count")
    ),
    "vault.records.replayed": Saying(
        Group.CHANGE,
        ngettext_lazy(
            "erased %(count)s record again that a backup had brought back",
            "erased %(count)s records again that a backup had brought back",
            "count",
        ),
    ),
    "vault.ring.rotation_begun": Saying(Group.CHANGE, _("began to replace the key that closes texts and files")),
    "vault.ring.rotation_ended": Saying(Group.CHANGE, _("finished replacing the key that closes texts and files")),
    "vault.ring.key_retired": Saying(Group.CHANGE, _("took an old key out of the key ring")),
    "vault.key.made": Saying(Group.RIGHTS, _("made a vault")),
    "vault.key.opened": Saying(Group.READ, _("opened the own vault")),
    "vault.key.recovered": Saying(
        Group.RIGHTS, _("opened the own vault with the recovery code and chose a new phrase")
    ),
    "vault.key.returned": Saying(Group.RIGHTS, _("got the own vault back from two trustees and chose a new phrase")),
    "vault.key.started_over": Saying(Group.RIGHTS, _("started over with a new, empty vault")),
    "vault.phrase.refused": Saying(Group.DENIAL, _("typed a wrong vault phrase")),
    "vault.phrase.changed": Saying(Group.RIGHTS, _("changed the own vault phrase")),
    "vault.phrase.strengthened": Saying(
        Group.RIGHTS, _("opened a vault, which got the protection of today's settings")
    ),
    "vault.code.refused": Saying(Group.DENIAL, _("typed a wrong recovery code")),
    "vault.code.renewed": Saying(Group.RIGHTS, _("made a new recovery code")),
    "vault.escrow.split": Saying(Group.RIGHTS, _("let two trustees together open the own vault")),
    "vault.escrow.taken_back": Saying(Group.RIGHTS, _("took the own vault back from the trustees")),
    "vault.trustee.appointed": Saying(Group.RIGHTS, _("asked %(person)s to be a trustee")),
    "vault.trustee.accepted": Saying(Group.RIGHTS, _("became a trustee")),
    "vault.trustee.ended": Saying(Group.RIGHTS, _("ended a trusteeship")),
    "vault.trustee.handed_over": Saying(Group.RIGHTS, _("handed over as a trustee to %(to)s")),
    "vault.request.asked": Saying(Group.RIGHTS, _("asked two trustees to open a vault")),
    "vault.request.agreed": Saying(Group.RIGHTS, _("agreed as a trustee to open a vault")),
    "vault.request.refused": Saying(Group.RIGHTS, _("refused as a trustee to open a vault")),
    "vault.request.withdrawn": Saying(Group.RIGHTS, _("took back the request to open a vault")),
    "vault.request.expired": Saying(Group.RIGHTS, _("closed a request to open a vault that waited too long")),
    "vault.request.finished": Saying(Group.RIGHTS, _("received a vault that two trustees opened")),
    "vault.envelope.sealed": Saying(
        Group.CHANGE,
        ngettext_lazy("sealed something for %(readers)s reader", "sealed something for %(readers)s readers", "readers"),
    ),
    "vault.envelope.added_to": Saying(Group.CHANGE, _("added something that is sealed")),
    "vault.envelope.read": Saying(Group.READ, _("read something that is sealed")),
    "vault.envelope.damaged": Saying(Group.DENIAL, _("could not open something that is sealed: it was changed")),
    "vault.envelope.destroyed": Saying(Group.CHANGE, _("destroyed something that was sealed")),
    "vault.reader.admitted": Saying(Group.RIGHTS, _("let %(reader)s read something that is sealed")),
    "vault.reader.revoked": Saying(Group.RIGHTS, _("took %(reader)s away as a reader")),
    "vault.note.destroyed": Saying(Group.CHANGE, _("destroyed a sealed note")),
    "vault.notes.listed": Saying(
        Group.READ,
        ngettext_lazy(
            "looked at the own sealed notes (%(shown)s row)", "looked at the own sealed notes (%(shown)s rows)", "shown"
        ),
    ),
}
