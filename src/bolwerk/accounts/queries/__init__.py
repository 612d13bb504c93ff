"""Answers about people, departments, roles and the installation. Read-only."""

from bolwerk.accounts.queries.departments import Branch, department_choices, open_departments, tree
from bolwerk.accounts.queries.doors import doors
from bolwerk.accounts.queries.importing import Change, Plan, plan_of
from bolwerk.accounts.queries.installation import Identity, installation, is_begun, is_empty, logo, look_file, looks
from bolwerk.accounts.queries.people import (
    AmbiguousNameError,
    NobodyByThatNameError,
    colleague_named,
    grants_of,
    named_like,
    people,
    roles_held,
    with_role,
)
from bolwerk.accounts.queries.roles import RoleOverview, holders_of, people_with, reaching, roles_then, who_may_what
from bolwerk.accounts.queries.staffing import Staffed, Strength, staffing_of, strengths_of, strengths_of_two

__all__ = [
    "AmbiguousNameError",
    "Branch",
    "Change",
    "Identity",
    "NobodyByThatNameError",
    "Plan",
    "RoleOverview",
    "Staffed",
    "Strength",
    "colleague_named",
    "department_choices",
    "doors",
    "grants_of",
    "holders_of",
    "installation",
    "is_begun",
    "is_empty",
    "logo",
    "look_file",
    "looks",
    "named_like",
    "open_departments",
    "people",
    "people_with",
    "plan_of",
    "reaching",
    "roles_held",
    "roles_then",
    "staffing_of",
    "strengths_of",
    "strengths_of_two",
    "tree",
    "who_may_what",
    "with_role",
]
