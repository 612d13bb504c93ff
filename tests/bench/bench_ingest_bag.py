"""Reading a BAG extract beside GDAL's LVBAG driver: `python -m tests.bench.bench_ingest_bag [residents]`.

Two inputs: the real buildings of Doesburg (where the real data is, see BOLWERK_SHARED) and a synthetic
municipality. GDAL reads no zips, so it gets the unpacked XML; ours gets the zip, and the same XML as well.
Rounds take turns. Two figures are kept: in a process that is warm (as a large delivery sees it), beside GDAL
without the time in which it only starts (`ogr2ogr --version`, in the same rounds), and the whole command with its
start-up, beside the whole of GDAL. Memory is that of the command at two sizes.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from time import perf_counter

from knooppunt.ingest import ingest
from knooppunt.tests.deliveries import NOON, SHARED
from tests.bench.result import Figure, middle, write

KNOOPPUNT = (sys.executable, "-c", "from knooppunt.cli import main; main()")
ROUNDS = 7
RESIDENTS = 200_000  # about 300,000 occurrences
SMALLER = 4  # the other size for memory is a quarter
REAL = SHARED / "data" / "bag" / "0221PND15092020.zip"


def unpack(delivery: Path, folder: Path) -> Path:
    """Unpack a zip, and the zips in it, to loose XML files of objects."""
    with zipfile.ZipFile(delivery) as archive:
        for name in archive.namelist():
            if name.endswith(".zip"):
                inner = folder / Path(name).name
                inner.write_bytes(archive.read(name))
                unpack(inner, folder)
                inner.unlink()
            elif name.endswith(".xml") and name[:4].isdigit():
                (folder / Path(name).name).write_bytes(archive.read(name))
    return folder


def gdal(xml: Path, folder: Path) -> float:
    """Seconds ogr2ogr takes to bring every file into one GeoPackage."""
    target = folder / "out.gpkg"
    target.unlink(missing_ok=True)
    start = perf_counter()
    subprocess.run(["ogr2ogr", "-f", "GPKG", target, xml], check=True, capture_output=True)
    return perf_counter() - start


def gdal_starts() -> float:
    """Seconds ogr2ogr takes to start and end."""
    start = perf_counter()
    subprocess.run(["ogr2ogr", "--version"], check=True, capture_output=True)
    return perf_counter() - start


def warm(delivery: Path, folder: Path) -> float:
    """Seconds an ingest takes in this process."""
    vault = folder / "vault"
    shutil.rmtree(vault, ignore_errors=True)
    start = perf_counter()
    ingest("bag", delivery, vault=vault, at=NOON)
    return perf_counter() - start


def command(delivery: Path, folder: Path) -> tuple[float, dict[str, dict[str, int] | float]]:
    """Seconds the whole command takes, and what it says."""
    vault = folder / "vault"
    shutil.rmtree(vault, ignore_errors=True)
    start = perf_counter()
    arguments = ["ingest", "bag", str(delivery), "--vault", str(vault), "--json"]
    result = subprocess.run([*KNOOPPUNT, *arguments], check=True, capture_output=True)
    return perf_counter() - start, json.loads(result.stdout)


def compare(name: str, delivery: Path, folder: Path, rounds: int) -> dict[str, Figure]:
    """The figures of one delivery."""
    xml = folder / name
    xml.mkdir()
    unpack(delivery, xml)
    megabytes = sum(file.stat().st_size for file in xml.iterdir()) / 1e6
    warm(delivery, folder)
    times: dict[str, list[float]] = {"gdal": [], "gdal starts": [], "zip": [], "xml": [], "command": []}
    for _ in range(rounds):
        times["gdal"].append(gdal(xml, folder))
        times["gdal starts"].append(gdal_starts())
        times["zip"].append(warm(delivery, folder))
        times["xml"].append(warm(xml, folder))
        times["command"].append(command(delivery, folder)[0])
    medians = {way: middle(own) for way, own in times.items()}
    occurrences = command(delivery, folder)[1]["occurrences"]
    assert isinstance(occurrences, dict)
    figures: dict[str, Figure] = {f"{name} megabytes of XML": megabytes}
    figures |= {f"{name} seconds, {way}": seconds for way, seconds in medians.items()}
    reads = medians["gdal"] - medians["gdal starts"]
    figures |= {f"{name} times GDAL, {way}": reads / medians[way] for way in ("zip", "xml")}
    figures[f"{name} times GDAL, command"] = medians["gdal"] / medians["command"]
    figures[f"{name} occurrences per second, zip"] = sum(occurrences.values()) / medians["zip"]
    return figures


def synth(residents: int, folder: Path) -> Path:
    """A synthetic municipality's BAG extract."""
    arguments = ["synth", "--residents", str(residents), "--seed", "1", "--out", str(folder)]
    subprocess.run([*KNOOPPUNT, *arguments], check=True, stdout=subprocess.DEVNULL)
    return folder / "bag.zip"


def main(residents: int) -> None:
    """Measure, keep and print."""
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not shutil.which("ogr2ogr"):
            sys.exit("ogr2ogr is not here (Debian: gdal-bin); there is nothing to compare with")
        if REAL.exists():
            figures |= compare("Doesburg", REAL, folder, ROUNDS)
        else:
            print(f"the real extract is not here ({REAL}); set BOLWERK_SHARED")
        small, large = synth(residents // SMALLER, folder / "small"), synth(residents, folder / "large")
        figures |= compare("synthetic", large, folder, 3)
        for size, delivery in (("a quarter", small), ("whole", large)):
            peak = command(delivery, folder)[1]["peak_mib"]
            assert isinstance(peak, float)
            figures[f"synthetic peak MiB, {size}"] = peak
    print(write("ingest-bag", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RESIDENTS)
