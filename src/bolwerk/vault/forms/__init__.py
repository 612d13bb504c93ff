"""What people fill in about vaults: checked here, decided in the rules."""

from bolwerk.vault.forms.notes import NoteForm, ReaderForm
from bolwerk.vault.forms.phrases import (
    AskForm,
    ChangeForm,
    MakeForm,
    NewPhraseForm,
    PhraseForm,
    RecoverForm,
    SecretForm,
    StartOverForm,
)
from bolwerk.vault.forms.trustees import AgreementForm, AppointForm, HandOverForm, SuccessionForm, TrusteesForm

__all__ = [
    "AgreementForm",
    "AppointForm",
    "AskForm",
    "ChangeForm",
    "HandOverForm",
    "MakeForm",
    "NewPhraseForm",
    "NoteForm",
    "PhraseForm",
    "ReaderForm",
    "RecoverForm",
    "SecretForm",
    "StartOverForm",
    "SuccessionForm",
    "TrusteesForm",
]
