"""People who left long ago lose their name; what they did stays, as that of a former colleague."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from bolwerk.accounts.models import NAMELESS, WITHOUT_ACCOUNT, Grant, Person
from bolwerk.accounts.signin.models import FormerAddress, WayBack
from bolwerk.ui.actions import forget_owner

NO_PASSWORD = "!"  # noqa: S105  Django's mark for a password that none can be
NOBODYS_DOMAIN = "erased.invalid"  # RFC 2606: this top-level domain never exists


@transaction.atomic
def erase_people(*, keys: Sequence[UUID], at: datetime) -> None:
    """Take name, address and everything to sign in with away from people who left; their rows stay, so others hold."""
    for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
        model.objects.filter(user__in=keys).delete()
    for rows in (Grant.objects, FormerAddress.objects, WayBack.objects):
        rows.filter(person__in=keys).delete()
    with override(settings.LANGUAGE_CODE):
        name = gettext("Former colleague")
    for person in Person.objects.filter(pk__in=keys):
        forget_owner(owner=person.urn)
        person.name, person.email, person.password = name, f"{person.pk}@{NOBODYS_DOMAIN}", NO_PASSWORD
        person.is_active, person.department, person.language = False, None, ""
        person.last_login = person.joined_on = person.left_on = None
        person.erased_at = at
        person.save()


def nameless() -> Person:
    """Who stands in a record where the names were taken out; made when it is first needed."""
    with override(settings.LANGUAGE_CODE):
        name = gettext("Name erased")
    row = {"name": name, "email": f"nobody@{NOBODYS_DOMAIN}", "password": NO_PASSWORD, "is_active": False}
    return Person.objects.get_or_create(pk=NAMELESS, defaults=row)[0]


def without_account() -> Person:
    """Who stands in a record for somebody who has no account; made when it is first needed."""
    with override(settings.LANGUAGE_CODE):
        name = gettext("Somebody without an account")
    row = {"name": name, "email": f"no-account@{NOBODYS_DOMAIN}", "password": NO_PASSWORD, "is_active": False}
    return Person.objects.get_or_create(pk=WITHOUT_ACCOUNT, defaults=row)[0]
