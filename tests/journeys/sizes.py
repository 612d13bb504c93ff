"""On what a story is told: on a phone or at a desk, whichever its people have; `make drills` tells it on the other."""

import pytest

from tests.browser import DESKTOP, PHONE

DRILL = pytest.mark.drill  # the same story on the other size; axe looks at every page on both
ON_A_PHONE = pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop", marks=DRILL)]
)
AT_A_DESK = pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="phone", marks=DRILL), pytest.param(DESKTOP, id="desktop")]
)
