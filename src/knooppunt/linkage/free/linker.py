"""Lines of text to objects: batches over two threads, distinct spellings worked out once."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.linkage.free.additions import read_addition
from knooppunt.linkage.free.book import AddressBook
from knooppunt.linkage.free.decide import Answers, Decider, Evidence
from knooppunt.linkage.free.memo import Memo
from knooppunt.linkage.free.names import COMMA
from knooppunt.linkage.free.roles import Roles, roles_of
from knooppunt.linkage.free.stages import STAGES
from knooppunt.linkage.free.tokens import LONGEST, MOST_CHARACTERS, Hashes, Ints, Tokens, tokenise
from knooppunt.linkage.free.towns import NONE, UNKNOWN

BATCH = 16_384
THREADS = 2
_MOST_ADDITION_WORDS = 4
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SIGNS = frozenset(b",;:(\t")
_COMMAS = np.zeros(256, bool)
_COMMAS[[*_SIGNS]] = True

Progress = Callable[[int], None]
"""Called with how many lines were done since the last call."""

LINKS = pa.schema(
    [
        pa.field("object_id", pa.int64()),  # empty: not linked
        pa.field("errors", pa.int8()),  # how many errors were forgiven; empty: not linked
        pa.field("stage", pa.dictionary(pa.int8(), pa.string()), nullable=False),
        pa.field("suggestion", pa.int64()),  # may be meant; never a link
    ]
)


class TownMemo:
    """What stands behind a number when no town was found exactly: an addition, and perhaps a town with an error."""

    def __init__(self, book: AddressBook) -> None:
        self._towns = book.towns
        self.memo: Memo[tuple[int, int]] = Memo()  # words of the addition, town

    def solve(self, asked: list[list[str]]) -> list[tuple[int, int]]:
        """Split words in addition and town."""
        return [self._split(words) for words in asked]

    def _split(self, words: list[str]) -> tuple[int, int]:
        plain = [word for word in words if word != COMMA]
        town, begin = self._towns.last(plain)
        if town >= 0:
            return begin, town
        return len(plain), UNKNOWN if _has_name(plain) else NONE


def _has_name(words: list[str]) -> bool:
    """Whether words behind a number look like the name of a town rather than like an addition."""
    reading = read_addition(words)
    return any(len(word) > 3 and word.isalpha() for word in words) and len(reading.keys) <= 2 and not reading.ignorable


class Linker:
    """Links lines against one address book; what it learns of spellings it keeps."""

    def __init__(self, book: AddressBook) -> None:
        self.book = book
        self.decider = Decider(book)
        self._tails = TownMemo(book)
        self._ends: Memo[int] = Memo()

    def link(self, lines: pa.ChunkedArray | pa.Array, progress: Progress | None = None) -> pa.Table:
        """One row of LINKS per line."""
        return self.in_batches(lines, self._batch, progress)

    def in_batches(
        self, lines: pa.ChunkedArray | pa.Array, work: Callable[[pa.Array], pa.Table], progress: Progress | None = None
    ) -> pa.Table:
        """Let `work` link every batch, on two threads: numpy lets the other one go on, and the memos lock."""
        parts: list[pa.Table] = []
        with ThreadPoolExecutor(THREADS) as pool:
            for part in pool.map(work, batches(lines)):
                parts.append(part)
                if progress:
                    progress(part.num_rows)
        return pa.concat_tables(parts) if parts else LINKS.empty_table()

    def _batch(self, lines: pa.Array) -> pa.Table:
        tokens = tokenise(lines)
        roles = roles_of(tokens, self.book)
        self._read_towns(tokens, roles)
        evidence = Evidence(
            number=np.where(roles.number >= 0, tokens.value[np.maximum(roles.number, 0)], 0)
            if tokens.count
            else roles.number * 0,
            addition=self.additions_of(tokens, roles.tail),
            meant=self._streets(tokens, roles),
            roles=roles,
        )
        return table_of(self.decider.decide(evidence))

    def _read_towns(self, tokens: Tokens, roles: Roles) -> None:
        """Towns with an error in them: behind the postcode, else somewhere in the tail."""
        begin, end = roles.after
        some = np.flatnonzero((roles.town == NONE) & (end > begin))
        if len(some):
            hashes = tokens.hash(begin[some], end[some])
            towns = self._ends.ask(
                hashes, lambda row: tokens.words(int(begin[some[row]]), int(end[some[row]])), self._solve_ends
            )
            roles.town[some] = np.array(self._ends.answers, np.int64)[towns]
        begin, end = roles.tail
        some = np.flatnonzero((roles.town == NONE) & (end > begin) & (roles.after[1] <= roles.after[0]))
        if len(some):
            hashes = _split_hash(tokens, begin[some], end[some])
            split = self._tails.memo.ask(
                hashes, lambda row: _words(tokens, int(begin[some[row]]), int(end[some[row]])), self._tails.solve
            )
            answers = np.array(self._tails.memo.answers, np.int64).reshape(-1, 2)[split]
            roles.town[some] = answers[:, 1]
            end[some] = begin[some] + answers[:, 0]

    def _solve_ends(self, asked: list[list[str]]) -> list[int]:
        return [self.book.towns.read(words) for words in asked]

    def additions_of(self, tokens: Tokens, span: tuple[Ints, Ints]) -> Ints:
        """What the words behind each number mean, as numbers of the decider's additions."""
        begin, end = span
        end = np.minimum(end, begin + _MOST_ADDITION_WORDS)
        additions, out = self.decider.additions, np.zeros(len(begin), np.int64)
        some = np.flatnonzero(end > begin)
        if len(some):
            hashes = _split_hash(tokens, begin[some], end[some])
            out[some] = additions.memo.ask(
                hashes, lambda row: tokens.words(int(begin[some[row]]), int(end[some[row]])), additions.solve
            )
        return out

    def _streets(self, tokens: Tokens, roles: Roles) -> Ints:
        """What the words before the number mean, -1 without words. Commas count: they part a name from a street."""
        begin, end = roles.head
        out = np.full(len(begin), -1, np.int64)
        full = np.flatnonzero((end > begin) & (roles.number >= 0))
        out[full] = self.book.streets.table.find(tokens.hash(begin[full], end[full]))
        some = full[out[full] < 0]
        if len(some):
            hashes = _split_hash(tokens, begin[some], end[some])
            out[some] = self.decider.streets.ask(
                hashes, lambda row: _words(tokens, int(begin[some[row]]), int(end[some[row]])), self.decider.solve
            )
        return out


