"""The promise of issue 5: at least 0.98 of what names somebody is found, and at least 0.9 of what is found does so."""

import pytest

from bolwerk.circle.tests.deidentify.labelled import half
from bolwerk.circle.tests.deidentify.scoring import score

RECALL, PRECISION = 0.98, 0.9


@pytest.mark.parametrize("name", ["tuning", "held_out"])
def test_direct_identifiers_are_found_and_little_else(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = score(half(name))
    with capsys.disabled():
        print(f"\n{name}: {found.lines()}")  # noqa: T201  # the figures are what this test is for
    assert found.recall >= RECALL
    assert found.precision >= PRECISION


def test_the_halves_share_no_sentence_and_are_always_the_same() -> None:
    tuning, held_out = half("tuning"), half("held_out")
    assert len(tuning) + len(held_out) == 500
    assert not {one.text for one in tuning} & {one.text for one in held_out}
    half.cache_clear()
    assert half("tuning") == tuning
