"""De-identification: which pieces of a text can give a person away, and what to write instead. Pure: text in, hits out.

`queries/deidentify.py` adds what `deduce` knows; use `check` and `direct_hits` there.
"""

from bolwerk.circle.rules.deidentify.english import english_hits
from bolwerk.circle.rules.deidentify.finding import find
from bolwerk.circle.rules.deidentify.kinds import Hit, Kind, OwnList, Reader, Weight
from bolwerk.circle.rules.deidentify.names import vouched
from bolwerk.circle.rules.deidentify.replacing import pieces, proposals, replaced

__all__ = [
    "Hit",
    "Kind",
    "OwnList",
    "Reader",
    "Weight",
    "english_hits",
    "find",
    "pieces",
    "proposals",
    "replaced",
    "vouched",
]
