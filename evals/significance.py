"""How sure a figure is, and whether two runs differ by more than chance.

Everything here is drawn from a generator of a fixed seed: the same runs give the same figures.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from math import sqrt
from typing import TypeVar

import numpy as np

SEED = 20261121
RESAMPLES = 2_000
PERMUTATIONS = 10_000
_EXACT = 12  # up to so many differences, every way to swap the runs is tried (2^12)
_Z95 = 1.959964

Key = TypeVar("Key")


def bootstrap_interval(values: Sequence[float], bounded: bool = True) -> tuple[float, float]:
    """Return the 95 % interval of a mean: percentiles of resampled means (Efron 1979).

    When all values are 0, or all are 1, resampling knows no doubt; where ``bounded`` says that the
    figure is a share, Wilson's interval (1927) is given then: none wrong of 25 is no proof of none.
    """
    if not values:
        raise ValueError("no value, no interval")
    sample = np.asarray(values, dtype=np.float64)
    if bounded and (np.all(sample == 0.0) or np.all(sample == 1.0)):
        return wilson_interval(float(sample.mean()), len(sample))
    drawn = np.random.default_rng(SEED).integers(0, len(sample), (RESAMPLES, len(sample)))
    low, high = np.percentile(sample[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def wilson_interval(share: float, count: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share observed on ``count`` cases."""
    z2 = _Z95**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z95 * sqrt(share * (1 - share) / count + z2 / (4 * count**2)) / (1 + z2 / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def randomisation_test(differences: Sequence[float]) -> float:
    """Return the two-sided p-value of paired differences (Fisher's randomisation, 1935).

    If the two runs were one, each difference could have had the other sign: how often would their
    sum be as far from 0? Every way is tried when twelve questions or fewer differ, 10,000 drawn
    otherwise.
    """
    changed = np.asarray([value for value in differences if value != 0.0], dtype=np.float64)
    if not len(changed):
        return 1.0
    seen = abs(float(changed.sum()))
    if len(changed) <= _EXACT:
        signs = np.asarray(list(product((-1.0, 1.0), repeat=len(changed))))
        return float(np.mean(np.abs(signs @ changed) >= seen - 1e-12))
    signs = np.random.default_rng(SEED).integers(0, 2, (PERMUTATIONS, len(changed))) * 2.0 - 1.0
    as_far = int(np.sum(np.abs(signs @ changed) >= seen - 1e-12))
    return (as_far + 1) / (PERMUTATIONS + 1)


def holm(p_values: Mapping[Key, float]) -> dict[Key, float]:
    """Return p-values corrected for being many (Holm 1979): each may be read against 0.05 as it is."""
    ordered = sorted(p_values, key=lambda key: p_values[key])
    corrected: dict[Key, float] = {}
    least = 0.0
    for rank, key in enumerate(ordered):
        least = max(least, min(1.0, (len(ordered) - rank) * p_values[key]))
        corrected[key] = least
    return corrected
