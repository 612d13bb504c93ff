"""Counting stays."""

import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.registers.delivery import Counts


class StayTally:
    """Stays, the addressable objects they are at, and the stays that have not ended."""

    def __init__(self) -> None:
        self.forget("stays")

    def forget(self, table: str) -> None:  # noqa: ARG002  there is one table
        """Count anew."""
        self.stays = self.current = self.objects = 0
        self._last: int | None = None

    def add(self, table: str, rows: pa.Table) -> None:  # noqa: ARG002  there is one table
        """Count rows, which come sorted by object; stays without an object come last."""
        self.stays += rows.num_rows
        self.current += rows["end_earliest"].null_count
        for object_id in pc.unique(rows["object_id"]).to_pylist():
            self.objects += object_id is not None and object_id != self._last
            self._last = object_id

    def counts(self) -> Counts:
        """Return the counts."""
        return Counts({"stays": self.stays}, {"addressable_objects": self.objects}, {"stays": self.current})
