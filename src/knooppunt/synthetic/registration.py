"""How buildings, premises and addresses came into the BAG: their occurrences, now and before.

Most objects have one occurrence. Some were built in the register's own time, extended, renumbered,
corrected (the mistake is delivered as an inactive occurrence) or pulled down.
"""

from random import Random

from knooppunt.synthetic.bag_xml import address_xml, building_xml, place_xml, premises_xml
from knooppunt.synthetic.bag_zip import BagDelivery
from knooppunt.synthetic.model import Building, Objects, Premises, Stamp
from knooppunt.synthetic.plots import Identities, renewed

_EXTENDED = 0.04
_RENUMBERED = 0.006
_CORRECTED = 0.008
_SIDE_ADDRESS = 0.006

_PHASES = ("Bouwvergunning verleend", "Bouw gestart", "Pand in gebruik (niet ingemeten)", "Pand in gebruik")
_NEW_SINCE = 2008  # a street built after this shows how its buildings came about


def _ended(stamp: Stamp, by: Stamp) -> Stamp:
    return stamp._replace(valid_to=by.valid_from, registered_until=by.registered_at)


def register_building(bag: BagDelivery, building: Building) -> None:
    """Write the occurrences of a building; a recent one has its permit and its building time too."""
    stamp = building.stamp
    if building.year < _NEW_SINCE:
        bag.write("PND", building_xml(building, stamp=stamp))
        return
    stamps = [renewed(building.street, building.year + later) for later in (-2, -1, 0, 1)]
    for number, (phase, begun) in enumerate(zip(_PHASES, stamps, strict=True), start=1):
        here = _ended(begun, stamps[number]) if number < len(stamps) else begun
        bag.write("PND", building_xml(building, number=number, stamp=here, status=phase))


def register_premises(bag: BagDelivery, premises: Premises, ids: Identities, rng: Random) -> None:
    """Write an ordinary home, shop or workplace with its address, sometimes with a past."""
    draw = rng.random()
    stamp = premises.street.built
    if draw < _EXTENDED and premises.is_home:
        register_area_change(bag, premises, before=premises.area - 9, year=2017)
    elif draw < _EXTENDED + _RENUMBERED:
        _renumber(bag, premises, ids)
    elif draw < _EXTENDED + _RENUMBERED + _CORRECTED:
        _correct(bag, premises)
    else:
        if draw > 1 - _SIDE_ADDRESS:
            _add_side_address(bag, premises, ids)
        bag.write("VBO", premises_xml(premises, stamp=stamp))
        register_address(bag, premises)


def register_address(bag: BagDelivery, premises: Premises) -> None:
    """Write the main address of an addressable object."""
    stamp = premises.street.built
    bag.write("NUM", address_xml(premises.address_id, premises, house_number=premises.number, stamp=stamp))


def register_area_change(bag: BagDelivery, premises: Premises, *, before: int, year: int) -> None:
    """Write premises whose floor area was `before` until a rebuild in `year` (the day: see `renewed`)."""
    stamp, now = premises.street.built, renewed(premises.street, year)
    bag.write("VBO", premises_xml(premises, stamp=_ended(stamp, now), area=before))
    bag.write("VBO", premises_xml(premises, number=2, stamp=now))
    register_address(bag, premises)


def register_place(bag: BagDelivery, place: Premises) -> None:
    """Write a mooring or a pitch."""
    code = "LIG" if place.object_kind is Objects.MOORING else "STA"
    bag.write(code, place_xml(place, stamp=place.street.built))
    register_address(bag, place)


def register_demolished(bag: BagDelivery, building: Building, premises: Premises) -> None:
    """Write a building that was pulled down in 2016, with its premises and address withdrawn."""
    stamp, gone = building.stamp, renewed(building.street, 2016)
    before = _ended(stamp, gone)
    bag.write("PND", building_xml(building, stamp=before))
    bag.write("PND", building_xml(building, number=2, stamp=gone, status="Pand gesloopt"))
    bag.write("VBO", premises_xml(premises, stamp=before))
    bag.write("VBO", premises_xml(premises, number=2, stamp=gone, status="Verblijfsobject ingetrokken"))
    _withdraw_address(bag, premises.address_id, premises, premises.number, gone)


def _withdraw_address(bag: BagDelivery, identity: str, premises: Premises, number: int, gone: Stamp) -> None:
    before = _ended(premises.street.built, gone)
    bag.write("NUM", address_xml(identity, premises, house_number=number, stamp=before))
    bag.write("NUM", address_xml(identity, premises, house_number=number, number=2, stamp=gone, withdrawn=True))


def _renumber(bag: BagDelivery, premises: Premises, ids: Identities) -> None:
    """The house had another number (400 higher) until 2018; its identification stayed the same."""
    stamp, now = premises.street.built, renewed(premises.street, 2018)
    old = ids.next("address")
    bag.write("VBO", premises_xml(premises, stamp=_ended(stamp, now), address_id=old))
    bag.write("VBO", premises_xml(premises, number=2, stamp=now))
    _withdraw_address(bag, old, premises, premises.number + 400, now)
    bag.write("NUM", address_xml(premises.address_id, premises, house_number=premises.number, stamp=now))


def _correct(bag: BagDelivery, premises: Premises) -> None:
    """An area of 1 m² was entered by mistake and declared inactive later."""
    stamp, now = premises.street.built, renewed(premises.street, 2019)
    wrong = stamp._replace(inactive_at=now.registered_at, registered_until=now.registered_at)
    bag.write_inactive("VBO", premises_xml(premises, stamp=wrong, area=1))
    bag.write("VBO", premises_xml(premises, number=2, stamp=stamp._replace(registered_at=now.registered_at)))
    register_address(bag, premises)


def _add_side_address(bag: BagDelivery, premises: Premises, ids: Identities) -> None:
    """Give the premises a second address, round the corner (number 600 higher)."""
    premises.extra_address_id = ids.next("address")
    xml = address_xml(
        premises.extra_address_id, premises, house_number=premises.number + 600, stamp=premises.street.built
    )
    bag.write("NUM", xml)


def register_planted(bag: BagDelivery, premises: Premises) -> None:
    """Write premises that something was planted in: no past, except the one that was planted."""
    if premises.changed_in:
        register_area_change(bag, premises, before=premises.area_before, year=premises.changed_in)
        return
    bag.write("VBO", premises_xml(premises, stamp=premises.street.built))
    register_address(bag, premises)
