"""A few think at once, in the order in which they came; whoever waits for a slow line keeps nobody out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier, Event, Lock

import pytest

from bolwerk.config.places import Incoming, Outgoing, Places

WITHIN = 10  # seconds, or it is stuck


def is_free(places: Places) -> bool:
    """Whether somebody who comes now may work at once."""
    with ThreadPoolExecutor(1) as pool:
        came = pool.submit(places.take)
        try:
            came.result(timeout=0.3)
        except TimeoutError:
            places.leave()  # the place of who is there goes to who came, and back
            came.result(timeout=WITHIN)
            return False
        places.leave()
        return True


def test_never_more_than_there_are_places_and_everybody_gets_one() -> None:
    places, guard, now, most = Places(3), Lock(), [0], [0]

    def work(_number: int) -> None:
        for _ in range(20):
            with places.at_work():
                with guard:
                    now[0] += 1
                    most[0] = max(most[0], now[0])
                with guard:
                    now[0] -= 1

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16), timeout=WITHIN))
    assert most[0] <= 3
    assert now == [0]
    assert places._free == 3  # white box: all are back


def test_places_are_given_in_the_order_in_which_was_asked() -> None:
    places, order = Places(1), list[int]()
    places.take()

    def work(number: int, asked: Event) -> None:
        asked.set()
        with places.at_work():
            order.append(number)

    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            asked = Event()
            pool.submit(work, number, asked)
            assert asked.wait(WITHIN)
            while len(places._waiting) <= number:  # white box: until this one stands in the row
                pass
        places.leave()
    assert order == list(range(8))


def test_a_place_comes_free_when_the_work_fails() -> None:
    places = Places(1)
    with pytest.raises(ValueError, match="broken"), places.at_work():
        raise ValueError("broken")
    assert is_free(places)


class Slow(BytesIO):
    """A body of which the rest does not come until it is let."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.asked, self.comes = Event(), Event()

    def read(self, size: int | None = -1, /) -> bytes:
        self.asked.set()
        assert self.comes.wait(WITHIN)
        return super().read(size)


def test_whoever_sends_slowly_keeps_no_place() -> None:
    places, body = Places(1), Slow(b"words")

    def receive() -> bytes:
        with places.at_work():
            return Incoming(body, places).read()

    with ThreadPoolExecutor(1) as pool:
        came = pool.submit(receive)
        assert body.asked.wait(WITHIN)
        free = is_free(places)
        body.comes.set()
        assert came.result(timeout=WITHIN) == b"words"
    assert free
    assert is_free(places)


def test_what_comes_in_is_as_it_was_sent() -> None:
    places = Places(1)
    with places.at_work():
        assert Incoming(BytesIO(b"a\nb\nc"), places).readline() == b"a\n"
        assert Incoming(BytesIO(b"a\nb\nc"), places).read(3) == b"a\nb"
        assert Incoming(BytesIO(b"a\nb\nc"), places).readlines() == [b"a\n", b"b\n", b"c"]
        assert list(Incoming(BytesIO(b"a\nb\nc"), places)) == [b"a\n", b"b\n", b"c"]
        assert not places._free  # white box: the place was taken again after each


def test_an_answer_in_pieces_has_a_place_for_each_piece_only() -> None:
    places, closed = Places(1), list[bool]()

    class Pieces:
        def __iter__(self) -> Iterator[bytes]:
            assert not places._free  # white box: it is made with a place
            yield b"one"
            assert not places._free
            yield b"two"

        def close(self) -> None:
            closed.append(True)

    answer = Outgoing(Pieces(), places)
    assert next(answer) == b"one"
    assert is_free(places)
    assert list(answer) == [b"two"]
    answer.close()
    assert closed == [True]
    assert is_free(places)


def test_all_at_once_take_and_give_without_getting_stuck() -> None:
    places, start = Places(2), Barrier(12)

    def work(_number: int) -> int:
        start.wait(WITHIN)
        done = 0
        for _ in range(200):
            with places.at_work(), places.waiting():
                done += 1
        return done

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(work, range(12), timeout=60)) == 12 * 200
    assert is_free(places)
