"""A person's key pair. Its private half is here only wrapped: by the vault phrase and by the recovery code."""

import uuid

from django.db import models

from bolwerk.vault.fields import classes
from bolwerk.vault.rules.ring import Place


class PersonalKey(models.Model):
    """The vault of a person. Whoever starts over gets a new row; the old one goes, and what it opened stays closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField("accounts.Person", models.PROTECT, related_name="vault_key")
    public = models.BinaryField()
    by_phrase = models.BinaryField()
    by_code = models.BinaryField()
    made_at = models.DateTimeField()
    phrase_set_at = models.DateTimeField()
    code_made_at = models.DateTimeField()
    # Counts changes of phrase and code, so that two windows cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        open="public",
        internal="id version",
        personal="person made_at phrase_set_at code_made_at",
        sealed="by_phrase by_code",
    )

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this vault."""
        return f"urn:bolwerk:vault:key:{self.pk}"

    def place(self, column: str) -> Place:
        """Where one of the wrapped halves lies."""
        return Place("vault_personalkey", column, str(self.pk))
