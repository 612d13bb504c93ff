"""The process behind `bounded.clean`: one file in, one answer out, and nothing else within reach.

In: a line with the code of the format, then the file. Out: a line of JSON, then the cleaned file and its thumbnail.
"""

import json
import sys
from collections.abc import Callable
from importlib import import_module

from bolwerk.documents.cleaning import limits
from bolwerk.documents.cleaning.formats import IMAGES, OFFICE, SOUNDS
from bolwerk.documents.cleaning.outcome import Cleaned, FileRefusedError, Reason


def _cleaner(code: str) -> Callable[[bytes, str], Cleaned]:
    """The function for this format, rehearsed. Only what it needs is imported, so that the process starts quickly."""
    rooms = {"images": IMAGES, "sounds": SOUNDS, "office": OFFICE}
    name = next((room for room, codes in rooms.items() if code in codes), "pdfs")
    module = import_module(f"bolwerk.documents.cleaning.{name}")
    module.rehearse()
    clean: Callable[[bytes, str], Cleaned] = module.clean
    return clean


def _answer(code: str, clean: Callable[[bytes, str], Cleaned], data: bytes) -> tuple[dict[str, object], bytes]:
    try:
        done = clean(data, code)
    except FileRefusedError as refusal:
        return {"refused": refusal.reason.value}, b""
    except (MemoryError, RecursionError):
        return {"refused": Reason.TOO_MUCH.value}, b""
    except Exception:  # noqa: BLE001  the libraries for these formats raise whatever they like on broken input
        return {"refused": Reason.DAMAGED.value}, b""
    head: dict[str, object] = {"content": len(done.content), "thumbnail": len(done.thumbnail)}
    return head | {"width": done.width, "height": done.height}, done.content + done.thumbnail


def main() -> None:
    """Read, fence in, clean, answer."""
    code = sys.stdin.buffer.readline().decode("ascii").strip()
    clean = _cleaner(code)
    data = sys.stdin.buffer.read(limits.MAXIMUM_BYTES + 1)
    limits.fence()
    head, body = _answer(code, clean, data)
    sys.stdout.buffer.write(json.dumps(head).encode("ascii") + b"\n" + body)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
