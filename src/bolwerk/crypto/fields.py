"""Fields whose content lies closed in the database: for one table, one column and one row.

::

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # known before the row is stored
    words = ProtectedTextField(_("in own words"), blank=True)

Reading and writing go as with any field. Content opens when somebody first asks for it, so a list that does not show
it does not pay for it. It cannot be searched, sorted or changed from a distance: see docs/how-to/protect-a-field.md.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Never, TypeVar

from django import forms
from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Exact
from django.db.models.query_utils import DeferredAttribute

from bolwerk.crypto.keyfile import current_ring
from bolwerk.crypto.padding import padded, unpadded
from bolwerk.crypto.ring import Place, open_, seal

T = TypeVar("T")
AS_IT_LIES = "as_it_lies"  # the one lookup there is: rows in which exactly this token lies, for the rotation of keys


class StillClosedError(TypeError):
    """Content was asked for without its row, for instance with values(): only an object of the model can open it."""

    def __init__(self) -> None:
        super().__init__("This is still closed: read it as an attribute of an object, not with values() or a copy.")


class RowUnknownError(TypeError):
    """Content was to be stored without its row being known, for instance with update() or bulk_update()."""

    def __init__(self, field: "ProtectedField[Any]") -> None:
        super().__init__(f"{field} is closed for one row: set it on the object and save() that.")


class Closed:
    """Content as it lies in the database. Using it by mistake fails loudly instead of showing nonsense."""

    __slots__ = ("token",)

    def __init__(self, token: bytes) -> None:
        self.token = token

    def _refuse(self) -> Never:
        raise StillClosedError

    __str__ = __bool__ = __len__ = __iter__ = _refuse

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Closed) and other.token == self.token

    def __hash__(self) -> int:
        return hash(self.token)

    def __repr__(self) -> str:
        return f"<closed {self.token[:16].hex()}>"  # enough to tell two apart; it says nothing


DUMPED = "urn:bolwerk:closed:"  # before a token in a dump


class Dumped(Closed):
    """A token that came from a dump: it goes into its row as it is, without being opened on the way."""


class OpensOnFirstUse(DeferredAttribute):
    """The attribute of an object: opens what came closed from the database, once."""

    field: "ProtectedField[Any]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Closed) and not isinstance(value, Dumped):
            value = instance.__dict__[self.field.attname] = self.field.opened(value.token, instance)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class TokenLiesThere(Exact):
    """Compares tokens, not contents: the same content never gives the same token twice."""

    lookup_name = AS_IT_LIES


class ProtectedField(models.Field[T, T]):
    """What the protected fields share; a field of its own says how its content becomes bytes and back."""

    descriptor_class = OpensOnFirstUse
    empty_strings_allowed = False

    def to_bytes(self, value: T) -> bytes:
        """The content as bytes."""
        raise NotImplementedError

    def from_bytes(self, data: bytes) -> T:
        """The content again."""
        raise NotImplementedError

    def place_of(self, row: Any) -> Place:
        """Where the content of the row with this key lies. Raises ValueError while it has none yet."""
        key = self.model._meta.pk
        row = key.to_python(row) if key is not None else None
        if row is None:
            raise ValueError(f"{self.model._meta.label} needs its key before {self.name} can be closed.")
        return Place(table=self.model._meta.db_table, column=str(self.column), row=str(row))

    def closed(self, value: T, instance: models.Model) -> Closed:
        """Close content for this object, with the current key."""
        return Closed(seal(current_ring(), padded(self.to_bytes(value)), self.place_of(instance.pk)))

    def opened(self, token: bytes, instance: models.Model) -> T:
        """Open a token that lies in the row of this object. Raises CannotOpenError."""
        return self.from_bytes(unpadded(open_(current_ring(), token, self.place_of(instance.pk))))

    def store(self, contents: Mapping[Any, T]) -> None:
        """Close and write the content of many rows at once, by their keys: what `update()` cannot do."""
        key = self.model._meta.pk
        if key is None or not contents:
            return
        table, column, pk = (
            connection.ops.quote_name(name) for name in (self.model._meta.db_table, str(self.column), str(key.column))
        )
        ring, binary = current_ring(), connection.Database.Binary  # type: ignore[attr-defined]  # every database has it
        rows = [
            (
                binary(seal(ring, padded(self.to_bytes(content)), self.place_of(row))),
                key.get_db_prep_value(row, connection),
            )
            for row, content in contents.items()
        ]
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {pk} = %s", rows)  # noqa: S608  our own names

    def value_to_string(self, obj: models.Model) -> str:
        """For a dump: the token as it lies, never the content. It opens with the same ring, in the same row."""
        value = obj.__dict__.get(self.attname)
        closed = value if isinstance(value, Closed) else self.closed(getattr(obj, self.attname), obj)
        return DUMPED + closed.token.hex()

    def to_python(self, value: Any) -> Any:
        """A token from a dump stays closed; anything else is content."""
        if isinstance(value, str) and value.startswith(DUMPED):
            return Dumped(bytes.fromhex(value.removeprefix(DUMPED)))
        return value

    def get_internal_type(self) -> str:
        """Bytes in the database."""
        return "BinaryField"

    def from_db_value(self, value: Any, *_: object) -> Closed | None:
        """What lies in the row, still closed."""
        return None if value is None else Closed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Closed | None:  # noqa: ARG002, FBT001  Django's
        """Close anew at every save. What was never opened is opened first: it must belong to this row."""
        value = getattr(model_instance, self.attname)
        return None if value is None else self.closed(value, model_instance)

    def get_prep_value(self, value: Any) -> Closed | None:
        """Only what was closed for a row goes into the database. Raises RowUnknownError."""
        if value is None or isinstance(value, Closed):
            return value
        raise RowUnknownError(self)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002  Django's signature
        """The token in the database's own type for bytes."""
        closed = value if prepared else self.get_prep_value(value)
        return None if closed is None else connection.Database.Binary(closed.token)  # type: ignore[attr-defined]  # every database module has it

    def get_lookup(self, lookup_name: str) -> Any:
        """There is nothing to search in: FieldError says what to do instead."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        if lookup_name == AS_IT_LIES:
            return TokenLiesThere
        raise FieldError(
            f"{self} is closed in the database, so it cannot be searched. Filter on open fields and look into the "
            "objects that are left, or keep what you must find in a field of its own with a class that allows it."
        )

    def get_transform(self, lookup_name: str) -> Any:
        """Nothing can be computed from it in the database either."""
        return self.get_lookup(lookup_name)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Besides Django's own: the row's key must be known before the row is stored, and nothing may index it."""
        return [*super().check(**kwargs), *self._check_key(), *self._check_index()]

    def _check_key(self) -> Iterator[checks.CheckMessage]:
        if isinstance(self.model._meta.pk, models.AutoField):
            hint = "Give the model id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)."
            yield checks.Error(
                "The database gives this row its key, too late to close for it.", hint, self, "crypto.E001"
            )

    def _check_index(self) -> Iterator[checks.CheckMessage]:
        meta = self.model._meta
        indexed = {name for index in [*meta.indexes, *meta.constraints] for name in getattr(index, "fields", ())}
        sorted_by = {str(name).lstrip("-") for name in meta.ordering or ()}
        found = self.name in indexed | sorted_by
        if found or self.unique or self.db_index:  # type: ignore[attr-defined]  # the stubs forget it
            hint = "Leave it out: the same content never looks the same twice."
            yield checks.Error("What is closed can be no key, index or order.", hint, self, "crypto.E002")


