"""Protected fields and classes of fields, as rooms know them. They lie under the house, in `bolwerk.crypto` (ADR 7)."""

from bolwerk.crypto.classes import classes
from bolwerk.crypto.fields import (
    ProtectedBytesField,
    ProtectedField,
    ProtectedJSONField,
    ProtectedTextField,
    protected_field,
)
from bolwerk.crypto.keyfile import current_ring

__all__ = [
    "ProtectedBytesField",
    "ProtectedField",
    "ProtectedJSONField",
    "ProtectedTextField",
    "classes",
    "current_ring",
    "protected_field",
]
