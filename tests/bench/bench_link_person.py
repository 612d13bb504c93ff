"""Outside records to a register of persons, beside Splink 5: `python -m tests.bench.bench_link_person [register]`.

200,000 records, a tenth of them about nobody in the register of 900,000; the records come from
`knooppunt.synthetic.persons`, which knows nothing of the linker. Once with a BSN on 60% of the records and once
with none. Ours is judged at the fixed thresholds it ships with; Splink gets the threshold that is best on the truth.
Our time is everything: making the index, its counts, and linking. Splink's is registering, training and predicting.
"""

import hashlib
import resource
import sys
from random import Random
from time import perf_counter, process_time

import numpy as np
import pyarrow as pa

from knooppunt.linkage.persons.index import PersonIndex
from knooppunt.linkage.persons.link import compare
from knooppunt.synthetic.persons import copies, population
from tests.bench.peer_splink import splink
from tests.bench.result import Figure, middle, write

REGISTER = 900_000
SEED = 20_261_127
LEAST_PRECISION = 0.995


def keyed(table: pa.Table) -> pa.Table:
    """Numbers as the hashes that a vault would make of them."""
    keys = [
        None if one is None else hashlib.sha256(str(one).encode()).hexdigest()[:32]
        for one in table["person"].to_pylist()
    ]
    return table.append_column("bsn_key", pa.array(keys, pa.string()))


def recall_at(weight: np.ndarray, right: np.ndarray, there: int) -> float:
    """The most recall at a threshold with enough precision."""
    order = np.argsort(-weight, kind="stable")
    good = np.cumsum(right[order])
    precision = good / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= LEAST_PRECISION)
    return float(good[enough[-1]] / there) if len(enough) else 0.0


def ours(register: pa.Table, records: pa.Table, truth: np.ndarray) -> tuple[dict[str, Figure], pa.Table]:
    """Precision, recall, seconds, per stage, and for one new record."""
    started, used = perf_counter(), process_time()
    index = PersonIndex(register)
    made = perf_counter()
    links = compare(index, records)
    done, used = perf_counter(), process_time() - used
    row = links["row"].fill_null(-1).to_numpy()
    right = (row == truth) & (row >= 0)
    figures: dict[str, Figure] = {
        "precision": float(right.sum() / (row >= 0).sum()),
        "recall": float(right.sum() / (truth >= 0).sum()),
        "seconds, index": made - started,
        "seconds, link": done - made,
        "processor seconds": used,
    }
    stages = np.array(links["stage"].to_pylist())
    for stage in sorted(set(stages)):
        own = (stages == stage) & (row >= 0)
        figures[f"stage {stage}: records"] = int((stages == stage).sum())
        if own.any():
            figures[f"stage {stage}: precision"] = float(right[own].mean())
    times = []
    for place in range(20):
        begin = perf_counter()
        compare(index, records.slice(place, 1))
        times.append(perf_counter() - begin)
    figures["seconds, one new record"] = middle(times)
    return figures, links


def theirs(register: pa.Table, records: pa.Table, truth: np.ndarray, *, number: bool) -> dict[str, Figure]:
    """Splink's recall at a threshold on pairs, and with the best candidate of each record; its seconds."""
    found = splink(register, records, number=number)
    there = int((truth >= 0).sum())
    right = truth[found.record] == found.row
    order = np.lexsort((-found.weight, found.record))
    first = order[np.flatnonzero(np.append(True, np.diff(found.record[order]) != 0))]
    return {
        "recall at precision .995, threshold": recall_at(found.weight, right, there),
        "recall at precision .995, best candidate": recall_at(found.weight[first], right[first], there),
        "seconds, train": found.train,
        "processor seconds": found.processor,
        "seconds, predict": found.predict,
        "seconds, one new record": found.one,
    }


def main(size: int) -> None:
    """Measure, keep and print."""
    outside = size // 45
    whole = population(size + outside, seed=SEED)
    rng = Random(SEED)
    order = rng.sample(range(size + outside), size + outside)
    rows = sorted(order[:size])
    asked = order[size:] + rng.sample(rows, outside * 9)
    rng.shuffle(asked)
    place = {row: at for at, row in enumerate(rows)}
    truth = np.array([place.get(row, -1) for row in asked])
    register = keyed(whole.take(pa.array(rows)))
    figures: dict[str, Figure] = {"register": size, "records": len(asked)}
    kinds = []
    for share, name in ((0.6, "BSN on 60%"), (0.0, "no BSN")):  # both before Splink, whose memory stays in the process
        records = keyed(copies(whole, asked, seed=SEED + 1, with_number=share))
        own, links = ours(register, records, truth)
        figures[f"{name}: peak MiB of the whole process before Splink"] = (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        )
        again = compare(PersonIndex(register), records)
        own["two runs identical"] = str(again.equals(links))
        kinds.append((share, name, records, own))
    for share, name, records, own in kinds:
        figures |= {f"{name}, ours: {key}": value for key, value in own.items()}
        peer = theirs(register, records, truth, number=share > 0)
        figures |= {f"{name}, Splink: {key}": value for key, value in peer.items()}
        mine = float(own["seconds, index"]) + float(own["seconds, link"])
        figures[f"{name}: our time / Splink's"] = mine / (
            float(peer["seconds, train"]) + float(peer["seconds, predict"])
        )
        figures[f"{name}: our processor time / Splink's"] = float(own["processor seconds"]) / float(
            peer["processor seconds"]
        )
        figures[f"{name}: one new record, ours / Splink's"] = float(own["seconds, one new record"]) / float(
            peer["seconds, one new record"]
        )
    print(write("link-person", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else REGISTER)
