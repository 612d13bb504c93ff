"""Records about persons to persons in a register: only with a stated basis, one answer each, the same every time."""

from knooppunt.linkage.persons.index import PersonIndex
from knooppunt.linkage.persons.link import Basis, PersonStage, bsn_key, link_persons
from knooppunt.linkage.persons.weights import Weights, read_weights

__all__ = ["Basis", "PersonIndex", "PersonStage", "Weights", "bsn_key", "link_persons", "read_weights"]
