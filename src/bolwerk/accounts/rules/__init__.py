"""Roles and what follows from them. Pure functions: no database, no clock, no request."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A task somebody has. No role implies another, and no administrator's role can read content."""

    EMPLOYEE = "employee", _("Employee")
    MANAGER = "manager", _("Manager")
    AGGRESSION_COORDINATOR = "aggression_coordinator", _("Aggression coordinator")
    CARE_TEAM = "care_team", _("Care team")
    CONFIDANT = "confidant", _("Confidant")
    INTEGRITY_OFFICER = "integrity_officer", _("Integrity officer")
    PROGRAMME_LEAD = "programme_lead", _("Programme lead")
    ANALYST = "analyst", _("Analyst")
    CASE_DIRECTOR = "case_director", _("Case director")
    BIBOB_OFFICER = "bibob_officer", _("Bibob officer")
    ENFORCEMENT_OFFICER = "enforcement_officer", _("Enforcement officer")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    AUDITOR = "auditor", _("Auditor")
    BOARD = "board", _("Board")
    FUNCTIONAL_ADMINISTRATOR = "functional_administrator", _("Functional administrator")
    CIRCLE_FACILITATOR = "circle_facilitator", _("Circle facilitator")
    CIRCLE_MEMBER = "circle_member", _("Circle member")


# Whoever reads what others wrote proves with two things who they are (quality.md B, BIO2 5.17.01).
SECOND_FACTOR_ROLES = frozenset(Role) - {Role.EMPLOYEE}


class RiskClass(models.TextChoices):
    """How likely aggression is in a department's work (Arbocatalogus Rijk, classes A to D)."""

    A = "A", _("A: hardly any risk")
    B = "B", _("B: possible, not likely")
    C = "C", _("C: likely from time to time")
    D = "D", _("D: use of force belongs to the job")


class ContactType(models.TextChoices):
    """How a department meets the public."""

    DESK = "desk", _("At the desk")
    PHONE = "phone", _("By phone and mail")
    VISITS = "visits", _("Home visits")
    STREET = "street", _("In the street")
    INTERNAL = "internal", _("Hardly any contact")


class Language(models.TextChoices):
    """The languages in which somebody can use Bolwerk; each is named in itself."""

    NL = "nl", "Nederlands"
    EN = "en", "English"


class FileKind(models.TextChoices):
    """What a file that is read in holds."""

    PEOPLE = "people", _("People")
    DEPARTMENTS = "departments", _("Departments")


def check_name(text: str) -> None:
    """A name is one line of signs that can be seen: no line breaks, no turning of the writing direction.

    Raises ValidationError. Such signs forge lines in mail headers and logs, and make a name look like another one.
    """
    if not text.isprintable():
        raise ValidationError(_("A name has no line breaks and no invisible signs."))
