"""From which objects controls are drawn: every object of the kind that a rule is about, as the BAG has it on a day."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date

from bolwerk.hub.queries.vault import opened_vault
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.places import places_of
from knooppunt.findings.rule import Level
from knooppunt.vault import VaultError

COLUMNS: dict[str, str] = {"address": "object_id", "street": "street_id", "building": "building_id"}
"""The column that holds the objects of a level. A rule about areas has no work list: nobody can go and look at one."""


@dataclass(frozen=True)
class Population:
    """The objects of one level on a day, by their 16 digits."""

    inputs: Inputs
    level: Level
    ids: tuple[str, ...]

    def places(self, objects: Iterable[str]) -> dict[str, str]:
        """Where objects are, in words."""
        wanted = [int(one) for one in objects]
        found = places_of(self.inputs, self.level, wanted)
        return {f"{one:016}": place.text for one, place in found.items()}


@contextmanager
def population_of(level: Level, *, as_of: date) -> Iterator[Population | None]:
    """Every object of a level, inside the block; None when the vault cannot be read or lacks a whole BAG.

    Takes a second or two; where the objects are can then be asked at once.
    """
    with ExitStack() as opened:
        yield _everybody(level, as_of, opened)


def _everybody(level: Level, as_of: date, opened: ExitStack) -> Population | None:
    if level not in COLUMNS:
        return None
    try:
        inputs = opened.enter_context(Inputs(opened_vault(), as_of))
        column = inputs.premises[COLUMNS[level]]
        rows = inputs.premises.filter(column.notnull()).select(one=column).distinct().to_pyarrow()["one"].to_pylist()
    except VaultError:
        return None
    return Population(inputs, level, tuple(f"{one:016}" for one in rows))
