"""What the trail says of itself, after the name of whoever did it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from bolwerk.audit.rules.things import OWN
from bolwerk.audit.rules.words import Facts, Group, Saying

NUMBERS = {"lines": "lines", "line": "at_line"}


def _verified(facts: Facts) -> str:
    words = {name: number_format(int(facts.get(fact) or 0), force_grouping=True) for name, fact in NUMBERS.items()}
    if facts["fault"]:
        return _("checked the log: something is wrong at line %(line)s") % words
    return _("checked the log: all %(lines)s lines are whole") % words


def _looked(facts: Facts) -> str:
    if facts.get("filters") == OWN:
        return _("looked who looked at the own reports")
    shown = int(facts.get("shown") or 0)
    return ngettext("looked in the log (%(n)s line)", "looked in the log (%(n)s lines)", shown) % {"n": shown}


SAYINGS = {
    "audit.head.anchored": Saying(Group.TRAIL, gettext_lazy("kept the state of the log outside (line %(line)s)")),
    "audit.anchor.received": Saying(Group.TRAIL, gettext_lazy("left the state of its own log here (line %(line)s)")),
    "audit.check.asked": Saying(Group.TRAIL, gettext_lazy("asked for a check of the log")),
    "audit.check.done": Saying(Group.TRAIL, _verified),
    "audit.trail.read": Saying(Group.TRAIL, _looked),
    "backup.made": Saying(Group.TRAIL, gettext_lazy("made a backup (%(mebibytes)s MiB)")),
    "backup.restored": Saying(Group.TRAIL, gettext_lazy("put a backup back; the log went on after line %(line)s")),
    "audit.trail.exported": Saying(
        Group.EXPORT, ngettext_lazy("downloaded the log (%(rows)s line)", "downloaded the log (%(rows)s lines)", "rows")
    ),
    "audit.processing.exported": Saying(
        Group.EXPORT,
        ngettext_lazy(
            "downloaded the processing log (%(rows)s line)", "downloaded the processing log (%(rows)s lines)", "rows"
        ),
    ),
    "audit.line.read": Saying(Group.TRAIL, gettext_lazy("opened line %(line)s of the log")),
    "audit.extract.drawn": Saying(
        Group.EXPORT,
        ngettext_lazy(
            "drew an extract about a person (%(rows)s line)", "drew an extract about a person (%(rows)s lines)", "rows"
        ),
    ),
}
