"""What the recognisers know, one by one, and what is written instead."""

import os
import subprocess
import sys
from pathlib import Path
from time import thread_time

import pytest

from bolwerk.circle.queries.deidentify import check, direct_hits
from bolwerk.circle.rules.deidentify import Kind, OwnList, Weight, find, pieces, replaced
from bolwerk.circle.rules.deidentify.numbers import SIDECODES


def kinds(text: str) -> dict[str, Kind]:
    """What was found in a text by form alone, without names of lists."""
    return {hit.text: hit.kind for hit in find(text)}


@pytest.mark.parametrize("code", SIDECODES)
def test_every_side_code_of_a_licence_plate_is_known(code: str) -> None:
    plate = code.replace("X", "G").replace("9", "4")
    assert kinds(f"Hij reed weg in {plate}, zag ik.")[plate] is Kind.PLATE
    assert kinds(f"Het kenteken was {plate.replace('-', '')}.")[plate.replace("-", "")] is Kind.PLATE


@pytest.mark.parametrize(
    "number",
    ["06-12345678", "06 12 34 56 78", "+31 6 12345678", "+31(0)6-12345678", "0031 6 1234 5678", "(010) 444 12 34",
     "010-4441234", "0348 - 44 12 34", "088 444 12 34", "06.12.34.56.78"],
)  # fmt: skip
def test_a_phone_number_is_known_however_it_is_written(number: str) -> None:
    assert kinds(f"Bel hem op {number} voor vier uur.")[number] is Kind.PHONE


@pytest.mark.parametrize("number", ["999912343", "9999.12.343", "999 912 343"])
def test_nine_digits_are_a_bsn_when_they_pass_the_eleven_test(number: str) -> None:
    digits = [int(digit) for digit in number if digit.isdigit()]
    passes = (sum((9 - at) * digit for at, digit in enumerate(digits[:8])) - digits[8]) % 11 == 0
    assert (kinds(f"Er stond {number} op de brief.").get(number) is Kind.BSN) is passes
    assert kinds(f"Zijn BSN is {number}.")[number] is Kind.BSN


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("KvK 12345678 hoort bij hem.", "12345678", Kind.KVK),
        ("Betaald van NL91 ABNA 0417 1643 00.", "NL91 ABNA 0417 1643 00", Kind.IBAN),
        ("Mail naar jan(at)mail.example graag.", "jan(at)mail.example", Kind.EMAIL),
        ("Zie www.boze-burger.example/brief.", "www.boze-burger.example/brief", Kind.ACCOUNT),
        ("Hij woont aan de Kerkstraat 12-2, 1234 AB.", "Kerkstraat 12-2, 1234 AB", Kind.ADDRESS),
        ("Stuur het naar Postbus 123.", "Postbus 123", Kind.ADDRESS),
        ("Op 3 maart 2025 kwam hij weer.", "3 maart 2025", Kind.DATE),
    ],
)
def test_each_form_is_known(text: str, found: str, kind: Kind) -> None:
    assert kinds(text)[found] is kind


def test_an_amount_a_case_number_and_a_time_are_nothing() -> None:
    assert direct_hits("Zaak 2025-0417 kostte 1.250.000 euro en duurde van 09.00 tot 17.30 uur.") == []


def test_one_person_is_called_the_same_throughout_a_text() -> None:
    text = "Fatima El Amrani belde. Later stond mevrouw El Amrani aan de balie, zonder Piet Kowalczyk."
    hits = [hit for hit in check(text) if hit.kind is Kind.NAME]
    assert hits[0].proposal == hits[1].proposal != hits[2].proposal


def test_more_people_than_letters_are_still_told_apart() -> None:
    text = "\n".join(f"Ik sprak Jan Achternaam{chr(97 + at // 26)}{chr(97 + at % 26)}x." for at in range(40))
    hits = find(text.replace("Jan ", "J. "))
    assert len({hit.proposal for hit in hits}) == len(hits) == 40


def test_an_office_before_a_name_is_kept_and_the_name_is_not() -> None:
    text = "Daarna belde wethouder Yildiz zelf."
    hits = check(text)
    assert replaced(text, [(hit, hit.proposal) for hit in hits]) == "Daarna belde [wethouder] zelf."


def test_words_of_an_own_list_are_found_whatever_their_capitals() -> None:
    [hit] = check("Het ging om de tuin van STEENVOORDE aan zee.", own=OwnList(["Steenvoorde aan Zee"]))
    assert (hit.kind, hit.weight) == (Kind.OWN, Weight.DIRECT)


def test_the_pieces_of_a_text_are_the_text() -> None:
    text = "Jan de Vries (06-12345678) woont op Molendijk 4 en mailt jan@mail.example."
    hits = check(text)
    assert "".join(piece for piece, _hit in pieces(text, hits)) == text
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    assert direct_hits(replaced(text, [(hit, hit.proposal) for hit in hits])) == []


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "....", "[persoon A] [adres]", "A" * 20_000, "06" * 5_000, "(" * 3_000]
)
def test_odd_texts_do_no_harm(text: str) -> None:
    assert isinstance(check(text), list)


WITHOUT_SPACES = {
    "letters": "a", "capitals": "A", "digits": "1", "hyphens": "a-", "dots": "a.", "numbers": "0-", "sites": "www.",
    "signs": "a@", "initials": "A. ", "words": "Aa ", "apostrophes": "A'", "plus": "a+",
}  # fmt: skip


@pytest.mark.parametrize("piece", WITHOUT_SPACES.values(), ids=WITHOUT_SPACES)
def test_a_long_text_without_end_keeps_nobody_waiting(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    start = thread_time()
    assert isinstance(check(text), list)
    assert thread_time() - start < 4  # it took 5 to 80 seconds, in which the server served nobody


def test_what_stands_before_a_very_long_address_goes_with_it() -> None:
    mail, site = f"{'x' * 90}@mail.example", f"{'deel.' * 12}voorbeeld.nl"
    text = f"Mail naar {mail} of kijk op {site} voor meer."
    assert {hit.text for hit in check(text)} >= {mail, site}


def test_two_addresses_against_each_other_are_both_found() -> None:
    text = "Mail a@b.nl+x@y.nl graag."
    assert "@" not in replaced(text, [(hit, hit.proposal) for hit in check(text)])


def test_a_street_on_a_list_is_found() -> None:
    assert any(hit.kind == Kind.ADDRESS for hit in check("Bezocht:\n-Molenstraat 12"))


def test_whoever_checks_a_text_leaves_the_log_and_the_warnings_of_the_process_alone(tmp_path: Path) -> None:
    told = (
        "import django; django.setup(); import logging, warnings; from bolwerk.circle.queries.deidentify import check; "
        "before = list(logging.root.handlers), logging.root.level; check('Jan de Vries belde.'); "
        "print(('default', None, Warning, None, 0) in warnings.filters, "
        "before == (list(logging.root.handlers), logging.root.level))"
    )
    environment = os.environ | {"BOLWERK_DIR": str(tmp_path), "BOLWERK_MODE": "test"}
    said = subprocess.run([sys.executable, "-c", told], env=environment, check=True, capture_output=True, text=True)
    assert said.stdout.split() == ["False", "True"]
