"""What each token of an address line is: postcode, house number, street before it, addition and town behind it."""

from dataclasses import dataclass

import numpy as np

from knooppunt.linkage.free.book import LETTERS, AddressBook
from knooppunt.linkage.free.table import HashTable
from knooppunt.linkage.free.tokens import Flags, Ints, Tokens
from knooppunt.linkage.free.towns import COUNTRY, NONE

_NUMBER_WORDS = HashTable.of_words(
    (word, 1) for word in ("NR", "NO", "NUMMER", "HUISNR", "HUISNUMMER", "HUIS", "N", "NUM", "HNR")
)
_PO_BOX = HashTable.of_words((word, 1) for word in ("POSTBUS", "POSTB", "PB", "ANTWOORDNUMMER", "POBOX", "ANTWNR"))
_ORDINAL = HashTable.of_words((word, 1) for word in ("E", "DE", "STE", "STER"))
_COUNTRIES = HashTable.of_words((word, 1) for word in COUNTRY)
_NOT_LETTERS = HashTable.of_words(
    (word, 1) for word in ("NR", "NO", "HS", "BG", "EN", "IN", "TE", "IS", "OP", "DE", "OF", "OM", "IK")
)
_MOST_TOWN_WORDS = 6
_MOST_ADDITION_WORDS = 4


@dataclass(slots=True)
class Roles:
    """Per line, as numbers of tokens; -1 where something is not there."""

    postcode: Ints  # as AddressBook has it
    digits: Ints  # four digits without letters
    number: Ints  # the token
    head: tuple[Ints, Ints]  # the words the street is in
    tail: tuple[Ints, Ints]  # what follows the number, up to postcode or town
    town: Ints  # a number of Towns; NONE when nothing was found yet
    after: tuple[Ints, Ints]  # what follows the postcode
    po_box: Flags


def roles_of(tokens: Tokens, book: AddressBook) -> Roles:
    """Find the roles in every line."""
    begin, end = tokens.first[:-1], _without_country(tokens, tokens.first[:-1], tokens.first[1:])
    code, at = postcodes_of(tokens, book)
    taken = np.zeros(tokens.count + 2, bool)
    taken[at[at >= 0]] = True
    taken[at[at >= 0] + 1] = True
    digits, digits_at = _digits_only(tokens, book, code, taken)
    number, head_begin = _number(tokens, book, taken, (begin, at, digits_at))
    head_end = _before_number_words(tokens, head_begin, number)
    there = number >= 0
    box = there & (head_end > head_begin)
    box &= _PO_BOX.find(tokens.hash(np.maximum(head_end - 1, 0), np.where(box, head_end, 0))) > 0
    stop = np.where(at > number, at, np.where(digits_at > number, digits_at, end))
    stop = _without_country(tokens, np.where(there, number + 1, 0), stop)
    tail = (np.where(there, number + 1, 0), np.where(there, stop, 0))
    after_begin = np.where(at >= 0, at + 2, digits_at + 1)
    after_end = np.where(after_begin > number, end, np.minimum(head_begin, end))
    after = (
        np.where((at >= 0) | (digits_at >= 0), after_begin, end),
        np.where((at >= 0) | (digits_at >= 0), after_end, end),
    )
    roles = Roles(code, digits, number, (head_begin, head_end), tail, np.full(len(begin), NONE, np.int64), after, box)
    _find_towns(tokens, book, roles)
    _street_behind(tokens, book, roles)
    return roles


def _without_country(tokens: Tokens, begin: Ints, end: Ints) -> Ints:
    """The end of each span, before a country (`NL-6981 CE`, `Doesburg, Nederland`)."""
    full = end > begin
    last = np.where(full, end - 1, 0)
    return end - (full & (_COUNTRIES.find(tokens.hash(last, np.where(full, end, 0))) > 0))


def _lengths(tokens: Tokens) -> Ints:
    return tokens.end - tokens.start


def postcodes_of(tokens: Tokens, book: AddressBook, *, known_only: bool = False) -> tuple[Ints, Ints]:
    """The postcode of each line, one that exists rather than one that does not, and its token."""
    lines = len(tokens.first) - 1
    code, at = np.full(lines, -1, np.int64), np.full(lines, -1, np.int64)
    if tokens.count < 2:
        return code, at
    length = _lengths(tokens)
    four = tokens.numeric & (length == 4) & (tokens.value >= 1000)
    pair = four[:-1] & (tokens.line[:-1] == tokens.line[1:]) & ~tokens.numeric[1:] & (length[1:] == 2)
    place = np.flatnonzero(pair)
    one = tokens.text[tokens.start[place + 1]].astype(np.int64) - 65
    two = tokens.text[tokens.start[place + 1] + 1].astype(np.int64) - 65
    own = tokens.value[place] * LETTERS + one * 26 + two
    known: Flags = book.known_postcode[own]
    word: Flags = (_NOT_LETTERS.find(tokens.hash(place + 1, place + 2)) > 0) & ~_after_number(tokens, place)
    both: tuple[Flags, ...] = (known,) if known_only else (~known & ~word, known)
    for some in both:
        code[tokens.line[place[some]]] = own[some]
        at[tokens.line[place[some]]] = place[some]
    return code, at


def _after_number(tokens: Tokens, place: Ints) -> Flags:
    """Whether another number stands before a token in its line."""
    numbers = np.concatenate(([0], np.cumsum(tokens.numeric)))
    after: Flags = numbers[place] > numbers[tokens.first[tokens.line[place]]]
    return after


