"""Forms about trustees: of everybody, of trustees themselves, and of the functional administrator."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.forms.colleagues import ColleagueField
from bolwerk.accounts.models import Person
from bolwerk.vault.forms.phrases import REASON_LENGTH, PhraseForm
from bolwerk.vault.queries import has_vault, is_trustee


class TrusteesForm(forms.Form):
    """Agreeing with the trustees on the screen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)


class AgreementForm(PhraseForm):
    """A trustee agrees: with a phrase, so that it is never a click too many."""

    called = forms.BooleanField(
        label=_("I spoke to this person, on a number I know myself or face to face"),
        error_messages={"required": _("Speak to the person first: somebody else may have asked in that name.")},
    )
    field_order = ("called", "phrase")


class HandOverForm(PhraseForm):
    """A trustee stops and hands over to another one."""

    to = forms.ModelChoiceField(
        label=_("To which trustee?"), queryset=Person.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    field_order = ("to", "phrase")

    def __init__(self, *args: Any, others: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(pk__in=[person.pk for person in others])
        self.fields["to"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField has one


class AppointForm(forms.Form):
    """Whom to ask to be a trustee."""

    person = ColleagueField(
        label=_("Name or e-mail address of your colleague"),
        error_messages={"required": _("Give a name or an e-mail address.")},
    )

    def clean_person(self) -> Person:
        """Somebody who is not a trustee yet."""
        person: Person = self.cleaned_data["person"]
        if is_trustee(person):
            raise ValidationError(_("%(name)s is a trustee already.") % {"name": person.name})
        return person


class SuccessionForm(forms.Form):
    """Whose vault, for whom, and why."""

    owner_address = forms.CharField(
        label=_("Whose vault?"),
        help_text=_("The e-mail address. That of somebody who left works too."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give the e-mail address of the person whose vault it is.")},
    )
    successor = ColleagueField(
        label=_("Who takes it over?"),
        help_text=_("Name or e-mail address. This person needs a vault."),
        error_messages={"required": _("Give the name of the successor.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The trustees read this. For example: left on 1 March, reports are still open."),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Say why, so that the trustees can decide.")},
    )

    owner: Person

    def clean_owner_address(self) -> str:
        """Somebody with a vault. That there is none is said in the same words as that there is nobody."""
        address: str = self.cleaned_data["owner_address"]
        owner = Person.objects.filter(email__iexact=address.strip()).first()
        if owner is None or not has_vault(owner):
            raise ValidationError(_("We know nobody with this e-mail address and a vault."))
        self.owner = owner
        return address

    def clean_successor(self) -> Person:
        """Somebody else, with a vault."""
        successor: Person = self.cleaned_data["successor"]
        if successor == getattr(self, "owner", None):
            raise ValidationError(_("Choose somebody else than the person whose vault it is."))
        if not has_vault(successor):
            sentence = _("%(name)s has no vault yet. Ask your colleague to make one under “My vault”.")
            raise ValidationError(sentence % {"name": successor.name})
        return successor
