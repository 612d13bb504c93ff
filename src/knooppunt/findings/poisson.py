"""The chance of so many or more, as an expression any engine can compute (no statistics functions needed)."""

import math

import ibis
from ibis.expr.types import FloatingValue, IntegerValue, NumericValue

TERMS = 36
"""Terms of the series; with three times the expected number or more, 36 leave an error below 1e-16, of which a
float64 holds nothing. Each one more is a question that takes longer to put."""


def log_factorial(n: NumericValue) -> FloatingValue:
    """ln(n!) by Stirling's series (Abramowitz & Stegun 6.1.41); for n ≥ 4 the error is below 1e-7."""
    n = n.cast("float64")
    series = 1 / (12 * n) - 1 / (360 * n**3) + 1 / (1260 * n**5)
    return n * n.ln() - n + 0.5 * (2 * math.pi * n).ln() + series


def upper_tail(n: IntegerValue, expected: FloatingValue) -> FloatingValue:
    """P(X ≥ n) for a Poisson variable with mean `expected`, for n ≥ 4 and expected ≤ n / 3.

    The tail is its first term times 1 + E/(n+1) + E²/((n+1)(n+2)) + …, added up from the back, so a
    tiny chance keeps its digits, which one minus the lower part would lose.
    """
    series = ibis.literal(1.0)
    for term in range(TERMS, 0, -1):
        series = 1 + expected / (n + term) * series
    return (n * expected.ln() - expected - log_factorial(n)).exp() * series