def _digits_only(tokens: Tokens, book: AddressBook, code: Ints, taken: Flags) -> tuple[Ints, Ints]:
    """Four digits of a postcode without its letters, in lines that have no whole one and another number."""
    lines = len(code)
    digits, at = np.full(lines, -1, np.int64), np.full(lines, -1, np.int64)
    numbers = np.bincount(tokens.line[tokens.numeric], minlength=lines)
    four = tokens.numeric & (_lengths(tokens) == 4) & (tokens.value >= 1000) & ~taken[: tokens.count]
    place = np.flatnonzero(four)
    line = tokens.line[place]
    known: Flags = book.known_digits[tokens.value[place]]
    fits: Flags = known & (code[line] < 0) & (numbers[line] > 1)
    place = place[fits]
    digits[tokens.line[place]] = tokens.value[place]
    at[tokens.line[place]] = place
    taken[place] = True
    return digits, at


def _number(tokens: Tokens, book: AddressBook, taken: Flags, marks: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints]:
    """The token of the house number and where the words before it begin.

    It is the first number in the line, unless that one is part of the street's name (Plein 1945), an
    ordinal (2e Dorpsstraat) or of a name in front, and the words before the next one are a street.
    """
    begin, at, digits_at = marks
    fit = tokens.numeric & (tokens.value > 0) & ~taken[: tokens.count] & ~_ordinals(tokens, begin)
    place = np.flatnonzero(fit)
    line = tokens.line[place]
    lines = len(begin)
    first = np.searchsorted(line, np.arange(lines))
    count = np.searchsorted(line, np.arange(lines), side="right") - first
    padded = np.append(place, 0)
    one = np.where(count > 0, padded[np.minimum(first, len(place))], -1)
    two = np.where(count > 1, padded[np.minimum(first + 1, len(place))], -1)
    head = begin.copy()
    head = np.where((at >= 0) & (at < one), at + 2, head)
    head = np.where((digits_at >= 0) & (digits_at < one), digits_at + 1, head)
    more = np.flatnonzero(two >= 0)
    if not len(more):
        return one, head
    street = book.streets.table
    inside = street.find(tokens.hash(head[more], one[more] + 1)) >= 0
    known = street.find(tokens.hash(head[more], one[more])) >= 0
    behind = ~known & (street.find(tokens.hash(one[more] + 1, two[more])) >= 0)
    head[more[behind]] = one[more[behind]] + 1
    one[more[inside | behind]] = two[more[inside | behind]]
    return one, head


def _ordinals(tokens: Tokens, begin: Ints) -> Flags:
    """Numbers that open a line and are an ordinal: 1e, 2de."""
    out = np.zeros(tokens.count, bool)
    opening = begin[begin + 1 < tokens.count]
    glued = tokens.numeric[opening] & tokens.glued[opening + 1]
    out[opening[glued & (_ORDINAL.find(tokens.hash(opening + 1, opening + 2)) > 0)]] = True
    return out


def _before_number_words(tokens: Tokens, begin: Ints, number: Ints) -> Ints:
    end = np.maximum(number, begin)
    for _ in range(2):
        longer = np.flatnonzero(end > begin + 1)
        word = _NUMBER_WORDS.find(tokens.hash(end[longer] - 1, end[longer])) > 0
        end[longer[word]] -= 1
    return end


def _find_towns(tokens: Tokens, book: AddressBook, roles: Roles) -> None:
    """Towns that are written as the register writes them: behind the postcode, or at the end of the tail."""
    table = book.towns.table
    behind_begin, behind_end = roles.after
    for length in range(1, _MOST_TOWN_WORDS):
        some = np.flatnonzero(behind_end - behind_begin >= length)
        if not len(some):
            break
        town = table.find(tokens.hash(behind_begin[some], behind_begin[some] + length))
        hit = some[town >= 0]
        roles.town[hit] = town[town >= 0]
        before = hit[behind_begin[hit] + length <= roles.head[1][hit]]  # postcode and town stand first
        before = before[behind_begin[before] < roles.head[1][before]]
        roles.head[0][before] = behind_begin[before] + length
    tail_begin, tail_end = roles.tail
    stop = tail_end.copy()
    for length in range(1, _MOST_TOWN_WORDS):
        some = np.flatnonzero((stop - tail_begin >= length) & (behind_end <= behind_begin))
        town = table.find(tokens.hash(stop[some] - length, stop[some]))
        hit = some[town >= 0]
        roles.town[hit] = town[town >= 0]
        tail_end[hit] = stop[hit] - length


def _street_behind(tokens: Tokens, book: AddressBook, roles: Roles) -> None:
    """Lines that begin with the number: the street is what follows, after an addition of at most two words."""
    (head_begin, head_end), (tail_begin, tail_end) = roles.head, roles.tail
    some = np.flatnonzero((roles.number >= 0) & (head_end <= head_begin) & (tail_end > tail_begin))
    open_ = np.ones(len(some), bool)
    for skipped in (0, 1, 2):
        for length in range(_MOST_TOWN_WORDS, 0, -1):
            left = np.flatnonzero(open_ & (tail_end[some] - tail_begin[some] >= skipped + length))
            own = some[left]
            begin = tail_begin[own] + skipped
            hit = book.streets.table.find(tokens.hash(begin, begin + length)) >= 0
            head_begin[own[hit]], head_end[own[hit]] = begin[hit], begin[hit] + length
            tail_end[own[hit]] = begin[hit]
            open_[left[hit]] = False
    rest = some[open_]
    head_begin[rest], head_end[rest] = tail_begin[rest], tail_end[rest]
    tail_end[rest] = tail_begin[rest]
