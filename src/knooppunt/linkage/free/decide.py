"""From the roles in a line to one object: every piece of evidence must agree, or be one forgivable error away."""

from dataclasses import dataclass
from threading import Lock

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio

from knooppunt.linkage.free.book import LETTERS, SEVERAL, AddressBook
from knooppunt.linkage.free.doors import Additions
from knooppunt.linkage.free.dutch import key_of, written_out
from knooppunt.linkage.free.memo import Memo
from knooppunt.linkage.free.names import COMMA, Meant
from knooppunt.linkage.free.roles import Roles
from knooppunt.linkage.free.stages import Stage
from knooppunt.linkage.free.tokens import Flags, Ints
from knooppunt.linkage.free.towns import NONE, UNKNOWN

ALIKE = 78
"""From this partial ratio on, words and the street of the postcode are taken for one name with errors."""

WITHOUT_POSTCODE = 3
"""Errors of an address found by street, number and town (domain rule for matchkwaliteit)."""

_MOST_NAMES = 3


@dataclass(slots=True)
class Answers:
    """Per line: object (0: none), errors, stage, and an object that may be meant but is not linked (0: none)."""

    object: Ints
    errors: Ints
    stage: Ints  # a place in `STAGES`
    suggestion: Ints


@dataclass(slots=True)
class Evidence:
    """What a batch of lines says, as numbers."""

    number: Ints
    addition: Ints  # of Additions
    meant: Ints  # of the memo of street names; -1 when there are no words
    roles: Roles


