"""Every change of norms: atomic, by the rules, written down in the trail."""

from bolwerk.incidents.actions.norms.adopting import Adoption, move_norm
from bolwerk.incidents.actions.norms.retention import NORM_RETENTION
from bolwerk.incidents.actions.norms.writing import begin_norm, drop_draft, remove_rule, write_protocol, write_rule

__all__ = [
    "NORM_RETENTION",
    "Adoption",
    "begin_norm",
    "drop_draft",
    "move_norm",
    "remove_rule",
    "write_protocol",
    "write_rule",
]
