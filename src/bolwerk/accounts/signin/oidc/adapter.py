"""What allauth asks us about single sign-on: which provider, and who comes in by it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal.flows.login import record_authentication
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import second_factor, trail
from bolwerk.accounts.signin.adapter import AccountAdapter
from bolwerk.accounts.signin.oidc import guests, people
from bolwerk.accounts.signin.oidc.client import Municipality
from bolwerk.accounts.signin.oidc.homes import PREFIX, Home, home_behind, offered
from bolwerk.accounts.signin.oidc.table import RoleTable, RoleTableError

NOT_IN = 403  # allauth uses 401 for a conversation that failed; here it went well, and the answer is no


def _app_of(home: Home) -> SocialApp:
    """A home municipality as allauth wants it."""
    asked = {"server_url": home.issuer, "oauth_pkce_enabled": True, "home": home.code, "acr": home.acr}
    return SocialApp(
        provider="openid_connect",
        provider_id=home.provider_id,
        name=home.name,
        client_id=home.client_id,
        secret=_secret(home.secret_file),
        settings=asked | {"client_key": _secret(home.key_file)},
    )


def _secret(file: Path | None) -> str:
    return file.read_text(encoding="utf-8").strip() if file and file.is_file() else ""


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The provider of the house, from the environment, and those of home municipalities, from their table.

    The role table says who comes in by the first and as what; by the others come guests of circles alone.
    """

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those of the environment and of the table only: nobody adds another in the database."""
        own = [app for app in super().list_apps(request, provider, client_id) if app.pk is None]
        wanted = [home for home in offered() if provider == home.provider_id and client_id in (None, home.client_id)]
        return own + [_app_of(home) for home in wanted]

    def list_providers(self, request: HttpRequest) -> list[Municipality]:
        """What the page for signing in offers by a button of its own: the provider of this house."""
        return [Municipality(request, app=app) for app in self.list_apps(request)]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Municipality:
        """The provider with our conversation."""
        return Municipality(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def get_requests_session(self) -> Any:
        """Talk to the provider and to nobody it points at."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002  allauth's signature
        """People are added by the role table before allauth looks; never by allauth's own sign-up."""
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_kwargs: Any) -> None:  # noqa: ARG002  allauth's signature
        """The conversation failed: one line, without saying to the browser why."""
        trail.write("failed", person=None, at=timezone.now(), method="oidc")

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or add the person, give the roles of today, and note whether the provider asked for a second factor."""
        at = timezone.now()
        if sociallogin.account.provider.startswith(PREFIX):
            self._guest(request, sociallogin, at=at)
            return
        try:
            table = people.load_table()
        except RoleTableError as error:
            trail.write("role_table_refused", person=None, at=at)
            raise self._refusal(
                request, _("The role table of this installation is not right. Tell your administrator.")
            ) from error
        if asked_of := sociallogin.state.get("again"):
            raise self._confirmed(request, sociallogin, table=table, asked_of=asked_of)
        person = self._person(sociallogin, table)
        if person is None or not person.is_active:
            trail.write("failed", person=person, by=trail.ANONYMOUS, at=at, method="oidc")
            raise self._refusal(
                request, _("You are known at your municipality, but not in Bolwerk. Ask your administrator for access.")
            )
        if request.user.is_authenticated:
            AccountAdapter(request).logout(request)
        if not sociallogin.is_existing:
            people.recognise(person=person, table=table, at=at)
            sociallogin.connect(request, person)
        people.apply_claims(person=person, claims=sociallogin.claims, table=table, at=at)
        second_factor.forget(request)
        if table.second_factor_shown(sociallogin.claims):
            second_factor.mark_shown(request, person)

    def _guest(self, request: HttpRequest, sociallogin: SocialLogin, *, at: datetime) -> None:
        """Somebody comes from a home municipality: a guest of a circle, or nobody."""
        home, claims, on = home_behind(sociallogin.account.provider), sociallogin.claims, timezone.localdate(at)
        if home is None:
            raise self._refusal(request, _("This municipality does not sign in here any more."))
        if asked_of := sociallogin.state.get("again"):
            may = sociallogin.is_existing and guests.may_come(sociallogin.user, home, on=on)
            raise self._confirmed(request, sociallogin, table=RoleTable(), asked_of=asked_of if may else "nobody")
        person = sociallogin.user if sociallogin.is_existing else None
        if person is None:
            person = guests.invited(sociallogin.state.get("invited", ""), home, at=at)
            person = person or guests.known_by_email(claims, home, on=on)
        if person is None or not guests.may_come(person, home, on=on):
            trail.write("failed", person=person, by=trail.ANONYMOUS, at=at, method="oidc")
            sentence = _(
                "%(name)s knows you, but nobody invited you here for it. Ask who leads your circle for a personal link."
            )
            raise self._refusal(request, sentence % {"name": home.name})
        if request.user.is_authenticated:
            AccountAdapter(request).logout(request)
        if not sociallogin.is_existing:
            people.recognise(person=person, table=RoleTable(), at=at)
            sociallogin.connect(request, person)
            guests.began(person, at=at)
        second_factor.forget(request)
        if home.second_factor_shown(claims):
            second_factor.mark_shown(request, person)

    def _confirmed(
        self, request: HttpRequest, sociallogin: SocialLogin, *, table: RoleTable, asked_of: str
    ) -> ImmediateHttpResponse:
        """The answer to somebody who proved anew who it is: back to what asked for it, in the same session.

        Somebody else is not let in on this way, and nobody is added: it leads back or nowhere.
        """
        at, person = timezone.now(), request.user
        if not isinstance(person, Person) or str(person.pk) != asked_of or sociallogin.user != person:
            trail.write("failed", person=None, at=at, method="oidc")
            sentence = _("You signed in there as somebody else. Nothing was changed; you are still signed in here.")
            return self._refusal(request, sentence)
        if not sociallogin.account.provider.startswith(PREFIX):
            people.apply_claims(person=person, claims=sociallogin.claims, table=table, at=at)
        record_authentication(request, sociallogin)
        trail.write("confirmed", person=person, at=at, method="oidc")
        return ImmediateHttpResponse(redirect(sociallogin.get_redirect_url(request) or "/"))

    def _person(self, sociallogin: SocialLogin, table: RoleTable) -> Person | None:
        if sociallogin.is_existing:
            existing: Person = sociallogin.user
            return existing
        known = people.known_by_email(sociallogin.claims, table=table)
        return known or people.add_by_claims(claims=sociallogin.claims, table=table, at=timezone.now())

    def _refusal(self, request: HttpRequest, sentence: str) -> ImmediateHttpResponse:
        page = render(request, "socialaccount/authentication_error.html", {"sentence": sentence}, status=NOT_IN)
        return ImmediateHttpResponse(page)