class ProtectedTextField(ProtectedField[str]):
    """Text. `max_length` is checked in forms and by full_clean(), as in TextField."""

    description = "Protected text"
    empty_strings_allowed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def to_bytes(self, value: str) -> bytes:
        """UTF-8."""
        return str(value).encode()

    def from_bytes(self, data: bytes) -> str:
        """Text again."""
        return data.decode()

    def formfield(self, **kwargs: Any) -> Any:
        """A box for text."""
        return super().formfield(**{"widget": forms.Textarea, "max_length": self.max_length, **kwargs})


class ProtectedJSONField(ProtectedField[T]):
    """Whatever JSON can say."""

    description = "Protected JSON"

    def to_bytes(self, value: T) -> bytes:
        """Compact JSON."""
        return json.dumps(value, separators=(",", ":")).encode()

    def from_bytes(self, data: bytes) -> T:
        """The value again."""
        value: T = json.loads(data)
        return value


class ProtectedBytesField(ProtectedField[bytes]):
    """Bytes: a small file. Large ones are closed on disk with `bolwerk.vault.actions.protect_file`."""

    description = "Protected bytes"

    def to_bytes(self, value: bytes) -> bytes:
        """As they are."""
        return bytes(value)

    def from_bytes(self, data: bytes) -> bytes:
        """As they are."""
        return data


def protected_fields() -> Iterator[tuple[type[models.Model], ProtectedField[Any]]]:
    """Every protected field of the house, with its model, in a fixed order."""
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, ProtectedField):
                yield model, field


def protected_field(model: type[models.Model], name: str) -> ProtectedField[Any]:
    """One protected field of a model, for its `store`. Raises TypeError for any other field."""
    field = model._meta.get_field(name)
    if not isinstance(field, ProtectedField):
        raise TypeError(f"{field} is not protected.")
    return field
