"""The role table: which claim of the municipality's provider gives which department and which role. Pure.

A TOML file, read at every sign-in, so that a change counts for whoever signs in next::

    create_people = true            # somebody unknown to whom a rule gives a role is added
    match_email = "verified"        # who was here before is known by e-mail: when verified (default), always, never
    keep_passwords = false          # by default a password of Bolwerk goes when somebody comes in by single sign-on
    department_claim = "department" # its value is the code of a person's own department

    [second_factor]                 # when one of these is in the token, the provider asked for a second factor itself
    amr = ["mfa", "otp", "hwk"]
    acr = ["http://eidas.europa.eu/LoA/substantial"]

    [[rule]]
    claim = "groups"                # or a path: realm_access.roles
    value = "bw-coordinatoren"
    role = "aggression_coordinator"
    department = "BZ"               # its code; leave it out for the whole installation
    with_children = true
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bolwerk.accounts.rules import Role

Claims = dict[str, Any]
FLAGS = ("create_people", "keep_passwords")
MATCHES = ("verified", "always", "never")
KEYS = frozenset({*FLAGS, "match_email", "department_claim", "second_factor", "rule"})
RULE_KEYS = frozenset({"claim", "value", "role", "department", "with_children"})


class RoleTableError(ValueError):
    """The role table cannot be used; the sentence says which rule and why."""


@dataclass(frozen=True)
class Rule:
    """Whoever has `value` in `claim` gets `role`, in the department with this code (empty: everywhere)."""

    claim: str
    value: str
    role: Role
    department: str = ""
    with_children: bool = True


@dataclass(frozen=True)
class Given:
    """A role that the table gives."""

    role: Role
    department: str
    with_children: bool


@dataclass(frozen=True)
class RoleTable:
    """What the claims of somebody mean here."""

    rules: tuple[Rule, ...] = ()
    create_people: bool = False
    keep_passwords: bool = False
    match_email: str = MATCHES[0]
    department_claim: str = ""
    amr: frozenset[str] = frozenset()
    acr: frozenset[str] = frozenset()

    def roles(self, claims: Claims) -> frozenset[Given]:
        """The roles that somebody with these claims has."""
        return frozenset(
            Given(rule.role, rule.department, rule.with_children)
            for rule in self.rules
            if rule.value in values_of(claims, rule.claim)
        )

    def department(self, claims: Claims) -> str:
        """The code of somebody's own department, or an empty text when the claims do not say."""
        return next(iter(values_of(claims, self.department_claim)), "") if self.department_claim else ""

    def second_factor_shown(self, claims: Claims) -> bool:
        """Whether the provider says that it asked for a second factor itself (RFC 8176; eIDAS level in acr)."""
        return bool(self.amr.intersection(values_of(claims, "amr")) or self.acr.intersection(values_of(claims, "acr")))


def values_of(claims: Claims, path: str) -> list[str]:
    """The texts under a claim: one, or each of a list. A dot goes into an object when no claim has the whole name."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, dict) else None
    values: Iterable[Any] = found if isinstance(found, list) else [found]
    return [value for value in values if isinstance(value, str) and value]


def _rule(number: int, given: Any) -> Rule:
    where = f"Rule {number} of the role table"
    if not isinstance(given, dict) or set(given) - RULE_KEYS or {"claim", "value", "role"} - set(given):
        raise RoleTableError(f"{where} needs claim, value and role, may have department and with_children, no more.")
    texts = [given[key] for key in ("claim", "value", "role")] + [given.get("department", "")]
    if not all(isinstance(text, str) for text in texts) or not all(texts[:3]):
        raise RoleTableError(f"{where}: claim, value, role and department are texts.")
    if given["role"] not in Role.values:
        raise RoleTableError(f"{where}: there is no role {given['role']!r}; choose from {', '.join(Role.values)}.")
    if not isinstance(given.get("with_children", True), bool):
        raise RoleTableError(f"{where}: with_children is true or false.")
    return Rule(given["claim"], given["value"], Role(given["role"]), texts[3], given.get("with_children", True))


def texts(given: Any, name: str) -> frozenset[str]:
    """A list of texts under a name. Raises RoleTableError for anything else."""
    values = given.get(name, []) if isinstance(given, dict) else None
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise RoleTableError(f"second_factor.{name} in the role table is a list of texts.")
    return frozenset(values)


def read_table(text: str) -> RoleTable:
    """Read and check a role table. Raises RoleTableError with a sentence that says what to change."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RoleTableError(f"The role table is not valid TOML: {error}.") from error
    if set(given) - KEYS:
        raise RoleTableError(f"The role table has unknown words: {', '.join(sorted(set(given) - KEYS))}.")
    rules, claim = given.get("rule", []), given.get("department_claim", "")
    if not isinstance(rules, list) or not isinstance(claim, str):
        raise RoleTableError("In the role table rules stand under [[rule]] and department_claim is a text.")
    if not all(isinstance(given.get(flag, False), bool) for flag in FLAGS):
        raise RoleTableError(f"In the role table {' and '.join(FLAGS)} are true or false.")
    if given.get("match_email", MATCHES[0]) not in MATCHES:
        raise RoleTableError(f"In the role table match_email is one of {', '.join(MATCHES)}.")
    factor = given.get("second_factor", {})
    return RoleTable(
        rules=tuple(_rule(number, rule) for number, rule in enumerate(rules, 1)),
        department_claim=claim,
        match_email=given.get("match_email", MATCHES[0]),
        amr=texts(factor, "amr"),
        acr=texts(factor, "acr"),
        **{flag: given.get(flag, False) for flag in FLAGS},
    )
