"""People, departments, themes and the roles given to people."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.rules import ContactType, FileKind, Language, RiskClass, Role
from bolwerk.accounts.signin.models import Attempt, FormerAddress, WayBack  # noqa: F401  tables, beside what uses them
from bolwerk.crypto.classes import classes
from bolwerk.crypto.fields import ProtectedBytesField, ProtectedTextField


class Installation(models.Model):
    """The municipality that this installation is for: one row, made by the first run. No row means: not begun."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name of the municipality"), max_length=120)
    look = models.SlugField(_("look"), default="bolwerk")  # the token file of the municipality
    logo = models.BinaryField(null=True, blank=True)  # cleaned PNG or JPEG, small: see rules.logo
    logo_type = models.CharField(max_length=20, blank=True)
    logo_digest = models.CharField(max_length=16, blank=True)  # changes the address of the logo when it changes
    begun_at = models.DateTimeField()

    protection = classes(open="id name look logo logo_type logo_digest", internal="begun_at")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="one_installation"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def urn(self) -> str:
        """The name by which the trail refers to the installation itself."""
        return "urn:bolwerk:accounts:installation:1"


class Theme(models.Model):
    """A chapter of the policy note, as a subject that programmes, cards and measurements share."""

    code = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    protection = classes(open="id code title title_en position")

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.title_en if self.title_en and get_language() == Language.EN else self.title


class Department(models.Model):
    """A part of the organisation, with what its work asks of people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    contact_type = models.CharField(_("contact"), max_length=20, choices=ContactType, default=ContactType.INTERNAL)
    risk_class = models.CharField(_("risk class"), max_length=1, choices=RiskClass, default=RiskClass.A)
    vulnerable_processes = models.JSONField(_("vulnerable processes"), default=list, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    protection = classes(internal="id code name parent contact_type risk_class vulnerable_processes closed_on")

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="department_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def urn(self) -> str:
        """The name by which other apps refer to this department."""
        return f"urn:bolwerk:accounts:department:{self.pk}"


class People(BaseUserManager["Person"]):
    """Makes people; e-mail addresses are compared in lower case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Staffing(models.Model):
    """How much work is filled in a department in a year, in full-time equivalents: what a rate is counted over.

    Of the department's own people only; what lies below it has rows of its own. No row means: not known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="staffing")
    year = models.PositiveSmallIntegerField(_("year"))
    fte = models.DecimalField(_("full-time equivalents"), max_digits=7, decimal_places=1)
    counted_on = models.DateField(_("counted on"))
    source = models.CharField(_("source"), max_length=200)
    entered_at = models.DateTimeField()

    protection = classes(internal="id department year fte counted_on source entered_at")

    class Meta:
        ordering = ("year",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["department", "year"], name="one_staffing_per_department_and_year"),
            models.CheckConstraint(condition=Q(fte__gte=0), name="staffing_not_negative"),
        ]


# Stands for whoever has no account, where a record needs somebody; nobody signs in with it.
WITHOUT_ACCOUNT = uuid.UUID("00000000-0000-4000-8000-000000000002")
NAMELESS = uuid.UUID("00000000-0000-4000-8000-000000000001")  # stands where a name was taken out of a record


class Person(AbstractBaseUser):
    """Somebody who can sign in. Leavers are deactivated, never deleted, so that the trail stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="people")
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)  # empty: as the browser asks
    erased_at = models.DateTimeField(null=True, blank=True)  # since then nobody can tell who it was

    protection = classes(
        internal="id is_active language erased_at",
        personal="password last_login email name department joined_on left_on",
    )
    open_because: ClassVar[dict[str, str]] = {
        "password": "A hash (Argon2id), not the password.",
        "email": "People sign in with it, and files and single sign-on find them by it (ADR 8).",
        "name": "Lists of people sort and search by it; it stands in the town's own address book (ADR 8).",
    }

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def urn(self) -> str:
        """The name by which other apps and the trail refer to this person."""
        return f"urn:bolwerk:accounts:person:{self.pk}"


class GrantQuerySet(models.QuerySet["Grant"]):
    """Questions about grants."""

    def on(self, day: date) -> "GrantQuerySet":
        """Grants that hold on `day`: begun, not ended, not withdrawn."""
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day), withdrawn_at=None
        )


class Grant(models.Model):
    """A role given to a person: for the whole installation, or for a department (with or without its children)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="grants")
    with_children = models.BooleanField(default=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = ProtectedTextField(_("reason"), max_length=200, blank=True)
    by_claim = models.BooleanField(default=False)  # given by the table of single sign-on; goes when the claim goes

    protection = classes(
        internal="id role department with_children by_claim",
        personal="person starts_on ends_on withdrawn_at reason",
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ("role",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "role"]),
            models.Index(fields=["role", "department"]),  # who does this here: not past the grants of all employees
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="grant_ends_after_it_starts",
            ),
        ]


class PeopleFile(models.Model):
    """A file with people or departments between preview and use. It goes when it is used, or after a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=FileKind)
    leavers_go = models.BooleanField(default=False)
    content = ProtectedBytesField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="people_files")
    at = models.DateTimeField()

    protection = classes(internal="id kind leavers_go at", personal="by content")
