"""The list of what was left out of a delivery: kept beside it, one JSON object per line. It holds no personal data."""

import json
from itertools import islice
from pathlib import Path

from knooppunt.registers.refusal import Rejection
from knooppunt.vault.layout import Delivery, VaultError

FILE = "rejected.jsonl"


def write_rejected(folder: Path, rejected: list[Rejection]) -> None:
    """Write the list into the folder of a delivery."""
    lines = [
        json.dumps({"file": one.file, "line": one.line, "reason": one.reason}, ensure_ascii=False) for one in rejected
    ]
    (folder / FILE).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_rejected(delivery: Delivery, *, start: int = 0, most: int | None = None) -> list[Rejection]:
    """What was left out of `delivery`, in its order: `most` of them from place `start` on.

    Raises VaultError when the list cannot be read.
    """
    try:
        with (delivery.path / FILE).open(encoding="utf-8") as lines:
            wanted = islice(lines, start, None if most is None else start + most)
            return [Rejection(**json.loads(line)) for line in wanted]
    except (OSError, ValueError, TypeError) as error:
        again = f"Ingest {delivery.register} again."
        raise VaultError(f"The refused records in {delivery.path} cannot be read ({error}). {again}") from error
