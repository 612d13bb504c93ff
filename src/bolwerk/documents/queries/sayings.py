"""What the trail says of documents, after the name of whoever did it. Never what they are called or what is in them."""

from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.words import Facts, Group, Saying
from bolwerk.documents.cleaning.outcome import Reason
from bolwerk.documents.rules import Kind
from bolwerk.documents.rules.refusals import sentence


def _kept(facts: Facts) -> str:
    return str(KEPT[Kind(str(facts["kind"]))] if facts["kind"] in Kind.values else KEPT[Kind.FILE])


def _refused(facts: Facts) -> str:
    why = sentence(Reason(str(facts["why"]))) if facts["why"] in set(Reason) else "…"
    return str(_("sent a file that was refused. %(why)s")) % {"why": why}


KEPT = {
    Kind.PHOTO: _("put in a photo"),
    Kind.FILE: _("put in a file"),
    Kind.LETTER: _("kept a letter"),
    Kind.REPORT: _("kept a report for the file"),
}
SAYINGS = {
    "documents.document.kept": Saying(Group.CHANGE, _kept),
    "documents.document.bound": Saying(Group.CHANGE, _("sent along a file that was uploaded before")),
    "documents.document.read": Saying(Group.READ, _("opened a document")),
    "documents.document.erased": Saying(Group.CHANGE, _("erased a document")),
    "documents.document.removed": Saying(Group.CHANGE, _("took a photo or a file away")),
    "documents.letter.begun": Saying(Group.CHANGE, _("began a letter or report")),
    "documents.letter.written": Saying(Group.CHANGE, _("changed a letter or report")),
    "documents.letter.dropped": Saying(Group.CHANGE, _("threw away a letter or report that was not finished")),
    "documents.letter.taken_along": Saying(Group.EXPORT, _("downloaded a letter to adapt it")),
    "documents.letter.read": Saying(Group.READ, _("opened a letter or report that is being written")),
    "documents.upload.refused": Saying(Group.DENIAL, _refused),
}
