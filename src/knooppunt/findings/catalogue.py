"""Every rule there is, by its id. A new rule is a file beside this one and a line here."""

from knooppunt.findings import many_companies_one_address, over_occupation, same_branch_in_street
from knooppunt.findings.rule import Rule

RULES: dict[str, Rule] = {
    rule.id: rule for rule in (many_companies_one_address.RULE, same_branch_in_street.RULE, over_occupation.RULE)
}
