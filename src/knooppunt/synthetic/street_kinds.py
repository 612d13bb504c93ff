"""What kinds of streets follow on each other, in blocks of twenty-two, and how large a street is."""

from knooppunt.synthetic.model import Kind

STREETS_IN_BLOCK = 22
STREET_M = 300.0
STREET_PITCH_M = 56.0  # from one street to the next

_FIRST = (
    Kind.SHOPPING, Kind.CENTRE, Kind.ROW, Kind.BUSINESS, Kind.FLATS, Kind.ROW, Kind.QUAY, Kind.PITCHES, Kind.CENTRE,
    Kind.ROW, Kind.FLATS, Kind.SHOPPING, Kind.DETACHED, Kind.ROW, Kind.CENTRE, Kind.BUSINESS, Kind.FLATS, Kind.ROW,
    Kind.CENTRE, Kind.ROW, Kind.FLATS, Kind.DETACHED,
)  # fmt: skip
_USUAL = (
    Kind.ROW, Kind.ROW, Kind.FLATS, Kind.ROW, Kind.DETACHED, Kind.ROW, Kind.SHOPPING, Kind.ROW, Kind.FLATS, Kind.ROW,
    Kind.CENTRE, Kind.ROW, Kind.DETACHED, Kind.ROW, Kind.FLATS, Kind.ROW, Kind.QUAY, Kind.DETACHED, Kind.ROW,
    Kind.FLATS, Kind.ROW, Kind.ROW,
)  # fmt: skip
_WORKING = (Kind.BUSINESS, Kind.ROW, Kind.BUSINESS, Kind.FLATS, Kind.BUSINESS, Kind.ROW, Kind.BUSINESS, Kind.ROW,
    Kind.BUSINESS, Kind.ROW, Kind.BUSINESS, Kind.FLATS, Kind.ROW, Kind.ROW, Kind.BUSINESS, Kind.ROW, Kind.BUSINESS,
    Kind.PITCHES, Kind.ROW, Kind.ROW, Kind.FLATS, Kind.ROW,
)  # fmt: skip
_WORKING_EVERY = 6  # each sixth block has a business park


def street_kind(index: int) -> Kind:
    """What the `index`-th street of the municipality mainly is."""
    block, place = divmod(index, STREETS_IN_BLOCK)
    if block == 0:
        return _FIRST[place]
    return _WORKING[place] if block % _WORKING_EVERY == 0 else _USUAL[place]
