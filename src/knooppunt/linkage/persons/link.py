"""Linking records about persons: exact stages first, then the best candidate with a margin; a basis or nothing."""

import hmac
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from knooppunt.linkage.free.tokens import Flags, Ints
from knooppunt.linkage.persons.index import MOST_CANDIDATES, PersonIndex
from knooppunt.linkage.persons.records import Records, read_records
from knooppunt.linkage.persons.score import Scorer
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.locking import writing
from knooppunt.vault.staging import log, person_key

LEAST_WEIGHT = -2.0
"""Bits a link needs, with one chance in the size of the register as its prior. Set on one synthetic town (seed 1)."""

LEAST_MARGIN = 2.0
"""Bits that the best candidate must be ahead of the next."""

_BLOCK, _BATCH = 200_000, 50_000
_THREADS = 2
_NOTHING = -1e9


class PersonStage(StrEnum):
    """What linked a record, or why nothing did."""

    BSN = "bsn"
    EXACT = "unique_and_equal"
    WEIGHED = "weighed"
    CONTRADICTION = "bsn_says_otherwise"
    UNCERTAIN = "uncertain"
    NOT_FOUND = "not_found"


STAGES = list(PersonStage)
PERSON_LINKS = pa.schema(
    [
        pa.field("row", pa.int64()),  # of the register; empty: not linked
        pa.field("stage", pa.dictionary(pa.int8(), pa.string()), nullable=False),
        pa.field("weight", pa.float64()),  # bits, of what was weighed
        pa.field("margin", pa.float64()),  # bits ahead of the next candidate; empty: there is none
    ]
)


@dataclass(frozen=True, slots=True)
class Basis:
    """Why persons may be linked: the article of law, the purpose, and who asks."""

    legal_ground: str
    purpose: str
    by: str

    def check(self) -> None:
        """Raise VaultError when something is left open."""
        given = {"basis": self.legal_ground, "purpose": self.purpose, "by": self.by}  # as the command line calls them
        missing = [name for name, said in given.items() if not said.strip()]
        if missing:
            raise VaultError(f"Persons are linked only with a stated basis; missing: {', '.join(missing)}.")


def bsn_key(vault: Vault, bsn: str) -> str:
    """The keyed hash of a BSN (hexadecimal) with the key of this vault; the same BSN gives the same key."""
    return hmac.new(person_key(vault.path), bsn.encode(), "sha256").hexdigest()[:32]


Progress = Callable[[int, int], None]


def link_persons(
    vault: Vault,
    register: PersonIndex,
    records: pa.Table,
    *,
    basis: Basis,
    at: datetime,
    progress: Progress | None = None,
) -> pa.Table:
    """Link each record (`records.COLUMNS`) to at most one person of the register: one row of PERSON_LINKS each.

    The basis and the number of records are written in the vault's log before anything is compared; names, days
    and numbers are not. Raises VaultError without a whole basis.
    """
    basis.check()
    with writing(vault.path):
        log(
            vault.path,
            {
                "event": "link_persons",
                "at": at.isoformat(),
                "legal_ground": basis.legal_ground,
                "purpose": basis.purpose,
                "by": basis.by,
                "records": records.num_rows,
                "register": register.size,
            },
        )
    return compare(register, records, progress)


@dataclass(slots=True)
class _Answers:
    row: Ints
    stage: Ints
    weight: npt.NDArray[np.float64]
    margin: npt.NDArray[np.float64]


