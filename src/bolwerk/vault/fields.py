"""Protected fields and classes of fields, as rooms know them. They lie under the house, in `bolwerk.crypto` (ADR 7)."""

from bolwerk.crypto.classes import classes
from bolwerk.crypto.fields import (
    ProtectedBytesField,
    ProtectedField,
    ProtectedJSONField,
    ProtectedTextField,
    protected_field,
)

__all__ = [
    "ProtectedBytesField",
    "ProtectedField",
    "ProtectedJSONField",
    "ProtectedTextField",
    "classes",
    "protected_field",
]
