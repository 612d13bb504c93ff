"""A whole fictional municipality with a known truth, in the registers' real exchange formats."""

from knooppunt.synthetic.municipality import (
    LEAST_RESIDENTS,
    MOST_RESIDENTS,
    SizeError,
    Synthesis,
    synthesise,
)

__all__ = ["LEAST_RESIDENTS", "MOST_RESIDENTS", "SizeError", "Synthesis", "synthesise"]
