"""Tables of the vault: personal keys, envelopes with their readers and sheets, escrow, sealed notes, and retention."""

from bolwerk.vault.models.envelopes import Envelope, Reader, Sheet
from bolwerk.vault.models.escrow import EscrowHalf, EscrowRequest, HandedHalf, Trustee
from bolwerk.vault.models.keys import PersonalKey
from bolwerk.vault.models.notes import Note
from bolwerk.vault.models.retention import Erasure, Hold, Ledger, OwnTerm

__all__ = [
    "Envelope",
    "Erasure",
    "EscrowHalf",
    "EscrowRequest",
    "HandedHalf",
    "Hold",
    "Ledger",
    "Note",
    "OwnTerm",
    "PersonalKey",
    "Reader",
    "Sheet",
    "Trustee",
]
