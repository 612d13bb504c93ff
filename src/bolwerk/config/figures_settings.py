"""Settings of the gate for figures."""

from bolwerk.config import environment

_smallest = environment.read("BOLWERK_SMALLEST_GROUP")
SMALLEST_GROUP = int(_smallest) if _smallest.isdecimal() else 0  # `checks` refuses what is no number, or below five
