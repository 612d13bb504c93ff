"""Making pieces of a delivery in a thread, while those before them are read.

Unpacking lets go of Python's lock, so on two cores it is done beside the reading. Half of the reading, or all of it, in
the thread as well was tried: the two then wait for the lock so often that it is hardly faster, and costs more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Generic, TypeVar

Piece = TypeVar("Piece")

_AHEAD = 3  # pieces made and not yet asked for: bounds memory


@dataclass(frozen=True)
class _End:
    """The thread is done; or this is what stopped it."""

    error: BaseException | None = None


class Ahead(Generic[Piece]):
    """Pieces in their order, made in a thread that is gone when the `with` block is.

    What goes wrong in the thread is raised here, after the pieces before it.
    """

    def __init__(self, pieces: Iterator[Piece]) -> None:
        self._pieces = pieces
        self._made: SimpleQueue[Piece | _End] = SimpleQueue()
        self._room, self._wanted = Semaphore(_AHEAD), True
        self._thread = Thread(target=self._make, name="ahead")

    def __enter__(self) -> Iterator[Piece]:
        self._thread.start()
        return self._handed_over()

    def __exit__(self, *error: object) -> None:
        self._wanted = False
        self._room.release()
        self._thread.join()

    def _handed_over(self) -> Iterator[Piece]:
        while not isinstance(piece := self._made.get(), _End):
            self._room.release()
            yield piece
        if piece.error is not None:
            raise piece.error

    def _make(self) -> None:
        """Make pieces as long as they are wanted and there is room. This is the whole life of the thread."""
        end = _End()
        try:
            for piece in self._pieces:
                self._made.put(piece)
                self._room.acquire()
                if not self._wanted:
                    break
        except BaseException as error:  # noqa: BLE001  whatever it is, the one that asks raises it again
            end = _End(error)
        self._made.put(end)
