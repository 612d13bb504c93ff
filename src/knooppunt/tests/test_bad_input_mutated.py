"""Good files, mutated: read or refused in a sentence, never a crash, and never for long."""

import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.ingest import ingest
from knooppunt.registers.brp.stays import COLUMNS
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON, building, extract

SECONDS = 20  # for one small file; a normal one takes a fiftieth of a second


def _zip(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0221PND15092020-000001.xml", data)
    return stream.getvalue()


def _person(number: int) -> str:
    cells = dict.fromkeys(COLUMNS, "") | {"bsn": "999993653", "since": "20100801", "function": "W"}
    return ";".join([f"L{number}", *cells.values()])


BAG = extract(building(1), building(1, 2), building(2))
BRP = "\n".join([";".join(["", *COLUMNS.values()]), *map(_person, range(5))]).encode()
KVK = json.dumps([{"kvkNummer": "01234567", "vestigingsnummer": "000000000001", "adressen": []}], indent=1).encode()
GOOD = {"bag xml": BAG, "bag zip": _zip(BAG), "brp csv": BRP, "kvk json": KVK}


@st.composite
def mutated(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file with a few pieces cut out, put in, doubled or overwritten."""
    data = good
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        piece = draw(st.one_of(st.binary(max_size=8), st.just(data[start:end] * 2), st.just(b"")))
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=120, deadline=SECONDS * 1000, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutated_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    register, suffix = name.split()
    keep_going = data.draw(st.booleans())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"0221PND15092020-000001.{suffix}")
        path.write_bytes(data.draw(mutated(GOOD[name])))
        try:
            ingest(register, path, vault=Path(folder, "vault"), at=NOON, keep_going=keep_going)
        except RefusedError as refused:
            assert str(refused)
            assert not Path(folder, "vault", "vault.json").exists()
