"""Counting BAG rows by type, as Kadaster's own codes name the types."""

from collections import defaultdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.registers import arrays
from knooppunt.registers.bag import codes
from knooppunt.registers.bag.kinds import OBJECTS, TYPE_CODES
from knooppunt.registers.delivery import Counts

_CODE_OF_TABLE = {kind.table: kind.code for kind in OBJECTS}
INVESTIGATIONS = "in_onderzoek"
RELATIONS = "gem_wpl_relatie"


class BagTally:
    """Occurrences, objects and current occurrences of the stand; the other parts beside them.

    Current: no end of validity and not made inactive (source: hub data dictionary, BAG 2.0).
    """

    def __init__(self) -> None:
        self.occurrences: dict[str, int] = defaultdict(int)
        self.objects: dict[str, int] = defaultdict(int)
        self.current: dict[str, int] = defaultdict(int)
        self.beside: dict[str, dict[str, int]] = {
            name: defaultdict(int) for name in (codes.NOT_BAG, codes.INACTIVE, INVESTIGATIONS, RELATIONS)
        }
        self.used_twice: dict[str, int] = defaultdict(int)
        self._last: dict[str, tuple[int, int]] = {}

    def add(self, table: str, rows: pa.Table) -> None:
        """Count rows, which come sorted by part and id."""
        code = _CODE_OF_TABLE.get(table)
        if code is None:
            name = INVESTIGATIONS if table == "investigations" else RELATIONS
            kinds = rows["kind"].value_counts().to_pylist() if table == "investigations" else []
            self.beside[name]["all"] += rows.num_rows
            for kind in kinds:
                self.beside[name][kind["values"]] += kind["counts"]
            return
        for part in (codes.INACTIVE, codes.NOT_BAG):
            count = int(arrays.is_word(rows["part"], part).sum())
            if count:
                self.beside[part][code] += count
        stand = arrays.is_word(rows["part"], codes.STAND)
        self._add_stand(code, rows if stand.all() else rows.filter(arrays.flags(stand)))

    def _add_stand(self, code: str, rows: pa.Table) -> None:
        if not rows.num_rows:
            return
        last_id, last_number = self._last.get(code, (-1, -1))
        ids = np.append(last_id, arrays.to_numpy(rows["id"]))
        numbers = np.append(last_number, arrays.to_numpy(rows["occurrence"]))
        another = np.diff(ids) != 0
        self.occurrences[code] += rows.num_rows
        self.objects[code] += int(another.sum())
        self.used_twice[code] += int((~another & (np.diff(numbers) == 0)).sum())
        self._last[code] = (int(ids[-1]), int(numbers[-1]))
        open_ended = pc.and_(rows["valid_to"].is_null(), rows["inactive_at"].is_null())
        self.current[code] += int(arrays.to_numpy(open_ended).sum())

    def forget(self, table: str) -> None:
        """Count a table anew."""
        code = _CODE_OF_TABLE.get(table)
        if code is None:
            self.beside[INVESTIGATIONS if table == "investigations" else RELATIONS].clear()
            return
        parts = [self.beside[part] for part in (codes.INACTIVE, codes.NOT_BAG)]
        for counted in (self.occurrences, self.objects, self.current, self.used_twice, *parts):
            counted.pop(code, None)
        self._last.pop(code, None)

    def counts(self) -> Counts:
        """Return the counts; every type is there, also with none."""
        used_twice = sum(self.used_twice.values())
        by_type = [{code: own[code] for code in TYPE_CODES} for own in (self.occurrences, self.objects, self.current)]
        return Counts(
            occurrences=by_type[0],
            objects=by_type[1],
            current=by_type[2],
            beside={name: dict(own) for name, own in self.beside.items()},
            quality={"occurrence_numbers_used_twice": used_twice} if used_twice else {},
        )
