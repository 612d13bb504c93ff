"""Items of damage of one incident."""

import uuid
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.formats import number_format

from bolwerk.incidents.models.codes import word_for
from bolwerk.incidents.models.incident import Incident
from bolwerk.incidents.rules.codes import CodeList
from bolwerk.incidents.rules.damage import DamageState, Loss, Party, Way
from bolwerk.vault.fields import classes


class DamageItem(models.Model):
    """One item: whose, what, how much, by which way, and what came back. Amounts in euro cents."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="damage")
    party = models.CharField(max_length=20, choices=Party)
    loss = models.CharField(max_length=20, choices=Loss)
    way = models.CharField(max_length=20, choices=Way)
    cents = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=DamageState, default=DamageState.CLAIMED)
    recovered_cents = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        internal="id incident version", personal="at", special="party loss way cents state recovered_cents"
    )

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("at", "pk")

    def get_loss_display(self) -> str:  # type: ignore[no-redef, unused-ignore]  # ours instead of Django's
        """The kind of damage in the municipality's words."""
        return word_for(CodeList.DAMAGE, self.loss)

    @property
    def euros(self) -> str:
        """What is claimed, as people write it."""
        return euros(self.cents)

    @property
    def recovered_euros(self) -> str:
        """What came back."""
        return euros(self.recovered_cents)


def euros(cents: int) -> str:
    """1234567 is "€ 12.345,67" for whoever reads Dutch; sign and amount stay on one line."""
    return "€\N{NO-BREAK SPACE}" + number_format(Decimal(cents) / 100, decimal_pos=2, force_grouping=True)
