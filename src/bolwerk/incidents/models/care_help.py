"""What goes with the care for somebody: help that was arranged, absence, what they asked, and the inspectorate."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.models.care import Concerned
from bolwerk.incidents.models.history import History
from bolwerk.incidents.rules.care import WISH_LIMIT
from bolwerk.incidents.rules.care_help import HelpKind, WishKind
from bolwerk.incidents.rules.inspectorate import Harm, InspectorateEvent
from bolwerk.vault.fields import ProtectedTextField, classes


class CareHelp(History):
    """That help was arranged, on which day and what was agreed. Nothing medical: there is no field for it."""

    concerned = models.ForeignKey(Concerned, models.CASCADE, related_name="help")
    kind = models.CharField(_("kind"), max_length=20, choices=HelpKind)
    arranged_on = models.DateField(_("arranged on"))
    agreed = ProtectedTextField(_("agreed"), max_length=WISH_LIMIT, blank=True)

    protection = History.protection | classes(internal="concerned", special="kind arranged_on agreed")


class SickLeave(History):
    """Days on which somebody was absent. Why is not asked."""

    concerned = models.ForeignKey(Concerned, models.CASCADE, related_name="absences")
    began_on = models.DateField(_("first day absent"))
    back_on = models.DateField(_("first day back"), null=True)
    listed_from = models.DateField()  # from this day the law wants it on the list of accidents

    protection = History.protection | classes(internal="concerned", special="began_on back_on listed_from")


class CareWish(History):
    """What somebody asked for the own care, and what came of it."""

    concerned = models.ForeignKey(Concerned, models.CASCADE, related_name="wishes")
    kind = models.CharField(_("what"), max_length=20, choices=WishKind)
    words = ProtectedTextField(max_length=WISH_LIMIT, blank=True)
    answer = ProtectedTextField(max_length=WISH_LIMIT, blank=True)
    answered_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    protection = History.protection | classes(
        internal="concerned", personal="kind answered_by answered_at", special="words answer"
    )


class InspectorateStep(History):
    """What was said about the labour inspectorate, and why it was taken back. Rows are only ever added."""

    event = models.CharField(max_length=10, choices=InspectorateEvent)
    harm = models.CharField(max_length=20, choices=Harm)
    why = ProtectedTextField(max_length=WISH_LIMIT, blank=True)

    protection = History.protection | classes(internal="event", special="harm why")
