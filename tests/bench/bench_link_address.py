"""Address lines and tips with real-life errors to BAG ids: `python -m tests.bench.bench_link_address [lines]`.

1,000,000 lines and 200,000 tips over a synthetic municipality of 800,000 and Doesburg's real streets, and
1,000 lines of each of the thirty kinds of error over Doesburg alone. The errors come from
`knooppunt.synthetic.messy`, which knows nothing of the linker; six kinds were never looked at while the linker
was made, and the seeds here were not either. Lines a second are wall time on this machine and, since others may
use it too, per two seconds of processor time.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pyarrow as pa

from knooppunt.linkage.free import AddressBook, Linker, TipLinker
from knooppunt.synthetic.messy import HELD_OUT, Address, Kind, Written, write_lines, write_tips
from tests.bench.address_town import as_addresses, doesburg, renamed, synthetic
from tests.bench.result import Figure, write

RESIDENTS = 800_000
LINES = 1_000_000
SEED = 20_261_126


def shares(table: pa.Table, truth: Sequence[int], some: np.ndarray | None = None) -> tuple[float, float]:
    """Precision of the links, and coverage of what has an address."""
    found = table["object_id"].fill_null(0).to_numpy()
    right = np.array(truth)
    keep = np.ones(len(found), bool) if some is None else some
    linked = (found > 0) & keep
    return float((found == right)[linked].mean()) if linked.any() else 1.0, float(
        (found > 0)[keep & (right > 0)].mean()
    )


def score(name: str, table: pa.Table, written: Written) -> dict[str, Figure]:
    """The figures of one set: in all, per stage, and for the kinds that were held out."""
    precision, coverage = shares(table, written.objects)
    figures: dict[str, Figure] = {f"{name}: precision": precision, f"{name}: coverage": coverage}
    stages = np.array(table["stage"].to_pylist())
    for stage in sorted(set(stages)):
        own = stages == stage
        figures[f"{name}, stage {stage}: share"] = float(own.mean())
        if table["object_id"].filter(pa.array(own)).null_count < own.sum():
            figures[f"{name}, stage {stage}: precision"] = shares(table, written.objects, own)[0]
    held = np.array([bool(HELD_OUT & set(kinds)) for kinds in written.kinds])
    if held.any():
        one, other = shares(table, written.objects, held)
        figures |= {f"{name}, kinds held out: precision": one, f"{name}, kinds held out: coverage": other}
    return figures


def timed(linker: Linker | TipLinker, texts: list[str], name: str) -> tuple[pa.Table, dict[str, Figure]]:
    """Link, and how fast that went."""
    lines = pa.array(texts)
    wall, used = perf_counter(), process_time()
    table = linker.link(lines)
    wall, used = perf_counter() - wall, process_time() - used
    return table, {
        f"{name} per second (wall)": len(texts) / wall,
        f"{name} per two seconds of processor": 2 * len(texts) / used,
    }


def by_kind(linker: Linker, addresses: list[Address]) -> dict[str, Figure]:
    """Precision and coverage of a thousand lines with each kind of error."""
    figures: dict[str, Figure] = {}
    for kind in Kind:
        written = write_lines(addresses, 1_000, seed=SEED, kinds=[kind])
        precision, coverage = shares(linker.link(pa.array(written.texts)), written.objects)
        mark = " (held out)" if kind in HELD_OUT else ""
        figures |= {f"Doesburg, {kind}{mark}: precision": precision, f"Doesburg, {kind}{mark}: coverage": coverage}
    return figures


def main(lines: int) -> None:
    """Measure, keep and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        real = doesburg(folder)
        table = synthetic(RESIDENTS if lines > 200_000 else RESIDENTS // 8, folder)
    whole = table if real is None else pa.concat_tables([table, real.cast(table.schema)])
    former = renamed(whole, SEED)
    names = pa.table({"street": [street for street, _ in former], "was": list(former.values())})
    started = perf_counter()
    book = AddressBook(whole, names)
    figures: dict[str, Figure] = {"addresses": whole.num_rows, "seconds to make the book": perf_counter() - started}
    addresses = as_addresses(whole, former)
    written = write_lines(addresses, lines, seed=SEED)
    linker = Linker(book)
    found, speed = timed(linker, written.texts, "lines")
    figures |= speed | score("lines", found, written)
    again = Linker(book).link(pa.array(written.texts))
    figures["lines: two runs identical"] = str(again.equals(found))
    written = write_tips(addresses, lines // 5, seed=SEED)
    found, speed = timed(TipLinker(Linker(book)), written.texts, "tips")
    figures |= speed | score("tips", found, written)
    if real is not None:
        own = as_addresses(real, {key: was for key, was in former.items() if key[1] == "Doesburg"})
        figures |= by_kind(Linker(AddressBook(real, names)), own)
    else:
        print("the real extract is not here; set BOLWERK_SHARED")
    print(write("link-address", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
