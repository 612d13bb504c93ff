"""What a finding says is written as its language writes it."""

from knooppunt.findings.found import Text


def test_numbers_are_written_as_each_language_does() -> None:
    told = Text("{area:.1f} m², {homes} woningen, {use}", "{area:.1f} m², {homes} homes, {use}")
    assert told.format(area=6.66, homes=2437, use="woonfunctie") == Text(
        "6,7 m², 2.437 woningen, woonfunctie", "6.7 m², 2,437 homes, woonfunctie"
    )
