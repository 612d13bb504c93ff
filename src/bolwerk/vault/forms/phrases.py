"""Forms that ask for a phrase or a code. What was typed in them is never shown again and never kept as a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.vault.rules.phrases import LONGEST, fault_in, normal

# No password manager fills in the password of signing in here, and no phone spells it otherwise.
AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
REASON_LENGTH = 200


def secret_field(label: Any, **options: Any) -> forms.CharField:
    """A field for a phrase: as long as a phrase may be, with the spaces as typed."""
    widget = forms.PasswordInput(attrs=dict(AS_TYPED))
    return forms.CharField(label=label, max_length=LONGEST, strip=False, widget=widget, **options)


class SecretForm(forms.Form):
    """A form whose secret is checked outside it: `status` is that of the answer when the secret was refused."""

    status = 200


class PhraseForm(SecretForm):
    """The phrase of one's own vault."""

    phrase = secret_field(_("Your vault phrase"), error_messages={"required": _("Type your vault phrase.")})


class NewPhraseForm(SecretForm):
    """A new phrase, twice."""

    new_phrase = secret_field(
        _("New vault phrase"),
        help_text=_("At least 20 signs. The spaces between words count, capitals matter."),
        error_messages={"required": _("Choose a vault phrase.")},
    )
    again = secret_field(
        _("The same vault phrase again"), error_messages={"required": _("Type the vault phrase again.")}
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Strong enough, and typed the same way twice."""
        data: dict[str, Any] = super().clean() or {}
        phrase = data.get("new_phrase")
        if phrase and (fault := fault_in(phrase, about=(self.person.name, self.person.email))):
            self.add_error("new_phrase", fault.label)
        elif phrase and "again" in data and normal(phrase) != normal(data["again"]):
            self.add_error("again", _("The second time you typed something else."))
        return data


class MakeForm(NewPhraseForm):
    """A new vault, and whether two trustees may open it together."""

    with_trustees = forms.BooleanField(
        label=_("Two trustees together may open my vault if I lose everything"),
        required=False,
        initial=True,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, trustees: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(trustees) > 1:
            names = ", ".join(person.name for person in trustees)
            self.fields["with_trustees"].help_text = _("The trustees are: %(names)s.") % {"names": names}
        else:
            del self.fields["with_trustees"], self.fields["seen"]


class ChangeForm(NewPhraseForm):
    """Another phrase, for whoever knows the one of now."""

    phrase = secret_field(
        _("Your vault phrase of now"), error_messages={"required": _("Type your vault phrase of now.")}
    )
    field_order = ("phrase", "new_phrase", "again")


class RecoverForm(NewPhraseForm):
    """The recovery code, and a new phrase."""

    code = forms.CharField(
        label=_("Your recovery code"),
        help_text=_("28 signs in groups of four, as on the page that you printed. Dashes and capitals do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs=dict(AS_TYPED)),
        error_messages={"required": _("Type the code from the page that you printed.")},
    )
    field_order = ("code", "new_phrase", "again")


class StartOverForm(NewPhraseForm):
    """A new, empty vault in the place of one that nobody opens any more: asks for the own name."""

    name = forms.CharField(
        label=_("Type your own name, to be sure"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type your name as it stands in your profile.")},
    )

    def clean_name(self) -> str:
        """One's own name, whatever the capitals."""
        typed: str = self.cleaned_data["name"]
        if " ".join(typed.split()).casefold() != self.person.name.casefold():
            raise forms.ValidationError(_("Type your name as it stands in your profile."))
        return typed


class AskForm(NewPhraseForm):
    """Asking two trustees: why, and the phrase that opens the vault afterwards."""

    reason = forms.CharField(
        label=_("What happened to your phrase and your code?"),
        help_text=_("The trustees read this. One sentence is enough."),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Say what happened, so that the trustees can decide.")},
    )
    field_order = ("reason", "new_phrase", "again")
