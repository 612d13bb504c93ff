"""The key pairs to which phones seal reports while there is no network."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.vault.fields import ProtectedBytesField, classes


class SealingKey(models.Model):
    """One pair. The newest is given out; older ones stay, because a phone may come back after months."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public = models.CharField(max_length=64, unique=True)  # hexadecimal, 32 bytes (X25519)
    private = ProtectedBytesField()
    made_at = models.DateTimeField()

    protection = classes(open="id public made_at", special="private")

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
