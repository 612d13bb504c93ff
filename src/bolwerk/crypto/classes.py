"""Protection classes: every field of every model says what it tells about people, and so how it must lie.

::

    protection = classes(internal="id status", personal="reporter place", special="words")
    open_because = {"name": "Lists sort by it."}  # only where personal text must lie readable, and why
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from django.db import models

from bolwerk.crypto.fields import ProtectedField

# What people write: everything else (keys of rows, choices, moments, numbers) cannot be read without the rest.
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


class Protection(StrEnum):
    """What a field tells. The order is from everybody to nobody."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special"
    SEALED = "sealed"


MEANINGS: dict[str, str] = {
    Protection.OPEN: "may hang on the door of the town hall",
    Protection.INTERNAL: "about the work, not about anybody's matter",
    Protection.PERSONAL: "about a person (AVG article 4); words lie encrypted",
    Protection.SPECIAL: "health, belief, suspicion, or told in confidence (AVG articles 9, 10); words lie encrypted",
    Protection.SEALED: "opens only for the people it was sealed to, not for the server",
}
CLOSED = frozenset({Protection.PERSONAL, Protection.SPECIAL})  # words of these classes lie encrypted


def classes(**names: str) -> dict[str, str]:
    """Write classes down briefly: per class the names of its fields, with spaces; return the class of each field.

    Raises ValueError for an unknown class, and for a field that is named twice.
    """
    found: dict[str, str] = {}
    for given, fields in names.items():
        for field in fields.split():
            if field in found:
                raise ValueError(f"{field} is named twice.")
            found[field] = Protection(given).value
    return found


def protection_of(model: type[models.Model]) -> Mapping[str, str]:
    """The class of each field as the model says it; empty when it says nothing."""
    said: Mapping[str, str] = getattr(model, "protection", {})
    return said


def reasons_of(model: type[models.Model]) -> Mapping[str, str]:
    """Why personal words of this model lie readable, by field."""
    said: Mapping[str, str] = getattr(model, "open_because", {})
    return said


def faults(model: type[models.Model]) -> Iterator[str]:
    """What is wrong with the classes of a model, each in a sentence that says what to do."""
    said, reasons, label = protection_of(model), reasons_of(model), model._meta.label
    fields = {field.name: field for field in model._meta.concrete_fields}
    if unsaid := fields.keys() - said.keys():
        known = ", ".join(Protection)
        yield f"{label}: no protection class for {', '.join(sorted(unsaid))}. Say it in `protection`: {known}."
    if unknown := said.keys() - fields.keys() | reasons.keys() - fields.keys():
        yield f"{label}: there is no field {', '.join(sorted(unknown))}."
    for name in fields.keys() & said.keys():
        if said[name] not in set(Protection):
            yield f"{label}.{name}: '{said[name]}' is no protection class."
        elif fault := _lies_wrong(fields[name], said[name], is_open=name in reasons):
            yield f"{label}.{name} {fault}"


def _lies_wrong(field: models.Field[object, object], said: str, *, is_open: bool) -> str:
    """What is wrong with how one field lies, for its class."""
    if isinstance(field, ProtectedField):
        return "" if said in CLOSED else f"lies closed, so its class is personal or special, not {said}."
    must_close = said in CLOSED and isinstance(field, WORDS) and not field.choices
    if must_close and not is_open:
        return "holds words about people: use a field of bolwerk.vault.fields, or give a reason in `open_because`."
    return "has a reason to lie open, but needs none." if is_open and not must_close else ""
