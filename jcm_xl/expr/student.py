"""Student's t: how far from its mean a share of the distribution reaches, both sides.

Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 to 26.7.5:
for whole degrees of freedom the share is a finite sum, for many t is a series. A
spreadsheet has TINV for it.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache
from statistics import NormalDist

from jcm_xl.expr.arithmetic import NUMBER, NotCalculable
from jcm_xl.text.phrase import Phrase

_MOST_TERMS = 2_000
MOST_DEGREES = 100_000
"""No sample is larger; behind it t is that of the normal distribution."""
_NO_DEGREES = Phrase(
    "reasons.t-value", "t_value() needs 1 to 100000 degrees of freedom."
)


@lru_cache(maxsize=1024)
def student_t(share: Decimal, degrees: float) -> str:
    """Return t as a number of 15 digits, which is what a spreadsheet keeps.

    degrees: cut to a whole number, as a spreadsheet cuts them.
    """
    n = math.floor(degrees)
    if not 1 <= n <= MOST_DEGREES:
        raise NotCalculable(NUMBER, _NO_DEGREES)
    if n > _MOST_TERMS:
        return f"{_expanded(float(share), n):.15g}"
    t, wanted = 0.0, float(share)
    for _ in range(100):  # the share bends down, so Newton's steps stay below t
        step = (wanted - share_within(t, n)) / (2 * _density(t, n))
        t += step
        if abs(step) <= 1e-15 * t:
            break
    return f"{t:.15g}"


def _expanded(share: float, n: int) -> float:
    """Return t of many degrees of freedom: the normal one and four corrections."""
    x = NormalDist().inv_cdf((1 + share) / 2)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return float(x + sum(term / n**power for power, term in enumerate(terms, 1)))


def _density(t: float, n: int) -> float:
    gammas = math.lgamma((n + 1) / 2) - math.lgamma(n / 2)
    bend = (n + 1) / 2 * math.log1p(t * t / n)
    return math.exp(gammas - bend) / math.sqrt(n * math.pi)


def share_within(t: float, n: int) -> float:
    """Return the share of the distribution between -t and t."""
    angle = math.atan2(t, math.sqrt(n))
    sine, cosine = math.sin(angle), math.cos(angle)
    if n == 1:
        return 2 * angle / math.pi
    is_odd = n % 2
    term, step = (cosine, 2) if is_odd else (1.0, 1)
    terms = [term]
    for k in range(step, n - 2 + (not is_odd), 2):
        term *= cosine * cosine * k / (k + 1)
        if term < 1e-19 * terms[0]:
            break
        terms.append(term)
    total = sine * math.fsum(terms)
    return 2 / math.pi * (angle + total) if is_odd else total
