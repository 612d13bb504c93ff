"""From which objects controls are drawn: every object of the kind that a rule is about, as the BAG has it on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bolwerk.hub.queries.vault import opened_vault
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.places import places_of
from knooppunt.findings.rule import Level
from knooppunt.vault import Vault, VaultError

COLUMNS: dict[str, str] = {"address": "object_id", "street": "street_id", "building": "building_id"}
"""The column that holds the objects of a level. A rule about areas has no work list: nobody can go and look at one."""


@dataclass(frozen=True)
class Population:
    """The objects of one level on a day, by their 16 digits."""

    vault: Vault
    level: Level
    as_of: date
    ids: tuple[str, ...]

    def places(self, objects: Iterable[str]) -> dict[str, str]:
        """Where objects are, in words."""
        wanted = [int(one) for one in objects]
        with Inputs(self.vault, self.as_of) as inputs:
            found = places_of(inputs, self.level, wanted)
        return {f"{one:016}": place.text for one, place in found.items()}


def population_of(level: Level, *, as_of: date) -> Population | None:
    """Every object of a level; None when the vault cannot be read or lacks a whole BAG. Takes a second or two."""
    if level not in COLUMNS:
        return None
    try:
        vault = opened_vault()
        with Inputs(vault, as_of) as inputs:
            column = inputs.premises[COLUMNS[level]]
            rows = (
                inputs.premises.filter(column.notnull()).select(one=column).distinct().to_pyarrow()["one"].to_pylist()
            )
    except VaultError:
        return None
    return Population(vault, level, as_of, tuple(f"{one:016}" for one in rows))
