"""Tables of the vault: personal keys, envelopes with their readers and sheets, escrow, and sealed notes."""

from bolwerk.vault.models.envelopes import Envelope, Reader, Sheet
from bolwerk.vault.models.escrow import EscrowHalf, EscrowRequest, HandedHalf, Trustee
from bolwerk.vault.models.keys import PersonalKey
from bolwerk.vault.models.notes import Note

__all__ = [
    "Envelope",
    "EscrowHalf",
    "EscrowRequest",
    "HandedHalf",
    "Note",
    "PersonalKey",
    "Reader",
    "Sheet",
    "Trustee",
]
