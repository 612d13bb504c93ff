"""The forms at the door. Labels in our own words; what allauth checks, it keeps checking."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import throttling
from bolwerk.accounts.signin.mail import send_neutral_mail
from bolwerk.accounts.signin.rules import MAX_PASSWORD_LENGTH

RESETS_PER_HOUR = 3  # mails one account can be sent, however often and from wherever it is asked


def must_wait(error: throttling.TooManyAttemptsError) -> ValidationError:
    """The sentence for somebody who must wait; `routes.answer_429` makes the answer say so too."""
    seconds = error.seconds
    context.request.retry_after = seconds
    sentence = ngettext(
        "Too many attempts. Wait %(count)d second and try again.",
        "Too many attempts. Wait %(count)d seconds and try again.",
        seconds,
    )
    return ValidationError(sentence % {"count": seconds}, code="throttled")


def plain(field: forms.Field, label: Any, hint: Any = "") -> None:
    """Give a field our label and hint, and no placeholder: a placeholder vanishes when somebody types."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


def no_endless_password(field: forms.Field) -> None:
    """Refuse a text longer than any password before it is hashed."""
    field.validators.append(MaxLengthValidator(MAX_PASSWORD_LENGTH))
    field.widget.attrs["maxlength"] = str(MAX_PASSWORD_LENGTH)


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth has no types
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["login"], _("E-mail address"))
        plain(self.fields["password"], _("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean(self) -> dict[str, Any]:
        """Check both together; say how long to wait when there were too many attempts."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except throttling.TooManyAttemptsError as error:
            raise must_wait(error) from error
        return cleaned


class ConfirmPasswordForm(allauth_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["password"], _("Password"))

    def clean_password(self) -> str:
        """Check it under the limits of sign-in."""
        try:
            return str(super().clean_password())
        except throttling.TooManyAttemptsError as error:
            raise must_wait(error) from error


class AskResetForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Ask for a link to choose a new password. The answer is the same whether the address is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["email"], _("E-mail address"))

    def clean_email(self) -> str:
        """Count the question, for known and unknown addresses alike."""
        email: str = self.cleaned_data["email"].lower()
        try:
            self.attempt = throttling.begin(context.request, purpose="reset", account=email, at=timezone.now())
        except throttling.TooManyAttemptsError as error:
            raise must_wait(error) from error
        return email

    def save(self, request: Any, **_kwargs: Any) -> str:  # noqa: ARG002  the signature is allauth's
        """Hand it to the worker; too many mails to one address are left out in silence."""
        email: str = self.cleaned_data["email"]
        person = Person.objects.filter(email=email, is_active=True).first()
        wanted = person is not None and throttling.asked(self.attempt) <= RESETS_PER_HOUR
        send_neutral_mail.enqueue(person=str(person.pk) if person and wanted else "", kind="reset")
        return email


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """Choose a password by a link from a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["password1"], _("New password"), _("At least 12 characters. A short sentence works well."))
        plain(self.fields["password2"], _("The same password again"))
        no_endless_password(self.fields["password1"])
        no_endless_password(self.fields["password2"])


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Replace one's own password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["oldpassword"], _("Present password"))
        plain(self.fields["password1"], _("New password"), _("At least 12 characters. A short sentence works well."))
        plain(self.fields["password2"], _("The same password again"))
        for field in self.fields.values():
            no_endless_password(field)

    def clean_oldpassword(self) -> str:
        """Check the present password under the limits of sign-in."""
        password: str = self.cleaned_data["oldpassword"]
        try:
            right = allauth_forms.get_adapter(context.request).reauthenticate(self.user, password)
        except throttling.TooManyAttemptsError as error:
            raise must_wait(error) from error
        if not right:
            raise allauth_forms.get_adapter().validation_error("enter_current_password")
        return password
