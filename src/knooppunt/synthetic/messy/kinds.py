"""The thirty things that go wrong with an address on its way from a front door to a list."""

from enum import StrEnum


class Kind(StrEnum):
    """One kind of error."""

    SHORT_ENDING = "street ending cut short"
    SHORT_WORD = "word in the street cut short"
    LETTER_LOST = "letter lost"
    LETTER_DOUBLED = "letter too many"
    LETTERS_SWAPPED = "letters swapped"
    NEXT_KEY = "key beside the right one"
    BY_EAR = "written as it sounds"
    GLUED_WORDS = "words glued together"
    SPLIT_WORD = "one word as two"
    INITIALS = "first names as initials"
    ARTICLE = "article or title left out"
    OLD_NAME = "name the street had before"
    CAPITALS = "all in capitals or none"
    GLUED_NUMBER = "number glued to the street"
    NUMBER_WORD = "a word before the number"
    NUMBER_RANGE = "two numbers for one door"
    NUMBER_FIRST = "number before the street"
    JOINT = "another sign before the addition"
    SWAPPED_ADDITION = "letter and addition swapped"
    ROMAN = "Roman for Arabic or the other way round"
    FLOOR = "floor in words"
    ADDITION_LOST = "addition left out"
    ADDITION_MADE_UP = "an addition the register does not have"
    POSTCODE_LOOK = "postcode with other signs"
    POSTCODE_TYPO = "postcode with a typing error"
    POSTCODE_LOST = "postcode left out or digits only"
    TOWN_LOST = "town left out"
    TOWN_TYPO = "town misspelt or cut short"
    NAME_IN_FRONT = "somebody's name or department in front"
    ORDER = "postcode and town first, or words behind"


HELD_OUT = frozenset(
    {Kind.SPLIT_WORD, Kind.ARTICLE, Kind.NUMBER_RANGE, Kind.SWAPPED_ADDITION, Kind.NAME_IN_FRONT, Kind.ORDER}
)
"""Kinds that nobody looked at while the linker was made; their figures are shown apart."""
