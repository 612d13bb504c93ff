"""A register of persons, ready to be asked: counts of every value, and a table of blocking keys.

It lives in memory as long as the work it was made for; nothing of it is written.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from knooppunt.linkage.free.tokens import Hashes, Ints
from knooppunt.linkage.persons.filed import Filed, mixed
from knooppunt.linkage.persons.names import Vocabulary
from knooppunt.linkage.persons.records import MONTH, YEAR, Records, Words, day_code, read_records

_THREADS = 2
MOST_CANDIDATES = 60
"""Of one blocking key; a key that more persons share says too little to look at all of them."""


_AT_HOME = 3
"""Which of `filed_keys` has the address and the sound."""

Key = Callable[[], Hashes]


def filed_keys(records: Records, surname_sound: Ints) -> list[Key]:
    """Keys under which a register files a person: each forgives something else; worked out when called."""
    birth = np.where(records.birth > 0, records.birth, -1)
    sound = _sounds(records.surname, surname_sound)
    initial, address, postcode = records.initial, records.address, records.postcode
    return [
        lambda: mixed(birth, initial),  # another surname
        lambda: mixed(birth, sound),  # another given name
        lambda: mixed(address, initial),  # no or another day of birth
        lambda: mixed(address, sound),
        lambda: mixed(sound, initial, birth >> YEAR),  # moved, and a day of birth with an error
        lambda: mixed(sound, initial, np.where(birth > 0, birth & (1 << YEAR) - 1, -1)),
        lambda: mixed(birth, postcode),  # both names wrong
        lambda: mixed(sound, initial, postcode),
        lambda: mixed(sound, initial),  # no day of birth at all
    ]


def asked_keys(records: Records, surname_sound: Ints) -> list[tuple[int, Key]]:
    """Keys that a record is looked for under, and which of `filed_keys` each is."""
    *filed, dayless = filed_keys(records, surname_sound)
    second = _sounds(records.second, surname_sound)
    year, month, day = records.birth >> YEAR, records.birth >> MONTH & 15, records.birth & 31
    swaps = (day <= 12) & (day != month) & (records.birth > 0)  # the others are no date swapped, or the same one
    swapped = np.where(swaps, day_code(year, day, month), -1)
    address, initial = records.address, records.initial
    birth = np.where(records.birth > 0, records.birth, -1)
    return [
        *enumerate(filed),
        (len(filed), lambda: np.where(records.birth == 0, dayless(), np.uint64(0))),
        (0, lambda: mixed(swapped, initial)),
        (1, lambda: mixed(birth, second)),
        (_AT_HOME, lambda: mixed(address, second)),
    ]


def _sounds(names: Ints, sound: Ints) -> Ints:
    """The sound of each name; -1 where there is none."""
    return np.where(names >= 0, sound[names], -1)


class PersonIndex:
    """A register with its counts and blocking keys."""

    def __init__(self, register: pa.Table) -> None:
        """`register` has `records.COLUMNS`, one row per person."""
        self.words = Words(Vocabulary(), Vocabulary())
        self.records = read_records(register, self.words)
        self.words.surname.close()
        self.size = self.records.count
        self.surnames = counts(self.records.surname, len(self.words.surname.words))
        self.given = counts(self.records.given, len(self.words.given.words))
        self.initials = counts(self.records.initial, 26)[self.words.given.initials()]
        self.births = counts(self.records.birth, 0).astype(np.int32)[self.records.birth]
        sounds = self.words.surname.sound_array()
        with ThreadPoolExecutor(_THREADS) as pool:  # mixing and sorting let the other thread go on
            addresses = pool.submit(occurrences, self.records.address)
            bsn = pool.submit(Filed, self.records.bsn)
            self.blocks = list(pool.map(lambda key: Filed(key()), filed_keys(self.records, sounds)))
        self.addresses, self.bsn = addresses.result(), bsn.result()

    def at_home(self, asked: Records, most: int) -> tuple[Ints, Ints]:
        """Pairs of an asked record and a row with the same address, and a surname that sounds the same."""
        sound = _sounds(asked.surname, self.words.surname.sound_array())
        return self.blocks[_AT_HOME].find(mixed(asked.address, sound), most)

    def candidates(self, asked: Records, most: int) -> Iterator[tuple[Ints, Ints]]:
        """Pairs of an asked record and a row of the register that meet under a key; a pair may come more than once."""
        for block, key in asked_keys(asked, self.words.surname.sound_array()):
            yield self.blocks[block].find(key(), most)


def counts(values: Ints, kinds: int) -> Ints:
    """How often each value from 0 up occurs."""
    return np.bincount(values[values >= 0], minlength=max(kinds, 1))


def occurrences(values: Ints) -> npt.NDArray[np.int32]:
    """How often the value of each row occurs; 0 for what is no value."""
    _, own, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.where(values < 0, 0, count[own]).astype(np.int32)
