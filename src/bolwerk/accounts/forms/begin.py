"""The questions of the first run, and of the settings of the installation afterwards."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import code_is_right
from bolwerk.accounts.queries import looks
from bolwerk.accounts.rules import check_name
from bolwerk.accounts.rules.logo import MAXIMUM_BYTES, Logo, LogoRefusedError, cleaned_logo


class CodeForm(forms.Form):
    """Proof of having the server in hands."""

    code = forms.CharField(
        label=_("Set-up code"),
        help_text=_("It stands on the console of the server, and in the file keys/begin.code."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """Refuse any other code."""
        code: str = self.cleaned_data["code"]
        if not code_is_right(folder=Path(settings.BOLWERK_DIR), given=code):
            raise forms.ValidationError(_("This is not the set-up code. Read it again on the console of the server."))
        return code


class InstallationForm(forms.Form):
    """The name and the look of the municipality."""

    name = forms.CharField(label=_("Name of the municipality"), max_length=120, validators=[check_name])
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("A PNG or JPEG of at most 200 kB and 2,000 pixels wide."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    look = forms.ChoiceField(
        label=_("Look"),
        help_text=_("Your own look appears here when its token file lies in the folder “looks” of the installation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["look"] = forms.ChoiceField(
            label=self.fields["look"].label,
            help_text=self.fields["look"].help_text,
            choices=[(name, name.capitalize()) for name in looks()],
        )

    def clean_logo(self) -> Logo | None:
        """Clean the picture, or say why it cannot be a logo."""
        upload = self.cleaned_data.get("logo")
        if not upload:
            return None
        try:
            return cleaned_logo(upload.read(MAXIMUM_BYTES + 1))
        except LogoRefusedError as error:
            raise forms.ValidationError(str(error)) from error


class ChangeInstallationForm(InstallationForm):
    """The same, once the installation lives."""

    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)


class MailForm(forms.Form):
    """To whom the test mail goes: the first administrator."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it, and the test mail goes to it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AdministratorForm(forms.Form):
    """The first administrator, and with what to begin."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        validators=[check_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A sentence is easy to remember."),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The same password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    content = forms.ChoiceField(
        label=_("Begin with"),
        choices=[
            ("examples", _("Example departments: change them to your own")),
            ("empty", _("Nothing: I add everything myself, or read it from a file")),
        ],
        initial="examples",
        widget=forms.RadioSelect,
    )

    def clean_password(self) -> str:
        """Hold the password against the rules."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        data = super().clean() or {}
        if data.get("password") and data.get("password_again") and data["password"] != data["password_again"]:
            self.add_error("password_again", _("The two passwords are not the same."))
        return data
