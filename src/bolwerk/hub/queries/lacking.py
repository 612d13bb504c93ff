"""Which rules give no answer because a register came without what they ask: that is not the answer "nothing found"."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bolwerk.hub.queries.catalogue import rule_title, sources
from bolwerk.hub.queries.vault import COUNTED, look_at_vault
from knooppunt.findings import RULES
from knooppunt.registers.catalogue import REGISTER_OF_TABLE, SCHEMA_VERSIONS
from knooppunt.vault import Delivery


@dataclass(frozen=True)
class Lacking:
    """What a rule asks that did not come along: the table, and the register that it belongs to."""

    rule: str
    table: str

    @property
    def code(self) -> str:
        """The code of the register."""
        return REGISTER_OF_TABLE[self.table]

    @property
    def register(self) -> str | Promise:
        """What the register is called."""
        return sources()[self.code].title

    @property
    def what(self) -> str:
        """What is lacking, in words."""
        return str(COUNTED[self.table])

    @property
    def sentence(self) -> str:
        """Which rule gives no answer, why, and what to do."""
        words = {"rule": rule_title(self.rule), "register": self.register, "what": self.what}
        return (
            _(
                "No answer from %(rule)s: the delivery of %(register)s holds no %(what)s. "
                "Read in a delivery that holds them, and look for findings again."
            )
            % words
        )


def came_without(deliveries: Collection[Delivery]) -> dict[str, Lacking]:
    """The rules that cannot be answered from these deliveries although the register came, with what is lacking."""
    there = {one.register for one in deliveries}
    return {
        rule.id: Lacking(rule.id, table)
        for rule in RULES.values()
        for table in rule.unfilled(deliveries)
        if REGISTER_OF_TABLE[table] in there
    }


def outdated(deliveries: Iterable[Delivery]) -> list[str]:
    """The registers that an earlier version of Bolwerk read in, with other tables than the rules read now."""
    return sorted(one.register for one in deliveries if one.schema_version != SCHEMA_VERSIONS.get(one.register))


def outdated_sentence(codes: Iterable[str]) -> str:
    """Which registers those are, and what to do."""
    words = {"registers": ", ".join(str(sources()[code].title) for code in codes)}
    return (
        _(
            "An earlier version of Bolwerk read in: %(registers)s. Rules that need that give no answer. "
            "Read the last delivery in again, and look for findings once more."
        )
        % words
    )


def lacking_now(rule: str) -> Lacking | None:
    """What the vault lacks for a rule; None for a rule that asks no such thing, and without the register.

    Opens the vault for no other rule.
    """
    if rule not in RULES or not RULES[rule].filled:
        return None
    return came_without(look_at_vault().deliveries.values()).get(rule)
