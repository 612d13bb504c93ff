"""Every rule there is, by its id. A new rule is a file beside this one and a line here.

Of the domain's catalogue these are left out on purpose: WON-02 (energy use is only lawfully here as a figure about an
area) and BED-10 (bankruptcies of one director are about a person, and belong in a case).
"""

from knooppunt.findings import (
    area_empty_homes,
    area_reports,
    bag_irregularities,
    bought_without_mortgage,
    care_network,
    care_without_care,
    cars_unrecognised,
    changing_directors,
    empty_farm,
    garage_boxes,
    growing_property,
    horeca_without_permit,
    left_to_nowhere,
    letterbox_companies,
    living_in_lodging,
    long_empty,
    many_companies_one_address,
    misfit_business,
    no_customers,
    over_occupation,
    owner_of_closed_premises,
    permit_of_another,
    postal_addresses,
    price_against_value,
    quick_resale,
    recent_bvs_at_home,
    recognition_without_company,
    repeated_reports,
    room_letting,
    same_branch_in_street,
    successive_companies,
    transit_address,
    unknown_owner,
)
from knooppunt.findings.rule import Rule

_MODULES = (
    *(many_companies_one_address, same_branch_in_street, misfit_business, cars_unrecognised),
    *(recognition_without_company, successive_companies, changing_directors, recent_bvs_at_home, letterbox_companies),
    *(over_occupation, long_empty, transit_address, left_to_nowhere, postal_addresses, living_in_lodging, room_letting),
    *(horeca_without_permit, permit_of_another, no_customers),
    *(quick_resale, price_against_value, bought_without_mortgage, unknown_owner, growing_property),
    *(owner_of_closed_premises, garage_boxes, empty_farm, care_without_care, care_network),
    *(bag_irregularities, repeated_reports, area_empty_homes, area_reports),
)
RULES: dict[str, Rule] = {module.RULE.id: module.RULE for module in _MODULES}
