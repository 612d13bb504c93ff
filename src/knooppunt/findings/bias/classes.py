"""Kinds of neighbourhoods: urbanity (CBS), or a figure of the neighbourhoods in three equal groups."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow.parquet as pq

from knooppunt.findings.inputs import Inputs
from knooppunt.linkage.areas import full_code
from knooppunt.vault import Vault, VaultError

URBANITY = "urbanity"
NOWHERE = "unknown"  # objects of which the neighbourhood or its class is not known
URBAN = {1: "very urban", 2: "urban", 3: "fairly urban", 4: "little urban", 5: "not urban"}
"""The five classes of CBS (stedelijkheid)."""

THIRDS = ("low", "middle", "high")


class NoBiasReportError(VaultError):
    """The rule is not about addresses, or the registers do not say which class a neighbourhood is."""


def class_of_objects(inputs: Inputs, by: str) -> dict[int, str]:
    """The class of the neighbourhood of every object of which that is known."""
    areas = inputs.see("neighbourhoods").select("area_id", "urbanity").to_pyarrow().to_pylist()
    if by == URBANITY:
        named = {row["area_id"]: URBAN[row["urbanity"]] for row in areas if row["urbanity"] in URBAN}
    else:
        named = _thirds(_values(inputs, by))
    if not named:
        raise NoBiasReportError(f"The registers say of no neighbourhood what its {by} is.")
    places = inputs.see("area_of").to_pyarrow()
    pairs = zip(places["object_id"].to_pylist(), places["area_id"].to_pylist(), strict=True)
    return {one: named[area] for one, area in pairs if area in named}


def kinds_by_code(vault: Vault) -> dict[str, str]:
    """The urbanity of every neighbourhood by its CBS code, of the day the vault is asked about; VaultError without."""
    path = vault.table_path("neighbourhoods")
    try:
        rows = pq.read_table(path, columns=["code", "urbanity"]).to_pylist()
    except (OSError, ValueError) as error:
        raise VaultError(f"{path} cannot be read ({error}). Ingest that register again.") from error
    return {full_code(row["code"]): URBAN[row["urbanity"]] for row in rows if row["urbanity"] in URBAN}


def _values(inputs: Inputs, indicator: str) -> dict[int, float]:
    """The newest figure of each neighbourhood for an indicator."""
    figures = inputs.register_table("figures")
    rows = figures.filter(figures.indicator.cast("string") == indicator).select("area", "year", "value")
    newest: dict[int, tuple[int, float]] = {}
    for row in rows.order_by("year").to_pyarrow().to_pylist():
        digits = "".join(filter(str.isdigit, row["area"]))
        if digits and row["value"] is not None:
            newest[int(digits)] = (row["year"], float(row["value"]))
    return {area: value for area, (_year, value) in newest.items()}


def _thirds(values: Mapping[int, float]) -> dict[int, str]:
    if len(values) < len(THIRDS):
        return {}
    bounds = np.quantile(list(values.values()), [1 / 3, 2 / 3])
    return {area: THIRDS[int(np.searchsorted(bounds, value, side="left"))] for area, value in values.items()}