class Decider:
    """Decides for one book; remembers what it worked out."""

    def __init__(self, book: AddressBook) -> None:
        self.book = book
        self.additions = Additions(book)
        names = book.streets.keys  # the first answers are the names themselves
        self.streets: Memo[Meant] = Memo([Meant((number,)) for number in range(len(names))])
        self.heads: list[list[str]] = [[name] for name in names]
        self._alike: dict[tuple[int, int], bool] = {}
        self._filled = 0
        self._lock = Lock()
        self._names = np.zeros((0, _MOST_NAMES), np.int64)
        self._errors = np.zeros(0, np.int64)
        self._part = np.zeros(0, bool)

    def solve(self, asked: list[list[str]]) -> list[Meant]:
        """Work out street names, and keep the words to compare them with streets later."""
        self.heads.extend(asked)
        return self.book.streets.solve(asked)

    def names_any(self, meant: Ints) -> Flags:
        """Whether each answer of `streets` is a name at all."""
        self._catch_up()
        out: Flags = self._names[meant, 0] >= 0
        return out

    def _catch_up(self) -> None:
        with self._lock:
            fresh = self.streets.answers[self._filled :]
            if fresh:
                names = np.full((len(fresh), _MOST_NAMES), -1, np.int64)
                for row, meant in enumerate(fresh):
                    if len(meant.names) <= _MOST_NAMES:
                        names[row, : len(meant.names)] = meant.names
                self._names = np.vstack((self._names, names))
                self._errors = np.append(self._errors, np.array([m.errors for m in fresh], np.int64))
                self._part = np.append(self._part, np.array([m.part for m in fresh], bool))
                self._filled += len(fresh)

    def decide(self, found: Evidence) -> Answers:
        """The answer for every line."""
        self._catch_up()
        lines = len(found.number)
        out = Answers(*(np.zeros(lines, np.int64) for _ in range(4)))
        out.stage[:] = Stage.NOT_FOUND.place
        by_street, street_errors = self._by_street(found)
        code = found.roles.postcode
        group = np.where((code >= 0) & (found.number > 0), self._group_of_postcode(found), -1)
        agrees = self._agrees(found, group)
        trusted = (group >= 0) & (agrees != _AGAINST)
        self._link_by_postcode(found, np.where(trusted, group, -1), agrees, out)
        self._link_by_street(found, (np.where(trusted, -1, by_street), street_errors), group, out)
        self._label(found, out)
        return out

    def _group_of_postcode(self, found: Evidence) -> Ints:
        return self.book.by_postcode.groups.find(self.book.place_of(found.roles.postcode), found.number)

    def _by_street(self, found: Evidence) -> tuple[Ints, Ints]:
        """The one group of street, town and number that the words may mean: -1 for none, SEVERAL for more."""
        lines = len(found.number)
        group, none = np.full(lines, -1, np.int64), np.full(lines, -1, np.int64)
        for place in range(_MOST_NAMES):
            own = np.where(found.meant >= 0, self._names[found.meant, place], -1) if len(self._names) else none
            if not (own >= 0).any():
                break
            here = self._group_of_name(own, found)
            group = np.where(here == -1, group, np.where(group == -1, here, SEVERAL))
        errors = np.where(found.meant >= 0, self._errors[found.meant], 0) if len(self._errors) else group * 0
        return group, errors

    def _group_of_name(self, name: Ints, found: Evidence) -> Ints:
        """Groups of by_street; where no town is known, that of the only town that has the name."""
        keyed, town = self.book.by_street.groups, found.roles.town
        towns, number = self.book.towns.count, found.number
        exact = keyed.find(np.where(name >= 0, name * towns + np.maximum(town, 0), -1), number)
        alone = self.book.by_name.find(name, number)
        row = self.book.by_name.first(alone)
        only = keyed.find(np.where(alone >= 0, name * towns + self.book.town[row], -1), number)
        single = self.book.towns_of_name[np.maximum(name, 0)] == 1
        without = np.where((alone >= 0) & single & (town == NONE), only, -1)
        without = np.where((alone >= 0) & ~single & (town == NONE), self._by_digits(name, found), without)
        return np.where(name < 0, -1, np.where(town >= 0, exact, without))

    def _by_digits(self, name: Ints, found: Evidence) -> Ints:
        """Among several towns, the one whose postcodes begin with the digits that were given."""
        digits = np.where(found.roles.digits >= 0, found.roles.digits, found.roles.postcode // LETTERS)
        out = np.full(len(name), SEVERAL, np.int64)
        some = np.flatnonzero((digits > 0) & (name >= 0))
        if not len(some):
            return out
        keyed, hits = self.book.by_street.groups, np.full((2, len(some)), -1, np.int64)
        for town in range(self.book.towns.count):
            here = keyed.find(name[some] * self.book.towns.count + town, found.number[some])
            same = (here >= 0) & (self.book.postcode[keyed.first(here)] // LETTERS == digits[some])
            hits[1] = np.where(same & (hits[0] >= 0), here, hits[1])
            hits[0] = np.where(same & (hits[0] < 0), here, hits[0])
        out[some] = np.where((hits[0] >= 0) & (hits[1] < 0), hits[0], SEVERAL)
        return out

    def _agrees(self, found: Evidence, group: Ints) -> Ints:
        """Whether the words before the number agree with the street of the postcode."""
        out = np.full(len(group), _SILENT, np.int64)
        row = self.book.by_postcode.groups.first(group)
        street = self.book.name[row]
        here = np.flatnonzero((group >= 0) & (found.meant >= 0))
        same = (self._names[found.meant[here]] == street[here, None]).any(axis=1)
        out[here[same]] = _FOR
        rest = here[~same]
        pairs, back = np.unique(found.meant[rest] * len(self.book.streets.keys) + street[rest], return_inverse=True)
        judged = [self._judge(*divmod(pair, len(self.book.streets.keys))) for pair in pairs.tolist()]
        out[rest] = np.array(judged, np.int64)[back] if len(rest) else out[rest]
        return out

    def _judge(self, head: int, street: int) -> int:
        """Words that are no name of this street: nearly it, another street, or nothing known."""
        meant = self.streets.answers[head]
        if meant.names and not meant.errors:
            return _AGAINST
        words = [word for word in self.heads[head] if word != COMMA]
        key, name = key_of(written_out(words)), self.book.streets.keys[street]
        if key and (OSA.distance(key, name) <= 1 + len(name) // 6 or partial_ratio(key, name) >= ALIKE):
            return _FOR
        return _AGAINST if meant.names and not meant.part else _SILENT

    def _link_by_postcode(self, found: Evidence, group: Ints, agrees: Ints, out: Answers) -> None:
        doors = self.additions.find(self.book.by_postcode, group, found.addition, found.number)
        hit = doors.row >= 0
        out.object[hit] = self.book.object[doors.row[hit]]
        silent = (agrees == _SILENT) & (found.meant >= 0)
        out.errors[hit] = (doors.errors + silent)[hit]
        out.stage[hit] = np.where(doors.errors >= 2, Stage.POSTCODE_ONLY.place, Stage.POSTCODE.place)[hit]
        out.stage[doors.row == SEVERAL] = Stage.AMBIGUOUS.place

    def _link_by_street(self, found: Evidence, street: tuple[Ints, Ints], group: Ints, out: Answers) -> None:
        """Street, number and town; a postcode that says otherwise must be one typing error away."""
        own, street_errors = street
        doors = self.additions.find(self.book.by_street, np.maximum(own, -1), found.addition, found.number)
        hit = doors.row >= 0
        row = np.maximum(doors.row, 0)
        code = found.roles.postcode
        differs = (code >= 0) & (code != self.book.postcode[row])
        slip = differs & one_slip(code, self.book.postcode[row])
        unknown = (
            differs & ~self.book.known_postcode[np.maximum(code, 0)] & (found.roles.town >= 0) & (street_errors == 0)
        )
        part = (found.meant >= 0) & self._part[found.meant] if len(self._part) else np.zeros_like(hit)
        allowed = hit & (~differs | slip | (unknown & (group < 0))) & ~part
        allowed &= ~_elsewhere(found.roles, self.book.postcode[row])
        stage = np.where(street_errors > 0, Stage.STREET_NEARLY.place, Stage.STREET.place)
        out.object[allowed] = self.book.object[row[allowed]]
        out.errors[allowed] = (WITHOUT_POSTCODE - 2 * slip + doors.errors + street_errors)[allowed]
        out.stage[allowed] = stage[allowed]
        refused = hit & ~allowed
        out.suggestion[refused] = self.book.object[row[refused]]
        out.stage[refused] = np.where(differs, Stage.CONTRADICTION.place, Stage.AMBIGUOUS.place)[refused]
        out.stage[(doors.row == SEVERAL) | (own == SEVERAL)] = Stage.AMBIGUOUS.place

    def _label(self, found: Evidence, out: Answers) -> None:
        out.stage[(out.object == 0) & (found.number <= 0)] = Stage.NO_NUMBER.place
        box = found.roles.po_box
        out.stage[box], out.object[box], out.suggestion[box], out.errors[box] = Stage.PO_BOX.place, 0, 0, 0


_SILENT, _FOR, _AGAINST = 0, 1, 2


def _elsewhere(roles: Roles, postcode: Ints) -> Flags:
    """Whether the line names a town that is not in the book, or digits of another postcode."""
    other = (roles.digits >= 0) & (roles.digits != postcode // LETTERS) & (roles.town < 0)
    unknown: Flags = (roles.town == UNKNOWN) | other
    return unknown


def _signs(code: Ints) -> Ints:
    """The six signs of postcodes, one row each."""
    digits, letters = code // LETTERS, code % LETTERS
    return np.stack([digits // 1000, digits // 100 % 10, digits // 10 % 10, digits % 10, letters // 26, letters % 26])


def one_slip(one: Ints, other: Ints) -> Flags:
    """Whether two postcodes are one typing error apart: one sign differs, or two next to each other are swapped."""
    a, b = _signs(np.maximum(one, 0)), _signs(np.maximum(other, 0))
    differ = a != b
    count = differ.sum(axis=0)
    swap = np.zeros(len(one), bool)
    for place in (0, 1, 2, 4):
        swap |= differ[place] & differ[place + 1] & (a[place] == b[place + 1]) & (a[place + 1] == b[place])
    slip: Flags = (count == 1) | ((count == 2) & swap)
    return slip
