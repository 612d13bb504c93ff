"""How a line of text was linked, or why it was not."""

from enum import StrEnum


class Stage(StrEnum):
    """The stage that linked a line; from AMBIGUOUS on, why nothing did."""

    CORRECTED = "corrected"  # somebody said so before
    POSTCODE = "postcode_number_addition"
    POSTCODE_ONLY = "only_object_at_postcode_and_number"
    STREET = "street_number_town"
    STREET_NEARLY = "street_nearly"  # a street one error away, and no other
    AMBIGUOUS = "ambiguous"
    CONTRADICTION = "postcode_and_street_disagree"
    NO_NUMBER = "no_number"
    PO_BOX = "po_box"
    NOT_FOUND = "not_found"

    @property
    def place(self) -> int:
        """Its place in STAGES."""
        return STAGES.index(self)


STAGES = list(Stage)
UNCERTAIN = frozenset({Stage.AMBIGUOUS, Stage.CONTRADICTION})
"""Something was found, but not one thing: worth a human's look."""