def compare(register: PersonIndex, records: pa.Table, progress: Progress | None = None) -> pa.Table:
    """The links themselves, without a vault; `progress` is told how many pieces are done, and of how many.

    Records are read by the block, so that memory does not grow with how many there are, and weighed by the batch. What
    a record links to depends on nothing but itself and the register.
    """
    scorer = Scorer(register)
    pieces = [PERSON_LINKS.empty_table()]
    with ThreadPoolExecutor(_THREADS) as pool:
        for begin in range(0, records.num_rows, _BLOCK):
            asked = read_records(records.slice(begin, _BLOCK), register.words)
            register.words.settle()
            batches = [asked.take(slice(at, at + _BATCH)) for at in range(0, asked.count, _BATCH)]
            for piece in pool.map(lambda batch: _answer(register, batch, scorer), batches):
                pieces.append(piece)
                if progress:
                    progress(len(pieces) - 1, -(-records.num_rows // _BATCH))
    return pa.concat_tables(pieces)


def _answer(register: PersonIndex, asked: Records, scorer: Scorer) -> pa.Table:
    """The links of a batch."""
    nothing = np.full(asked.count, np.nan)
    stage = np.full(asked.count, STAGES.index(PersonStage.NOT_FOUND))
    out = _Answers(np.full(asked.count, -1), stage, nothing, nothing.copy())
    _by_bsn(register, asked, scorer, out)
    _by_everything(register, asked, out)
    rest = np.flatnonzero((out.row < 0) & (out.stage == STAGES.index(PersonStage.NOT_FOUND)))
    _weigh(register, asked, scorer, rest, out)
    return _table(out)


def _by_bsn(register: PersonIndex, asked: Records, scorer: Scorer, out: _Answers) -> None:
    """The BSN, when something else of the person agrees; a number that says otherwise is for a human."""
    place, row = register.bsn.find(asked.bsn, 1)
    weight = scorer.score(asked, place, row)
    fits = weight > 0
    out.row[place[fits]] = row[fits]
    out.stage[place] = np.where(fits, STAGES.index(PersonStage.BSN), STAGES.index(PersonStage.CONTRADICTION))
    out.weight[place] = weight


def _by_everything(register: PersonIndex, asked: Records, out: _Answers) -> None:
    """Surname, given name, day of birth and address equal to exactly one person's, and no differing BSN."""
    rest = np.flatnonzero((out.row < 0) & (out.stage == STAGES.index(PersonStage.NOT_FOUND)))
    place, row = register.at_home(asked.take(rest), MOST_CANDIDATES)
    place = rest[place]
    same = (asked.given[place] >= 0) & (asked.birth[place] > 0) & (asked.second[place] < 0)
    for name in ("surname", "second", "given", "birth", "address"):
        same &= getattr(asked, name)[place] == getattr(register.records, name)[row]
    place, row = place[same], row[same]
    only = np.bincount(place)[place] == 1
    place, row = place[only], row[only]
    differs = _differs(register, asked, place, row)
    out.row[place[~differs]] = row[~differs]
    out.stage[place[~differs]] = STAGES.index(PersonStage.EXACT)


def _differs(register: PersonIndex, asked: Records, place: Ints, row: Ints) -> Flags:
    """Whether both of each pair have a BSN, and not the same one."""
    own, theirs = asked.bsn[place], register.records.bsn[row]
    flags: Flags = (own > 0) & (theirs > 0) & (own != theirs)
    return flags


def _weigh(register: PersonIndex, asked: Records, scorer: Scorer, rest: Ints, out: _Answers) -> None:
    """The best of the candidates, when it weighs enough, is far enough ahead of the next, and has no other BSN."""
    some = asked.take(rest)
    found = register.candidates(some, MOST_CANDIDATES)
    bits = register.size.bit_length()
    pairs = np.sort(np.concatenate([place << bits | row for place, row in found]))
    if not len(pairs):
        return
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]
    place, row = pairs >> bits, pairs & (1 << bits) - 1
    weight = scorer.score(some, place, row)
    first, margin = _best(place, weight)
    own = rest[place[first]]
    sure = (weight[first] >= LEAST_WEIGHT) & (margin >= LEAST_MARGIN)
    otherwise = _differs(register, some, place[first], row[first])
    linked = sure & ~otherwise
    out.row[own[linked]] = row[first][linked]
    maybe = weight[first] > 0
    stage = np.where(sure, STAGES.index(PersonStage.WEIGHED), STAGES.index(PersonStage.UNCERTAIN))
    stage[otherwise] = STAGES.index(PersonStage.CONTRADICTION)
    out.stage[own] = np.where(sure | maybe, stage, STAGES.index(PersonStage.NOT_FOUND))
    out.weight[own], out.margin[own] = weight[first], margin


def _best(place: Ints, weight: npt.NDArray[np.float64]) -> tuple[Ints, npt.NDArray[np.float64]]:
    """Where the heaviest pair of each place is, the first of equals, and how far it is ahead. `place` is in order."""
    begins = np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    best = np.maximum.reduceat(weight, begins)
    heaviest = np.flatnonzero(weight == np.repeat(best, np.diff(np.append(begins, len(place)))))
    first = heaviest[np.append(True, place[heaviest][1:] != place[heaviest][:-1])]
    others = weight.copy()
    others[first] = -np.inf
    return first, best - np.maximum.reduceat(others, begins)


def _table(out: _Answers) -> pa.Table:
    stage = pa.DictionaryArray.from_arrays(pa.array(out.stage.astype(np.int8)), pa.array([str(one) for one in STAGES]))
    columns = [
        pa.array(out.row, mask=out.row < 0),
        stage,
        pa.array(out.weight, mask=np.isnan(out.weight) | (out.weight < _NOTHING)),
        pa.array(out.margin, mask=~np.isfinite(out.margin)),
    ]
    return pa.Table.from_arrays(columns, schema=PERSON_LINKS)
