"""Who a report is for, and how somebody reports: the choices of whoever reports, with what follows from them. Pure."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Receiver(models.TextChoices):
    """Who reads a report. Whoever reports chooses; the aggression coordinator always is one of them."""

    MANAGER = "manager", _("My manager and the aggression coordinator")
    COORDINATOR = "coordinator", _("Only the aggression coordinator; my manager does not see it")
    OTHER_MANAGER = "other_manager", _("Another manager and the aggression coordinator; my own manager does not see it")


# The same, said to whoever reads the report.
READ_BY: dict[Receiver, str | Promise] = {
    Receiver.MANAGER: _("the managers of the department and the aggression coordinator"),
    Receiver.COORDINATOR: _("only the aggression coordinator, at the wish of whoever reported it"),
    Receiver.OTHER_MANAGER: _("a manager of choice and the aggression coordinator, at the wish of whoever reported it"),
}


class ByWhom(models.TextChoices):
    """In which part somebody reports."""

    SELF = "self", _("It happened to me")
    COLLEAGUE = "colleague", _("It happened to a colleague")
    WITNESS = "witness", _("I saw it happen to a colleague")
    MANAGER = "as_manager", _("As a manager, for somebody of my team")
    TEAM = "team", _("I enter reports for colleagues who cannot do it themselves")


# How that reads after the name of whoever reported.
REPORTED_AS: dict[ByWhom, str | Promise] = {
    ByWhom.WITNESS: _("as a witness"),
    ByWhom.MANAGER: _("as a manager"),
    ByWhom.TEAM: _("for a colleague who could not"),
}
FOR_OTHERS = frozenset(ByWhom) - {ByWhom.SELF}
