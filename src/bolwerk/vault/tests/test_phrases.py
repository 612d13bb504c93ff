"""Phrases and recovery codes: what is accepted, how it is read, and that nothing else opens a key."""

import re
from base64 import b64encode
from itertools import islice
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st
from nacl.pwhash import argon2id

from bolwerk.vault.rules import codes, phrases
from bolwerk.vault.rules.phrases import Cost, Fault, cost_of, fault_in, normal, suggestion
from bolwerk.vault.rules.ring import CannotOpenError, Place
from bolwerk.vault.rules.sealing import new_pair

HERE, ELSEWHERE = Place("vault_personalkey", "by_phrase", "1"), Place("vault_vaultkey", "by_phrase", "2")
PRIVATE = new_pair().private
CHEAP = Cost(passes=1, memory_mib=8)
PHRASE = "molen krekel tuinhek kompas lente zeilboot"


def wrapped(phrase: str = PHRASE) -> bytes:
    """A private key wrapped with a phrase, cheaply."""
    return phrases.wrap(PRIVATE, phrase=phrase, cost=CHEAP, place=HERE)


def test_the_phrase_opens_the_key_and_no_other_phrase_does() -> None:
    token = wrapped()
    assert phrases.unwrap(token, phrase=PHRASE, place=HERE) == PRIVATE
    for wrong in ("", PHRASE[:-1], PHRASE.upper(), f"{PHRASE}."):
        with pytest.raises(CannotOpenError):
            phrases.unwrap(token, phrase=wrong, place=HERE)


@pytest.mark.parametrize(
    "typed", ["  molen krekel tuinhek\tkompas  lente zeilboot ", "molen krekel tuinhek kompas lente ｚeilboot"]
)
def test_spaces_and_the_spelling_of_signs_do_not_matter(typed: str) -> None:
    assert phrases.unwrap(wrapped(), phrase=typed, place=HERE) == PRIVATE


def test_a_wrapped_key_opens_in_its_own_row_only_and_every_bit_of_it_counts() -> None:
    token = wrapped()
    with pytest.raises(CannotOpenError):
        phrases.unwrap(token, phrase=PHRASE, place=ELSEWHERE)
    for position in islice(range(len(token)), 0, None, 3):
        changed = token[:position] + bytes([token[position] ^ 1]) + token[position + 1 :]
        with pytest.raises(CannotOpenError):
            phrases.unwrap(changed, phrase=PHRASE, place=HERE)
    for length in range(len(token)):
        with pytest.raises(CannotOpenError):
            phrases.unwrap(token[:length], phrase=PHRASE, place=HERE)


@pytest.mark.parametrize("cost", [Cost(0, 8), Cost(1, 0), Cost(65, 8), Cost(1, 1025), Cost(65_535, 65_535)])
def test_a_token_that_asks_for_absurd_work_is_refused_before_the_work(cost: Cost) -> None:
    token = phrases.VERSION + phrases.COST.pack(cost.passes, cost.memory_mib) + bytes(100)
    with pytest.raises(CannotOpenError, match="cost more"):
        cost_of(token)


def test_the_cost_is_read_back_from_the_token() -> None:
    assert cost_of(wrapped()) == CHEAP


def test_argon2id_is_that_of_another_implementation() -> None:
    salt, other = bytes(range(16)), 64 * 1024
    ours = argon2id.kdf(32, PHRASE.encode(), salt, opslimit=3, memlimit=other * 1024)
    theirs = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=other).derive(PHRASE.encode())
    assert b64encode(ours) == b64encode(theirs)


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        (PHRASE, None),
        ("Zeven geiten, op de brug!", None),
        ("kort", Fault.SHORT),
        ("                         x", Fault.SHORT),
        ("ja ja ja ja ja ja ja ja ja", Fault.FEW_SIGNS),
        ("wortel krijt wortel krijt", Fault.REPEATED),
        ("de kat van Dewit loopt langs", Fault.ABOUT_YOU),
        ("mijn kat heet SANNE en miauwt", Fault.ABOUT_YOU),
        ("x" * 201, Fault.LONG),
    ],
)
def test_a_weak_phrase_is_refused_with_a_reason(phrase: str, fault: Fault | None) -> None:
    assert fault_in(phrase, about=["Sanne de Wit", "sanne.dewit@zilverdam.example"]) == fault


def words() -> list[str]:
    """The list that comes along."""
    file = Path(__file__).parents[1] / "content" / "words.nl.txt"
    return [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_the_list_of_words_is_four_throws_of_a_die_and_easy_to_type() -> None:
    assert len(words()) == len(set(words())) == 6**4
    assert words() == sorted(words())
    assert all(re.fullmatch(r"[a-z]{4,9}", word) for word in words())


def test_a_suggestion_is_long_enough_and_never_the_same() -> None:
    made = {suggestion(words()) for _time in range(200)}
    assert len(made) == 200
    assert all(fault_in(one) is None and len(one.split()) == 6 for one in made)


@given(st.text(max_size=60))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_a_code_is_read_as_people_type_it() -> None:
    code = codes.new_code()
    assert re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}", code)
    token = codes.wrap(PRIVATE, code=code, place=HERE)
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('1', 'I').replace('0', 'o')} "):
        assert codes.unwrap(token, code=typed, place=HERE) == PRIVATE


def test_a_slip_of_the_pen_is_told_without_looking_at_any_key() -> None:
    code = codes.new_code()
    last = codes.ALPHABET[(codes.ALPHABET.index(code[-1]) + 1) % 32]
    for slip in ("", code[:-1], f"{code}A", code[:-1] + last, code.replace("-", "U-", 1)):
        with pytest.raises(codes.MistypedError):
            codes.read(slip)


def test_another_code_or_another_row_does_not_open() -> None:
    code = codes.new_code()
    token = codes.wrap(PRIVATE, code=code, place=HERE)
    wrong = [(token, codes.new_code(), HERE), (token, code, ELSEWHERE), (token[:-1], code, HERE), (b"", code, HERE)]
    for data, typed, place in wrong:
        with pytest.raises(CannotOpenError):
            codes.unwrap(data, code=typed, place=place)


def test_a_phrase_token_and_a_code_token_are_never_taken_for_each_other() -> None:
    code = codes.new_code()
    with pytest.raises(CannotOpenError):
        codes.unwrap(wrapped(code), code=code, place=HERE)
    with pytest.raises(CannotOpenError):
        phrases.unwrap(codes.wrap(PRIVATE, code=code, place=HERE), phrase=code, place=HERE)
