"""What allauth asks us about sign-in itself: who may, where to, and what to write down."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import codes, devices, second_factor, sessions, throttling, trail, ways_back
from bolwerk.accounts.signin.address import address_of
from bolwerk.accounts.signin.mail import send_neutral_mail
from bolwerk.accounts.signin.passwords import person_with
from bolwerk.accounts.signin.recent import recently_authenticated

STOPPED = _(
    "An administrator was asked to let you begin anew, because your second step would be lost. You have just used it, "
    "so that was stopped. Did you not ask this yourself? Call your administrator now."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closed sign-up, limits that lock nobody out, one line in the trail for whatever happens."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and password do not belong together. Check both."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your present password. Try again."),
        "incorrect_code": _("This code is not right, or it was used before. Wait for the next one and type that."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the signature is allauth's
        """People are added by an administrator, an import or single sign-on; never by themselves."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the list of sessions shows."""
        return address_of(request)

    def is_safe_url(self, url: str) -> bool:
        """After signing in people go to a path of this installation and nowhere else."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Check an e-mail address and a password. Raises TooManyAttemptsError before looking when it must wait."""
        at = timezone.now()
        email = credentials.get("email", "")
        attempt = throttling.begin(request, purpose="password", account=email, at=at)
        person = person_with(email=email, password=credentials.get("password", ""))
        if person is None:
            known = Person.objects.filter(email=email.lower()).first()
            trail.write("failed", person=known, by=trail.ANONYMOUS, at=at, method="password")
            return None
        throttling.was_right(attempt)
        return person

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Check the password of somebody who signed in, under the same limits."""
        return self.authenticate(self.request, email=user.email, password=password) is not None

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:  # noqa: ARG002  allauth's signature
        """Changing how one signs in asks for a recent proof; signing in a moment ago is one."""
        return not recently_authenticated(self.request)

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """A leaver with a passkey gets the answer that everybody gets."""
        trail.write("failed", person=user, by=trail.ANONYMOUS, at=timezone.now(), method="left")
        messages.error(request, self.error_messages["email_password_mismatch"])
        return redirect("account_login")

    def get_login_stages(self) -> list[str]:
        """The only stage between a password and the house is the second factor."""
        return ["bolwerk.accounts.signin.second_factor.SecondFactorStage"]

    def login(self, request: HttpRequest, user: Person) -> None:
        """Open the session, under a new id; its clocks start here."""
        super().login(request, user)
        at = timezone.now()
        sessions.start(request, at=at)
        methods = {record["method"] for record in get_authentication_records(request, user)}
        how = "+".join(sorted(methods))
        has_shown = second_factor.shown(request, user)
        trail.write("signed_in", person=user, at=at, method=how, second_factor=has_shown)
        if has_shown and ways_back.stop_because_not_lost(person=user, at=at):
            messages.warning(request, STOPPED)

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Remember this device, so that guesses elsewhere never keep its owner out."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user.email)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Close the session."""
        if isinstance(request.user, Person):
            trail.write("signed_out", person=request.user, at=timezone.now())
        super().logout(request)

    def send_notification_mail(self, template_prefix: str, user: Person, *_args: Any, **_kwargs: Any) -> None:
        """Something changed in how somebody signs in: one line in the trail, and a mail that says no more than that."""
        event = template_prefix.rpartition("/")[2]
        if event == "totp_activated":
            codes.close_step(user, self.request.totp_step)
        if event in second_factor.SET_UP_EVENTS:
            second_factor.mark_shown(self.request, user)
        trail.write(event, person=user, at=timezone.now())
        send_neutral_mail.enqueue(person=str(user.pk), kind="changed")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  allauth's signature
        """Back to the page about one's own security."""
        return reverse("mfa_index")
