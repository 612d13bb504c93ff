"""Splink 5 on the same records, as its documentation would set it up: eight blocking rules, trained in the run.

The address is one comparison, which suits Splink better than three (shared note on linkage, §2). With `number`
the number that stands for a BSN is a comparison and a blocking rule too.
"""

from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

MOST_PAIRS_FOR_U = 1e6


@dataclass(slots=True)
class Peer:
    """What Splink found, and how long that took."""

    record: np.ndarray
    row: np.ndarray
    weight: np.ndarray
    train: float
    predict: float
    processor: float
    one: float


def _tables(connection: duckdb.DuckDBPyConnection, register: pa.Table, records: pa.Table) -> None:
    for name, table in (("register", register), ("asked", records)):
        connection.register(f"{name}_in", table.append_column("unique_id", pa.array(range(table.num_rows))))
        connection.execute(
            f"CREATE TABLE {name} AS SELECT unique_id, '{name}' AS source_dataset, bsn_key, "
            "upper(given) AS given, left(upper(given), 1) AS initial, "
            "upper(surname) AS surname, birth::varchar AS birth, postcode, number::varchar AS number, "
            f"postcode || ' ' || number AS address FROM {name}_in"
        )


def _settings(*, number: bool) -> Any:
    from splink import SettingsCreator, block_on
    from splink import comparison_library as cl

    rules: list[Any] = [
        block_on("birth", "initial"),
        block_on("birth", "surname"),
        block_on("address", "initial"),
        block_on("address", "surname"),
        block_on("surname", "given", "substr(birth, 1, 4)"),
        block_on("surname", "initial", "substr(birth, 6, 5)"),
        block_on("surname", "initial", "postcode"),
        block_on("given", "birth"),
    ]
    comparisons: list[Any] = [
        cl.NameComparison("given").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("birth", input_is_string=True),
        cl.ExactMatch("address"),
    ]
    if number:
        rules.append(block_on("bsn_key"))
        comparisons.append(
            cl.ExactMatch("bsn_key").configure(m_probabilities=[0.99, 0.01], u_probabilities=[1e-6, 1 - 1e-6])
        )
    return SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=rules,
        comparisons=comparisons,
        probability_two_random_records_match=1e-6,
    )


def splink(register: pa.Table, records: pa.Table, *, number: bool) -> Peer:
    """Train on these records, predict, and ask for one new record once more."""
    from splink import Linker, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI

    connection = duckdb.connect(config={"threads": 2})
    _tables(connection, register, records)
    started, used = perf_counter(), process_time()
    database = DuckDBAPI(connection)
    both = [database.register(name) for name in ("register", "asked")]
    linker = Linker(both, _settings(number=number), log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS_FOR_U, seed=1)
    for rule in (block_on("birth", "surname"), block_on("address", "given")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    trained = perf_counter()
    pairs = linker.inference.predict(threshold_match_weight=-10)
    predicted, used = perf_counter(), process_time() - used
    table = connection.sql(
        "SELECT CASE WHEN source_dataset_l = 'asked' THEN unique_id_l ELSE unique_id_r END AS record, "
        "CASE WHEN source_dataset_l = 'asked' THEN unique_id_r ELSE unique_id_l END AS row, match_weight "
        f"FROM {pairs.physical_name}"
    ).to_arrow_table()
    connection.execute("CREATE TABLE one AS SELECT * FROM asked LIMIT 1")
    single = database.register("one")
    again = perf_counter()
    linker.inference.predict_between(both[0], single)
    one = perf_counter() - again
    record, row, weight = (table[name].to_numpy() for name in ("record", "row", "match_weight"))
    return Peer(record, row, weight, trained - started, predicted - trained, used, one)
