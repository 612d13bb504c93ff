"""What was kept of an earlier delivery, without what the trade register shields now.

Tables of a vault say it themselves (`Vault.connect`). What is kept of them, a run and what rules saw in it, was
written when an establishment was not shielded yet.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from knooppunt.findings.told import as_json
from knooppunt.vault.shielding import REGISTER as TRADE
from knooppunt.vault.shielding import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knooppunt.vault import Vault
    from knooppunt.vault.shielding import Shield

__all__ = ["TRADE", "covered", "open_to_all"]
_LEFT = ("shielded", "source_file", "source_line")
_NAMED = re.compile(r'"(?:kvk|establishment)":\s*"([0-9]+)"')

Row = dict[str, Any]


def open_to_all(table: str, rows: Iterable[Row], shield: Shield | None = None) -> list[Row]:
    """The rows of a table that rules see, of a shielded establishment (indAfgeschermd) only where it is delivered."""
    if table != TABLE:
        return list(rows)
    return [_covered_row(row) if row["shielded"] or _hides(shield, row) else row for row in rows]


def _hides(shield: Shield | None, row: Row) -> bool:
    return shield is not None and shield.hides(row["kvk"], row["establishment"])


def _covered_row(row: Row) -> Row:
    return {name: row[name] for name in _LEFT} | {"shielded": True}


def covered(rows: pa.Table, vault: Vault, made_from: Mapping[str, str]) -> pa.Table:
    """Findings of a run, with of what was shielded since only where it was delivered."""
    if TRADE not in made_from:
        return rows
    shield = vault.shield(made_from[TRADE])
    if not shield.deliveries:
        return rows
    told = [_covered_refs(refs, shield) for refs in rows["refs"].to_pylist()]
    return rows.set_column(rows.column_names.index("refs"), rows.schema.field("refs"), pa.array(told, pa.string()))


def _covered_refs(text: str, shield: Shield) -> str:
    """Most records are of nothing that is shielded, and need not be taken apart to see so."""
    if not shield.concerns(int(one) for one in _NAMED.findall(text)):
        return text
    return as_json([_covered_ref(ref, shield) for ref in json.loads(text)])


def _covered_ref(ref: Row, shield: Shield) -> Row:
    keys = ref["keys"]
    if ref["table"] != TABLE or "kvk" not in keys:
        return ref
    own = int(keys["establishment"]) if "establishment" in keys else None
    return ref | {"keys": {}, "facts": {"shielded": True}} if shield.hides(int(keys["kvk"]), own) else ref