def _words(tokens: Tokens, begin: int, end: int) -> list[str]:
    """Words with commas between them where the line has some."""
    out: list[str] = []
    for word, sign in zip(tokens.words(begin, end), tokens.sign[begin:end].tolist(), strict=True):
        if out and sign in _SIGNS:
            out.append(COMMA)
        out.append(word)
    return out


def _split_hash(tokens: Tokens, begin: Ints, end: Ints) -> Hashes:
    """A hash of a span that also knows how many tokens it has and where its commas are."""
    comma = _COMMAS[tokens.sign]
    count = np.concatenate(([0], np.cumsum(comma)))
    places = np.concatenate(([0], np.cumsum(np.where(comma, np.arange(tokens.count), 0))))
    full = end > begin
    left, right = np.where(full, begin + 1, 0), np.where(full, end, 0)
    commas = count[right] - count[left]
    where = places[right] - places[left] - commas * begin
    shape = (np.where(full, end - begin, 0) * 1_000_003 + commas * 10_007 + where).astype(np.uint64) * _MIX
    mixed: Hashes = tokens.hash(begin, end) ^ shape
    return mixed


def batches(lines: pa.ChunkedArray | pa.Array) -> Iterable[pa.Array]:
    """Lines in pieces that fit the caches, and MOST_CHARACTERS however long they are."""
    chunks = lines.chunks if isinstance(lines, pa.ChunkedArray) else [lines]
    for chunk in chunks:
        longest = max(1, min(LONGEST, pc.max(pc.binary_length(chunk)).as_py() or 1))
        size = max(1, min(BATCH, MOST_CHARACTERS // longest))
        for begin in range(0, len(chunk), size):
            yield chunk.slice(begin, size)


def table_of(answers: Answers) -> pa.Table:
    """Answers as a table."""
    linked = answers.object > 0
    stage = pa.DictionaryArray.from_arrays(pa.array(answers.stage.astype(np.int8)), pa.array([str(s) for s in STAGES]))
    columns = [
        pa.array(answers.object, mask=~linked),
        pa.array(answers.errors.astype(np.int8), mask=~linked),
        stage,
        pa.array(answers.suggestion, mask=(answers.suggestion <= 0) | linked),
    ]
    return pa.Table.from_arrays(columns, schema=LINKS)
